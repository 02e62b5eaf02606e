import type { World } from './acts/world.ts';
import { channelCalled } from './gestures/find.ts';
import { wholeMessage } from './shapes/message.ts';
import { isReply, repliesTo } from './state.ts';
import type { Channel, Ephemeral, Message } from './types.ts';

/** A message as people see it: what is stored, and what its thread adds. */
export interface SeenMessage extends Message {
  reply_count?: number;
  permalink: string;
}

export interface SeenChannel {
  id: string;
  name: string;
  private: boolean;
  archived: boolean;
  topic: string;
  purpose: string;
  creator: string;
  members: string[];
}

export interface SeenFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  user: string;
  bytes: Buffer;
  text: string;
  shares: { channel: string; ts: string; threadTs?: string }[];
}

export function seenChannel(channel: Channel): SeenChannel {
  return {
    id: channel.id,
    name: channel.name,
    private: channel.private,
    archived: channel.archived,
    topic: channel.topic.value,
    purpose: channel.purpose.value,
    creator: channel.creator,
    members: [...channel.members],
  };
}

export interface SeenCanvas {
  id: string;
  title: string;
  user: string;
  markdown: string;
  editors: string[];
}

/** The channel's own messages, oldest first; replies only where they were sent to the channel too. */
export function topLevelMessages(world: World, channel: Channel): SeenMessage[] {
  return [...channel.messages.values()]
    .filter((message) => !isReply(message) || message.subtype === 'thread_broadcast')
    .map((message) => seenMessage(world, channel, message));
}

export function threadReplies(world: World, channelName: string, ts: string): SeenMessage[] {
  const channel = channelCalled(world, channelName);
  return repliesTo(channel, ts).map((message) => seenMessage(world, channel, message));
}

export function pinnedMessages(world: World, channel: Channel): SeenMessage[] {
  return channel.pins.flatMap(({ ts }) => {
    const message = channel.messages.get(ts);
    return message ? [seenMessage(world, channel, message)] : [];
  });
}

export function seenFiles(world: World): SeenFile[] {
  return [...world.state.files.values()]
    .filter((file) => !file.deleted && !file.canvas)
    .map(({ id, name, title, mimetype, user, bytes, shares }) => ({
      id,
      name,
      title,
      mimetype,
      user,
      bytes,
      text: bytes.toString('utf8'),
      shares,
    }));
}

export function seenCanvas(world: World, channel: Channel): SeenCanvas | undefined {
  const file = world.state.files.get(channel.canvas ?? '');
  return file?.canvas && { id: file.id, title: file.title, user: file.user, ...file.canvas };
}

export function ephemeralsOf(world: World, user: string): Ephemeral[] {
  return world.state.ephemerals.filter((ephemeral) => ephemeral.user === user);
}

function seenMessage(world: World, channel: Channel, message: Message): SeenMessage {
  const { reply_count, permalink } = wholeMessage(world.state, channel, message, world.baseUrl);
  return {
    ...message,
    permalink: String(permalink),
    ...(typeof reply_count === 'number' ? { reply_count } : {}),
  };
}
