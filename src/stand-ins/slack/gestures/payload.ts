import type { World } from '../acts/world.ts';
import { BOT, TEAM, VERIFICATION_TOKEN } from '../identity.ts';
import { visibleName } from '../shapes/channel.ts';
import type { Channel, Json } from '../types.ts';
import { personCalled } from './find.ts';

/** What every interactive payload says about who, where from and for whom. */
export function payloadHead(world: World, type: string, user: string): Json {
  const { name } = personCalled(world, user);
  return {
    type,
    team: { id: TEAM.id, domain: TEAM.domain },
    user: { id: user, username: name, name, team_id: TEAM.id },
    api_app_id: BOT.appId,
    token: VERIFICATION_TOKEN,
    is_enterprise_install: false,
  };
}

export function channelHead(channel: Channel): Json {
  return { id: channel.id, name: visibleName(channel) };
}

/** A time stamp for what a person does, which is no message. */
export function actionTs(): string {
  const now = Date.now();
  return `${Math.floor(now / 1000)}.${String(now % 1000).padStart(3, '0')}000`;
}
