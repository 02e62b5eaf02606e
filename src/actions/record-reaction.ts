import type { RecordedMessage } from '../domain/entries.ts';
import { entryOfMessage, type Mark } from '../domain/entries.ts';
import type { EntryOrigin } from '../domain/facts.ts';
import { markMessage, unmarkMessage } from '../domain/marks.ts';
import type { MessageRef, Moment, PersonId } from '../domain/words.ts';
import type { Core } from '../jobs/context.ts';
import { recall, remember } from '../store/remembered.ts';
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

/** One person's reaction on one message, put there or taken away. */
export interface Reaction {
  source: MessageRef;
  mark: Mark;
  person: PersonId;
  /** The chat's own time of it, which tells the order in which it happened; they may be heard in another. */
  when: string;
}

/** A reaction put on a message whose words are known, unless it is known to have been taken away since. */
export async function recordReaction(
  core: Core,
  message: RecordedMessage,
  reaction: Reaction,
  delivery?: string,
): Promise<void> {
  const { mark, person: by, when } = reaction;
  await recordMark(core, { message, mark, by, origin: 'reaction' }, delivery);
  const gone = await recall<string>(core.store, goneKey(reaction));
  if (gone && Number(gone.body) > Number(when)) await recordUnmark(core, reaction);
}

/** A reaction taken away. It is written down first: whoever puts it there meanwhile looks for that afterwards. */
export async function recordReactionGone(core: Core, reaction: Reaction, delivery?: string): Promise<void> {
  await remember(core.store, goneKey(reaction), reaction.when);
  await recordUnmark(core, reaction, delivery);
}

function goneKey({ source, mark, person }: Reaction): string {
  return `gone:${source.channel}:${source.ts}:${mark}:${person}`;
}

function recordUnmark(
  core: Core,
  { source, ...unmarked }: Pick<Reaction, 'source' | 'mark' | 'person'>,
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
  reaction: Reaction & { added: boolean },
  delivery?: string,
): Promise<Outcome> {
  return changeIncident(
    core.store,
    { channelId: reaction.source.channel },
    () => ({ facts: [], effects: [{ do: 'record-reaction', ...reaction }] }),
    delivery === undefined ? {} : { delivery },
  );
}
