import type { Core } from '../core.ts';
import type { RecordedMessage } from '../domain/entries.ts';
import { entryOfMessage, type Mark } from '../domain/entries.ts';
import type { EntryOrigin } from '../domain/facts.ts';
import { markMessage } from '../domain/marks.ts';
import type { Moment, PersonId } from '../domain/words.ts';
import { incidentWithSource } from '../store/incidents.ts';
import { changeIncident, type Outcome, type Which } from './change.ts';

/** A reaction put on a message whose words are known. */
export async function recordMark(
  core: Core,
  marked: { message: RecordedMessage; mark: Mark; by: PersonId; origin: EntryOrigin; moment?: Moment },
  delivery?: string,
): Promise<Outcome> {
  const { source } = marked.message;
  const number = await incidentWithSource(core.store.database.prisma, source);
  const which: Which = number === undefined ? { channelId: source.channel } : { number };
  const id = entryOfMessage(source);
  return changeIncident(
    core.store,
    which,
    async (incident, reads) =>
      markMessage(incident, await reads.entry(id), marked, core.store.now().getTime()),
    delivery === undefined ? {} : { delivery },
  );
}
