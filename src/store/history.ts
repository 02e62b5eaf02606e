import { entryOfMessage } from '../domain/entries.ts';
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts';
import type { SeenMessage } from './heard.ts';

/** Messages of a channel that no timeline has, oldest first, and how many there are from here on. */
export async function messagesNotRecorded(
  db: Pick<PrismaClient, '$queryRaw'>,
  channel: string,
  after: string,
  limit: number,
): Promise<{ messages: SeenMessage[]; left: number }> {
  const prefix = entryOfMessage({ channel, ts: '' });
  const rows = await db.$queryRaw<{ body: Prisma.JsonValue; total: bigint }[]>(Prisma.sql`
    SELECT body, count(*) OVER () AS total FROM message
    WHERE channel_id = ${channel} AND version <> '' AND deleted_at IS NULL AND ts COLLATE "C" > ${after}
      AND NOT EXISTS (SELECT 1 FROM fact WHERE entry_id = ${prefix} || message.ts)
    ORDER BY ts COLLATE "C" LIMIT ${limit}`);
  const total = Number(rows[0]?.total ?? 0);
  return { messages: rows.map(({ body }) => body as SeenMessage), left: total - rows.length };
}

/** So many of them; what a channel is about stands in front. */
const FIRST = 50;

/** What other bots wrote first in a channel, in Slack's own shape as text. */
export async function firstWordsOfBots(
  db: Pick<PrismaClient, '$queryRaw'>,
  channel: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ body: string }[]>(Prisma.sql`
    SELECT body::text AS body FROM message
    WHERE channel_id = ${channel} AND version <> '' AND jsonb_exists(body, 'bot_id')
    ORDER BY ts COLLATE "C" LIMIT ${FIRST}`);
  return rows.map(({ body }) => body);
}
