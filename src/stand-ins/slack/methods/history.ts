import type { World } from '../acts/world.ts';
import { flag, text } from '../arguments.ts';
import { Refusal } from '../refusal.ts';
import { messageShape } from '../shapes/message.ts';
import { isReply, repliesTo } from '../state.ts';
import type { Channel, Json, Message } from '../types.ts';
import { isTs, type Method, ownChannel, TIER_3, visibleChannel } from './method.ts';

const STANDARD = 100;
const MOST = 999;

export const historyMethods = {
  'conversations.history': {
    perMinute: TIER_3,
    required: ['channel'],
    optional: ['cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest'],
    refusals: [
      'channel_not_found',
      'not_in_channel',
      'invalid_cursor',
      'invalid_ts_latest',
      'invalid_ts_oldest',
    ],
    run(world, args) {
      const channel = ownChannel(world, args);
      const isWanted = withinRange(args);
      const newestFirst = [...channel.messages.values()]
        .filter((message) => !isReply(message) || message.subtype === 'thread_broadcast')
        .filter((message) => isWanted(message.ts))
        .reverse();
      const pageOf = pageByTs(newestFirst, args);
      return { ...answer(world, channel, args, pageOf, 'history'), pin_count: channel.pins.length };
    },
  },
  'conversations.replies': {
    perMinute: TIER_3,
    required: ['channel', 'ts'],
    optional: ['cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest'],
    refusals: [
      'channel_not_found',
      'thread_not_found',
      'invalid_cursor',
      'invalid_ts_latest',
      'invalid_ts_oldest',
    ],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const asked = channel.messages.get(text(args, 'ts'));
      if (!asked) throw new Refusal('thread_not_found');
      const isWanted = withinRange(args);
      // Asked for a reply, Slack answers that reply alone; asked for a parent, the parent always comes first.
      const thread = isReply(asked)
        ? [asked]
        : [asked, ...repliesTo(channel, asked.ts).filter((reply) => isWanted(reply.ts))];
      return answer(world, channel, args, pageByTs(thread, args), 'replies');
    },
  },
} satisfies Record<string, Method>;

function withinRange(args: Json): (ts: string) => boolean {
  const oldest = text(args, 'oldest');
  const latest = text(args, 'latest');
  if (oldest !== '' && !isTs(oldest)) throw new Refusal('invalid_ts_oldest');
  if (latest !== '' && !isTs(latest)) throw new Refusal('invalid_ts_latest');
  const isInclusive = flag(args, 'inclusive');
  const from = micros(oldest || '0');
  const to = latest === '' ? Number.POSITIVE_INFINITY : micros(latest);
  return (ts) => {
    const at = micros(ts);
    return isInclusive ? at >= from && at <= to : at > from && at < to;
  };
}

/** Epoch microseconds of a time stamp; they fit a double until the year 2255. */
function micros(ts: string): number {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}

/** The cursor names the next message, so that messages written between two pages move nothing. */
function pageByTs(messages: Message[], args: Json): { items: Message[]; nextCursor: string } {
  const cursor = text(args, 'cursor');
  let start = 0;
  if (cursor !== '') {
    const ts = /^next_ts:([\d.]+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
    start = messages.findIndex((message) => message.ts === ts);
    if (start === -1) throw new Refusal('invalid_cursor');
  }
  const asked = text(args, 'limit');
  const limit = Math.min(MOST, asked === '' ? STANDARD : Math.max(1, Math.trunc(Number(asked)) || STANDARD));
  const next = messages[start + limit];
  return {
    items: messages.slice(start, start + limit),
    nextCursor: next ? Buffer.from(`next_ts:${next.ts}`).toString('base64') : '',
  };
}

function answer(
  world: World,
  channel: Channel,
  args: Json,
  { items, nextCursor }: { items: Message[]; nextCursor: string },
  place: 'history' | 'replies',
): Json {
  const messages = items.map((message) => {
    const shape = messageShape(world.state, channel, message, place, world.baseUrl);
    if (!flag(args, 'include_all_metadata')) delete shape.metadata;
    return shape;
  });
  return {
    messages,
    has_more: nextCursor !== '',
    ...(nextCursor ? { response_metadata: { next_cursor: nextCursor } } : {}),
  };
}
