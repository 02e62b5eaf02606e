/** Wall clocks as Intl reads them out, in minutes since 1970; nothing here is shared with the code under test. */

const MINUTE_MS = 60_000;
const DAY = 1440;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock of a zone shows at the start of a minute, as if it were UTC's. */
function wallMinute(zone: string, minute: number): number {
  const parts = formatOf(zone).formatToParts(minute * MINUTE_MS);
  const [year = 0, month = 1, day = 1, hour = 0, clockMinute = 0] = (
    ['year', 'month', 'day', 'hour', 'minute'] as const
  ).map((type) => Number(parts.find((part) => part.type === type)?.value));
  return Date.UTC(year, month - 1, day, hour, clockMinute) / MINUTE_MS;
}

/** The wall clock at each of `count` minutes. Days that begin and end with one offset are taken to keep it. */
export function wallMinutes(zone: string, first: number, count: number): Int32Array {
  const walls = new Int32Array(count);
  for (let begin = 0; begin < count; begin += DAY) {
    fill(walls, zone, first, begin, Math.min(begin + DAY, count) - 1);
  }
  return walls;
}

/** Fills both ends and all between; where the ends differ, each half by itself. */
function fill(walls: Int32Array, zone: string, first: number, low: number, high: number): void {
  const ahead = wallMinute(zone, first + low) - first - low;
  if (ahead !== wallMinute(zone, first + high) - first - high) {
    const middle = (low + high) >> 1;
    fill(walls, zone, first, low, middle);
    fill(walls, zone, first, middle + 1, high);
    return;
  }
  for (let index = low; index <= high; index += 1) walls[index] = first + index + ahead;
}

/** `2025-08-12T09:00:00+03:00` */
export function isoOnTheWall(zone: string, minute: number): string {
  const wall = wallMinute(zone, minute);
  const ahead = wall - minute;
  const offset = new Date(Math.abs(ahead) * MINUTE_MS).toISOString().slice(11, 16);
  return `${new Date(wall * MINUTE_MS).toISOString().slice(0, 19)}${ahead < 0 ? '-' : '+'}${offset}`;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}
