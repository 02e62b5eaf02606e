import type { World } from '../acts/world.ts';
import { BOT } from '../identity.ts';
import type { Channel, Message, Person } from '../types.ts';

/**
 * The channel that a person names: an id, `name`, `#name`, or `@daywatch` for their conversation with the bot.
 * A mistake in the script of a test throws: Slack itself would never let a person do it.
 */
function channelFor(world: World, user: string, nameOrId: string): Channel {
  if (nameOrId === `@${BOT.name}`) return world.state.directChannel(user).channel;
  return channelCalled(world, nameOrId);
}

export function channelCalled(world: World, nameOrId: string): Channel {
  const channel = world.state.channels.get(nameOrId) ?? world.state.channelNamed(nameOrId.replace(/^#/, ''));
  if (!channel) throw new Error(`There is no channel ${nameOrId}`);
  return channel;
}

/** The channel, for somebody who is in it. */
export function ownChannelFor(world: World, user: string, nameOrId: string): Channel {
  const channel = channelFor(world, user, nameOrId);
  if (!channel.members.has(user)) throw new Error(`${user} is not in #${channel.name}`);
  return channel;
}

/** The channel, for somebody who can open it: a member, or anybody where it is public. */
export function readableChannelFor(world: World, user: string, nameOrId: string): Channel {
  const channel = channelFor(world, user, nameOrId);
  if (channel.private && !channel.members.has(user)) throw new Error(`${user} cannot see #${channel.name}`);
  return channel;
}

export function personCalled(world: World, id: string): Person {
  const person = world.state.people.get(id);
  if (!person) throw new Error(`There is nobody with the id ${id}`);
  return person;
}

export function messageIn(channel: Channel, ts: string): Message {
  const message = channel.messages.get(ts);
  if (!message) throw new Error(`There is no message ${ts} in #${channel.name}`);
  return message;
}
