import type { Override, Person } from '../../../src/domain/team.ts';
import { isoOnTheWall, wallMinutes } from './wall-clock-by-intl.ts';

/** The written rule, one minute after the other: slow, and sharing nothing with the code under test. */

const DAY = 1440;
/** How far beyond both ends the minutes are looked at. */
const MARGIN = 25 * DAY;
/** 30 full minutes, and one more for an instant inside a minute. */
const MOST_LEFT = 31;
const NEVER = -1;

export interface MinuteInput {
  /** In roster order. */
  people: readonly Person[];
  /** On whole minutes. */
  overrides: readonly Override[];
  /** Epoch milliseconds, on a whole minute. */
  from: number;
  minutes: number;
}

/** One person at each minute, by index. */
interface Track {
  person: Person;
  /** For how many minutes more the person is in hours, at most `MOST_LEFT`; 0: not in hours. */
  left: Uint8Array;
  away: Uint8Array;
  /** Minutes to the nearest edge of a window that takes place. */
  distance: Int32Array;
  /** The index at which the person next comes on, or `NEVER`. */
  nextStart: Int32Array;
}

export interface Situation {
  severity?: 'sev1' | 'sev2' | undefined;
  tried?: readonly string[] | undefined;
  onCall?: readonly string[] | undefined;
  pages?: Readonly<Record<string, number>> | undefined;
  /** Names of those who show a sign of not being there. */
  signs?: readonly string[] | undefined;
  /** Of those in hours the first of the roster, whatever else would set them apart. */
  inOrder?: boolean;
  /** The instant lies inside the minute and not at its start. */
  inside?: boolean;
}

export interface DutyByTheMinute {
  /** Who is asked at the nth minute: by name, with an `!` behind when woken. */
  firstAt(minute: number, situation: Situation): string | null;
  /** Who comes on next after the nth minute: `Ben 2025-08-13T09:00:00+03:00`. */
  nextAt(minute: number): string | null;
  /** Minutes at which something begins, ends, or is 30 minutes from its end. */
  turns(): number[];
}

export function dutyByTheMinute(input: MinuteInput): DutyByTheMinute {
  const first = input.from / 60_000 - MARGIN;
  const tracks = input.people.map((person) => trackOf(person, input, first));
  const texts = new Map<string, string>();
  return {
    firstAt: (minute, situation) =>
      present(tracks, minute + MARGIN, situation) ?? woken(tracks, minute + MARGIN, situation),
    nextAt: (minute) => nextAt(tracks, minute + MARGIN, first, texts),
    turns: () => turnsOf(tracks, input.minutes),
  };
}

function present(tracks: readonly Track[], at: number, situation: Situation): string | null {
  const enough = situation.inside ? 31 : 30;
  let best: { name: string; points: number } | undefined;
  for (const { person, left } of tracks) {
    const rest = left[at] ?? 0;
    if (rest === 0 || situation.tried?.includes(person.name)) continue;
    if (situation.inOrder) return person.name;
    const late = rest < enough ? 1_000_000 : 0;
    const offCall = situation.onCall?.includes(person.name) ? 0 : 1_000;
    const pages = situation.pages?.[person.name] ?? 0;
    const points = late + offCall + pages + signPoints(person.name, situation);
    if (!best || points < best.points) best = { name: person.name, points };
  }
  return best?.name ?? null;
}

/** Less than anything else that sets people apart. */
function signPoints(name: string, { signs }: Situation): number {
  return signs?.includes(name) ? 0.5 : 0;
}

function woken(tracks: readonly Track[], at: number, situation: Situation): string | null {
  const { severity, tried } = situation;
  if (severity === undefined) return null;
  let best: { name: string; distance: number } | undefined;
  for (const track of tracks) {
    const { name, nights } = track.person;
    if (nights !== 'always' && nights !== severity) continue;
    if (track.away[at] || tried?.includes(name)) continue;
    const distance = (track.distance[at] ?? 0) + signPoints(name, situation);
    if (!best || distance < best.distance) best = { name, distance };
  }
  return best ? `${best.name}!` : null;
}

function nextAt(
  tracks: readonly Track[],
  at: number,
  first: number,
  texts: Map<string, string>,
): string | null {
  let best: { person: Person; start: number } | undefined;
  for (const { person, nextStart } of tracks) {
    const start = nextStart[at] ?? NEVER;
    if (start !== NEVER && (!best || start < best.start)) best = { person, start };
  }
  if (!best) return null;
  const key = `${best.person.name} ${best.start}`;
  const text =
    texts.get(key) ?? `${best.person.name} ${isoOnTheWall(best.person.timezone, first + best.start)}`;
  texts.set(key, text);
  return text;
}

function turnsOf(tracks: readonly Track[], minutes: number): number[] {
  const turns = new Set<number>();
  for (let minute = 1; minute < minutes; minute += 1) {
    for (const { left } of tracks) {
      const [before, now] = [left[minute + MARGIN - 1] ?? 0, left[minute + MARGIN] ?? 0];
      if ((before === 0) !== (now === 0) || now === 30 || now === 29) turns.add(minute);
    }
  }
  return [...turns];
}

function trackOf(person: Person, input: MinuteInput, first: number): Track {
  const total = input.minutes + 2 * MARGIN;
  const window = windowsOf(person, wallMinutes(person.timezone, first, total));
  const own = input.overrides.filter((override) => override.person === person.name);
  const on = covered(own, 'on', first, total);
  const away = covered(own, 'off', first, total);
  const left = new Uint8Array(total);
  const nextStart = new Int32Array(total);
  let next = NEVER;
  for (let index = total - 1; index >= 0; index -= 1) {
    const inHours = !away[index] && (on[index] === 1 || window[index] !== 0);
    if (inHours) left[index] = Math.min(MOST_LEFT, (left[index + 1] ?? 0) + 1);
    else if ((left[index + 1] ?? 0) > 0) next = index + 1;
    nextStart[index] = next;
  }
  return { person, left, away, nextStart, distance: distances(window, away) };
}

/** At each minute which of the person's windows it lies in, by a number for each window and day; 0 is none. */
function windowsOf(person: Person, walls: Int32Array): Int32Array {
  const works = new Map<number, boolean>();
  function takesPlace(day: number): boolean {
    const known = works.get(day) ?? worksOn(person, day);
    works.set(day, known);
    return known;
  }
  return walls.map((wall) => {
    const today = Math.floor(wall / DAY);
    for (const day of [today, today - 1]) {
      if (!takesPlace(day)) continue;
      const minute = wall - day * DAY;
      const index = person.hours.findIndex(({ from, to }) => from <= minute && minute < to);
      if (index !== -1) return day * 16 + index + 1;
    }
    return 0;
  });
}

function worksOn(person: Person, day: number): boolean {
  const date = new Date(day * DAY * 60_000);
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const name = names[date.getUTCDay()];
  const { holidays } = person;
  if (holidays && !('dates' in holidays)) throw new Error('holidays must be given as dates here');
  return (
    name !== undefined &&
    person.days.includes(name) &&
    !holidays?.dates.includes(date.toISOString().slice(0, 10))
  );
}

function covered(
  overrides: readonly Override[],
  kind: 'on' | 'off',
  first: number,
  total: number,
): Uint8Array {
  const covers = new Uint8Array(total);
  for (const override of overrides) {
    if (override.kind !== kind) continue;
    const [from, to] = [override.from / 60_000 - first, override.to / 60_000 - first];
    covers.fill(1, Math.max(0, from), Math.max(0, to));
  }
  return covers;
}

/** At each minute how far the nearest begin or end of a window is of which at least a minute is left to the person. */
function distances(window: Int32Array, away: Uint8Array): Int32Array {
  const edges = new Uint8Array(window.length + 1);
  let [begun, attended] = [0, false];
  for (let index = 0; index <= window.length; index += 1) {
    if (index > 0 && window[index] !== window[index - 1]) {
      if (window[index - 1] !== 0 && attended) edges.fill(1, begun, begun + 1).fill(1, index, index + 1);
      [begun, attended] = [index, false];
    }
    if (away[index] === 0) attended = true;
  }
  const distance = new Int32Array(window.length);
  for (let index = 0, since = 1e9; index < window.length; index += 1) {
    since = edges[index] ? 0 : since + 1;
    distance[index] = since;
  }
  for (let index = window.length - 1, until = 1e9; index >= 0; index -= 1) {
    until = edges[index] ? 0 : until + 1;
    distance[index] = Math.min(distance[index] ?? 0, until);
  }
  return distance;
}
