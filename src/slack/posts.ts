import type { MessageRef } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import type { Marker, Posting } from '../world.ts';
import { METADATA_TYPE } from './ids.ts';
import type { SlackContent } from './views/blocks.ts';
import type { Call } from './web.ts';

interface HistoryMessage {
  ts: string;
  metadata?: { event_type?: string; event_payload?: Partial<Marker> };
}

interface History {
  messages: HistoryMessage[];
  response_metadata?: { next_cursor?: string };
}

/** Clocks differ a little; nothing of ours is older than this before its own time. */
const SLACK_MS = 10 * 60_000;

/** Posts once: a later attempt looks for what an earlier one may have posted. */
export async function postOnce(
  call: Call,
  channel: string,
  content: SlackContent,
  posting: Posting,
): Promise<MessageRef> {
  if (!posting.first) {
    const before = await findPosted(call, channel, posting);
    if (before) return before;
  }
  posting.signal?.throwIfAborted();
  const answer = await call<{ channel?: string; ts: string }>('chat.postMessage', {
    channel,
    text: content.text,
    blocks: content.blocks,
    metadata: { event_type: METADATA_TYPE, event_payload: posting.marker },
    unfurl_links: false,
    unfurl_media: false,
  });
  return { channel: answer.channel ?? channel, ts: answer.ts };
}

async function findPosted(call: Call, channel: string, posting: Posting): Promise<MessageRef | undefined> {
  const oldest = ((posting.since.getTime() - SLACK_MS) / 1000).toFixed(6);
  let cursor: string | undefined;
  do {
    const page: History = await call<History>('conversations.history', {
      channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    });
    const found = page.messages.find((message) => isOurs(message, posting.marker));
    if (found) return { channel, ts: found.ts };
    cursor = page.response_metadata?.next_cursor;
  } while (cursor);
  return undefined;
}

function isOurs({ metadata }: HistoryMessage, marker: Marker): boolean {
  return (
    metadata?.event_type === METADATA_TYPE &&
    metadata.event_payload?.incident === marker.incident &&
    metadata.event_payload.message === marker.message
  );
}

/** A message that somebody deleted stays deleted. */
export async function updatePost(call: Call, ref: MessageRef, content: SlackContent): Promise<void> {
  try {
    await call('chat.update', { ...ref, text: content.text, blocks: content.blocks });
  } catch (error) {
    if (!isServiceError(error) || error.code !== 'message_not_found') throw error;
  }
}

/** The message itself, by the one way that is right for thread replies too. */
export async function fetchMessage(call: Call, ref: MessageRef): Promise<object | undefined> {
  const direct = await replyAt(call, ref, ref.ts);
  if (direct) return direct;
  const link = await call<{ permalink?: string }>(
    'chat.getPermalink',
    { channel: ref.channel, message_ts: ref.ts },
    ABSENT,
  );
  const thread = link.permalink ? new URL(link.permalink).searchParams.get('thread_ts') : null;
  return thread ? replyAt(call, ref, thread) : undefined;
}

const ABSENT = { accept: ['thread_not_found', 'message_not_found'] };

async function replyAt(call: Call, ref: MessageRef, thread: string): Promise<object | undefined> {
  const alone = thread === ref.ts;
  const answer = await call<{ messages?: { ts: string }[] }>(
    'conversations.replies',
    {
      channel: ref.channel,
      ts: thread,
      inclusive: true,
      ...(alone ? { limit: 1 } : { oldest: ref.ts, latest: ref.ts, limit: 10 }),
    },
    ABSENT,
  );
  return answer.messages?.find((message) => message.ts === ref.ts);
}
