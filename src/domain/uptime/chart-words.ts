import { clockTime, duration, localDate } from '../clock-words.ts';
import { measuredWords, momentWords } from '../moment-words.ts';
import { zonesOf } from '../report/report-clock.ts';
import type { Instant } from '../words.ts';
import type { ChartFacts } from './chart-facts.ts';
import type { Outage } from './outage.ts';

/** `It failed from 17:00:50 BST to 18:09:20 BST (1h 8m)`; without a point, for sentences and headings. */
export function failedWords(outage: Outage | undefined, zone: string, near: Instant): string {
  if (!outage) return 'It did not fail';
  const { firstFailure, recovery } = outage;
  const words = (at: Instant) => measuredWords({ at }, zone, near);
  if (recovery === undefined) return `It failed from ${words(firstFailure)} on`;
  return `It failed from ${words(firstFailure)} until it passed again at ${words(recovery)} (${duration(recovery - firstFailure)})`;
}

/** `ca. 17:00 BST to 18:11 BST (1h 11m)` */
export function impactWords(
  { start, end }: NonNullable<ChartFacts['impact']>,
  zone: string,
  near: Instant,
): string {
  return `${momentWords(start, zone, near)} to ${momentWords(end, zone, near)} (${duration(end.at - start.at)})`;
}

/** The chart for those who do not see it. */
export function chartAlt({ name, series, outage, impact, zone }: ChartFacts): string {
  const { host, from, to } = series;
  const hurt = impact ? ` Impact: ${impactWords(impact, zone, from)}.` : '';
  const zones = zonesOf([from, to], zone);
  const end = localDate(from, zone) === localDate(to, zone) ? '' : `${localDate(to, zone)} `;
  const clock = (at: Instant) => clockTime(at, zone).split(' ')[0];
  return `${name}: uptime check of ${host}, ${localDate(from, zone)} ${clock(from)} to ${end}${clock(to)} ${zones}. ${failedWords(outage, zone, from)}.${hurt}`;
}
