import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Core } from '../core.ts';
import { slug } from '../domain/channel-name.ts';
import type { Incident } from '../domain/incident.ts';
import { incidentName } from '../domain/words.ts';

/** The report as it was saved last; nothing when none was, or somebody has taken the file away. */
export async function savedReport(
  { reportsDir }: Pick<Core, 'reportsDir'>,
  { reportFile }: Incident,
): Promise<string | undefined> {
  if (reportFile === undefined) return undefined;
  try {
    return await readFile(join(reportsDir, basename(reportFile)), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Named with the title as the report has it: what was typed may hold what the report holds back. The number keeps two
 * incidents of one day and title apart.
 */
export function reportFileName(
  incident: Pick<Incident, 'number'>,
  { title, date }: { title: string; date: string },
): string {
  const words = slug(title).slice(0, 60).replace(/-+$/, '');
  return [date, incidentName(incident.number).toLowerCase(), words].filter(Boolean).join('-').concat('.md');
}

/** Readers see the old file or the new one, never half of one. */
export async function saveReport(
  { reportsDir }: Pick<Core, 'reportsDir'>,
  name: string,
  text: string | Uint8Array,
): Promise<void> {
  await mkdir(reportsDir, { recursive: true });
  const draft = join(reportsDir, `.${name}.${randomUUID()}`);
  await writeFile(draft, text);
  await rename(draft, join(reportsDir, name));
}
