import { constants, copyFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Desk } from '../core.ts';
import { keptPathsIn } from '../domain/files.ts';
import type { Incident } from '../domain/incident.ts';
import type { RenderedReport } from '../report/report-markdown.ts';
import { type ReportChoices, renderedIncident } from './render-report.ts';

/** A file that a report shows or links: its place in the data directory, and what the report calls it. */
export interface ReportFile {
  path: string;
  name: string;
}

/** GitHub shows none that is larger, and each goes in one call with a deadline. */
const MOST_BYTES = 5_000_000;
const MOST_BYTES_TOGETHER = 40_000_000;

/** The kept files that belong to a report: in its public form the pictures that it shows, else all that it names. */
export function filesOfReport({
  markdown,
  pictures,
}: Pick<RenderedReport, 'markdown' | 'pictures'>): ReportFile[] {
  return [...pictures, ...keptPathsIn(markdown).map((path) => ({ path, name: path }))];
}

/** Puts the pictures of a public form beside it, by the names that it knows. */
export async function savePictures(
  { reportsDir }: Pick<Desk, 'reportsDir'>,
  { pictures }: Pick<RenderedReport, 'pictures'>,
): Promise<void> {
  for (const { path, name } of pictures) await copyIfThere(join(reportsDir, path), join(reportsDir, name));
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** A report with the bytes of its files, for a place that takes some: `lacking` counts those that cannot come along. */
export async function reportWithFiles(
  core: Desk,
  incident: Incident,
  choices: ReportChoices,
): Promise<{ report: RenderedReport; files: { name: string; bytes: Uint8Array }[]; lacking: number }> {
  const whole = await renderedIncident(core, incident, choices);
  const all = filesOfReport(whole);
  const leftOut: string[] = [];
  const files: { name: string; bytes: Uint8Array }[] = [];
  let together = 0;
  for (const { path, name } of all) {
    const place = join(core.reportsDir, path);
    const size = (await stat(place).catch(() => undefined))?.size;
    if (size === undefined || size > MOST_BYTES || together + size > MOST_BYTES_TOGETHER) leftOut.push(path);
    else {
      together += size;
      files.push({ name, bytes: await readFile(place) });
    }
  }
  if (leftOut.length === 0) return { report: whole, files, lacking: 0 };
  const report = await renderedIncident(core, incident, { ...choices, leftOut });
  return { report, files, lacking: leftOut.length };
}
