import type { Core } from '../core.ts';
import { describer } from '../domain/describe.ts';
import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { asTyped } from '../domain/sentence.ts';
import { type Entry, timeline } from '../domain/timeline.ts';
import { chartFacts } from '../domain/uptime/chart-facts.ts';
import { chartAlt, failedWords } from '../domain/uptime/chart-words.ts';
import { lastReading } from '../domain/uptime/read-check.ts';
import { pngOf } from '../picture/png.ts';
import { drawUptimeChart } from '../picture/uptime-chart.ts';
import { factsOf } from '../store/incidents.ts';

/** The chart of a resolved incident's uptime check, under names beside its report. */
export interface Chart {
  svg: string;
  png: () => Promise<Uint8Array>;
  /** File names. */
  image: string;
  vector: string;
  /** Plain, for those who do not see it. */
  alt: string;
  /** A line of Markdown. */
  words: string;
}

/** Drawn from what is kept, so nobody outside is asked. Nothing where no check was read, or no report stands. */
export async function drawChart(core: Core, incident: Incident): Promise<Chart | undefined> {
  const { reportFile } = incident;
  if (reportFile === undefined || !incident.check) return undefined;
  const facts = await factsOf(core.store.database.prisma, incident.number);
  const reading = lastReading(facts);
  if (!reading) return undefined;
  const zone = incident.written?.timezone ?? core.team.report.timezone;
  const shown = chartFacts(incident, timeline(facts, describer()), reading, zone);
  const svg = drawUptimeChart(shown);
  return {
    svg,
    png: () => pngOf(svg),
    ...chartFiles(reportFile),
    alt: chartAlt(shown),
    words: `📈 The uptime check of ${asTyped(reading.series.host)}. ${failedWords(reading.outage, zone, incident.declaredAt)}.`,
  };
}

/** What the report shows of the chart: one that was read here, or one that came with a case. */
export function chartInReport(
  incident: Incident,
  facts: readonly Fact[],
  entries: readonly Entry[],
  zone: string,
): { image: string; alt: string } | undefined {
  const reading = lastReading(facts);
  if (!reading || incident.reportFile === undefined) return incident.written?.chart;
  const alt = chartAlt(chartFacts(incident, entries, reading, zone));
  return { image: chartFiles(incident.reportFile).image, alt };
}

function chartFiles(reportFile: string): { image: string; vector: string } {
  const base = reportFile.replace(/\.md$/, '');
  return { image: `${base}.png`, vector: `${base}.svg` };
}
