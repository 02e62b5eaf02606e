import type { Override, Person } from '../team.ts';
import { DAY_MS, MINUTE_MS, type Span } from '../zone-offsets.ts';
import { HORIZON_MS, overridesOf } from './duty.ts';
import { subtractSpans } from './spans.ts';
import { windowsThatTakePlace } from './windows.ts';

/**
 * How unsocial an instant is: whole minutes of elapsed time to the nearest edge of a window that takes place,
 * from the minute in which the instant lies. A window wholly inside an absence does not take place.
 */
export function minutesToWindow(person: Person, at: number, overrides: readonly Override[]): number {
  const minute = startOfMinute(at);
  for (let reach = 4 * DAY_MS; reach < HORIZON_MS; reach *= 4) {
    const edges = windowEdges(person, { from: minute - reach, to: minute + reach }, overrides);
    const nearest = Math.min(...edges.map((edge) => Math.abs(edge - minute)));
    if (nearest <= reach) return Math.floor(nearest / MINUTE_MS);
  }
  return Number.POSITIVE_INFINITY;
}

/** `minutesToWindow` for instants of `range` that are asked for in rising order. */
export function minutesToWindowInOrder(
  person: Person,
  range: Span,
  overrides: readonly Override[],
): (at: number) => number {
  const margin = 4 * DAY_MS;
  const edges = windowEdges(person, { from: range.from - margin, to: range.to + margin }, overrides);
  let passed = 0;
  return (at) => {
    const minute = startOfMinute(at);
    while ((edges[passed] ?? Number.POSITIVE_INFINITY) <= minute) passed += 1;
    const before = minute - (edges[passed - 1] ?? Number.NEGATIVE_INFINITY);
    const after = (edges[passed] ?? Number.POSITIVE_INFINITY) - minute;
    const nearest = Math.min(before, after);
    return nearest <= margin ? Math.floor(nearest / MINUTE_MS) : minutesToWindow(person, at, overrides);
  };
}

function windowEdges(person: Person, range: Span, overrides: readonly Override[]): number[] {
  const away = overridesOf(person, overrides).filter(({ kind }) => kind === 'off');
  return windowsThatTakePlace(person, range.from, range.to)
    .filter((window) => subtractSpans([window], away).length > 0)
    .flatMap(({ from, to }) => [from, to])
    .sort((a, b) => a - b);
}

function startOfMinute(at: number): number {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS;
}
