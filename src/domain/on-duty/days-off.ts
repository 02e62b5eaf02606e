import type { Override, Person } from '../team.ts';
import { DAY_MS, type Span, wallClock } from '../zone-offsets.ts';
import { overridesOf } from './duty.ts';
import { subtractSpans } from './spans.ts';
import { isHolidayOf, usualWindowsOfDay } from './windows.ts';

/** A local day on which the person would usually work and does not, or not in full. */
export interface DayOff {
  /** Midnight of the local day as a wall clock. */
  wall: number;
  why: 'holiday' | 'away' | 'partly away';
  /** When they would have been in hours. */
  missed: Span[];
}

/** The person's days off by holidays and overrides whose hours meet `[from, to)`. Days of the week off are none. */
export function daysOff(person: Person, range: Span, overrides: readonly Override[]): DayOff[] {
  const own = overridesOf(person, overrides);
  const off = own.filter(({ kind }) => kind === 'off');
  const on = own.filter(({ kind }) => kind === 'on');
  const days: DayOff[] = [];
  const last = Math.floor(wallClock(person.timezone, range.to) / DAY_MS);
  // A window of the day before may still go on.
  for (let day = Math.floor(wallClock(person.timezone, range.from) / DAY_MS) - 1; day <= last; day += 1) {
    const usual = usualWindowsOfDay(person, day).filter(({ from, to }) => from < range.to && to > range.from);
    const holiday = isHolidayOf(person, day);
    const there = subtractSpans(holiday ? [] : usual, off);
    const onAllTheSame = subtractSpans(usual, subtractSpans(usual, on));
    const missed = subtractSpans(usual, [...there, ...subtractSpans(onAllTheSame, off)]);
    if (missed.length === 0) continue;
    const why = holiday ? 'holiday' : there.length === 0 ? 'away' : 'partly away';
    days.push({ wall: day * DAY_MS, why, missed });
  }
  return days;
}
