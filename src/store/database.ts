import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { CLOCK_OVERRIDE_SETTING, fromPglite, type Db as JobsDatabase } from 'pg-boss';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { PrismaClient } from '../generated/prisma/client.ts';
import { DirectoryInUse, lockDirectory } from './directory-lock.ts';
import { applyMigrations } from './migrate.ts';
import { liveReplicas, type Replicas } from './replicas.ts';

/** Where the data is: a PostgreSQL address, or a directory for the embedded database. */
export type DatabaseLocation = { kind: 'postgres'; url: string } | { kind: 'embedded'; dataDir: string };

/** A connection that has gone silent is given up rather than waited for. */
type PgConnection = { connectionString: string; keepAlive: true; query_timeout: number };

export interface Database extends AsyncDisposable {
  kind: DatabaseLocation['kind'];
  prisma: PrismaClient;
  /** The same database for pg-boss: a connection string or an adapter. */
  jobs: PgConnection | { db: JobsDatabase };
  /** True when no other process works on this database, so that jobs left active have nobody. */
  alone: boolean;
}

export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable';
}

/**
 * Opens the database and brings it up to date.
 * @throws DatabaseUnavailable, DirectoryInUse: each with a sentence for the person who starts the bot.
 */
export async function openDatabase(
  location: DatabaseLocation,
  { movedClock = false }: { movedClock?: boolean } = {},
): Promise<Database> {
  return location.kind === 'embedded'
    ? openEmbedded(location.dataDir)
    : openPostgres(location.url, movedClock);
}

async function openEmbedded(dataDir: string): Promise<Database> {
  await using stack = new AsyncDisposableStack();
  stack.use(await ownDirectory(dataDir));
  const pglite = stack.adopt(await startPglite(join(dataDir, 'database')), (db) => db.close());
  await applyMigrations({
    query: async (sql, values) => (await pglite.query<Record<string, unknown>>(sql, values)).rows,
    script: async (sql) => void (await pglite.exec(sql)),
  });
  await pglite.exec(NUMBERS_GO_ON);
  const prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite) });
  stack.defer(() => prisma.$disconnect());
  return owned(stack.move(), { kind: 'embedded', prisma, jobs: { db: fromPglite(pglite) }, alone: true });
}

/** A killed process is a crash of its embedded database, after which PostgreSQL skips 32 numbers of a sequence. */
const NUMBERS_GO_ON = `SELECT setval(pg_get_serial_sequence('incident', 'number'), max(number))
  FROM incident HAVING max(number) IS NOT NULL`;

async function ownDirectory(directory: string): Promise<AsyncDisposable> {
  try {
    return await lockDirectory(directory);
  } catch (error) {
    if (error instanceof DirectoryInUse) throw error;
    throw new DatabaseUnavailable(
      `The data directory ${directory} cannot be used (${messageOf(error)}). Check that it can be written, or set DATA_DIR.`,
    );
  }
}

async function startPglite(directory: string): Promise<PGlite> {
  try {
    return letOthersIn(await PGlite.create(directory));
  } catch (error) {
    throw new DatabaseUnavailable(
      `The embedded database in ${directory} cannot be opened (${messageOf(error)}). ` +
        'Check that the directory can be written and holds nothing else, or set DATABASE_URL.',
    );
  }
}

/** The embedded database answers at once in this very thread, so that a transaction after another would let no request in. */
const OTHERS_WAIT_MS = 1;

function letOthersIn(pglite: PGlite): PGlite {
  const exec = pglite.execProtocolRaw.bind(pglite);
  let letIn = performance.now();
  pglite.execProtocolRaw = async (...message) => {
    if (performance.now() - letIn > OTHERS_WAIT_MS) {
      await setImmediate();
      letIn = performance.now();
    }
    return exec(...message);
  };
  return pglite;
}

async function openPostgres(url: string, movedClock: boolean): Promise<Database> {
  await using stack = new AsyncDisposableStack();
  const replicas: Replicas = stack.use(await reach(url, () => liveReplicas(url)));
  await reach(url, async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    await client.connect();
    try {
      await applyMigrations({
        query: async (sql, values) => (await client.query(sql, values)).rows,
        script: async (sql) => void (await client.query(sql)),
      });
    } finally {
      await client.end();
    }
  });
  const adapter = new PrismaPg({
    connectionString: url,
    max: 12,
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
    query_timeout: 5_000,
    statement_timeout: 10_000,
    // What is sent to the queue in a transaction is stamped by the queue's clock, also a moved one.
    ...(movedClock ? { options: `-c ${CLOCK_OVERRIDE_SETTING}=on` } : {}),
  });
  const prisma = new PrismaClient({ adapter });
  stack.defer(() => prisma.$disconnect());
  return owned(stack.move(), {
    kind: 'postgres',
    prisma,
    jobs: { connectionString: url, keepAlive: true, query_timeout: 20_000 },
    alone: replicas.alone,
  });
}

export async function reach<Result>(url: string, attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    throw new DatabaseUnavailable(
      `The database at ${withoutPassword(url)} cannot be used (${messageOf(error)}). ` +
        'Check DATABASE_URL, and that PostgreSQL runs and the database exists.',
    );
  }
}

/** An address that may be shown: no user's password in it. */
function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.host}${parsed.pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? message;
}

function owned(stack: AsyncDisposableStack, database: Omit<Database, typeof Symbol.asyncDispose>): Database {
  return { ...database, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
