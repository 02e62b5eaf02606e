import { parseArgs } from 'node:util';
import { ErrandProblem } from '../actions/errand-problem.ts';
import { migrationsOf } from '../actions/migrations-of.ts';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import { migrationNames } from '../store/migrate.ts';
import { inDatabase } from './run-errand.ts';

/** `daywatch migrate [--json]`. Opening brings it up to date; a running bot has done so when it started. */
export async function migrate(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const settings = readEnvironment(withDotEnv(process.env), 'offline');
  const { database, applied } = await inDatabase(settings, 'migrations-of', {}, (opened) =>
    migrationsOf({ store: { database: opened } }, {}),
  );
  const missing = (await migrationNames()).filter((name) => !applied.includes(name));
  if (missing.length > 0) {
    throw new ErrandProblem(
      `The Daywatch that has the ${database} database open is an older one and lacks ${missing.join(', ')}. Restart it: starting brings the database up to date.`,
    );
  }
  const words = `The ${database} database is up to date.`;
  process.stdout.write(`${values.json ? JSON.stringify({ database, applied }) : words}\n`);
  return 0;
}
