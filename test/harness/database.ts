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
  /** Copies it as it is, while nobody has it open. What it answers puts the copy in its place. */
  keep(): Promise<() => Promise<void>>;
}

/** A database of one's own, empty and up to date, gone afterwards. */
export async function freshDatabase(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(ROOM, 'daywatch-'));
  const clean = () => rm(dataDir, { recursive: true, force: true });
  if (SERVER === undefined) {
    await copyTemplate(dataDir);
    const [here, kept] = [join(dataDir, 'database'), join(dataDir, 'kept')];
    return {
      dataDir,
      env: { DATA_DIR: dataDir },
      async keep() {
        await copyFolder(here, kept);
        return async () => {
          await rm(here, { recursive: true });
          await copyFolder(kept, here);
        };
      },
      [Symbol.asyncDispose]: clean,
    };
  }
  const server = SERVER;
  const name = `daywatch_test_${randomBytes(6).toString('hex')}`;
  const url = await createDatabase(server, name, await templateOn(server));
  return {
    dataDir,
    env: { DATA_DIR: dataDir, DATABASE_URL: url },
    url,
    async keep() {
      await createDatabase(server, `${name}_kept`, name);
      return async () => {
        await dropDatabase(server, name);
        await createDatabase(server, name, `${name}_kept`);
      };
    },
    async [Symbol.asyncDispose]() {
      await clean();
      await dropDatabase(server, name);
      await dropDatabase(server, `${name}_kept`);
    },
  };
}

/** What a first start does to an empty database takes most of the time of a test. */
async function copyTemplate(dataDir: string): Promise<void> {
  const run = await oncePerRun('template', (folder) => bringUpToDate({ kind: 'embedded', dataDir: folder }));
  if (run) await copyFolder(join(run, 'database'), join(dataDir, 'database'));
}

/** A thousand files: Node's own copy takes ten times as long. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-r', '-T', from, to]);
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
