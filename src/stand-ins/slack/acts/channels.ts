import { BOT, TEAM } from '../identity.ts';
import { channelShape, createdChannelShape } from '../shapes/channel.ts';
import { messageShape } from '../shapes/message.ts';
import { pick } from '../shapes/pick.ts';
import type { Channel, Message } from '../types.ts';
import { addSystemMessage } from './messages.ts';
import { tell, type World } from './world.ts';

/** Makes a channel with its creator in it. Everybody hears of a public one. */
export function createChannel(world: World, name: string, isPrivate: boolean, creator: string): Channel {
  const channel = world.state.addChannel({ name, private: isPrivate, creator });
  if (!isPrivate) {
    const event_ts = world.state.nextTs();
    world.deliveries.event({ type: 'channel_created', channel: createdChannelShape(channel), event_ts });
  }
  joinChannel(world, channel, creator);
  return channel;
}

/** Puts somebody into a channel; the caller has looked whether they may. */
export function joinChannel(world: World, channel: Channel, user: string, inviter?: string): void {
  channel.members.add(user);
  const details = inviter ? { inviter } : {};
  addSystemMessage(world, channel, 'channel_join', user, `<@${user}> has joined the channel`, details);
  tell(world, channel, {
    type: 'member_joined_channel',
    user,
    channel: channel.id,
    channel_type: channel.private ? 'G' : 'C',
    team: TEAM.id,
    event_ts: world.state.nextTs(),
    ...details,
  });
}

/** Takes somebody out. The bot hears of its own removal by another event, and of nothing after it. */
export function leaveChannel(world: World, channel: Channel, user: string, by: string): void {
  const text = `<@${user}> has left the channel`;
  if (user !== by) channel.members.delete(user);
  addSystemMessage(world, channel, 'channel_leave', user, text);
  channel.members.delete(user);
  const event_ts = world.state.nextTs();
  if (user === BOT.userId) {
    const type = channel.private ? 'group_left' : 'channel_left';
    world.deliveries.event({ type, channel: channel.id, actor_id: by, event_ts });
    return;
  }
  const channel_type = channel.private ? 'G' : 'C';
  const event = { type: 'member_left_channel', user, channel: channel.id, channel_type };
  tell(world, channel, { ...event, team: TEAM.id, event_ts });
}

export function renameChannel(world: World, channel: Channel, name: string, by: string): void {
  const old_name = channel.name;
  world.state.renameChannel(channel, name);
  const text = `has renamed the channel from "${old_name}" to "${name}"`;
  addSystemMessage(world, channel, 'channel_name', by, text, { name, old_name });
  const keys = ['id', 'is_channel', 'is_mpim', 'name', 'name_normalized', 'created'];
  tell(world, channel, {
    type: channel.private ? 'group_rename' : 'channel_rename',
    channel: pick(channelShape(channel), keys),
    event_ts: world.state.nextTs(),
  });
}

export function archiveChannel(world: World, channel: Channel, user: string): void {
  addSystemMessage(world, channel, 'channel_archive', user, 'archived the channel');
  channel.archived = true;
  const type = channel.private ? 'group_archive' : 'channel_archive';
  tell(world, channel, { type, channel: channel.id, user, event_ts: world.state.nextTs() });
}

export function unarchiveChannel(world: World, channel: Channel, user: string): void {
  channel.archived = false;
  addSystemMessage(world, channel, 'channel_unarchive', user, 'un-archived the channel');
  const event_ts = world.state.nextTs();
  if (channel.private)
    tell(world, channel, { type: 'group_unarchive', channel: channel.id, actor_id: user, event_ts });
  else tell(world, channel, { type: 'channel_unarchive', channel: channel.id, user, event_ts });
}

export function setTopic(world: World, channel: Channel, topic: string, user: string): void {
  channel.topic = { value: topic, creator: user, last_set: world.state.seconds() };
  const subtype = channel.private ? 'group_topic' : 'channel_topic';
  addSystemMessage(world, channel, subtype, user, `set the channel topic: ${topic}`, { topic });
}

export function setPurpose(world: World, channel: Channel, purpose: string, user: string): void {
  channel.purpose = { value: purpose, creator: user, last_set: world.state.seconds() };
  const text = `set the channel description: ${purpose}`;
  addSystemMessage(world, channel, 'channel_purpose', user, text, { purpose });
}

export function addPin(world: World, channel: Channel, message: Message, user: string): void {
  channel.pins.push({ ts: message.ts, created: world.state.seconds(), createdBy: user });
  tellPin(world, channel, message, user, 'pin_added');
}

export function removePin(world: World, channel: Channel, message: Message, user: string): void {
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  tellPin(world, channel, message, user, 'pin_removed');
}

function tellPin(
  world: World,
  channel: Channel,
  message: Message,
  user: string,
  type: 'pin_added' | 'pin_removed',
): void {
  const pinned = messageShape(world.state, channel, message, 'reacted', world.baseUrl);
  const created = world.state.seconds();
  const keys = ['bot_id', 'type', 'text', 'user', 'ts', 'app_id', 'team', 'bot_profile', 'permalink'];
  tell(world, channel, {
    type,
    user,
    channel_id: channel.id,
    item: {
      type: 'message',
      created,
      created_by: user,
      channel: channel.id,
      message: pick(pinned, keys),
    },
    ...(message.user ? { item_user: message.user } : {}),
    pin_count: channel.pins.length,
    ...(type === 'pin_added'
      ? { pinned_info: { channel: channel.id, pinned_by: user, pinned_ts: created } }
      : { has_pins: channel.pins.length > 0 }),
    event_ts: world.state.nextTs(),
  });
  world.state.changed();
}
