import moment from 'moment-timezone';
import { DAY_MS, HOUR_MS, MINUTE_MS, offsetAt, wallClock } from './zone-offsets.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The parts of a wall clock. */
export interface ClockParts {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  weekday: (typeof WEEKDAYS)[number];
  monthName: (typeof MONTHS)[number];
}

/** What the clocks of a zone show at an instant, whatever the machine's own zone and language. */
export function clockParts(at: Date | number, zone: string): ClockParts {
  const wall = new Date(wallClock(zone, Number(at)));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    weekday: WEEKDAYS[wall.getUTCDay()] ?? 'Sun',
    monthName: MONTHS[wall.getUTCMonth()] ?? 'Jan',
  };
}

/**
 * The abbreviation of the zone database for that date: BST, EEST, IST; `+0545` where it has none.
 * Node's own short names are no use: it calls EEST "GMT+3".
 */
export function zoneAbbreviation(at: Date | number, zone: string): string {
  const known = moment.tz.zone(zone);
  const offset = offsetAt(zone, Number(at));
  if (known && -known.utcOffset(Number(at)) * MINUTE_MS === offset) return known.abbr(Number(at));
  // Node's zone data is newer or older than the names: a number is right in any case.
  return offset === 0 ? 'UTC' : numericOffset(offset, '');
}

/** `17:33` */
export function hourMinute(at: Date | number, zone: string): string {
  const { hour, minute } = clockParts(at, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** `5:00 PM`, as 2i2c's reports write it. */
export function hourMinuteAmPm(at: Date | number, zone: string): string {
  const { hour, minute } = clockParts(at, zone);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** `17:33 BST` */
export function clockTime(at: Date | number, zone: string): string {
  return `${hourMinute(at, zone)} ${zoneAbbreviation(at, zone)}`;
}

/** `Tue 12 Aug`; with the year where it is another one than that of `near`. */
export function dayWords(at: Date | number, zone: string, near: Date | number = at): string {
  const { weekday, day, monthName, year } = clockParts(at, zone);
  const words = `${weekday} ${day} ${monthName}`;
  return year === clockParts(near, zone).year ? words : `${words} ${year}`;
}

/** `Tue 12 Aug 17:33 BST`; with the year where it is another one than that of `near`. */
export function dayAndTime(at: Date | number, zone: string, near: Date | number = at): string {
  return `${dayWords(at, zone, near)} ${clockTime(at, zone)}`;
}

/** `2025-08-12`, the local date. */
export function localDate(at: Date | number, zone: string): string {
  const { year, month, day } = clockParts(at, zone);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** `2025-08-12T17:33:00+01:00`, with milliseconds only when there are some. */
export function isoWithOffset(at: Date | number, zone: string): string {
  const offset = offsetAt(zone, Number(at));
  const wall = new Date(Number(at) + offset).toISOString().replace('.000Z', 'Z').slice(0, -1);
  return `${wall}${numericOffset(offset, ':')}`;
}

/** `1h 11m`, `10 min`, `4d 1h 30m`, `45 s`; parts of the smallest unit are cut off, nothing is less than `0 s`. */
export function duration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  return compactDuration(ms);
}

/** `1h 11m`, `17m 6s`, `4d 1h 30m`: as PagerDuty's postmortems write it; seconds below an hour only. */
export function compactDuration(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY_MS), 'd'],
    [Math.floor((ms % DAY_MS) / HOUR_MS), 'h'],
    [Math.floor((ms % HOUR_MS) / MINUTE_MS), 'm'],
    [ms < HOUR_MS ? Math.floor((ms % MINUTE_MS) / 1000) : 0, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join(' ') || '0s';
}

/** `Los Angeles`: the place that a zone is named for. */
export function zonePlace(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

function numericOffset(offset: number, colon: string): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${colon}${two(minutes % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
