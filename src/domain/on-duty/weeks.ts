import type { Weekday } from '../team.ts';
import { WEEKDAYS } from '../team.ts';
import {
  DAY_MS,
  instantsOfWallClock,
  MINUTE_MS,
  type Span,
  wallClock,
  wallSpanToInstants,
} from '../zone-offsets.ts';

/** Midnight of the week's Monday as a wall clock. Day 0 of the count was a Thursday. */
export function mondayOf(zone: string, at: number): number {
  const day = Math.floor(wallClock(zone, at) / DAY_MS);
  return (day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS;
}

/** The weeks, Monday to Sunday in this zone, that meet `[from, to)`: each whole. */
export function weeksOf(zone: string, range: Span): Span[] {
  const weeks: Span[] = [];
  for (let monday = mondayOf(zone, range.from); ; monday += 7 * DAY_MS) {
    const week = daysFrom(zone, monday, 7);
    if (week.from >= range.to) return weeks;
    weeks.push(week);
  }
}

/** The local days of this zone that meet `[from, to)`: each whole. A day that a zone left out is not there. */
export function localDays(zone: string, range: Span): Span[] {
  const days: Span[] = [];
  for (let wall = midnightBefore(wallClock(zone, range.from)); ; wall += DAY_MS) {
    const instants = wallSpanToInstants(zone, wall, wall + DAY_MS);
    const [first, last] = [instants[0], instants.at(-1)];
    if (first && first.from >= range.to) return days;
    if (first && last && last.to > range.from) days.push({ from: first.from, to: last.to });
  }
}

/** So many local days from the midnight of a wall clock on. */
export function daysFrom(zone: string, wall: number, days: number): Span {
  return { from: instantAt(zone, wall), to: instantAt(zone, wall + days * DAY_MS) };
}

/** The latest instant not after `now` at which the zone's clocks show this weekday and minute of the day. */
export function lastOccurrence(zone: string, weekday: Weekday, minute: number, now: number): number {
  const monday = mondayOf(zone, now) + WEEKDAYS.indexOf(weekday) * DAY_MS + minute * MINUTE_MS;
  const thisWeek = instantAt(zone, monday);
  return thisWeek <= now ? thisWeek : instantAt(zone, monday - 7 * DAY_MS);
}

/** Midnight of the wall clock's day. */
export function midnightBefore(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/** The first instant of a wall clock; of one that was left out, when the clocks went over it. */
function instantAt(zone: string, wall: number): number {
  const [exact] = instantsOfWallClock(zone, wall);
  return exact ?? wallSpanToInstants(zone, wall, wall + 2 * DAY_MS)[0]?.from ?? wall;
}
