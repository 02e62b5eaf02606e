import { addMessage, clientMessageId, deleteFile, deleteMessage, editMessage } from '../acts/messages.ts';
import { addReaction, removeReaction } from '../acts/reactions.ts';
import type { World } from '../acts/world.ts';
import { richTextBlock } from '../rich-text.ts';
import { mimetypeOf } from '../shapes/file.ts';
import { botIdOf } from '../shapes/person.ts';
import { isReply } from '../state.ts';
import { typedText } from '../typed-text.ts';
import type { Json, Message, StoredFile } from '../types.ts';
import { channelCalled, messageIn, ownChannelFor, personCalled } from './find.ts';

interface FileToShare {
  name: string;
  content: Buffer | string;
  mimetype?: string;
  title?: string;
}

export interface SayOptions {
  threadTs?: string;
  /** Also to the channel. */
  broadcast?: boolean;
  files?: FileToShare[];
  /** What a bot writes; people's own blocks come from their words. */
  blocks?: Json[];
  attachments?: Json[];
  subtype?: 'bot_message' | 'me_message';
}

/** Somebody, or another bot, writes into a channel that they are in. */
export function say(
  world: World,
  user: string,
  channelName: string,
  text: string,
  options: SayOptions = {},
): Message {
  const channel = ownChannelFor(world, user, channelName);
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  const person = personCalled(world, user);
  const words = written(world, text);
  const parent = options.threadTs ? messageIn(channel, options.threadTs) : undefined;
  if (parent && isReply(parent)) throw new Error('A thread hangs on its first message, not on a reply');
  const files = (options.files ?? []).map((file) => storeFile(world, user, file));
  const blocks = options.blocks ?? (words && !person.bot ? [richTextBlock(words)] : undefined);
  const subtype = subtypeOf(options, files.length > 0, parent !== undefined);
  return addMessage(world, channel, {
    text: words,
    ...(subtype === 'bot_message' ? { username: person.name } : { user }),
    ...(person.bot ? { bot_id: botIdOf(user) } : { client_msg_id: clientMessageId() }),
    ...(blocks && subtype !== 'me_message' ? { blocks } : {}),
    ...(options.attachments ? { attachments: options.attachments } : {}),
    ...(parent ? { thread_ts: parent.ts } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(subtype ? { subtype } : {}),
  });
}

function subtypeOf(options: SayOptions, hasFiles: boolean, isInThread: boolean): string | undefined {
  if (options.subtype) return options.subtype;
  if (options.broadcast && isInThread) return 'thread_broadcast';
  return hasFiles ? 'file_share' : undefined;
}

export function edit(world: World, user: string, channelName: string, ts: string, text: string): Message {
  const channel = ownChannelFor(world, user, channelName);
  const message = ownMessage(channel.messages.get(ts), user);
  const words = written(world, text);
  editMessage(world, channel, message, { text: words, blocks: [richTextBlock(words)] }, user);
  return message;
}

export function remove(world: World, user: string, channelName: string, ts: string): void {
  const channel = ownChannelFor(world, user, channelName);
  deleteMessage(world, channel, ownMessage(channel.messages.get(ts), user));
}

/** Whoever shared a file deletes it. */
export function removeFile(world: World, user: string, id: string): void {
  const file = world.state.files.get(id);
  if (file?.user !== user) throw new Error(`${user} did not share that file`);
  deleteFile(world, file);
}

/** Slack's own doing: it fetched a link and redrew the message, whose words stay. */
export function unfurl(world: World, channelName: string, ts: string, attachments: Json[]): void {
  const channel = channelCalled(world, channelName);
  editMessage(world, channel, messageIn(channel, ts), { attachments }, undefined);
}

export function react(world: World, user: string, channelName: string, ts: string, name: string): Message {
  const channel = ownChannelFor(world, user, channelName);
  const message = messageIn(channel, ts);
  if (!addReaction(world, channel, message, user, name))
    throw new Error(`${user} reacted with ${name} already`);
  return message;
}

export function unreact(world: World, user: string, channelName: string, ts: string, name: string): Message {
  const channel = ownChannelFor(world, user, channelName);
  const message = messageIn(channel, ts);
  if (!removeReaction(world, channel, message, user, name)) throw new Error(`${user} has no ${name} there`);
  return message;
}

function written(world: World, text: string): string {
  const { people, channels } = world.state;
  return typedText(text, { people: people.values(), channels: channels.values() }, 'message');
}

function ownMessage(message: Message | undefined, user: string): Message {
  if (message?.user !== user) throw new Error(`${user} did not write that message`);
  return message;
}

function storeFile(world: World, user: string, { name, content, mimetype, title }: FileToShare): StoredFile {
  const file: StoredFile = {
    id: world.state.nextId('F'),
    name,
    title: title ?? name,
    mimetype: mimetype ?? mimetypeOf(name),
    user,
    created: world.state.seconds(),
    bytes: Buffer.from(content),
    shares: [],
    deleted: false,
  };
  world.state.files.set(file.id, file);
  return file;
}
