import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dropDatabase, SERVER } from './postgres.ts';
import { ROOM } from './room.ts';

/** Names the folder of the run to the processes that run tests. */
const FOLDER = 'TEST_RUN_FOLDER';

/** Around a whole run of the suite. What its tests share is made when one first wants it. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(ROOM, 'daywatch_run_'));
  process.env[FOLDER] = folder;
  return async () => {
    await rm(folder, { recursive: true, force: true });
    if (SERVER !== undefined) await dropDatabase(SERVER, runName(folder));
  };
}

/** A name for what the run has on a server. */
export function runName(folder: string): string {
  return basename(folder).toLowerCase();
}

/**
 * Makes a thing once a run, in whatever process wants it first; the others wait for it.
 * @returns the folder of the run, or nothing outside a run of the suite
 */
export async function oncePerRun(
  what: string,
  make: (folder: string) => Promise<void>,
): Promise<string | undefined> {
  const folder = process.env[FOLDER];
  if (folder === undefined) return undefined;
  const ready = join(folder, `${what}-ready`);
  if (await isThere(ready)) return folder;
  if (await isMine(join(folder, `${what}-taken`))) {
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
