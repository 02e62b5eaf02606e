import type { Person, Weekday } from '../team.ts';
import { DAY_MS, MINUTE_MS, type Span, wallSpanToInstants } from '../zone-offsets.ts';
import { isHoliday } from './holidays.ts';

// The day number 0 is 1970-01-01, a Thursday.
const WEEKDAY_OF_DAY_NUMBER: readonly Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'];

// The longest window ends 48 h after its local midnight, which is at most 15 h away from UTC's.
const DAYS_BEFORE = 3;
const DAYS_AFTER = 1;

const windowsOfDays = new WeakMap<Person, Map<number, readonly Span[]>>();

/**
 * The person's windows that take place and meet `[from, to)`, each whole, in instants, by the day on which they start.
 * Days off and holidays take away the windows that start on that local day; overrides have no part in this.
 */
export function windowsThatTakePlace(person: Person, from: number, to: number): Span[] {
  const windows: Span[] = [];
  const last = Math.floor(to / DAY_MS) + DAYS_AFTER;
  for (let day = Math.floor(from / DAY_MS) - DAYS_BEFORE; day <= last; day += 1) {
    for (const window of windowsOfDay(person, day)) {
      if (window.to > from && window.from < to) windows.push(window);
    }
  }
  return windows;
}

/** The windows that start on a local day, given by its number since 1970; none on days off and holidays. */
function windowsOfDay(person: Person, day: number): readonly Span[] {
  const days = windowsOfDays.get(person) ?? new Map<number, readonly Span[]>();
  windowsOfDays.set(person, days);
  const known = days.get(day);
  if (known) return known;
  const windows = isHolidayOf(person, day) ? [] : usualWindowsOfDay(person, day);
  days.set(day, windows);
  return windows;
}

/** As `windowsOfDay`, were there no holidays. */
export function usualWindowsOfDay(person: Person, day: number): Span[] {
  const weekday = WEEKDAY_OF_DAY_NUMBER[((day % 7) + 7) % 7];
  if (!weekday || !person.days.includes(weekday)) return [];
  return person.hours.flatMap((window) => windowOfDay(person.timezone, window, day));
}

function windowOfDay(zone: string, window: { from: number; to: number }, day: number): Span[] {
  const midnight = day * DAY_MS;
  return wallSpanToInstants(zone, midnight + window.from * MINUTE_MS, midnight + window.to * MINUTE_MS);
}

/** Whether a local day is one of the person's holidays. */
export function isHolidayOf(person: Person, day: number): boolean {
  return isHoliday(person.holidays, new Date(day * DAY_MS).toISOString().slice(0, 10));
}
