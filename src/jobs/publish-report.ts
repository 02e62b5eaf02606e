import { posix } from 'node:path';
import { drawChart } from '../actions/draw-chart.ts';
import { reportWithFiles } from '../actions/report-files.ts';
import { nowOf } from '../core.ts';
import { slug } from '../domain/channel-name.ts';
import type { Effect } from '../domain/decision.ts';
import type { NewFact } from '../domain/facts.ts';
import { asTyped } from '../domain/sentence.ts';
import { incidentName } from '../domain/words.ts';
import type { RenderedReport } from '../report/report-markdown.ts';
import { isServiceError } from '../service-error.ts';
import { type Job, record, type Task } from './context.ts';

const SLUG_MAX = 60;

/** Brings the report into its pull request, and says so in the channel. */
export const publishReport: Job<'publish-report'> = async (task) => {
  const { core, incident } = task;
  const { repository } = core.world;
  const target = core.team.report.repository;
  if (!repository || !target || incident.private || incident.resolvedAt === undefined) return;
  if (incident.published?.asked === task.effect.asked) return;
  const name = incidentName(incident.number);
  // The saved file's name holds the title as it was typed, which is not public.
  const chartImage = `${name.toLowerCase()}-uptime.png`;
  const chart = await drawChart(core, incident);
  const { report, files, lacking } = await reportWithFiles(core, incident, chart ? { chartImage } : {});
  const path = incident.published?.path ?? pathOf(core.team.report.path, report);
  const published = ({ url, number, blob }: { url: string; number: number; blob: string }): NewFact => ({
    type: 'report-published',
    ...{ url, number, repository: target, path, blob, asked: task.effect.asked },
    by: { kind: 'daywatch' },
    at: nowOf(core),
    key: `published:${task.effect.asked}`,
  });
  try {
    const outcome = await repository.publishReport({
      repository: target,
      branch: `daywatch/${name.toLowerCase()}-report`,
      path,
      content: report.markdown,
      images: [...(chart ? [{ name: chartImage, bytes: await chart.png() }] : []), ...files].map(
        ({ name, bytes }) => ({ path: posix.join(posix.dirname(path), name), bytes }),
      ),
      title: `Incident report: ${report.title}`,
      body: bodyOf(report, name),
      marker: `${name}/${incident.uid}`,
      published: incident.published?.blobs ?? [],
    });
    switch (outcome.kind) {
      case 'unchanged':
        return await tell(task, `The report stands in ${target} word for word; there is nothing to publish.`);
      case 'edited': {
        const words = `✋ ${asTyped(outcome.by)} has [edited the published report](${outcome.url}), so I left it as it is. Take over by hand what is missing from it: the text as I have it is the file in this channel.`;
        const { pull } = outcome;
        if (!pull || pull.url === incident.published?.url) return await tell(task, words);
        // They were faster than the news of it: it is published all the same.
        return await tell(task, `${publishedWords(target, pull)} ${words}`, published(pull));
      }
      case 'published':
        return await tell(
          task,
          `${publishedWords(target, outcome)}${heldWords(report)}${lackingWords(lacking)}`,
          published(outcome),
        );
    }
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    await tell(
      task,
      `The report is not published: ${asTyped(error.message)} It stands in this channel as a file. When that is mended, type \`/incident report publish\` again.`,
    );
  }
};

async function tell(task: Task<'publish-report'>, text: string, fact?: NewFact): Promise<void> {
  const say: Effect = { do: 'say', notice: `publish:${task.effect.asked}`, text };
  const linked: Effect[] = fact ? [{ do: 'link-issues' }] : [];
  await record(task, () => ({ facts: fact ? [fact] : [], effects: [say, ...linked] }));
}

function publishedWords(target: string, { url, number }: { url: string; number: number }): string {
  return `📄 The report is in [${target}#${number}](${url}).`;
}

function heldWords({ findings }: RenderedReport): string {
  const held = findings.filter(({ kept }) => !kept).length;
  if (held === 0) return '';
  const things = held === 1 ? 'One thing is' : `${held} things are`;
  return ` ${things} held back from it; \`/incident report\` shows what, and can let it through.`;
}

function lackingWords(lacking: number): string {
  if (lacking === 0) return '';
  const files = lacking === 1 ? 'One file is' : `${lacking} files are`;
  return ` ${files} not in it: larger than 5 MB, or no longer in my data directory.`;
}

/** `reports/{date}-{slug}.md`, of the words that are public. */
function pathOf(pattern: string, { date, title }: RenderedReport): string {
  const words = slug(title).slice(0, SLUG_MAX).replace(/-+$/, '') || 'incident';
  return pattern.replaceAll('{date}', date).replaceAll('{slug}', words);
}

/** The issues are named, so that GitHub links them back to the report. */
function bodyOf({ actions }: RenderedReport, name: string): string {
  const links = actions.filter(({ url }) => url !== '').map(({ url }) => `- ${url}`);
  const items = links.length === 0 ? '' : `\n\nAction items:\n\n${links.join('\n')}`;
  return `The report of ${name}, written by Daywatch and the people who were there. Edit it here as you like: Daywatch never writes over what you change.${items}`;
}
