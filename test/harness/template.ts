import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dropDatabase, SERVER } from './postgres.ts';
import { ROOM } from './room.ts';

/** Names the folder of the template to the processes that run tests. */
const FOLDER = 'TEST_DATABASE_TEMPLATE';

/** Around a whole run of the suite. The template itself is made when a test first wants a database. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(ROOM, `daywatch_template_${randomBytes(6).toString('hex')}_`));
  process.env[FOLDER] = folder;
  return async () => {
    await rm(folder, { recursive: true, force: true });
    if (SERVER !== undefined) await dropDatabase(SERVER, templateName(folder));
  };
}

/** As a database on a server: the folder's name up to what its maker put behind it. */
export function templateName(folder: string): string {
  return basename(folder).replace(/_[^_]*$/, '');
}

/**
 * Makes the template once a run, in whatever process wants it first: what a first start does to an empty database
 * takes most of the time of a test.
 * @returns its folder, or nothing outside a run of the suite
 */
export async function templateOf(make: (folder: string) => Promise<void>): Promise<string | undefined> {
  const folder = process.env[FOLDER];
  if (folder === undefined) return undefined;
  const ready = join(folder, 'ready');
  if (await isThere(ready)) return folder;
  if (await isMine(join(folder, 'taken'))) {
    await make(folder);
    await writeFile(ready, '');
  }
  while (!(await isThere(ready))) await sleep(20);
  return folder;
}

function isMine(path: string): Promise<boolean> {
  return mkdir(path).then(
    () => true,
    () => false,
  );
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
