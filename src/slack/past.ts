import type { MessageRef, PersonId } from '../domain/words.ts';
import type { PastMessage, PastPage } from '../world.ts';
import { isSystemMessage } from './system-messages.ts';
import type { Call } from './web.ts';

/** Fewer than Slack allows, as it advises; a page is then a second's work at most. */
const PAGE = 200;
const JOINED = /^(channel|group)_join$/;

interface SlackMessage {
  ts: string;
  subtype?: string;
  user?: string;
  thread_ts?: string;
  reply_count?: number;
  reactions?: { name: string; count: number; users: PersonId[] }[];
}

interface Page {
  messages: SlackMessage[];
  response_metadata?: { next_cursor?: string };
}

/** A page of a channel, newest first, without replies. */
export async function readHistory(
  call: Call,
  botUserId: string,
  wanted: { channel: string; oldest?: string; cursor?: string },
): Promise<PastPage> {
  return pageOf(await call<Page>('conversations.history', { ...wanted, limit: PAGE }), botUserId);
}

/** A page of a thread, oldest first, its parent before all; nothing when there is no such thread any more. */
export async function readThread(
  call: Call,
  botUserId: string,
  wanted: MessageRef & { cursor?: string },
): Promise<PastPage | undefined> {
  const page = await call<Page & { ok: boolean }>(
    'conversations.replies',
    { ...wanted, limit: PAGE },
    { accept: ['thread_not_found'] },
  );
  return page.ok ? pageOf(page, botUserId) : undefined;
}

function pageOf({ messages, response_metadata: more }: Page, botUserId: string): PastPage {
  const cursor = more?.next_cursor;
  return {
    messages: messages.map((message) => pastMessage(message, botUserId)),
    ...(cursor ? { cursor } : {}),
  };
}

function pastMessage(message: SlackMessage, botUserId: string): PastMessage {
  const { ts, subtype, user, thread_ts: thread, reply_count: replies = 0, reactions = [] } = message;
  return {
    ts,
    body: message,
    kind: kindOf(message, botUserId),
    ...(user !== undefined && user !== botUserId && JOINED.test(subtype ?? '') ? { joined: user } : {}),
    ...(thread !== undefined && thread !== ts ? { parent: thread } : {}),
    // A reply that also went to the channel stands in both places.
    inChannel: thread === undefined || thread === ts || subtype === 'thread_broadcast',
    replies,
    reactions: reactions.map(({ name, count, users }) => ({
      emoji: name,
      people: users,
      whole: users.length >= count,
    })),
  };
}

function kindOf({ subtype, user }: SlackMessage, botUserId: string): PastMessage['kind'] {
  if (subtype === 'tombstone') return 'gone';
  if (subtype !== undefined && isSystemMessage(subtype)) return 'system';
  return user === botUserId ? 'own' : 'words';
}

/** Everybody who reacted, where the history lists only some. */
export async function readReactions(
  call: Call,
  { channel, ts }: MessageRef,
): Promise<{ emoji: string; people: PersonId[] }[]> {
  const answer = await call<{ message?: SlackMessage }>(
    'reactions.get',
    { channel, timestamp: ts, full: true },
    { accept: ['message_not_found'] },
  );
  return (answer.message?.reactions ?? []).map(({ name, users }) => ({ emoji: name, people: users }));
}
