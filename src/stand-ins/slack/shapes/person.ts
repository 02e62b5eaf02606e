import { BOT, TEAM } from '../identity.ts';
import type { Json, Person } from '../types.ts';

/** A person as `users.info` and `users.list` show them. `tz_offset` is the offset at `at`. */
export function userShape(person: Person, at: Date): Json {
  return {
    id: person.id,
    team_id: TEAM.id,
    name: person.name,
    deleted: person.deleted ?? false,
    color: '4bbe2e',
    real_name: person.realName,
    tz: person.tz,
    tz_label: zoneLabel(person.tz, at),
    tz_offset: zoneOffsetSeconds(person.tz, at),
    profile: profileShape(person),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.guest ?? false,
    is_ultra_restricted: false,
    is_bot: person.bot ?? false,
    is_app_user: false,
    updated: 1_700_000_000,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}

export function profileShape(person: Person): Json {
  const displayName = person.displayName ?? '';
  return {
    title: '',
    phone: '',
    skype: '',
    real_name: person.realName,
    real_name_normalized: person.realName,
    display_name: displayName,
    display_name_normalized: displayName,
    status_text: person.status?.text ?? '',
    status_emoji: person.status?.emoji ?? '',
    status_expiration: person.status?.end ?? 0,
    avatar_hash: 'g0000000000',
    ...(person.email ? { email: person.email } : {}),
    image_24: avatar(24),
    image_32: avatar(32),
    image_48: avatar(48),
    image_72: avatar(72),
    image_192: avatar(192),
    image_512: avatar(512),
    status_text_canonical: '',
  };
}

/** Do-not-disturb as others see it. */
export function quietShape({ quiet }: Pick<Person, 'quiet'>): Json {
  if (!quiet) return { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };
  return { dnd_enabled: true, next_dnd_start_ts: quiet.from, next_dnd_end_ts: quiet.to };
}

/** The bot id under which a bot of the workspace writes; the product's own has a fixed one. */
export function botIdOf(userId: string): string {
  return userId === BOT.userId ? BOT.botId : `B${userId.slice(1)}`;
}

export function botProfile(userId: string, name: string): Json {
  const isOwn = userId === BOT.userId;
  return {
    id: botIdOf(userId),
    deleted: false,
    name,
    updated: 1_700_000_000,
    app_id: isOwn ? BOT.appId : `A${userId.slice(1)}`,
    icons: { image_36: avatar(36), image_48: avatar(48), image_72: avatar(72) },
    team_id: TEAM.id,
  };
}

function avatar(size: number): string {
  return `https://avatars.slack-edge.com/stand-in_${size}.png`;
}

function zoneLabel(tz: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'long' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? tz;
}

function zoneOffsetSeconds(tz: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name);
  if (!match) return 0;
  const [, sign, hours, minutes, seconds] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0));
}

/** A group of people that can be mentioned. */
export function groupShape(id: string, handle: string): Json {
  return { id, team_id: TEAM.id, is_usergroup: true, is_subteam: true, name: handle, handle };
}
