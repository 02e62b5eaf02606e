import type { Mark, RecordedMessage } from './entries.ts';
import type { Reactions } from './team.ts';
import type { MessageRef, PersonId } from './words.ts';

/** All that was heard of a message of the chat, in whatever order and however often it was heard. */
export interface HeardMessage {
  source: MessageRef;
  /** Its latest words; absent while only reactions or its deletion were heard of. */
  message?: RecordedMessage;
  deleted: boolean;
  reactions: readonly HeardReaction[];
}

/** One person's mark on it, by the chat's own times of the last putting and the last taking away. */
export interface HeardReaction {
  mark: Mark;
  person: PersonId;
  putAt?: string;
  goneAt?: string;
}

/** What an emoji means here, if anything. `thumbsup::skin-tone-3` is still a thumb. */
export function markOf(reactions: Reactions, emoji: string): Mark | undefined {
  const name = emoji.split('::')[0] ?? emoji;
  if (reactions.timeline.includes(name)) return 'timeline';
  if (reactions.actionItem.includes(name)) return 'action_item';
  if (reactions.lesson.includes(name)) return 'lesson';
  return reactions.update.includes(name) ? 'update' : undefined;
}

/** Times of the chat are digits of one length, so they compare as text. */
function stands({ putAt, goneAt }: Pick<HeardReaction, 'putAt' | 'goneAt'>): boolean {
  return putAt !== undefined && (goneAt === undefined || putAt > goneAt);
}

/** One person's mark stands while one of the emoji that mean it does; the earliest put comes first. */
export function marksHeard(reactions: readonly HeardReaction[]): (HeardReaction & { stands: boolean })[] {
  const byMark = new Map<string, HeardReaction & { stands: boolean }>();
  for (const reaction of reactions.toSorted((a, b) => compare(a.putAt, b.putAt))) {
    const key = `${reaction.mark} ${reaction.person}`;
    const known = byMark.get(key);
    if (!known) byMark.set(key, { ...reaction, stands: stands(reaction) });
    else if (stands(reaction)) byMark.set(key, { ...known, stands: true });
  }
  return [...byMark.values()];
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
