import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderIncident } from '../actions/render-report.ts';
import { slug } from '../domain/channel-name.ts';
import { localDate } from '../domain/clock-words.ts';
import { nothing } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { incidentName } from '../domain/words.ts';
import { type Core, type Job, nowOf, record } from './context.ts';

/** Renders the report and saves it; the first time it is posted too. */
export const makeReport: Job<'make-report'> = async (task) => {
  const { core, incident } = task;
  if (incident.resolvedAt === undefined) return;
  const text = await renderIncident(core, incident, {});
  const file = incident.reportFile ?? fileNameOf(core, incident);
  await saveWhole(core.reportsDir, file, text);
  await record(task, (now) => {
    const at = now.resolvedAt;
    const seen = now.reportFile !== undefined;
    if (at === undefined) return nothing();
    return {
      facts: seen
        ? []
        : [{ type: 'report-made', file, by: { kind: 'daywatch' }, at: nowOf(core), key: 'report' }],
      effects: [
        { do: 'show', message: 'resolution' },
        ...(seen ? [] : [{ do: 'share-report' as const, time: at }]),
      ],
    };
  });
};

/** The number keeps two incidents of one day and title apart. */
function fileNameOf(core: Core, incident: Incident): string {
  const date = localDate(incident.impact.start?.at ?? incident.declaredAt, core.team.report.timezone);
  const words = slug(incident.title).slice(0, 60).replace(/-+$/, '');
  return [date, incidentName(incident.number).toLowerCase(), words].filter(Boolean).join('-').concat('.md');
}

/** Readers see the old file or the new one, never half of one. */
async function saveWhole(directory: string, name: string, text: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const draft = join(directory, `.${name}.${randomUUID()}`);
  await writeFile(draft, text);
  await rename(draft, join(directory, name));
}

/** The report as a file in the channel, once a resolving. */
export const shareReport: Job<'share-report'> = async ({ core, incident, attempt }) => {
  if (!incident.channel || !incident.reportFile) return;
  const text = await renderIncident(core, incident, {});
  await core.world.chat.shareReport(incident, { name: incident.reportFile, text }, attempt.first);
};
