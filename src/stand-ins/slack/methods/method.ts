import type { World } from '../acts/world.ts';
import { text } from '../arguments.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, Json, Message } from '../types.ts';

/** One Web API method: what it takes, how often, what it may refuse with, and what it does. */
export interface Method {
  perMinute: number;
  required: readonly string[];
  optional: readonly string[];
  /** The method's own refusals; those that every method has are not repeated. */
  refusals: readonly string[];
  /** Messages into one channel are held to one a second. */
  isPerChannel?: boolean;
  token?: 'app';
  run: (world: World, args: Json) => Json;
}

export const TIER_2 = 20;
export const TIER_3 = 50;
export const TIER_4 = 100;
export const SPECIAL = 600;

/** The channel with this id, unless it is a private one that the bot is not in: that one does not exist for it. */
export function visibleChannel(world: World, args: Json, name = 'channel'): Channel {
  const channel = world.state.channels.get(text(args, name));
  if (!channel || (channel.private && !channel.members.has(BOT.userId)))
    throw new Refusal('channel_not_found');
  return channel;
}

/** The same, and the bot must be in it. */
export function ownChannel(world: World, args: Json, name = 'channel', error = 'not_in_channel'): Channel {
  const channel = visibleChannel(world, args, name);
  if (!channel.members.has(BOT.userId)) throw new Refusal(error);
  return channel;
}

export function refuseDirect(channel: Channel): void {
  if (channel.kind === 'im') throw new Refusal('method_not_supported_for_channel_type');
}

export function refuseArchived(channel: Channel): void {
  if (channel.archived) throw new Refusal('is_archived');
}

/** The message with this time stamp, which must look like one. */
export function messageAt(channel: Channel, ts: string): Message {
  const message = channel.messages.get(ts);
  if (!message || message.subtype === 'tombstone') throw new Refusal('message_not_found');
  return message;
}

export function isTs(value: string): boolean {
  return /^\d{1,12}(\.\d{1,6})?$/.test(value);
}
