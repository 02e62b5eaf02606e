import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawChart } from '../actions/draw-chart.ts';
import { renderedIncident, renderIncident } from '../actions/render-report.ts';
import { savePictures } from '../actions/report-files.ts';
import { reportFileName, saveReport } from '../actions/saved-report.ts';
import { type Core, nowOf } from '../core.ts';
import { nothing } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import { picturesIn } from '../report/pictures-in.ts';
import { reportHtml } from '../report/report-html.ts';
import type { RenderedReport } from '../report/report-markdown.ts';
import { type Job, record } from './context.ts';

/** Renders the report and saves it; the first time it is posted too. */
export const makeReport: Job<'make-report'> = async (task) => {
  const { core, incident } = task;
  if (incident.resolvedAt === undefined) return;
  const report = await renderedIncident(core, incident);
  const file = incident.reportFile ?? reportFileName(incident, report);
  await saveChart(core, incident);
  await savePictures(core, report);
  await saveReport(core, file, report.markdown);
  await saveHtml(core, file, report);
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
        { do: 'write-canvas' as const },
        ...(seen || !now.check ? [] : [{ do: 'share-chart' as const }]),
      ],
    };
  });
};

/** The report names it, so it is there first. A picture that has not changed is not drawn again. */
async function saveChart(core: Core, incident: Incident): Promise<void> {
  const chart = await drawChart(core, incident);
  if (!chart) return;
  const { svg, png, image, vector } = chart;
  const saved = await readFile(join(core.reportsDir, vector), 'utf8').catch(() => undefined);
  if (saved === svg) return;
  await saveReport(core, image, await png());
  await saveReport(core, vector, svg);
}

/** For reading, beside it. */
async function saveHtml(core: Core, file: string, { markdown, title }: RenderedReport): Promise<void> {
  const html = reportHtml(markdown, title, picturesIn(core.reportsDir));
  await saveReport(core, file.replace(/\.md$/, '.html'), html);
}

/** The report as a file in the channel, once a resolving. */
export const shareReport: Job<'share-report'> = async ({ core, incident, attempt }) => {
  if (!incident.channel || !incident.reportFile) return;
  const text = await renderIncident(core, incident, {});
  const file = { name: incident.reportFile, bytes: async () => Buffer.from(text) };
  await core.world.chat.shareFiles(incident, { files: [file] }, attempt.first);
};
