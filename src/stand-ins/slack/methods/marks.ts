import { addPin, removePin } from '../acts/channels.ts';
import { addReaction, removeReaction } from '../acts/reactions.ts';
import type { World } from '../acts/world.ts';
import { text } from '../arguments.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { messageShape } from '../shapes/message.ts';
import type { Channel, Json, Message } from '../types.ts';
import { isTs, type Method, messageAt, ownChannel, TIER_2, TIER_3, visibleChannel } from './method.ts';

const MOST_PINS = 100;
/** Different reactions on one message, and of one person on it. */
const MOST_REACTIONS = 50;
const MOST_OWN_REACTIONS = 23;
const EMOJI = /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/;

const TARGET_REFUSALS = [
  'channel_not_found',
  'no_item_specified',
  'bad_timestamp',
  'message_not_found',
] as const;

export const markMethods = {
  'pins.add': {
    perMinute: TIER_2,
    required: ['channel'],
    optional: ['timestamp'],
    refusals: [...TARGET_REFUSALS, 'not_in_channel', 'already_pinned', 'not_pinnable', 'too_many_pins'],
    run(world, args) {
      const channel = ownChannel(world, args);
      const message = target(channel, args);
      if (/^(channel|group)_/.test(message.subtype ?? '')) throw new Refusal('not_pinnable');
      if (channel.pins.some((pin) => pin.ts === message.ts)) throw new Refusal('already_pinned');
      if (channel.pins.length >= MOST_PINS) throw new Refusal('too_many_pins');
      addPin(world, channel, message, BOT.userId);
      return {};
    },
  },
  'pins.remove': {
    perMinute: TIER_2,
    required: ['channel'],
    optional: ['timestamp'],
    refusals: [...TARGET_REFUSALS, 'no_pin'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const message = target(channel, args);
      if (!channel.pins.some((pin) => pin.ts === message.ts)) throw new Refusal('no_pin');
      removePin(world, channel, message, BOT.userId);
      return {};
    },
  },
  'pins.list': {
    perMinute: TIER_2,
    required: ['channel'],
    optional: [],
    refusals: ['channel_not_found'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const items = channel.pins.map((pin) => ({
        type: 'message',
        created: pin.created,
        created_by: pin.createdBy,
      }));
      return { items };
    },
  },
  'reactions.add': {
    perMinute: TIER_3,
    required: ['channel', 'name', 'timestamp'],
    optional: [],
    refusals: [
      ...TARGET_REFUSALS,
      'invalid_name',
      'is_archived',
      'no_access',
      'already_reacted',
      'too_many_emoji',
      'too_many_reactions',
    ],
    run(world, args) {
      const { channel, message, name } = reactionTarget(world, args);
      if (channel.archived) throw new Refusal('is_archived');
      const reactions = message.reactions ?? [];
      const isNew = !reactions.some((reaction) => reaction.name === name);
      if (isNew && reactions.length >= MOST_REACTIONS) throw new Refusal('too_many_emoji');
      const own = reactions.filter((reaction) => reaction.users.includes(BOT.userId));
      if (own.length >= MOST_OWN_REACTIONS) throw new Refusal('too_many_reactions');
      if (!addReaction(world, channel, message, BOT.userId, name)) throw new Refusal('already_reacted');
      return {};
    },
  },
  'reactions.remove': {
    perMinute: TIER_2,
    required: ['name'],
    optional: ['channel', 'timestamp', 'file', 'file_comment'],
    refusals: [...TARGET_REFUSALS, 'invalid_name', 'no_access', 'no_reaction'],
    run(world, args) {
      const { channel, message, name } = reactionTarget(world, args);
      if (!removeReaction(world, channel, message, BOT.userId, name)) throw new Refusal('no_reaction');
      return {};
    },
  },
  'reactions.get': {
    perMinute: TIER_3,
    required: [],
    optional: ['channel', 'file', 'file_comment', 'full', 'timestamp'],
    refusals: TARGET_REFUSALS,
    run(world, args) {
      if (text(args, 'channel') === '') throw new Refusal('no_item_specified');
      const channel = visibleChannel(world, args);
      const message = messageShape(world.state, channel, target(channel, args), 'reacted', world.baseUrl);
      return { type: 'message', channel: channel.id, message };
    },
  },
} satisfies Record<string, Method>;

function target(channel: Channel, args: Json): Message {
  const ts = text(args, 'timestamp');
  if (ts === '') throw new Refusal('no_item_specified');
  if (!isTs(ts)) throw new Refusal('bad_timestamp');
  return messageAt(channel, ts);
}

function reactionTarget(world: World, args: Json): { channel: Channel; message: Message; name: string } {
  if (text(args, 'channel') === '') throw new Refusal('no_item_specified');
  const channel = visibleChannel(world, args);
  if (!channel.members.has(BOT.userId)) throw new Refusal('no_access');
  const name = text(args, 'name');
  if (!EMOJI.test(name)) throw new Refusal('invalid_name');
  return { channel, message: target(channel, args), name };
}
