import type { JobWithMetadata, PrismaTransactionLike } from 'pg-boss';
import { type Clock, fromPrisma, PgBoss, systemClock } from 'pg-boss';
import type { Logger } from 'pino';
import { mendAfterSetBack } from './chores/clock-set-back.ts';
import { CHORES_QUEUE, type Repeated, startRounds } from './chores/rounds.ts';
import type { Effect } from './domain/decision.ts';
import type { Errand } from './jobs/errands.ts';
import type { Database } from './store/database.ts';
import { startWorkers, type Workers } from './workers.ts';

/** Pages never wait behind anything; decoration waits behind everything. */
export const LANES = ['urgent', 'prompt', 'background'] as const;
export type Lane = (typeof LANES)[number];

const WORKERS: Record<Lane, number> = { urgent: 6, prompt: 8, background: 4 };
const SCHEMA = 'daywatch_jobs';
/** With the delays below: tried for about two hours, then set aside. */
const RETRIES = 120;
/** How often it is looked whether the machine's clock was set back. */
const CLOCK_WATCH_MS = 30_000;

/** An effect of an incident, or an errand that is no incident's. */
export type JobData = { incident: number; effect: Effect } | { errand: Errand };

export interface QueuedJob {
  lane: Lane;
  /** Jobs of one key run one after another, in order; different keys run side by side. */
  key: string;
  data: JobData;
  startAfter?: Date;
}

/** One attempt at a job. `first`: nothing of it can have happened yet. */
export interface Attempt {
  data: JobData;
  first: boolean;
  /** No later attempt follows: what cannot be done now must be said. */
  last: boolean;
  /** Aborted when this process no longer holds the job. */
  signal: AbortSignal;
}

export interface Queue extends AsyncDisposable {
  /** Sends with the transaction: the jobs are there when, and only when, it commits. */
  send(tx: PrismaTransactionLike, jobs: readonly QueuedJob[]): Promise<void>;
  /** What was sent with this transaction is there now: it is begun at once instead of at the next look. */
  committed(tx: PrismaTransactionLike): void;
  work(handle: (attempt: Attempt) => Promise<void>): Promise<void>;
  /** Runs each chore again and again, each due run in one process. */
  repeat(chores: readonly Repeated[], run: (name: string) => Promise<void>): Promise<void>;
  /** Looks for due jobs now instead of at the next look: for whoever has moved the clock. */
  wake(): Promise<void>;
  /** Jobs and chores that are due and not done; not those behind one that is tried again later. */
  due(now: Date): Promise<number>;
  /** When the next job that waits for its time becomes due. Chores have no time of their own. */
  nextDue(): Promise<Date | undefined>;
}

export async function startQueue(
  database: Database,
  log: Logger,
  clock: Clock = systemClock,
): Promise<Queue> {
  const boss = new PgBoss({
    ...database.jobs,
    ...(database.kind === 'embedded' ? { backend: 'pglite' as const } : { max: 8 }),
    schema: SCHEMA,
    clock,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    reindex: false,
    schedule: false,
  });
  boss.on('error', (error) => log.error({ error: error.message }, 'queue error'));
  boss.on('warning', (warning) => log.debug({ warning }, 'queue warning'));
  await boss.start();
  for (const lane of LANES) await boss.createQueue(lane, LANE_OPTIONS);
  if (database.alone) await takeUpOrphans(boss);
  const workers = new Map<Lane, Workers>();
  const sentTo = new WeakMap<PrismaTransactionLike, Set<Lane>>();
  let repeated: readonly Repeated[] = [];
  let rounds: Workers | undefined;

  async function mendClock(): Promise<void> {
    const queued = { schema: SCHEMA, lanes: LANES, chores: repeated };
    await mendAfterSetBack(boss, queued, new Date(clock.now()));
  }
  const watch = setInterval(() => mendClock().catch(() => {}), CLOCK_WATCH_MS);
  watch.unref();

  return {
    async send(tx, jobs) {
      for (const lane of LANES) {
        const mine = jobs.filter((job) => job.lane === lane);
        if (mine.length === 0) continue;
        const rows = mine.map(({ key, data, startAfter }) => ({
          data,
          singletonKey: key,
          ...(startAfter ? { startAfter } : {}),
        }));
        await boss.insert(lane, rows, { db: fromPrisma(tx) });
        sentTo.set(tx, (sentTo.get(tx) ?? new Set()).add(lane));
      }
    },
    committed(tx) {
      for (const lane of sentTo.get(tx) ?? []) workers.get(lane)?.nudge();
    },
    async work(handle) {
      const attempt = (job: JobWithMetadata<JobData>) => handle(attemptOf(job));
      for (const queue of LANES) {
        workers.set(queue, await startWorkers(boss, { queue, count: WORKERS[queue], clock }, attempt));
      }
    },
    async repeat(chores, run) {
      repeated = chores;
      rounds = await startRounds(boss, { clock, log }, chores, run);
    },
    async wake() {
      await mendClock();
      for (const lane of workers.values()) lane.nudge();
      rounds?.nudge();
    },
    async due(now) {
      const rows = await boss.getDb().executeSql(
        `SELECT count(*)::int AS count FROM ${SCHEMA}.job AS waiting
         WHERE name = ANY($1) AND (state = 'active' OR (state IN ('created', 'retry') AND start_after <= $2
           AND NOT EXISTS (
             SELECT 1 FROM ${SCHEMA}.job AS ahead WHERE ahead.name = waiting.name
               AND ahead.singleton_key = waiting.singleton_key AND ahead.state = 'retry' AND ahead.start_after > $2)))`,
        [[...LANES, CHORES_QUEUE], now],
      );
      return Number(rows.rows[0]?.count ?? 0);
    },
    async nextDue() {
      const rows = await boss
        .getDb()
        .executeSql(
          `SELECT min(start_after) AS at FROM ${SCHEMA}.job WHERE name = ANY($1) AND state IN ('created', 'retry')`,
          [[...LANES]],
        );
      const at = rows.rows[0]?.at;
      return at === null || at === undefined ? undefined : new Date(at);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(watch);
      for (const each of [...workers.values(), ...(rounds ? [rounds] : [])]) each.stop();
      await boss.stop({ graceful: true, timeout: 5_000 });
    },
  };
}

const LANE_OPTIONS = {
  policy: 'key_strict_fifo',
  heartbeatSeconds: 10,
  expireInSeconds: 600,
  retryLimit: RETRIES,
  retryBackoff: true,
  retryDelay: 1,
  retryDelayMax: 60,
  deleteAfterSeconds: 86_400,
} as const;

function attemptOf(job: JobWithMetadata<JobData>): Attempt {
  const { data, retryCount, signal } = job;
  return { data, first: retryCount === 0, last: retryCount >= RETRIES, signal };
}

/** Nobody else is at work here, so what is active belonged to a process that died: it is taken up at once. */
async function takeUpOrphans(boss: PgBoss): Promise<void> {
  await boss
    .getDb()
    .executeSql(
      `UPDATE ${SCHEMA}.job SET state = 'retry', start_after = least(start_after, now()) WHERE name = ANY($1) AND state = 'active'`,
      [[...LANES]],
    );
}
