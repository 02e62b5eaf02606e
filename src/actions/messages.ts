import type { MessageRef } from '../domain/words.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Core } from '../jobs/context.ts';
import { jsonOf } from '../store/rows.ts';

/** A message as it was seen, in the chat's own shape. */
export type SeenMessage = { ts: string } & Record<string, unknown>;

/**
 * Keeps a message if its channel is an incident's: one statement, whatever the channel.
 * @returns whether it was kept
 */
export async function keepMessage(core: Core, channelId: string, message: SeenMessage): Promise<boolean> {
  const kept = await core.store.database.prisma.$executeRaw(Prisma.sql`
    INSERT INTO message (channel_id, ts, body)
    SELECT channel_id, ${message.ts}, ${jsonOf(message)}::jsonb FROM incident WHERE channel_id = ${channelId}
    ON CONFLICT (channel_id, ts) DO UPDATE SET body = excluded.body`);
  return kept > 0;
}

export async function seenMessage(core: Core, ref: MessageRef): Promise<SeenMessage | undefined> {
  const row = await core.store.database.prisma.message.findUnique({
    where: { channelId_ts: { channelId: ref.channel, ts: ref.ts } },
  });
  return row ? (row.body as SeenMessage) : undefined;
}
