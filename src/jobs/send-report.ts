import { drawChart } from '../actions/draw-chart.ts';
import { reportWithFiles } from '../actions/report-files.ts';
import type { Effect } from '../domain/decision.ts';
import { asTyped } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import { reportHtml } from '../report/report-html.ts';
import { isServiceError } from '../service-error.ts';
import { type Job, record, type Task } from './context.ts';

/** Sends the report to the team's wiki, and says so in the channel. A repeat bears the same key. */
export const sendReport: Job<'send-report'> = async (task) => {
  const { core, incident, effect } = task;
  const { wiki } = core.world;
  if (!wiki || incident.private || incident.resolvedAt === undefined) return;
  const incidentIs = incidentName(incident.number);
  const chart = await drawChart(core, incident);
  const png = await chart?.png();
  // The saved file's name holds the title as it was typed, which is not public.
  const chartImage = `${incidentIs.toLowerCase()}-uptime.png`;
  const { report, files } = await reportWithFiles(core, incident, chart ? { chartImage } : {});
  const pictures = new Map(files.map(({ name: called, bytes }) => [called, bytes]));
  if (png) pictures.set(chartImage, png);
  try {
    const page = await wiki.send({
      key: `${incidentIs}/${incident.uid}/report/${effect.asked}`,
      incident: incidentIs,
      title: report.title,
      date: report.date,
      markdown: report.markdown,
      html: reportHtml(report.markdown, report.title, (path) => pictures.get(path)),
      ...(incident.published ? { url: incident.published.url } : {}),
    });
    const where = page === undefined ? asTyped(wiki.name) : `[${asTyped(wiki.name)}](${page})`;
    await tell(task, `📄 The report is sent to ${where}.`);
  } catch (error) {
    if (!isServiceError(error) || (error.worthRepeating && !task.attempt.last)) throw error;
    await tell(
      task,
      `The report is not sent to ${asTyped(wiki.name)}: ${asTyped(error.message)} It stands in this channel as a file. When that is mended, type \`/incident report publish\` again.`,
    );
  }
};

async function tell(task: Task<'send-report'>, text: string): Promise<void> {
  const say: Effect = { do: 'say', notice: `wiki:${task.effect.asked}`, text };
  await record(task, () => ({ facts: [], effects: [say] }));
}
