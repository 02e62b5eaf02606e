import type { Core } from '../core.ts';
import type { MessageRef } from '../domain/words.ts';
import { heardOf, keepDeletions, keepReactions, keepWords, type SeenMessage } from '../store/heard.ts';
import { followSources } from './follow-messages.ts';

export type { SeenMessage } from '../store/heard.ts';

/** Keeps a message, or a new state of it, if it is an incident's; its entry follows. */
export async function hearMessage(
  core: Core,
  channel: string,
  message: SeenMessage,
  heardAt?: string,
): Promise<void> {
  const words = [{ message, version: core.world.chat.version(message, heardAt) }];
  const awaited = await keepWords(core.store.database.prisma, channel, words);
  // Whoever records it at this very moment may not see these words; an edit waits for them under the lock.
  const edited = heardAt !== undefined && heardAt !== message.ts;
  if (awaited.length > 0 || edited) await followSources(core, [{ channel, ts: message.ts }]);
}

/** Keeps that a message was deleted, with its last words where they are told. */
export async function hearDeletion(
  core: Core,
  { channel, ts }: MessageRef,
  at: string,
  last: SeenMessage | undefined,
): Promise<void> {
  const { prisma } = core.store.database;
  const words = last?.ts === ts ? [{ message: last, version: core.world.chat.version(last, at) }] : [];
  const awaited = await keepWords(prisma, channel, words);
  const gone = await keepDeletions(prisma, channel, [ts], at);
  if (gone.length + awaited.length > 0) await followSources(core, [{ channel, ts }]);
}

/** A reaction put on a message or taken away, at the chat's own time. */
export async function hearReaction(
  core: Core,
  { channel, ts }: MessageRef,
  reaction: { person: string; emoji: string; putAt?: string; goneAt?: string },
): Promise<void> {
  const { prisma } = core.store.database;
  if (await keepReactions(prisma, channel, [{ ts, ...reaction }])) {
    await followSources(core, [{ channel, ts }], { fetch: true });
  }
}

/** The words of a message that was seen. */
export async function seenMessage(core: Core, source: MessageRef): Promise<SeenMessage | undefined> {
  const [heard] = await heardOf(core.store.database.prisma, [source]);
  return heard?.body;
}
