import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { startQueue } from '../../src/queue.ts';
import { type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { oncePerRun, runName } from './once-per-run.ts';
import { createDatabase, dropDatabase, SERVER } from './postgres.ts';
import { ROOM } from './room.ts';

export interface TestDatabase extends AsyncDisposable {
  dataDir: string;
  /** The environment that points a bot at it. */
  env: Record<string, string>;
  url?: string;
}

/** A database of one's own, empty and up to date, gone afterwards. */
export async function freshDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(ROOM, 'daywatch-'));
  const clean = () => rm(dataDir, { recursive: true, force: true });
  if (SERVER === undefined) {
    await copyTemplate(dataDir);
    return { dataDir, env: { DATA_DIR: dataDir }, [Symbol.asyncDispose]: clean };
  }
  const server = SERVER;
  const name = `daywatch_test_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(server, name, await templateOn(server));
  return {
    dataDir,
    env: { DATA_DIR: dataDir, DATABASE_URL: url },
    url,
    async [Symbol.asyncDispose]() {
      await clean();
      await dropDatabase(server, name);
    },
  };
}

/** What a first start does to an empty database takes most of the time of a test. */
async function copyTemplate(dataDir: string): Promise<void> {
  const run = await oncePerRun('template', (folder) => bringUpToDate({ kind: 'embedded', dataDir: folder }));
  // A thousand files: Node's own copy takes ten times as long.
  if (run) await promisify(execFile)('cp', ['-r', join(run, 'database'), dataDir]);
}

async function templateOn(server: string): Promise<string | undefined> {
  const run = await oncePerRun('template', async (folder) => {
    await bringUpToDate({ kind: 'postgres', url: await createDatabase(server, runName(folder)) });
  });
  return run && runName(run);
}

/** What a first start of the bot leaves behind, without a trace of when that was. */
async function bringUpToDate(location: DatabaseLocation): Promise<void> {
  await using database = await openDatabase(location);
  await using _queue = await startQueue(database, pino({ level: 'silent' }));
  await database.prisma.$executeRaw`UPDATE daywatch_jobs.queue SET monitor_on = NULL, maintain_on = NULL`;
}
