import type { RecordedMessage } from '../domain/entries.ts';
import { entryOfMessage, type Mark } from '../domain/entries.ts';
import type { EntryOrigin } from '../domain/facts.ts';
import { markMessage, unmarkMessage } from '../domain/marks.ts';
import type { MessageRef, Moment, PersonId } from '../domain/words.ts';
import type { Core } from '../jobs/context.ts';
import { changeIncident, type Outcome, type Which } from './change.ts';

/** A reaction put on a message whose words are known. */
export function recordMark(
  core: Core,
  marked: { message: RecordedMessage; mark: Mark; by: PersonId; origin: EntryOrigin; moment?: Moment },
  delivery?: string,
): Promise<Outcome> {
  const which: Which = { channelId: marked.message.source.channel };
  const id = entryOfMessage(marked.message.source);
  return changeIncident(
    core.store,
    which,
    async (incident, reads) =>
      markMessage(incident, await reads.entry(id), marked, core.store.now().getTime()),
    delivery === undefined ? {} : { delivery },
  );
}

/** A reaction taken away. */
export function recordUnmark(
  core: Core,
  source: MessageRef,
  unmarked: { mark: Mark; person: PersonId },
  delivery?: string,
): Promise<Outcome> {
  return changeIncident(
    core.store,
    { channelId: source.channel },
    async (incident, reads) =>
      unmarkMessage(
        incident,
        await reads.entry(entryOfMessage(source)),
        unmarked,
        core.store.now().getTime(),
      ),
    delivery === undefined ? {} : { delivery },
  );
}

/** A reaction on a message that was not seen: what it says is kept now, the message is fetched by a job. */
export function recordReactionLater(
  core: Core,
  reaction: { source: MessageRef; mark: Mark; person: PersonId; added: boolean },
  delivery?: string,
): Promise<Outcome> {
  return changeIncident(
    core.store,
    { channelId: reaction.source.channel },
    () => ({ facts: [], effects: [{ do: 'record-reaction', ...reaction }] }),
    delivery === undefined ? {} : { delivery },
  );
}
