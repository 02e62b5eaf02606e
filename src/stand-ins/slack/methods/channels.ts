import {
  archiveChannel,
  createChannel,
  joinChannel,
  leaveChannel,
  renameChannel,
  setPurpose,
  setTopic,
  unarchiveChannel,
} from '../acts/channels.ts';
import type { World } from '../acts/world.ts';
import { flag, text } from '../arguments.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { channelShape, directShape } from '../shapes/channel.ts';
import type { Channel, Json } from '../types.ts';
import {
  type Method,
  ownChannel,
  refuseArchived,
  refuseDirect,
  TIER_2,
  TIER_3,
  visibleChannel,
} from './method.ts';

const NAME_REFUSALS = [
  'invalid_name_required',
  'invalid_name_maxlength',
  'invalid_name_punctuation',
  'invalid_name_specials',
  'name_taken',
] as const;
const LONGEST_NAME = 80;
const LONGEST_NOTE = 250;

/** Slack's rules for channel names; a name stays taken when its channel is archived or out of sight. */
function checkName(world: World, name: string, own?: Channel): void {
  if (name === '') throw new Refusal('invalid_name_required');
  if ([...name].length > LONGEST_NAME) throw new Refusal('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new Refusal('invalid_name_specials');
  if (/^[_-]+$/.test(name)) throw new Refusal('invalid_name_punctuation');
  const taken = world.state.channelNamed(name);
  if (taken && taken !== own) throw new Refusal('name_taken');
}

function memberState(world: World, args: Json, method: string): Json {
  const channel = visibleChannel(world, args);
  refuseDirect(channel);
  refuseArchived(channel);
  if (!channel.members.has(BOT.userId)) throw new Refusal('not_in_channel');
  const value = text(args, method === 'setTopic' ? 'topic' : 'purpose');
  if ([...value].length > LONGEST_NOTE) throw new Refusal('too_long');
  if (method === 'setTopic') setTopic(world, channel, value, BOT.userId);
  else setPurpose(world, channel, value, BOT.userId);
  return { channel: channelShape(channel) };
}

const NOTE_REFUSALS = [
  'channel_not_found',
  'method_not_supported_for_channel_type',
  'is_archived',
  'not_in_channel',
  'too_long',
] as const;

export const channelMethods = {
  'conversations.create': {
    perMinute: TIER_2,
    required: ['name'],
    optional: ['is_private', 'team_id'],
    refusals: NAME_REFUSALS,
    run(world, args) {
      const name = text(args, 'name');
      checkName(world, name);
      return { channel: channelShape(createChannel(world, name, flag(args, 'is_private'), BOT.userId)) };
    },
  },
  'conversations.rename': {
    perMinute: TIER_2,
    required: ['channel', 'name'],
    optional: [],
    refusals: [
      ...NAME_REFUSALS,
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'not_authorized',
      'method_not_supported_for_channel_type',
    ],
    run(world, args) {
      const channel = ownChannel(world, args);
      refuseDirect(channel);
      refuseArchived(channel);
      if (channel.creator !== BOT.userId) throw new Refusal('not_authorized');
      const name = text(args, 'name');
      checkName(world, name, channel);
      if (name !== channel.name) renameChannel(world, channel, name, BOT.userId);
      return { channel: channelShape(channel) };
    },
  },
  'conversations.setTopic': {
    perMinute: TIER_2,
    required: ['channel', 'topic'],
    optional: [],
    refusals: NOTE_REFUSALS,
    run: (world, args) => memberState(world, args, 'setTopic'),
  },
  'conversations.setPurpose': {
    perMinute: TIER_2,
    required: ['channel', 'purpose'],
    optional: [],
    refusals: NOTE_REFUSALS,
    run: (world, args) => memberState(world, args, 'setPurpose'),
  },
  'conversations.archive': {
    perMinute: TIER_2,
    required: ['channel'],
    optional: [],
    refusals: [
      'channel_not_found',
      'not_in_channel',
      'already_archived',
      'cant_archive_general',
      'method_not_supported_for_channel_type',
    ],
    run(world, args) {
      const channel = visibleChannel(world, args);
      refuseDirect(channel);
      if (channel.archived) throw new Refusal('already_archived');
      if (channel.name === 'general') throw new Refusal('cant_archive_general');
      if (!channel.members.has(BOT.userId)) throw new Refusal('not_in_channel');
      archiveChannel(world, channel, BOT.userId);
      return {};
    },
  },
  'conversations.unarchive': {
    perMinute: TIER_2,
    required: ['channel'],
    optional: [],
    refusals: ['channel_not_found', 'not_archived', 'method_not_supported_for_channel_type'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      refuseDirect(channel);
      if (!channel.archived) throw new Refusal('not_archived');
      unarchiveChannel(world, channel, BOT.userId);
      return {};
    },
  },
  'conversations.join': {
    perMinute: TIER_3,
    required: ['channel'],
    optional: [],
    refusals: ['channel_not_found', 'is_archived', 'method_not_supported_for_channel_type'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      if (channel.private) throw new Refusal('method_not_supported_for_channel_type');
      refuseArchived(channel);
      if (channel.members.has(BOT.userId)) {
        const warning = 'already_in_channel';
        return { channel: channelShape(channel), warning, response_metadata: { warnings: [warning] } };
      }
      joinChannel(world, channel, BOT.userId);
      return { channel: channelShape(channel) };
    },
  },
  'conversations.leave': {
    perMinute: TIER_3,
    required: ['channel'],
    optional: [],
    refusals: [
      'channel_not_found',
      'is_archived',
      'last_member',
      'cant_leave_general',
      'method_not_supported_for_channel_type',
    ],
    run(world, args) {
      const channel = visibleChannel(world, args);
      refuseDirect(channel);
      refuseArchived(channel);
      if (!channel.members.has(BOT.userId)) return {};
      if (channel.name === 'general') throw new Refusal('cant_leave_general');
      if (channel.private && channel.members.size === 1) throw new Refusal('last_member');
      leaveChannel(world, channel, BOT.userId, BOT.userId);
      return {};
    },
  },
  'conversations.open': {
    perMinute: TIER_3,
    required: [],
    optional: ['channel', 'users', 'return_im', 'prevent_creation'],
    refusals: [
      'channel_not_found',
      'users_list_not_supplied',
      'user_not_found',
      'user_disabled',
      'method_not_supported_for_channel_type',
    ],
    run: openDirect,
  },
} satisfies Record<string, Method>;

function openDirect(world: World, args: Json): Json {
  if (text(args, 'channel') !== '') {
    const channel = visibleChannel(world, args);
    if (channel.kind !== 'im') throw new Refusal('method_not_supported_for_channel_type');
    return { channel: opened(world, channel, args), no_op: true, already_open: true };
  }
  const users = text(args, 'users').split(',').filter(Boolean);
  const [user] = users;
  if (user === undefined) throw new Refusal('users_list_not_supplied');
  // Group direct messages have no place in this workspace; the product speaks to people one by one.
  if (users.length > 1) throw new Refusal('method_not_supported_for_channel_type');
  const person = world.state.people.get(user);
  if (!person || user === BOT.userId) throw new Refusal('user_not_found');
  if (person.deleted) throw new Refusal('user_disabled');
  const { channel, isNew } = world.state.directChannel(user);
  world.state.changed();
  return { channel: opened(world, channel, args), ...(isNew ? {} : { no_op: true, already_open: true }) };
}

function opened(world: World, channel: Channel, args: Json): Json {
  if (!flag(args, 'return_im')) return { id: channel.id };
  const { priority: _, ...shape } = directShape(channel, world.state.partnerIn(channel));
  return shape;
}
