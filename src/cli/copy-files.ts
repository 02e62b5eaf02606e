import { constants, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ReportFile } from '../actions/report-files.ts';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import { keptPathsIn } from '../domain/files.ts';

/** The folder of the saved reports, beside which the files of messages are kept. */
export function reportsFolder(): string {
  const { dataDir } = readEnvironment(withDotEnv(process.env), 'offline');
  return resolve(dataDir, 'reports');
}

/** Takes the files that a report or a case names along, as far as they are there. Answers how many came. */
export function copyFiles(text: string, from: string, to: string): Promise<number> {
  const files = keptPathsIn(text).map((path) => ({ path, name: path }));
  return copyNamed(files, from, to);
}

/** The same for files that are called otherwise there. */
export async function copyNamed(files: readonly ReportFile[], from: string, to: string): Promise<number> {
  let copied = 0;
  for (const { path, name } of files) {
    const place = join(to, name);
    if (resolve(from, path) === resolve(place)) continue;
    try {
      await mkdir(dirname(place), { recursive: true });
      await copyFile(join(from, path), place, constants.COPYFILE_FICLONE);
      copied += 1;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return copied;
}
