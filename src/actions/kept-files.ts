import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Core } from '../core.ts';
import type { EntryFile } from '../domain/facts.ts';
import { keptPath } from '../domain/files.ts';

/** Where the bytes of a file are, or will be. */
export function placeOfFile({ reportsDir }: Pick<Core, 'reportsDir'>, file: EntryFile): string {
  return join(reportsDir, keptPath(file));
}

export async function isOnDisk(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Writes all of it or nothing: what stands under its own name is whole. */
export async function writeWhole(place: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  await clearDrafts(place);
  const draft = join(dirname(place), `${draftsOf(place)}${randomUUID()}`);
  try {
    await pipeline(Readable.from(bytes), createWriteStream(draft, { flush: true }));
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** An attempt that died left its part behind. */
async function clearDrafts(place: string): Promise<void> {
  const folder = dirname(place);
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(draftsOf(place)));
  for (const name of drafts) await rm(join(folder, name), { force: true });
}

function draftsOf(place: string): string {
  return `.${basename(place)}.`;
}
