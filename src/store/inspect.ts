import pg from 'pg';
import { reach } from './database.ts';
import { migrationNames } from './migrate.ts';

const DEADLINE_MS = 5_000;

export interface Inspected {
  /** The major one. */
  version: number;
  /** Migrations that the next start applies. */
  pending: number;
  mayCreate: boolean;
  clockAheadMs: number;
}

/**
 * What a look at a PostgreSQL database tells; nothing is changed there.
 * @throws DatabaseUnavailable
 */
export async function inspectPostgres(url: string): Promise<Inspected> {
  return reach(url, async () => {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: DEADLINE_MS,
      query_timeout: DEADLINE_MS,
    });
    await client.connect();
    try {
      const began = Date.now();
      const { rows } = await client.query<{ version: string; may: boolean; now: string; known: boolean }>(
        `SELECT current_setting('server_version_num') AS version,
          has_database_privilege(current_database(), 'CREATE')
            AND has_schema_privilege(current_schema(), 'CREATE') AS may,
          extract(epoch FROM clock_timestamp()) * 1000 AS now,
          to_regclass('_prisma_migrations') IS NOT NULL AS known`,
      );
      const ended = Date.now();
      const [row] = rows;
      if (!row) throw new Error('the database answered nothing');
      const done = row.known ? await appliedMigrations(client) : new Set<string>();
      return {
        version: Math.floor(Number(row.version) / 10_000),
        pending: (await migrationNames()).filter((name) => !done.has(name)).length,
        mayCreate: row.may,
        clockAheadMs: (began + ended) / 2 - Number(row.now),
      };
    } finally {
      await client.end();
    }
  });
}

async function appliedMigrations(client: pg.Client): Promise<Set<string>> {
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Set(rows.map(({ migration_name: name }) => name));
}
