import type { Channel, Message } from '../types.ts';
import { tell, type World } from './world.ts';

/** Answers false when this person has already reacted so. */
export function addReaction(
  world: World,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean {
  const reactions = message.reactions ?? [];
  const known = reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(user)) return false;
  if (known) {
    known.users.push(user);
    known.count += 1;
  } else {
    reactions.push({ name, users: [user], count: 1 });
  }
  message.reactions = reactions;
  tellReaction(world, channel, message, user, name, 'reaction_added');
  return true;
}

/** Answers false when there is no such reaction. */
export function removeReaction(
  world: World,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean {
  const known = message.reactions?.find((reaction) => reaction.name === name);
  if (!known?.users.includes(user)) return false;
  known.users = known.users.filter((id) => id !== user);
  known.count -= 1;
  if (known.count === 0)
    message.reactions = message.reactions?.filter((reaction) => reaction !== known) ?? [];
  if (message.reactions?.length === 0) delete message.reactions;
  tellReaction(world, channel, message, user, name, 'reaction_removed');
  return true;
}

function tellReaction(
  world: World,
  channel: Channel,
  message: Message,
  user: string,
  reaction: string,
  type: 'reaction_added' | 'reaction_removed',
): void {
  tell(world, channel, {
    type,
    user,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    reaction,
    ...(message.user ? { item_user: message.user } : {}),
    event_ts: world.state.nextTs(),
  });
  world.state.changed();
}
