import { clockParts, hourMinute, hourMinuteAmPm, localDate, zoneAbbreviation } from '../clock-words.ts';
import type { Instant, Moment } from '../words.ts';
import { offsetAt } from '../zone-offsets.ts';

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** `August 12` */
export function monthAndDay(at: Instant, zone: string): string {
  const { month, day } = clockParts(at, zone);
  return `${MONTHS[month - 1]} ${day}`;
}

/** `August 12 2025`, as in 2i2c's titles. */
export function dateWords(at: Instant, zone: string): string {
  return `${monthAndDay(at, zone)} ${clockParts(at, zone).year}`;
}

/** Where a time heading has to say more than the minute. */
export interface HeadingContext {
  zone: string;
  withDate: boolean;
  withZone: boolean;
}

/** `5:00 PM`, `ca. 1:30-1:45 PM`, `August 13, 2025, ca. 11:20 AM`: 2i2c's headings. */
export function amPmHeading(moment: Moment, { zone, withDate, withZone }: HeadingContext): string {
  const { year } = clockParts(moment.at, zone);
  const date = withDate ? `${monthAndDay(moment.at, zone)}, ${year}, ` : '';
  const about = moment.approximate ? 'ca. ' : '';
  return `${date}${about}${amPmRange(moment, zone)}${zoneSuffix(moment, zone, withZone)}`;
}

/** `22:48`, `2018-07-08 ca. 18:30`, `~13:30-13:45`: Binder's headings. */
export function plainHeading(moment: Moment, { zone, withDate, withZone }: HeadingContext): string {
  const date = withDate ? `${localDate(moment.at, zone)} ` : '';
  const about = moment.approximate ? (moment.until === undefined ? 'ca. ' : '~') : '';
  return `${date}${about}${plainRange(moment, zone)}${zoneSuffix(moment, zone, withZone)}`;
}

function amPmRange({ at, until }: Moment, zone: string): string {
  const start = hourMinuteAmPm(at, zone);
  if (until === undefined || until === at) return start;
  const end = hourMinuteAmPm(until, zone);
  if (localDate(at, zone) !== localDate(until, zone)) {
    return `${start} to ${monthAndDay(until, zone)}, ${clockParts(until, zone).year}, ${end}`;
  }
  return start.slice(-2) === end.slice(-2) ? `${start.slice(0, -3)}-${end}` : `${start}-${end}`;
}

function plainRange({ at, until }: Moment, zone: string): string {
  if (until === undefined || until === at) return hourMinute(at, zone);
  const date = localDate(at, zone) === localDate(until, zone) ? '' : `${localDate(until, zone)} `;
  return `${hourMinute(at, zone)}-${date}${hourMinute(until, zone)}`;
}

function zoneSuffix({ at }: Moment, zone: string, withZone: boolean): string {
  return withZone ? ` ${zoneAbbreviation(at, zone)}` : '';
}

const QUARTER_HOUR = 15 * 60_000;

/** Clocks change on a quarter of an hour of UTC, so one instant of each stands for all. */
function quarters(instants: readonly Instant[]): Instant[] {
  return [...new Set(instants.map((at) => Math.floor(at / QUARTER_HOUR) * QUARTER_HOUR))];
}

/** `BST`, or `BST/GMT` where the clocks change in between. */
export function zonesOf(instants: readonly Instant[], zone: string): string {
  return [...new Set(quarters(instants).map((at) => zoneAbbreviation(at, zone)))].join('/');
}

/** `CEST (UTC+2)`, `CEST (UTC+2) and CET (UTC+1)` */
export function zonesWithOffsets(instants: readonly Instant[], zone: string): string {
  const each = quarters(instants).map((at) => `${zoneAbbreviation(at, zone)} (${utcOffset(at, zone)})`);
  return [...new Set(each)].join(' and ');
}

function utcOffset(at: Instant, zone: string): string {
  const minutes = Math.round(offsetAt(zone, at) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  if (minutes === 0) return 'UTC';
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** `Aug 12 at 17:00 to Aug 12 at 18:11`, the Impact Time row; years where the two differ. */
export function impactRow(start: Moment | undefined, end: Moment | undefined, zone: string): string {
  if (!start && !end) return 'Unknown';
  const years = [start, end].flatMap((edge) => (edge ? [clockParts(edge.at, zone).year] : []));
  const withYear = new Set(years).size > 1;
  const from = start ? impactEdge(start, zone, withYear) : 'Unknown';
  return `${from} to ${end ? impactEdge(end, zone, withYear) : 'ongoing'}`;
}

function impactEdge(moment: Moment, zone: string, withYear: boolean): string {
  const { monthName, day, year } = clockParts(moment.at, zone);
  const about = moment.approximate ? 'ca. ' : '';
  return `${monthName} ${day}${withYear ? `, ${year}` : ''} at ${about}${plainRange(moment, zone)}`;
}
