import { clockTime, dayWords, hourMinute, localDate } from '../clock-words.ts';
import type { Override, Person } from '../team.ts';
import { HOUR_MS, MINUTE_MS } from '../zone-offsets.ts';
import { dutySpanAt, HORIZON_MS, isAway, nextStart } from './duty.ts';

export interface DutyWords {
  /** `17:33 EEST` */
  local: string;
  /** `in hours until 17:30`, `off in 20 min`, `on from 09:00 EET`, with the day when it is not today. */
  state: string;
  inHours: boolean;
}

/** A person's own time and whether it is their day, in words. */
export function describeDuty(person: Person, now: Date, overrides: readonly Override[] = []): DutyWords {
  const at = now.getTime();
  const span = dutySpanAt(person, at, overrides);
  const state = span ? onDutyWords(person, at, span.to) : offDutyWords(person, at, overrides);
  return { local: clockTime(at, person.timezone), state, inHours: span !== undefined };
}

function onDutyWords({ timezone }: Person, now: number, until: number): string {
  const left = until - now;
  if (left >= HORIZON_MS) return 'always in hours';
  if (left <= HOUR_MS) return `off in ${Math.ceil(left / MINUTE_MS)} min`;
  const end = hourMinute(until, timezone);
  // A day's end at midnight carries the next date and needs no telling.
  const today = localDate(until - 1, timezone) === localDate(now, timezone);
  return today ? `in hours until ${end}` : `in hours until ${end}, ${dayWords(until, timezone)}`;
}

function offDutyWords(person: Person, now: number, overrides: readonly Override[]): string {
  const away = isAway(person, now, overrides) ? 'away, ' : '';
  const start = nextStart(person, now, overrides);
  if (start === undefined) return `${away}no hours to come`;
  const clock = clockTime(start, person.timezone);
  const today = localDate(start, person.timezone) === localDate(now, person.timezone);
  return `${away}on from ${clock}${today ? '' : `, ${dayWords(start, person.timezone)}`}`;
}
