import { clockTime, dayWords, hourMinute, localDate, zoneAbbreviation } from './clock-words.ts';
import type { Instant, Moment } from './words.ts';

/** `ca. 17:30–17:45 BST`; with the day in front when it is another one than that of `near`. */
export function momentWords(moment: Moment, zone: string, near: Instant = moment.at): string {
  const { at, until, approximate } = moment;
  const day = localDate(at, zone) === localDate(near, zone) ? '' : `${dayWords(at, zone, near)} `;
  const ca = approximate ? 'ca. ' : '';
  if (until === undefined) return `${ca}${day}${clockTime(at, zone)}`;
  const start =
    zoneAbbreviation(at, zone) === zoneAbbreviation(until, zone) ? hourMinute(at, zone) : clockTime(at, zone);
  return `${ca}${day}${start}–${clockTime(until, zone)}`;
}

/** `17:00:50 BST`: what was measured is told to the second; whole minutes and approximate times as ever. */
export function measuredWords(moment: Moment, zone: string, near?: Instant): string {
  const words = momentWords(moment, zone, near);
  const seconds = Math.floor((moment.at % 60_000) / 1000);
  if (moment.approximate || moment.until !== undefined || seconds === 0) return words;
  return words.replace(/\d\d:\d\d/, (clock) => `${clock}:${String(seconds).padStart(2, '0')}`);
}
