import { joinChannel, leaveChannel } from '../acts/channels.ts';
import type { World } from '../acts/world.ts';
import { flag, page, text } from '../arguments.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { channelShape, directShape, listedChannelShape, ownChannelShape } from '../shapes/channel.ts';
import type { Channel, Json } from '../types.ts';
import {
  type Method,
  ownChannel,
  refuseArchived,
  refuseDirect,
  TIER_2,
  TIER_3,
  TIER_4,
  visibleChannel,
} from './method.ts';

const MOST_INVITED = 100;
const TYPES = new Set(['public_channel', 'private_channel', 'im', 'mpim']);

export const memberMethods = {
  'conversations.invite': {
    perMinute: TIER_3,
    required: ['channel', 'users'],
    optional: ['force'],
    refusals: [
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'method_not_supported_for_channel_type',
      'no_user',
      'already_in_channel',
      'cant_invite_self',
      'user_not_found',
      'user_is_restricted',
    ],
    run: invite,
  },
  'conversations.kick': {
    perMinute: TIER_3,
    required: ['channel'],
    optional: ['user'],
    refusals: [
      'channel_not_found',
      'not_in_channel',
      'cant_kick_self',
      'cant_kick_from_general',
      'user_not_found',
      'method_not_supported_for_channel_type',
    ],
    run(world, args) {
      const channel = ownChannel(world, args);
      refuseDirect(channel);
      const user = text(args, 'user');
      if (user === BOT.userId) throw new Refusal('cant_kick_self');
      if (!world.state.people.has(user)) throw new Refusal('user_not_found');
      if (channel.name === 'general') throw new Refusal('cant_kick_from_general');
      if (!channel.members.has(user)) throw new Refusal('not_in_channel');
      leaveChannel(world, channel, user, BOT.userId);
      return {};
    },
  },
  'conversations.info': {
    perMinute: TIER_3,
    required: ['channel'],
    optional: ['include_locale', 'include_num_members'],
    refusals: ['channel_not_found'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const members = flag(args, 'include_num_members') ? { num_members: channel.members.size } : {};
      return { channel: { ...infoShape(world, channel), ...members } };
    },
  },
  'conversations.members': {
    perMinute: TIER_4,
    required: ['channel'],
    optional: ['cursor', 'limit'],
    refusals: ['channel_not_found', 'invalid_cursor', 'invalid_limit'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const { items, nextCursor } = page([...channel.members], args, {
        standard: 100,
        most: 1000,
        limitError: 'invalid_limit',
      });
      return { members: items, response_metadata: { next_cursor: nextCursor } };
    },
  },
  'conversations.list': {
    perMinute: TIER_2,
    required: [],
    optional: ['cursor', 'exclude_archived', 'limit', 'team_id', 'types'],
    refusals: ['invalid_cursor', 'invalid_limit', 'invalid_types'],
    run: (world, args) =>
      listed(
        world,
        args,
        (channel) => !channel.private || channel.members.has(BOT.userId),
        listedChannelShape,
      ),
  },
  'users.conversations': {
    perMinute: TIER_3,
    required: [],
    optional: ['cursor', 'exclude_archived', 'limit', 'team_id', 'types', 'user'],
    refusals: ['invalid_cursor', 'invalid_limit', 'invalid_types'],
    run(world, args) {
      const user = text(args, 'user') || BOT.userId;
      const isTheirs = (channel: Channel): boolean =>
        channel.members.has(user) && (!channel.private || channel.members.has(BOT.userId));
      return listed(world, args, isTheirs, ownChannelShape);
    },
  },
} satisfies Record<string, Method>;

function infoShape(world: World, channel: Channel): Json {
  if (channel.kind !== 'im') return { ...channelShape(channel), ...canvasProperties(world, channel) };
  const { user: _, ...shape } = directShape(channel, world.state.partnerIn(channel));
  const { priority: __, ...known } = shape;
  return known;
}

/** Where a channel's canvas is to be found. */
function canvasProperties({ state }: World, { canvas }: Channel): Json {
  const file = state.files.get(canvas ?? '');
  if (!file || file.deleted) return {};
  return { properties: { canvas: { file_id: file.id, is_empty: file.canvas?.markdown === '' } } };
}

function listed(
  world: World,
  args: Json,
  isListed: (channel: Channel) => boolean,
  shape: (channel: Channel, partner: string) => Json,
): Json {
  const types = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
  if (types.some((type) => !TYPES.has(type))) throw new Refusal('invalid_types');
  const matching = [...world.state.channels.values()].filter(
    (channel) =>
      isListed(channel) &&
      types.includes(typeOf(channel)) &&
      !(channel.archived && flag(args, 'exclude_archived')),
  );
  const limits = { standard: 100, most: 1000, limitError: 'invalid_limit' };
  const { items, nextCursor } = page(matching, args, limits);
  return {
    channels: items.map((channel) => shape(channel, world.state.partnerIn(channel))),
    response_metadata: { next_cursor: nextCursor },
  };
}

function typeOf(channel: Channel): string {
  if (channel.kind === 'im') return 'im';
  return channel.private ? 'private_channel' : 'public_channel';
}

/** Without `force` one person who cannot be invited fails all; with it the others come in. */
function invite(world: World, args: Json): Json {
  const channel = ownChannel(world, args);
  refuseDirect(channel);
  refuseArchived(channel);
  const users = text(args, 'users')
    .split(',')
    .map((user) => user.trim())
    .filter(Boolean);
  if (users.length === 0) throw new Refusal('no_user');
  if (users.length > MOST_INVITED) throw new Refusal('invalid_arguments', 'at most 100 users');
  const problems = users.flatMap((user) => {
    const error = whyNotInvited(world, channel, user);
    return error ? [{ ok: false, error, user }] : [];
  });
  const bad = new Set(problems.map(({ user }) => user));
  const [first] = problems;
  if (first && (!flag(args, 'force') || bad.size === users.length)) {
    throw new Refusal(first.error, '', users.length > 1 ? { errors: problems } : {});
  }
  for (const user of users) {
    if (!bad.has(user)) joinChannel(world, channel, user, BOT.userId);
  }
  return { channel: channelShape(channel), ...(first ? { errors: problems } : {}) };
}

function whyNotInvited(world: World, channel: Channel, user: string): string | undefined {
  if (user === BOT.userId) return 'cant_invite_self';
  const person = world.state.people.get(user);
  if (!person || person.deleted) return 'user_not_found';
  if (channel.members.has(user)) return 'already_in_channel';
  if (person.guest) return 'user_is_restricted';
  return undefined;
}
