import type { Core } from '../core.ts';
import type { Decision } from '../domain/decision.ts';
import { entryOfMessage } from '../domain/entries.ts';
import { followMessages } from '../domain/follow.ts';
import { type HeardMessage, markOf } from '../domain/heard.ts';
import type { Entry } from '../domain/timeline.ts';
import type { MessageRef } from '../domain/words.ts';
import type { Heard } from '../store/heard.ts';
import { incidentWithSource } from '../store/incidents.ts';
import { changeIncident, type Reads } from './change.ts';

/** Brings the entries of these messages of one channel to what was heard of them. */
export async function followSources(
  core: Core,
  sources: readonly MessageRef[],
  options: { fetch?: boolean } = {},
): Promise<void> {
  const [first] = sources;
  const number = first && (await incidentWithSource(core.store.database.prisma, first));
  if (number === undefined) return;
  await changeIncident(core.store, { number }, async (incident, reads) => {
    const messages = await readFollowed(core, reads, sources);
    const { facts, effects } = followMessages(incident, messages, core.store.now().getTime());
    const missing = options.fetch ? messages.filter(({ heard }) => isUnseen(heard)) : [];
    return {
      facts,
      effects: [
        ...effects,
        ...missing.map(({ heard }) => ({ do: 'record-reaction' as const, source: heard.source })),
      ],
    } satisfies Decision;
  });
}

/** What the rule looks at, read under the incident's lock: nothing that was heard before is overlooked. */
export async function readFollowed(
  core: Core,
  reads: Reads,
  sources: readonly MessageRef[],
): Promise<{ entry: Entry | undefined; heard: HeardMessage }[]> {
  const all = await reads.heard(sources);
  const read = [];
  for (const heard of all) {
    const entry = await reads.entry(entryOfMessage(heard.source));
    read.push({ entry, heard: heardMessage(core, heard) });
  }
  return read;
}

function isUnseen({ message, deleted, reactions }: HeardMessage): boolean {
  return !message && !deleted && reactions.some(({ putAt }) => putAt !== undefined);
}

function heardMessage(core: Core, { source, body, version, deletedAt, reactions }: Heard): HeardMessage {
  const message = body ? core.world.chat.read(source.channel, body) : undefined;
  return {
    source,
    ...(message ? { message: { ...message, ...(version === undefined ? {} : { version }) } } : {}),
    deleted: deletedAt !== undefined,
    reactions: reactions.flatMap(({ emoji, ...reaction }) => {
      const mark = markOf(core.team.reactions, emoji);
      return mark ? [{ mark, ...reaction }] : [];
    }),
  };
}
