import type { Desk } from '../core.ts';
import { appliedMigrations } from '../store/migrate.ts';

export interface ToldMigrations {
  database: 'embedded' | 'postgres';
  /** The names of those that were applied. */
  applied: string[];
}

/** How far the open database is; opening it brought it up to date as this version knows it. */
export async function migrationsOf(
  { store }: { store: Pick<Desk['store'], 'database'> },
  _ask: Record<string, never>,
): Promise<ToldMigrations> {
  const { kind, prisma } = store.database;
  return { database: kind, applied: await appliedMigrations(prisma) };
}
