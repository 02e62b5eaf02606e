import HolidayCalendar from 'date-holidays';
import type { Holidays } from '../team.ts';
import { DAY_MS } from '../zone-offsets.ts';

const holidaysOfYears = new Map<string, ReadonlySet<string>>();

/** Whether a local date (`2025-12-25`) is one of these holidays. Of a country, its public holidays count. */
export function isHoliday(holidays: Holidays | undefined, date: string): boolean {
  if (!holidays) return false;
  if ('dates' in holidays) return holidays.dates.includes(date);
  const year = Number(date.slice(0, 4));
  const key = `${holidays.country} ${year}`;
  const known = holidaysOfYears.get(key) ?? publicHolidays(holidays.country, year);
  holidaysOfYears.set(key, known);
  return known.has(date);
}

/** Whether `date-holidays` knows the country (`RO`) or the part of one (`GB-ENG`). */
export function knowsCountry(code: string): boolean {
  const [country = '', state] = code.split('-');
  const calendar = new HolidayCalendar();
  if (!Object.hasOwn(calendar.getCountries(), country)) return false;
  return state === undefined || Object.hasOwn(calendar.getStates(country) ?? {}, state);
}

/** Country codes with their English names. */
export function countries(): Record<string, string> {
  return new HolidayCalendar().getCountries('en');
}

function publicHolidays(code: string, year: number): ReadonlySet<string> {
  const [country = '', state] = code.split('-');
  const options = { types: ['public' as const], timezone: 'UTC' };
  const calendar = state
    ? new HolidayCalendar(country, state, options)
    : new HolidayCalendar(country, options);
  const dates = new Set<string>();
  // A holiday that starts at sunset or runs over the new year belongs to every day whose noon it covers.
  for (const near of [year - 1, year, year + 1]) {
    for (const holiday of calendar.getHolidays(near)) {
      for (const day of daysAtNoon(holiday.start.getTime(), holiday.end.getTime())) dates.add(day);
    }
  }
  return dates;
}

function daysAtNoon(from: number, to: number): string[] {
  const days: string[] = [];
  let noon = Math.floor(from / DAY_MS) * DAY_MS + DAY_MS / 2;
  if (noon < from) noon += DAY_MS;
  for (; noon < to; noon += DAY_MS) days.push(new Date(noon).toISOString().slice(0, 10));
  return days;
}
