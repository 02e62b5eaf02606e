import type { Clock, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';

/** The queue that keeps the next run of each chore. */
export const CHORES_QUEUE = 'chores';

const WORKERS = 2;

export interface Repeated {
  name: string;
  everyMinutes: number;
}

/** What is done again and again, whatever process does it. */
export interface Rounds {
  /** Looks for due runs now. */
  wake(): void;
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
): Promise<Rounds> {
  const intervals = new Map(chores.map(({ name, everyMinutes }) => [name, everyMinutes * 60_000]));
  const workers: string[] = [];

  async function plan(name: string, at: number): Promise<void> {
    // One waits and one is at work: a second one waiting is turned away by the queue's policy.
    await boss.send(CHORES_QUEUE, { name }, { singletonKey: name, startAfter: new Date(at) });
  }

  async function work([job]: { data: { name: string } }[]): Promise<void> {
    const interval = intervals.get(job?.data.name ?? '');
    // A chore that another version of this program has is nobody's here.
    if (!job || interval === undefined) return;
    await plan(job.data.name, clock.now() + interval);
    try {
      await run(job.data.name);
    } catch (error) {
      log.error(
        { chore: job.data.name, error: error instanceof Error ? error.message : error },
        'a chore failed',
      );
    } finally {
      wake();
    }
  }

  function wake(): void {
    for (const worker of workers) boss.notifyWorker(worker);
  }

  await boss.createQueue(CHORES_QUEUE, OPTIONS);
  for (const { name } of chores) await plan(name, clock.now());
  const polling = { pollingIntervalSeconds: 2 };
  for (let count = 0; count < WORKERS; count += 1) workers.push(await boss.work(CHORES_QUEUE, polling, work));
  return { wake };
}

const OPTIONS = {
  policy: 'stately',
  heartbeatSeconds: 10,
  expireInSeconds: 300,
  // Only for a run whose process died.
  retryLimit: 2,
  retryDelay: 1,
  deleteAfterSeconds: 3_600,
} as const;
