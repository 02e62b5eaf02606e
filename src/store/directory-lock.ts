import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** A lock of another host counts as held while its holder refreshed it this recently. */
const FRESH_MS = 15_000;
const REFRESH_MS = 5_000;

interface Holder {
  pid: number;
  host: string;
  started: string;
  at: number;
}

export class DirectoryInUse extends Error {
  constructor(directory: string, holder: Holder) {
    super(
      `${directory} is in use by another Daywatch (process ${holder.pid} on ${holder.host}). ` +
        'Stop that one first, or give this one its own DATA_DIR.',
    );
    this.name = 'DirectoryInUse';
  }
}

/**
 * Makes this process the only one that opens the directory. A lock left by a killed process is taken over.
 * @throws DirectoryInUse while its holder lives.
 */
export async function lockDirectory(directory: string): Promise<AsyncDisposable> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'daywatch.lock');
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    started: await processStart(process.pid),
    at: Date.now(),
  };
  for (;;) {
    if (await takeLock(path, mine)) break;
    const holder = await readHolder(path);
    if (holder && (await isHeld(holder))) throw new DirectoryInUse(directory, holder);
    await discard(path);
  }
  const refresh = setInterval(() => void touch(path, mine), REFRESH_MS);
  refresh.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(refresh);
      await rm(path, { force: true });
    },
  };
}

/** A hard link appears whole or not at all, and only one process can make it. */
async function takeLock(path: string, mine: Holder): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Of several that find the same stale lock, renaming lets one win. */
async function discard(path: string): Promise<void> {
  const aside = `${path}.stale-${randomUUID()}`;
  try {
    await rename(path, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

async function touch(path: string, mine: Holder): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => writeFile(path, JSON.stringify({ ...mine, at: now.getTime() })));
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder: Holder = JSON.parse(await readFile(path, 'utf8'));
    return { ...holder, at: Math.max(holder.at, await modifiedAt(path)) };
  } catch {
    return undefined;
  }
}

async function modifiedAt(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}

async function isHeld(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return Date.now() - holder.at < FRESH_MS;
  if (holder.pid === process.pid) return holder.started === (await processStart(process.pid));
  if (!isAlive(holder.pid)) return false;
  return holder.started === (await processStart(holder.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Tells a process from a later one with the same number, where the system says when it began. */
async function processStart(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
