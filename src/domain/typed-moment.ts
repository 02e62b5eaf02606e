import { hourMinute, localDate } from './clock-words.ts';
import { readWhen } from './when.ts';
import type { Moment } from './words.ts';
import { DAY_MS } from './zone-offsets.ts';

/**
 * A time as one types it: `2025-08-12 17:32`, `ca. …`, a range. Read back by the rule of commands it is the same time;
 * where that zone's clocks would leave a doubt it stands in UTC.
 */
export function typedMoment(moment: Moment, zone: string): string {
  const typed = typedIn(moment, zone);
  const now = new Date((moment.until ?? moment.at) + DAY_MS);
  const read = readWhen(typed, { now, zone });
  const means =
    'at' in read &&
    minute(read.at.getTime()) === minute(moment.at) &&
    minute(read.until?.getTime()) === minute(moment.until);
  return means ? typed : `${typedIn(moment, 'UTC')} UTC`;
}

function typedIn({ at, until, approximate }: Moment, zone: string): string {
  const start = `${approximate ? 'ca. ' : ''}${localDate(at, zone)} ${hourMinute(at, zone)}`;
  if (until === undefined || minute(until) === minute(at)) return start;
  const near = until - at < DAY_MS;
  return near
    ? `${start}-${hourMinute(until, zone)}`
    : `${start} - ${localDate(until, zone)} ${hourMinute(until, zone)}`;
}

function minute(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.floor(at / 60_000);
}
