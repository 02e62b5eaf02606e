import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import type { Settings } from '../../config/env.ts';
import { DatabaseUnavailable } from '../../store/database.ts';
import { DirectoryInUse, lockDirectory } from '../../store/directory-lock.ts';
import { inspectPostgres } from '../../store/inspect.ts';
import { amiss, type Finding, well } from './finding.ts';

const OLDEST = 15;
const CLOCK_MOST_MS = 30_000;

/** Looks at the database and changes nothing in it. */
export async function examineDatabase({ database, dataDir }: Settings): Promise<Finding[]> {
  return database.url === undefined ? examineEmbedded(dataDir) : examinePostgres(database.url);
}

async function examineEmbedded(dataDir: string): Promise<Finding[]> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    await using _mine = await lockDirectory(dataDir);
    return [well('Database', `embedded, in ${dataDir}; no Daywatch has it open now.`)];
  } catch (error) {
    if (error instanceof DirectoryInUse) {
      return [well('Database', `embedded, in ${dataDir}, open in a running Daywatch.`)];
    }
    const why = error instanceof Error ? error.message : String(error);
    return [
      amiss(
        'Database',
        `the data directory ${dataDir} cannot be used (${why}). Let this user write there, or set DATA_DIR.`,
      ),
    ];
  }
}

async function examinePostgres(url: string): Promise<Finding[]> {
  try {
    const { version, pending, mayCreate, clockAheadMs } = await inspectPostgres(url);
    if (version < OLDEST) {
      return [
        amiss('Database', `is PostgreSQL ${version}; ${OLDEST} or later is needed. Upgrade the server.`),
      ];
    }
    if (pending > 0 && !mayCreate) {
      return [
        amiss(
          'Database',
          `${pending} migrations are to be applied, and this user may not create tables. Grant it CREATE on the database and its schema.`,
        ),
      ];
    }
    const waiting = pending === 0 ? 'up to date' : `${pending} migrations are applied at the next start`;
    const found = [well('Database', `PostgreSQL ${version}, ${waiting}.`)];
    if (Math.abs(clockAheadMs) <= CLOCK_MOST_MS) return found;
    const apart = Math.round(Math.abs(clockAheadMs) / 1_000);
    const words = `this machine’s is ${apart} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} the database’s.`;
    return [...found, amiss('Clock', `${words} Set both by NTP.`)];
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return [amiss('Database', error.message)];
  }
}
