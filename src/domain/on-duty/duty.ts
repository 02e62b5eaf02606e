import type { Override, Person } from '../team.ts';
import { DAY_MS, MINUTE_MS, type Span } from '../zone-offsets.ts';
import { clipSpans, mergeSpans, subtractSpans } from './spans.ts';
import { windowsThatTakePlace } from './windows.ts';

/** How far ahead somebody is looked for; who is not on duty within it is never on duty. */
export const HORIZON_MS = 400 * DAY_MS;

/** Whether it is inside this person's working hours and they are not away. */
export function inHours(person: Person, at: Date, overrides: readonly Override[] = []): boolean {
  return dutySpanAt(person, at.getTime(), overrides) !== undefined;
}

/** The merged stretches of `[from, to)` in which the person is in hours. */
export function dutySpans(
  person: Person,
  from: Date,
  to: Date,
  overrides: readonly Override[] = [],
): { from: Date; to: Date }[] {
  return dutySpansIn(person, { from: from.getTime(), to: to.getTime() }, overrides).map((span) => ({
    from: new Date(span.from),
    to: new Date(span.to),
  }));
}

/** As `dutySpans`, in epoch milliseconds. Being taken off wins over being put on. */
export function dutySpansIn(person: Person, range: Span, overrides: readonly Override[]): Span[] {
  const own = overridesOf(person, overrides);
  const on = own.filter(({ kind }) => kind === 'on');
  const off = own.filter(({ kind }) => kind === 'off');
  const windows = windowsThatTakePlace(person, range.from, range.to);
  return clipSpans(subtractSpans(mergeSpans([...windows, ...on]), off), range);
}

/** The stretch of duty from an instant on; `undefined` when the person is not in hours. It is followed to the horizon. */
export function dutySpanAt(person: Person, at: number, overrides: readonly Override[]): Span | undefined {
  for (const reach of [2 * DAY_MS, 30 * DAY_MS, HORIZON_MS]) {
    const [span] = dutySpansIn(person, { from: at, to: at + reach }, overrides);
    if (!span || span.from > at) return undefined;
    if (span.to < at + reach || reach === HORIZON_MS) return span;
  }
  return undefined;
}

/** Whether an override keeps the person away at that instant: not on duty, and not to be woken either. */
export function isAway(person: Person, at: number, overrides: readonly Override[]): boolean {
  return overridesOf(person, overrides).some(({ kind, from, to }) => kind === 'off' && from <= at && at < to);
}

/** When the person's in-hours time starts next, after that instant; `undefined` when it never does. */
export function nextStart(person: Person, after: number, overrides: readonly Override[]): number | undefined {
  // Most people are back within days; a fortnight at a time spares the year's work for those who are.
  for (let ahead = 0; ahead < HORIZON_MS; ahead += 14 * DAY_MS) {
    const range = { from: after + ahead - MINUTE_MS, to: after + ahead + 14 * DAY_MS };
    const starts = dutySpansIn(person, range, overrides).map(({ from }) => from);
    const start = starts.find((from) => from > after && from > range.from);
    if (start !== undefined) return start;
  }
  return undefined;
}

/** The overrides that are about this person. */
export function overridesOf(person: Person, overrides: readonly Override[]): Override[] {
  return overrides.filter((override) => override.person === person.name);
}
