import type { Clock, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { startWorkers, type Workers } from '../workers.ts';

/** The queue that keeps the next run of each chore. */
export const CHORES_QUEUE = 'chores';

const WORKERS = 2;

export interface Repeated {
  name: string;
  everyMinutes: number;
}

/**
 * Keeps one next run of each chore in the database: several processes share them, and a run that was missed comes
 * once, late. The next run is planned before `run` begins, so that no failure takes it away; a failure is logged.
 */
export async function startRounds(
  boss: PgBoss,
  { clock, log }: { clock: Clock; log: Logger },
  chores: readonly Repeated[],
  run: (name: string) => Promise<void>,
): Promise<Workers> {
  const intervals = new Map(chores.map(({ name, everyMinutes }) => [name, everyMinutes * 60_000]));

  async function plan(name: string, at: number): Promise<void> {
    // A second one waiting is turned away by the queue's policy.
    await boss.send(CHORES_QUEUE, { name }, { singletonKey: name, startAfter: new Date(at) });
  }

  const atWork = new Set<string>();

  async function work({ data: { name } }: { data: { name: string } }): Promise<void> {
    const interval = intervals.get(name);
    // A chore that another version of this program has is nobody's here.
    if (interval === undefined) return;
    await plan(name, clock.now() + interval);
    if (atWork.has(name)) return;
    atWork.add(name);
    try {
      await run(name);
    } catch (error) {
      log.error({ round: name, error: error instanceof Error ? error.message : error }, 'a round failed');
    } finally {
      atWork.delete(name);
    }
  }

  await boss.createQueue(CHORES_QUEUE, OPTIONS);
  for (const { name } of chores) await plan(name, clock.now());
  return startWorkers(boss, { queue: CHORES_QUEUE, count: WORKERS, clock }, work);
}

const OPTIONS = {
  // With “stately”, a run is overlooked while the last count of the queue, a minute old, has it at work.
  policy: 'short',
  heartbeatSeconds: 10,
  expireInSeconds: 300,
  // Only for a run whose process died.
  retryLimit: 2,
  retryDelay: 1,
  deleteAfterSeconds: 3_600,
} as const;
