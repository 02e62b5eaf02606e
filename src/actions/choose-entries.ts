import type { Core } from '../core.ts';
import { addChosen } from '../domain/adopt.ts';
import { entryOfMessage } from '../domain/entries.ts';
import type { PersonId } from '../domain/words.ts';
import { heardOf } from '../store/heard.ts';
import { changeIncident, type Outcome } from './change.ts';
import { slowly } from './recover-page.ts';

/** Puts messages of an incident's channel that somebody chose into its timeline. */
export async function addChosenMessages(
  core: Core,
  number: number,
  chosen: { channel: string; times: readonly string[]; by: PersonId },
  delivery: string,
): Promise<Outcome> {
  const { channel, times, by } = chosen;
  const sources = times.map((ts) => ({ channel, ts }));
  const heard = await heardOf(core.store.database.prisma, sources);
  const messages = heard.flatMap(({ body }) => (body ? [core.world.chat.read(channel, body)] : []));
  return changeIncident(
    core.store,
    { number },
    async (incident, reads) => {
      if (incident.channel?.id !== channel) return { refused: 'These messages are of another channel.' };
      const now = core.store.now().getTime();
      const found = [];
      for (const message of messages) {
        found.push({ entry: await reads.entry(entryOfMessage(message.source)), message });
      }
      const added = addChosen(incident, found, by, now);
      if ('refused' in added) return added;
      return {
        ...added,
        effects: slowly(added.effects, 0, now).effects,
        answer: found.length === 0 ? 'Nothing was chosen.' : `Added to the timeline: ${found.length}.`,
      };
    },
    { delivery },
  );
}
