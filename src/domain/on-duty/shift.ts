import { localDate } from '../clock-words.ts';
import type { Override, Person } from '../team.ts';
import { DAY_MS } from '../zone-offsets.ts';
import { dutySpansIn } from './duty.ts';

/**
 * When the day of somebody who is in hours began. Nothing for who is not, for who has been on for days, and for a
 * later stretch of the same local day: coming back from lunch starts no day.
 */
export function shiftStart(person: Person, now: number, overrides: readonly Override[]): number | undefined {
  const range = { from: now - 2 * DAY_MS, to: now + 1 };
  const spans = dutySpansIn(person, range, overrides);
  const current = spans.find(({ from, to }) => from <= now && now < to);
  if (!current || current.from === range.from) return undefined;
  const day = localDate(current.from, person.timezone);
  const first = spans.find(({ from }) => from > range.from && localDate(from, person.timezone) === day);
  return first === current ? current.from : undefined;
}

/** When the day of somebody ends or ended, if that is no further than `within` milliseconds from now. */
export function dayEndNear(
  person: Person,
  now: number,
  within: number,
  overrides: readonly Override[],
): number | undefined {
  const range = { from: now - within, to: now + within };
  const last = dutySpansIn(person, range, overrides).at(-1);
  return last && last.to < range.to ? last.to : undefined;
}

/**
 * When the local day ends that the person is in, or was in last: the end of its last stretch, so that lunch ends no
 * day. Nothing for who is on for days to come, or was not on for two.
 */
export function dayEndOf(person: Person, now: number, overrides: readonly Override[]): number | undefined {
  const range = { from: now - 2 * DAY_MS, to: now + 3 * DAY_MS };
  const spans = dutySpansIn(person, range, overrides);
  const begun = spans.findLast(({ from }) => from <= now);
  if (!begun) return undefined;
  const day = localDate(begun.from, person.timezone);
  const last = spans.findLast(({ from }) => from >= begun.from && localDate(from, person.timezone) === day);
  const end = (last ?? begun).to;
  return end === range.to ? undefined : end;
}

/** When the person was last in hours before their day started; a day before it for who was off for long. */
export function lastDayEnd(person: Person, start: number, overrides: readonly Override[]): number {
  const before = dutySpansIn(person, { from: start - 5 * DAY_MS, to: start }, overrides).at(-1);
  return before?.to ?? start - DAY_MS;
}
