import type { World } from '../acts/world.ts';
import type { Delivery } from '../deliveries.ts';
import { TEAM } from '../identity.ts';
import { messageShape } from '../shapes/message.ts';
import { pick } from '../shapes/pick.ts';
import { viewHead } from '../shapes/view.ts';
import type { View } from '../types.ts';
import { messageIn, personCalled, readableChannelFor } from './find.ts';
import { actionTs, channelHead, payloadHead } from './payload.ts';

/** Chooses one of the app's shortcuts in the menu of a message. */
export async function shortcut(
  world: World,
  user: string,
  callbackId: string,
  channelName: string,
  ts: string,
): Promise<Delivery> {
  const channel = readableChannelFor(world, user, channelName);
  const message = messageIn(channel, ts);
  const responseId = world.tickets.newResponse({ user, channel: channel.id });
  return world.deliveries.ask('interactive', {
    ...pick(payloadHead(world, 'message_action', user), ['type', 'team', 'token', 'is_enterprise_install']),
    user: { id: user, name: personCalled(world, user).name, team_id: TEAM.id },
    callback_id: callbackId,
    trigger_id: world.tickets.newTrigger(user),
    message_ts: message.ts,
    response_url: `${world.baseUrl}/response/${responseId}`,
    message: messageShape(world.state, channel, message, 'payload', world.baseUrl),
    channel: channelHead(channel),
    action_ts: actionTs(),
  });
}

/** Opens the app's Home tab; answers what stands there once the bot has taken the event. */
export async function openHome(world: World, user: string): Promise<View | undefined> {
  personCalled(world, user);
  const { channel } = world.state.directChannel(user);
  const home = world.state.homes.get(user);
  world.deliveries.event({
    type: 'app_home_opened',
    user,
    channel: channel.id,
    tab: 'home',
    event_ts: world.state.nextTs(),
    ...(home ? { view: viewHead(home) } : {}),
  });
  await world.deliveries.settled();
  return world.state.homes.get(user);
}
