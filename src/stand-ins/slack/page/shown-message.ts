import { isJson } from '../state.ts';
import type { Ephemeral, Json, Message, Person, Reaction } from '../types.ts';
import { markdownTree } from './markdown-tree.ts';

/** A message as the page draws it. */
export interface ShownMessage {
  ts: string;
  channel: string;
  user?: string;
  name: string;
  isBot: boolean;
  isSystem: boolean;
  isReply: boolean;
  isGone: boolean;
  edited: boolean;
  pinned: boolean;
  text: string;
  /** What its author would type to write it again. */
  raw: string;
  blocks: Json[];
  attachments: Json[];
  reactions: Reaction[];
  files: { id: string; name: string; title: string; mimetype: string; size: number }[];
  replies: ShownMessage[];
  /** Set where only the reader sees it. */
  ephemeral?: string;
}

export interface Surroundings {
  channel: string;
  people: ReadonlyMap<string, Person>;
  channels: ReadonlyMap<string, { name: string }>;
  pinned: ReadonlySet<string>;
  bot: string;
}

const PEOPLES_SUBTYPES = new Set([
  'bot_message',
  'me_message',
  'thread_broadcast',
  'file_share',
  'tombstone',
]);

export function shownMessage(
  message: Message,
  around: Surroundings,
  replies: ShownMessage[] = [],
): ShownMessage {
  const author = message.user === undefined ? undefined : around.people.get(message.user);
  return {
    ts: message.ts,
    channel: around.channel,
    ...(message.user === undefined ? {} : { user: message.user }),
    name: message.username ?? (author ? nameOf(author) : (message.user ?? 'Somebody')),
    isBot: message.bot_id !== undefined || author?.bot === true,
    isSystem: message.subtype !== undefined && !PEOPLES_SUBTYPES.has(message.subtype),
    isReply: message.thread_ts !== undefined && message.thread_ts !== message.ts,
    isGone: message.subtype === 'tombstone',
    edited: message.edited !== undefined && message.bot_id === undefined,
    pinned: around.pinned.has(message.ts),
    text: message.text,
    raw: typable(message.text, around),
    blocks: drawable(message.blocks),
    attachments: message.attachments ?? [],
    reactions: message.reactions ?? [],
    files: (message.files ?? [])
      .filter((file) => !file.deleted)
      .map(({ id, name, title, mimetype, bytes }) => ({ id, name, title, mimetype, size: bytes.length })),
    replies,
  };
}

export function shownEphemeral(ephemeral: Ephemeral, around: Surroundings): ShownMessage {
  const message: Message = {
    type: 'message',
    ts: ephemeral.id,
    text: ephemeral.text,
    user: around.bot,
    blocks: ephemeral.blocks,
    ...(ephemeral.threadTs ? { thread_ts: ephemeral.threadTs } : {}),
  };
  return { ...shownMessage(message, around), ephemeral: ephemeral.id };
}

/** What people call somebody. */
export function nameOf(person: Person): string {
  return person.displayName || person.realName || person.name;
}

/** Markdown is read here, so that the page needs no reader of its own. */
function drawable(blocks: Json[] | undefined): Json[] {
  return (blocks ?? []).map((block) =>
    isJson(block) && block.type === 'markdown' && typeof block.text === 'string'
      ? { ...block, tree: markdownTree(block.text) }
      : block,
  );
}

function typable(text: string, { people, channels }: Surroundings): string {
  return text
    .replace(/<@([UW]\w+)(?:\|[^>]*)?>/g, (whole, id: string) => {
      const person = people.get(id);
      return person ? `@${person.name}` : whole;
    })
    .replace(/<#([CG]\w+)(?:\|[^>]*)?>/g, (whole, id: string) => {
      const channel = channels.get(id);
      return channel ? `#${channel.name}` : whole;
    })
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
