import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where tests keep what they throw away: in memory where the machine has such a place, as databases are many. */
export const ROOM = inMemory('/dev/shm') ?? tmpdir();

function inMemory(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return path;
  } catch {
    return undefined;
  }
}
