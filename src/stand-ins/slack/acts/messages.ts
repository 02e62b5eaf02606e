import { randomUUID } from 'node:crypto';
import { TEAM } from '../identity.ts';
import { channelType } from '../shapes/channel.ts';
import { wholeMessage } from '../shapes/message.ts';
import { pick } from '../shapes/pick.ts';
import { isReply, repliesTo, withIds } from '../state.ts';
import type { Channel, Json, Message, StoredFile } from '../types.ts';
import { tell, type World } from './world.ts';

const PLAIN_KEYS = (
  'client_msg_id type team user bot_id bot_profile text blocks attachments metadata ts parent_user_id ' +
  'thread_ts edited'
).split(' ');
const BROADCAST_KEYS = 'client_msg_id type subtype user root text blocks attachments ts thread_ts'.split(' ');
const FILE_KEYS = 'type subtype text blocks attachments files user parent_user_id ts thread_ts'.split(' ');
const BOT_MESSAGE_KEYS = 'type subtype bot_id username text blocks attachments thread_ts ts'.split(' ');
const ME_KEYS = 'type subtype username user bot_id text ts'.split(' ');
const SYSTEM_KEYS = 'type subtype user inviter name old_name topic purpose text ts'.split(' ');
const INNER_KEYS = (
  'client_msg_id type subtype user team bot_id bot_profile edited text blocks attachments thread_ts ' +
  'parent_user_id is_locked subscribed ts reply_count reply_users_count latest_reply files'
).split(' ');

/** Puts a message into a channel and tells the bot, in the form that Slack uses for its kind. */
export function addMessage(world: World, channel: Channel, draft: Omit<Message, 'type' | 'ts'>): Message {
  const { state } = world;
  const message: Message = { type: 'message', ts: state.nextTs(), ...draft };
  if (draft.blocks) message.blocks = withIds(draft.blocks, () => state.nextId('B'));
  if (message.thread_ts) {
    const parent = channel.messages.get(message.thread_ts);
    if (parent?.user) message.parent_user_id = parent.user;
    const replies = channel.threads.get(message.thread_ts) ?? [];
    channel.threads.set(message.thread_ts, [...replies, message.ts]);
  }
  channel.messages.set(message.ts, message);
  for (const file of message.files ?? []) {
    const threadTs = message.thread_ts;
    file.shares.push({ channel: channel.id, ts: message.ts, ...(threadTs ? { threadTs } : {}) });
  }
  tellMessage(world, channel, message);
  state.changed();
  return message;
}

/** Changes text, blocks or the like. Files and reactions stay. Without an editor Slack itself redrew it. */
export function editMessage(
  world: World,
  channel: Channel,
  message: Message,
  change: Partial<Message>,
  editor: string | undefined,
): void {
  const { state } = world;
  const before = innerMessage(world, channel, message);
  if (change.blocks) change.blocks = withIds(change.blocks, () => state.nextId('B'));
  Object.assign(message, change, editor ? { edited: { user: editor, ts: state.nextTs() } } : {});
  tell(world, channel, {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: innerMessage(world, channel, message),
    previous_message: before,
    ...place(channel, state.nextTs()),
  });
  state.changed();
}

/** Takes a message away. The parent of a thread leaves a tombstone, so that its replies keep their place. */
export function deleteMessage(world: World, channel: Channel, message: Message): void {
  const { state } = world;
  const before = innerMessage(world, channel, message);
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  if (repliesTo(channel, message.ts).length > 0) {
    const tombstone: Message = {
      type: 'message',
      subtype: 'tombstone',
      text: 'This message was deleted.',
      user: 'USLACKBOT',
      ts: message.ts,
      thread_ts: message.ts,
    };
    channel.messages.set(message.ts, tombstone);
    tell(world, channel, {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: innerMessage(world, channel, tombstone),
      previous_message: before,
      ...place(channel, state.nextTs()),
    });
  } else {
    channel.messages.delete(message.ts);
    if (isReply(message)) forgetReply(channel, message);
    tell(world, channel, {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: message.ts,
      previous_message: before,
      ...place(channel, state.nextTs()),
    });
  }
  state.changed();
}

/** A file goes from every message that it was shared in; a message that was nothing else goes with it. */
export function deleteFile(world: World, file: StoredFile): void {
  file.deleted = true;
  for (const share of file.shares) {
    const channel = world.state.channels.get(share.channel);
    const message = channel?.messages.get(share.ts);
    if (!channel || !message) continue;
    if (message.text === '' && message.files?.every(({ deleted }) => deleted))
      deleteMessage(world, channel, message);
    else editMessage(world, channel, message, {}, undefined);
  }
  world.state.changed();
}

/** The lines that Slack itself writes: somebody joined, the topic changed. */
export function addSystemMessage(
  world: World,
  channel: Channel,
  subtype: string,
  user: string,
  text: string,
  details: Pick<Message, 'inviter' | 'name' | 'old_name' | 'topic' | 'purpose'> = {},
): Message {
  return addMessage(world, channel, { subtype, user, text, ...details });
}

/** A id that clients give to what people type; bots' messages have none. */
export function clientMessageId(): string {
  return randomUUID();
}

function forgetReply(channel: Channel, message: Message): void {
  const parentTs = message.thread_ts ?? '';
  const rest = (channel.threads.get(parentTs) ?? []).filter((ts) => ts !== message.ts);
  if (rest.length > 0) channel.threads.set(parentTs, rest);
  else channel.threads.delete(parentTs);
}

function innerMessage(world: World, channel: Channel, message: Message): Json {
  return pick(wholeMessage(world.state, channel, message, world.baseUrl), INNER_KEYS);
}

function place(channel: Channel, ts: string): Json {
  return { channel: channel.id, channel_type: channelType(channel), event_ts: ts, ts };
}

function tellMessage(world: World, channel: Channel, message: Message): void {
  const whole = wholeMessage(world.state, channel, message, world.baseUrl);
  const event = pick(whole, keysOf(message));
  if (message.metadata && !message.subtype) event.metadata = { event_type: message.metadata.event_type };
  if (isTeamNamed(message.subtype)) event.team = TEAM.id;
  tell(world, channel, { ...event, ...place(channel, message.ts) });
  for (const file of message.files ?? []) {
    tell(world, channel, {
      type: 'file_shared',
      file_id: file.id,
      user_id: file.user,
      file: { id: file.id },
      channel_id: channel.id,
      event_ts: message.ts,
    });
  }
}

function keysOf(message: Message): readonly string[] {
  switch (message.subtype) {
    case undefined:
      return PLAIN_KEYS;
    case 'thread_broadcast':
      return BROADCAST_KEYS;
    case 'file_share':
      return FILE_KEYS;
    case 'bot_message':
      return BOT_MESSAGE_KEYS;
    case 'me_message':
      return ME_KEYS;
    default:
      return SYSTEM_KEYS;
  }
}

function isTeamNamed(subtype: string | undefined): boolean {
  return /^channel_(join|leave|archive|unarchive|name)$/.test(subtype ?? '');
}
