import type { Clock, Job, JobWithMetadata, PgBoss } from 'pg-boss';

/** How late a job may be noticed of which nobody here was told: one whose time has come, or another process sent. */
const LOOK_MS = 1_000;
/** Each worker's own look, should the one above ever fail. */
const BACKSTOP_S = 600;

/** Workers of one queue. Each look for a job costs a query, so one worker looks, and the next only if it found one. */
export interface Workers {
  /** There may be something to do now. */
  nudge(): void;
  stop(): void;
}

export interface WorkersOptions {
  queue: string;
  count: number;
  clock: Clock;
}

/** Starts `count` workers, each of which has one job at a time. */
export async function startWorkers<Data extends object>(
  boss: PgBoss,
  { queue, count, clock }: WorkersOptions,
  handle: (job: JobWithMetadata<Data>) => Promise<void>,
): Promise<Workers> {
  const idle = new Set<string>();
  const nudge = () => {
    const [next] = idle;
    if (next === undefined) return;
    // In turn, so that one whose look hangs holds up nobody.
    idle.delete(next);
    idle.add(next);
    boss.notifyWorker(next);
  };
  for (let started = 0; started < count; started += 1) {
    const named = Promise.withResolvers<string>();
    const work = async ([job]: (Job<Data> | JobWithMetadata<Data>)[]) => {
      if (!job) return;
      // A job that waits already may be handed over before the worker's name is.
      const me = await named.promise;
      idle.delete(me);
      nudge();
      try {
        await handle(job as JobWithMetadata<Data>);
      } finally {
        // What waited behind this job, or was sent by it, is looked for as soon as it is put away.
        boss.notifyWorker(me);
        idle.add(me);
      }
    };
    const options = { includeMetadata: true, pollingIntervalSeconds: BACKSTOP_S };
    const name = await boss.work<Data>(queue, options, work);
    idle.add(name);
    named.resolve(name);
  }
  const timer = clock.setInterval(nudge, LOOK_MS);
  return { nudge, stop: () => clock.clearInterval(timer) };
}
