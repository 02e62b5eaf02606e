import { isServiceError } from '../service-error.ts';
import type { Profile } from '../world.ts';
import { awayOf, type SlackStatus } from './signs.ts';
import type { Call } from './web.ts';

interface SlackUser {
  id: string;
  name?: string;
  real_name?: string;
  tz?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  profile?: SlackStatus & { display_name?: string; real_name?: string; email?: string };
}

const DEADLINE_MS = 1_500;

export async function fetchProfile(call: Call, id: string): Promise<Profile | undefined> {
  try {
    const { user } = await call<{ user: SlackUser }>('users.info', { user: id }, { deadlineMs: DEADLINE_MS });
    return profileOf(user);
  } catch (error) {
    if (isServiceError(error, 'not-found') || (isServiceError(error) && error.code === 'user_not_visible'))
      return undefined;
    throw error;
  }
}

export async function fetchProfileByEmail(call: Call, email: string): Promise<Profile | undefined> {
  const options = { deadlineMs: DEADLINE_MS, accept: ['users_not_found'] };
  const { user } = await call<{ user?: SlackUser }>('users.lookupByEmail', { email }, options);
  return user ? profileOf(user) : undefined;
}

/** Slack's user as the product needs them; also what `user_change` brings. */
export function profileOf(user: SlackUser): Profile {
  const realName = user.profile?.real_name || user.real_name || '';
  const displayName = user.profile?.display_name || '';
  const name = realName || displayName || user.name || user.id;
  const away = awayOf(user.profile);
  const otherNames = [displayName, user.name ?? ''].filter((other) => other && other !== name);
  return {
    id: user.id,
    name,
    otherNames: [...new Set(otherNames)],
    ...(user.profile?.email ? { email: user.profile.email } : {}),
    ...(user.tz ? { timezone: user.tz } : {}),
    ...(away ? { away } : {}),
    guest: user.is_restricted === true || user.is_ultra_restricted === true,
    bot: user.is_bot === true,
    deleted: user.deleted === true,
  };
}
