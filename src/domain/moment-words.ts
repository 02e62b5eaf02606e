import { clockTime, dayWords, hourMinute, localDate, zoneAbbreviation } from './clock-words.ts';
import type { Instant, Moment } from './words.ts';

/** `ca. 17:30–17:45 BST`; with the day in front when it is another one than that of `near`. */
export function momentWords(moment: Moment, zone: string, near: Instant = moment.at): string {
  const { at, until, approximate } = moment;
  const day = localDate(at, zone) === localDate(near, zone) ? '' : `${dayWords(at, zone)} `;
  const ca = approximate ? 'ca. ' : '';
  if (until === undefined) return `${ca}${day}${clockTime(at, zone)}`;
  const start =
    zoneAbbreviation(at, zone) === zoneAbbreviation(until, zone) ? hourMinute(at, zone) : clockTime(at, zone);
  return `${ca}${day}${start}–${clockTime(until, zone)}`;
}
