import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PrismaClient } from '../generated/prisma/client.ts';

/** The two ways of speaking SQL that migrating needs. */
interface Session {
  query: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** Several statements, no values. */
  script: (sql: string) => Promise<void>;
}

const DIRECTORY = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));
const LOCK = 7_302_542;

/**
 * Applies prisma/migrations in order, each once, with the bookkeeping that `prisma migrate deploy` keeps.
 * The lock lets several processes start at the same time.
 * @returns the names of those applied now
 */
export async function applyMigrations(session: Session): Promise<string[]> {
  await session.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    await session.script(BOOKKEEPING);
    const rows = await session.query(
      'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const done = new Set(rows.map((row) => row.migration_name));
    const pending = (await migrationNames()).filter((name) => !done.has(name));
    for (const name of pending) await applyOne(session, name);
    return pending;
  } finally {
    await session.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

/** The names of the migrations that an open database has had. */
export async function appliedMigrations(prisma: Pick<PrismaClient, '$queryRaw'>): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ migration_name: string }[]>`
    SELECT migration_name FROM "_prisma_migrations"
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;
  return rows.map(({ migration_name: name }) => name);
}

export async function migrationNames(): Promise<string[]> {
  const items = await readdir(DIRECTORY, { withFileTypes: true });
  return items
    .filter((item) => item.isDirectory())
    .map((item) => item.name)
    .sort();
}

async function applyOne(session: Session, name: string): Promise<void> {
  const sql = await readFile(`${DIRECTORY}${name}/migration.sql`, 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  // The names come from the checkout and the id and checksum are hexadecimal: nothing needs quoting.
  await session.script(
    `BEGIN;\n${sql}\n` +
      'INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)' +
      ` VALUES ('${randomUUID()}', '${checksum}', now(), '${name}', now(), 1);\nCOMMIT;`,
  );
}

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
);`;
