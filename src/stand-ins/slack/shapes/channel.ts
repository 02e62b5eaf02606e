import { BOT, TEAM } from '../identity.ts';
import type { Channel, Json } from '../types.ts';
import { pick } from './pick.ts';

/** A channel as most `conversations.*` methods answer it. */
export function channelShape(channel: Channel): Json {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.private,
    is_group: channel.private,
    is_im: false,
    created: channel.created,
    is_archived: channel.archived,
    is_general: channel.name === 'general',
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: channel.shared ?? false,
    creator: channel.creator,
    is_ext_shared: channel.shared ?? false,
    is_org_shared: false,
    shared_team_ids: [TEAM.id],
    pending_shared: [],
    pending_connected_team_ids: [],
    is_pending_ext_shared: false,
    is_member: channel.members.has(BOT.userId),
    is_private: channel.private,
    is_mpim: false,
    topic: channel.topic,
    purpose: channel.purpose,
    previous_names: channel.previousNames,
    context_team_id: TEAM.id,
    updated: channel.created * 1000,
  };
}

/** The same for `users.conversations`, which does not say whether the asker is a member. */
export function ownChannelShape(channel: Channel, partner: string): Json {
  if (channel.kind === 'im') return directShape(channel, partner);
  const { is_member: _, ...rest } = channelShape(channel);
  return rest;
}

export function listedChannelShape(channel: Channel, partner: string): Json {
  if (channel.kind === 'im') return directShape(channel, partner);
  return { ...channelShape(channel), num_members: channel.members.size };
}

/** A direct message channel: no name, but the person at the other end. */
export function directShape(channel: Channel, partner: string): Json {
  return {
    id: channel.id,
    created: channel.created,
    is_archived: false,
    is_im: true,
    is_org_shared: false,
    user: partner,
    priority: 0,
    context_team_id: TEAM.id,
    updated: channel.created * 1000,
  };
}

export function createdChannelShape(channel: Channel): Json {
  return pick(channelShape(channel), [
    'id',
    'is_channel',
    'name',
    'name_normalized',
    'created',
    'creator',
    'is_shared',
    'is_org_shared',
    'context_team_id',
    'is_group',
    'is_im',
    'is_mpim',
    'is_private',
    'is_archived',
    'is_general',
    'unlinked',
  ]);
}

/** What commands and payloads call the channel: Slack hides the names of private ones. */
export function visibleName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.private ? 'privategroup' : channel.name;
}

export function channelType(channel: Channel): 'channel' | 'group' | 'im' {
  if (channel.kind === 'im') return 'im';
  return channel.private ? 'group' : 'channel';
}
