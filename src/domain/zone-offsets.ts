import { tzOffset } from '@date-fns/tz';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A stretch of instants, `from` inside and `to` outside, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** A stretch of instants in which one zone keeps one offset: wall clock = instant + `offset`. */
export interface OffsetSegment extends Span {
  offset: number;
}

// No zone is further from UTC than 14 h; two changes of a zone are never within a day.
const MOST_OFFSET_MS = 15 * HOUR_MS;
const CHUNK_MS = 32 * DAY_MS;
const chunks = new Map<string, OffsetSegment[]>();

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, at: number): number {
  // Two changes of a zone are never within an hour, so one that begins and ends with the same offset keeps it.
  const hour = Math.floor(at / HOUR_MS);
  const offset = offsetOnTheHour(zone, hour);
  return offset === offsetOnTheHour(zone, hour + 1) ? offset : calculatedOffset(zone, at);
}

const MOST_HOURS_KEPT = 10_000;
const hours = new Map<string, Map<number, number>>();

function offsetOnTheHour(zone: string, hour: number): number {
  const ofZone = hours.get(zone) ?? new Map<number, number>();
  const known = ofZone.get(hour);
  if (known !== undefined) return known;
  if (ofZone.size >= MOST_HOURS_KEPT) ofZone.clear();
  const offset = calculatedOffset(zone, hour * HOUR_MS);
  hours.set(zone, ofZone.set(hour, offset));
  return offset;
}

function calculatedOffset(zone: string, at: number): number {
  return Math.round(tzOffset(zone, new Date(at)) * MINUTE_MS);
}

/** The stretches of constant offset that meet `[from, to)`, in order and without gaps; the outer ones may reach further. */
export function offsetSegments(zone: string, from: number, to: number): OffsetSegment[] {
  const segments: OffsetSegment[] = [];
  for (let chunk = Math.floor(from / CHUNK_MS); chunk * CHUNK_MS < to; chunk += 1) {
    const key = `${zone} ${chunk}`;
    const known = chunks.get(key) ?? scanChunk(zone, chunk * CHUNK_MS);
    chunks.set(key, known);
    segments.push(...known);
  }
  return segments;
}

function scanChunk(zone: string, start: number): OffsetSegment[] {
  const segments: OffsetSegment[] = [];
  let current = { from: start, offset: offsetAt(zone, start) };
  for (let day = start; day < start + CHUNK_MS; day += DAY_MS) {
    const offset = offsetAt(zone, day + DAY_MS);
    if (offset === current.offset) continue;
    const change = findChange(zone, day, day + DAY_MS, current.offset);
    segments.push({ ...current, to: change });
    current = { from: change, offset };
  }
  if (current.from < start + CHUNK_MS) segments.push({ ...current, to: start + CHUNK_MS });
  return segments;
}

/** Bisects to the first instant with another offset; zones change on whole seconds. */
function findChange(zone: string, low: number, high: number, before: number): number {
  let [old, changed] = [low / 1000, high / 1000];
  while (changed - old > 1) {
    const middle = Math.floor((old + changed) / 2);
    if (offsetAt(zone, middle * 1000) === before) old = middle;
    else changed = middle;
  }
  return changed * 1000;
}

/** The wall clock of a zone as if it were UTC: epoch milliseconds whose UTC fields read like the local clock. */
export function wallClock(zone: string, at: number): number {
  return at + offsetAt(zone, at);
}

/** The instants at which the zone's wall clock is inside `[from, to)`, both given as by `wallClock`. */
export function wallSpanToInstants(zone: string, from: number, to: number): Span[] {
  const spans: Span[] = [];
  for (const segment of offsetSegments(zone, from - MOST_OFFSET_MS, to + MOST_OFFSET_MS)) {
    const start = Math.max(segment.from, from - segment.offset);
    const end = Math.min(segment.to, to - segment.offset);
    if (start < end) spans.push({ from: start, to: end });
  }
  return spans;
}

/** Every instant at which the zone's wall clock reads this: none in the hour that is left out, two in the one that repeats. */
export function instantsOfWallClock(zone: string, wall: number): number[] {
  return wallSpanToInstants(zone, wall, wall + 1).map(({ from }) => from);
}

/** The offsets in force just before and just after a wall clock that was left out. */
export function offsetsAround(zone: string, wall: number): [number, number] {
  return [offsetAt(zone, wall - DAY_MS), offsetAt(zone, wall + DAY_MS)];
}
