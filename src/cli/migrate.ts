import { readEnvironment, withDotEnv } from '../config/env.ts';
import { openDatabase } from '../store/database.ts';

/** Opening brings it up to date. */
export async function migrate(): Promise<number> {
  const settings = readEnvironment(withDotEnv(process.env), 'offline');
  const { url } = settings.database;
  await using database = await openDatabase(
    url === undefined ? { kind: 'embedded', dataDir: settings.dataDir } : { kind: 'postgres', url },
  );
  process.stdout.write(`The ${database.kind} database is up to date.\n`);
  return 0;
}
