import { exportCase } from '../actions/export-case.ts';
import { importCase } from '../actions/import-case.ts';
import { migrationsOf } from '../actions/migrations-of.ts';
import { reportOf } from '../actions/report-of.ts';
import { statsOf } from '../actions/stats.ts';
import type { Desk } from '../core.ts';

/** What the command line asks of the database: by itself, or of the bot that has it open. */
const ERRANDS = {
  'export-case': exportCase,
  'import-case': importCase,
  'migrations-of': migrationsOf,
  'report-of': reportOf,
  stats: statsOf,
} satisfies Record<string, (desk: Desk, ask: never) => Promise<object>>;

export type ErrandName = keyof typeof ERRANDS;
export type Ask<Name extends ErrandName> = Parameters<(typeof ERRANDS)[Name]>[1];
export type Told<Name extends ErrandName> = Awaited<ReturnType<(typeof ERRANDS)[Name]>>;

export function isErrand(name: string): name is ErrandName {
  return Object.hasOwn(ERRANDS, name);
}

export async function doErrand<Name extends ErrandName>(
  desk: Desk,
  name: Name,
  ask: Ask<Name>,
): Promise<Told<Name>> {
  // The table says which question belongs to which name; its type cannot.
  const errand = ERRANDS[name] as unknown as (desk: Desk, ask: Ask<Name>) => Promise<Told<Name>>;
  return errand(desk, ask);
}
