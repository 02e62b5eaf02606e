import type { PgBoss } from 'pg-boss';
import { CHORES_QUEUE, type Repeated } from './rounds.ts';

/** Clocks of several processes differ by less. */
const SLACK_MS = 30_000;

interface Queued {
  schema: string;
  lanes: readonly string[];
  chores: readonly Repeated[];
}

/**
 * After the machine's clock was set back, what was sent before lies in the future: it is made due now. A job that was
 * given its own time keeps it; the auditor sees to the ladders.
 */
export async function mendAfterSetBack(boss: PgBoss, queued: Queued, now: Date): Promise<void> {
  const { schema, lanes, chores } = queued;
  const db = boss.getDb();
  const late = new Date(now.getTime() + SLACK_MS);
  await db.executeSql(
    `UPDATE ${schema}.job SET start_after = $1
     WHERE name = ANY($2) AND created_on > $3 AND start_after > $3
       AND (state = 'retry' OR (state = 'created' AND start_after <= created_on + interval '1 second'))`,
    [now, [...lanes], late],
  );
  for (const { name, everyMinutes } of chores) {
    await db.executeSql(
      `UPDATE ${schema}.job SET start_after = $1
       WHERE name = $2 AND singleton_key = $3 AND state = 'created' AND start_after > $4`,
      [now, CHORES_QUEUE, name, new Date(late.getTime() + everyMinutes * 60_000)],
    );
  }
}
