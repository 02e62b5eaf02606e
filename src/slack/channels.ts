import type { FoundChannel } from '../domain/adopt.ts';
import { channelName } from '../domain/channel-name.ts';
import type { PersonId } from '../domain/words.ts';
import { isServiceError, ServiceError } from '../service-error.ts';
import type { Chat } from '../world.ts';
import type { Identity } from './identity.ts';
import { isSlackUser } from './ids.ts';
import type { Call } from './web.ts';

interface Channel {
  id: string;
  name: string;
  creator?: string;
  is_archived?: boolean;
  is_member?: boolean;
}

interface Page {
  channels: Channel[];
  response_metadata?: { next_cursor?: string };
}

const NAMES_TRIED = 20;

/** A taken name is ours already (an earlier answer was lost), or gets a suffix. */
export async function openChannel(
  call: Call,
  self: Identity,
  wanted: Parameters<Chat['openChannel']>[0],
): Promise<{ id: string; name: string }> {
  for (let attempt = 1; attempt <= NAMES_TRIED; attempt += 1) {
    const name = channelName(wanted.number, wanted.title, attempt);
    const made = await call<{ ok: boolean; channel?: Channel }>(
      'conversations.create',
      { name, is_private: wanted.private },
      { accept: ['name_taken'] },
    );
    if (made.channel) return { id: made.channel.id, name: made.channel.name };
    const own = await findOwnChannel(call, self, name, wanted.private);
    if (own && (await wanted.isFree(own.id))) return { id: own.id, name: own.name };
  }
  throw new ServiceError({
    service: 'Slack',
    kind: 'refused',
    message: `Slack says that ${NAMES_TRIED} names like ${channelName(wanted.number, wanted.title)} are taken.`,
    code: 'name_taken',
  });
}

async function findOwnChannel(
  call: Call,
  self: Identity,
  name: string,
  isPrivate: boolean,
): Promise<Channel | undefined> {
  const types = isPrivate ? 'private_channel' : 'public_channel';
  const args = { types, exclude_archived: true, limit: 200 };
  for await (const channel of listed(call, 'users.conversations', args)) {
    if (channel.name === name && channel.creator === self.userId) return channel;
  }
  return undefined;
}

async function* listed(call: Call, method: string, args: object): AsyncGenerator<Channel> {
  let cursor: string | undefined;
  do {
    const page: Page = await call<Page>(method, cursor ? { ...args, cursor } : args);
    yield* page.channels;
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
}

/** The id of a channel that the team's file names, joined if need be. Scarce calls: ask once and keep it. */
export async function findNamedChannel(call: Call, wanted: string): Promise<string | undefined> {
  if (/^[CG][A-Z0-9]{5,}$/.test(wanted)) return wanted;
  const name = wanted.replace(/^#/, '');
  const own = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 };
  for await (const channel of listed(call, 'users.conversations', own)) {
    if (channel.name === name) return channel.id;
  }
  for await (const channel of listed(call, 'conversations.list', { ...own, types: 'public_channel' })) {
    if (channel.name === name) return channel.id;
  }
  return undefined;
}

/** Refusals that concern the person and not the call. */
const PERSONAL = new Set([
  'cant_invite',
  'user_not_found',
  'user_is_restricted',
  'ura_max_channels',
  'org_user_not_in_team',
  'invitee_cant_see_channel',
  'no_external_invite_permission',
]);

export async function invite(
  call: Call,
  self: Identity,
  channel: string,
  people: readonly PersonId[],
): Promise<{ person: PersonId; why: string }[]> {
  const wanted = [...new Set(people)].filter((person) => isSlackUser(person) && person !== self.userId);
  if (wanted.length === 0) return [];
  try {
    await call(
      'conversations.invite',
      { channel, users: wanted.join(','), ...(wanted.length > 1 ? { force: true } : {}) },
      { accept: ['already_in_channel', 'cant_invite_self'] },
    );
    return [];
  } catch (error) {
    if (!isServiceError(error) || !PERSONAL.has(error.code ?? '')) throw error;
    const [only] = wanted;
    if (wanted.length === 1 && only !== undefined) return [{ person: only, why: error.code ?? '' }];
  }
  // One of several cannot come: the others still do.
  const refused = [];
  for (const person of wanted) refused.push(...(await invite(call, self, channel, [person])));
  return refused;
}

const QUICK_MS = 1_500;

/** A channel as it is. One that the bot may not know of is answered like one that is not there. */
export async function fetchChannel(call: Call, id: string): Promise<FoundChannel | undefined> {
  const { channel } = await call<{ channel?: WholeChannel }>(
    'conversations.info',
    { channel: id },
    { accept: ['channel_not_found', 'method_not_supported_for_channel_type'], deadlineMs: QUICK_MS },
  );
  if (!channel) return undefined;
  return {
    id: channel.id,
    name: channel.name ?? '',
    private: channel.is_private === true,
    member: channel.is_member === true,
    archived: channel.is_archived === true,
    shared: channel.is_ext_shared === true,
    direct: channel.is_im === true || channel.is_mpim === true,
    general: channel.is_general === true,
  };
}

interface WholeChannel extends Partial<Channel> {
  id: string;
  is_private?: boolean;
  is_ext_shared?: boolean;
  is_im?: boolean;
  is_mpim?: boolean;
  is_general?: boolean;
}
