import type { Override, Person } from '../../../src/domain/team.ts';

/** The written rule, minute by minute, with the clocks of Intl: slow, and sharing nothing with the code under test. */

const MINUTE = 60_000;
const MARGIN = 5 * 1440;

export interface MinuteAnswer {
  person: string | null;
  next: string | null;
}

export interface MinuteInput {
  people: readonly Person[];
  overrides: readonly Override[];
  from: number;
  minutes: number;
  severity: 'sev1' | 'sev2' | undefined;
}

interface Track {
  person: Person;
  inHours: boolean[];
  away: boolean[];
  /** Minutes at which a window that takes place begins or ends. */
  edges: number[];
  starts: number[];
}

export function answersByTheMinute(input: MinuteInput): MinuteAnswer[] {
  const tracks = input.people.map((person) => trackOf(person, input));
  const answers: MinuteAnswer[] = [];
  for (let index = 0; index < input.minutes; index += 1) {
    const at = index + MARGIN;
    answers.push({ person: firstAt(tracks, at, input.severity), next: nextAt(tracks, at, input.from) });
  }
  return answers;
}

function firstAt(tracks: Track[], at: number, severity: MinuteInput['severity']): string | null {
  const present = tracks.filter(({ inHours }) => inHours[at]);
  const enough = present.find(({ inHours }) => {
    for (let ahead = 1; ahead < 30; ahead += 1) if (!inHours[at + ahead]) return false;
    return true;
  });
  const chosen = enough ?? present[0];
  if (chosen) return chosen.person.name;
  const willing = tracks.filter(
    ({ person, away }) => !away[at] && severity !== undefined && ['always', severity].includes(person.nights),
  );
  let best: { name: string; distance: number } | undefined;
  for (const track of willing) {
    const distance = Math.min(...nearby(track.edges, at).map((edge) => Math.abs(edge - at)));
    if (!best || distance < best.distance) best = { name: track.person.name, distance };
  }
  return best?.name ?? null;
}

function nextAt(tracks: Track[], at: number, from: number): string | null {
  let best: { track: Track; start: number } | undefined;
  for (const track of tracks) {
    const start = track.starts[after(track.starts, at)];
    if (start !== undefined && (!best || start < best.start)) best = { track, start };
  }
  if (!best) return null;
  const { person } = best.track;
  return `${person.name} ${isoIn(person.timezone, from + (best.start - MARGIN) * MINUTE)}`;
}

function trackOf(person: Person, { overrides, from, minutes }: MinuteInput): Track {
  const own = overrides.filter((override) => override.person === person.name);
  const total = minutes + 2 * MARGIN;
  const inHours: boolean[] = [];
  const away: boolean[] = [];
  const windows: (string | undefined)[] = [];
  const clock = clockOf(person.timezone);
  for (let index = 0; index < total; index += 1) {
    const at = from + (index - MARGIN) * MINUTE;
    const window = windowAt(person, clock(at));
    const off = own.some((one) => one.kind === 'off' && one.from <= at && at < one.to);
    const on = own.some((one) => one.kind === 'on' && one.from <= at && at < one.to);
    windows.push(window);
    away.push(off);
    inHours.push(!off && (on || window !== undefined));
  }
  const edges: number[] = [];
  let begun = 0;
  for (let index = 1; index <= total; index += 1) {
    if (index < total && windows[index] === windows[index - 1]) continue;
    const tookPlace = away.slice(begun, index).some((gone) => !gone);
    if (windows[index - 1] !== undefined && tookPlace) edges.push(begun, index);
    begun = index;
  }
  const starts = inHours.flatMap((present, index) =>
    present && index > 0 && !inHours[index - 1] ? [index] : [],
  );
  return { person, inHours, away, edges: [...new Set(edges)].sort((a, b) => a - b), starts };
}

interface Clock {
  day: string;
  minute: number;
}

function windowAt(person: Person, { day, minute }: Clock): string | undefined {
  const yesterday = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  for (const [index, { from, to }] of person.hours.entries()) {
    if (takesPlace(person, day) && from <= minute && minute < to) return `${day} ${index}`;
    if (takesPlace(person, yesterday) && from <= minute + 1440 && minute + 1440 < to)
      return `${yesterday} ${index}`;
  }
  return undefined;
}

function takesPlace(person: Person, day: string): boolean {
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const name = names[new Date(`${day}T00:00:00Z`).getUTCDay()];
  const holiday = person.holidays && 'dates' in person.holidays && person.holidays.dates.includes(day);
  return name !== undefined && person.days.includes(name) && !holiday;
}

const clocks = new Map<string, Map<number, Clock>>();

function clockOf(zone: string): (at: number) => Clock {
  const known = clocks.get(zone) ?? new Map<number, Clock>();
  clocks.set(zone, known);
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return (at) => {
    const read = known.get(at);
    if (read) return read;
    const text = format.format(at);
    const clock = {
      day: text.slice(0, 10),
      minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
    };
    known.set(at, clock);
    return clock;
  };
}

const isoTexts = new Map<string, string>();

function isoIn(zone: string, at: number): string {
  const key = `${zone} ${at}`;
  const known = isoTexts.get(key) ?? writeIso(zone, at);
  isoTexts.set(key, known);
  return known;
}

function writeIso(zone: string, at: number): string {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(at);
  const offset = Math.round((Date.parse(`${text.replace(' ', 'T')}Z`) - at) / MINUTE);
  const size = Math.abs(offset);
  const clock = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return `${text.replace(' ', 'T')}${offset < 0 ? '-' : '+'}${clock}`;
}

/** The index of the first value above `at`. */
function after(values: readonly number[], at: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function nearby(edges: readonly number[], at: number): number[] {
  const index = after(edges, at);
  return edges.slice(Math.max(0, index - 1), index + 1);
}
