import { dayWords, duration, hourMinute, localDate, zoneAbbreviation, zonePlace } from '../clock-words.ts';
import { listed } from '../sentence.ts';
import { DAY_MS, HOUR_MS, type Span } from '../zone-offsets.ts';
import type { Coverage, Overload, PersonOff, UnusualHole, WeekAhead } from './coverage.ts';
import type { DayOff } from './days-off.ts';

/** How a person of the team's file is called where the words are read. */
export type CallPerson = (name: string) => string;

export const OVERLOAD_RULE =
  'Overload: first choice for more than 45h of a week, or for more than two thirds of the time in which anybody is in hours.';

/** `Sat 23 Aug 01:00 – Mon 25 Aug 07:00 BST`; one date when it stays inside a day. */
export function spanWords({ from, to }: Span, zone: string): string {
  const before = zoneAbbreviation(from, zone);
  const after = zoneAbbreviation(to, zone);
  const start = `${dayWords(from, zone)} ${hourMinute(from, zone)}`;
  const first = before === after ? start : `${start} ${before}`;
  const isDay = localDate(from, zone) === localDate(to - 1, zone);
  if (isDay) return `${first}–${endOfDay(to, zone)} ${after}`;
  return `${first} – ${dayWords(to, zone)} ${hourMinute(to, zone)} ${after}`;
}

/** `nobody for 83h, longest Sat 23 Aug 01:00 – Mon 25 Aug 07:00 BST (54h)` */
export function nobodyWords(week: Pick<WeekAhead, 'nobodyMs' | 'longestHole'>, zone: string): string {
  if (week.nobodyMs === 0) return 'somebody at every minute';
  const total = `nobody for ${inHours(week.nobodyMs)}`;
  const hole = week.longestHole;
  return hole ? `${total}, longest ${spanWords(hole, zone)} (${inHours(hole.to - hole.from)})` : total;
}

/** `Mon 25 Aug 08:00–09:00 BST: nobody, because Ben has a holiday` */
export function unusualHoleWords(hole: UnusualHole, zone: string, call: CallPerson): string {
  const reasons = hole.missing.map(({ person, why }) =>
    why === 'holiday' ? `${call(person)} has a holiday` : `${call(person)} is away`,
  );
  const because = reasons.length > 0 ? `, because ${listed(reasons)}` : '';
  return `${spanWords(hole, zone)}: nobody${because}`;
}

/** `Ben (holiday Mon 25 Aug)`, `Chitra (away Tue 12 – Fri 15 Aug)` */
export function offWords({ person, days }: PersonOff, call: CallPerson): string {
  const runs: DayOff[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && last.why === day.why && day.wall - last.wall === DAY_MS) run.push(day);
    else runs.push([day]);
  }
  return `${call(person)} (${runs.map(runWords).join(', ')})`;
}

/** `Ana is first choice for 51h, 80% of the time in hours` */
export function overloadWords({ person, ms, share }: Overload, call: CallPerson): string {
  return `${call(person)} is first choice for ${inHours(ms)}, ${Math.round(share * 100)}% of the time in which anybody is in hours`;
}

/** `London Sun 26 Oct 02:00 BST → 01:00 GMT` */
export function clockChangeWords({ zone, words }: WeekAhead['changes'][number]): string {
  return `${zonePlace(zone)} ${words}`;
}

/** Hours first: `54h`, `8h 30m`; holes are compared with working hours, not with days. */
export function inHours(ms: number): string {
  if (ms < DAY_MS) return duration(ms);
  const minutes = Math.floor((ms % HOUR_MS) / 60_000);
  return `${Math.floor(ms / HOUR_MS)}h${minutes > 0 ? ` ${minutes}m` : ''}`;
}

function runWords(run: readonly DayOff[]): string {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return '';
  const start = dayWords(first.wall, 'UTC');
  if (first === last) return `${first.why} ${start}`;
  const end = dayWords(last.wall, 'UTC');
  const sameMonth = start.slice(-3) === end.slice(-3);
  return `${first.why} ${sameMonth ? start.slice(0, -4) : start} – ${end}`;
}

function endOfDay(to: number, zone: string): string {
  const end = hourMinute(to, zone);
  return end === '00:00' ? '24:00' : end;
}

/** A line about one stretch of days: how long nobody is there, what is unlike other weeks, who is off, which clocks change. */
export function stretchWords(coverage: Coverage, stretch: Span, zone: string, call: CallPerson): string {
  const { holes, unusualHoles, weeks } = coverage;
  const nobodyMs = holes.reduce((sum, { from, to }) => sum + to - from, 0);
  const [longestHole] = holes.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  const unusual = unusualHoles.map((hole) => unusualHoleWords(hole, zone, call));
  const off = weeks.flatMap((week) => week.off).map((person) => offWords(person, call));
  const changes = weeks
    .flatMap((week) => week.changes)
    .filter(({ at }) => at >= stretch.from && at < stretch.to);
  const sentences = [
    nobodyWords({ nobodyMs, ...(longestHole ? { longestHole } : {}) }, zone),
    ...(unusual.length > 0 ? [`unlike in other weeks, ${unusual.join('; ')}`] : []),
    ...(off.length > 0 ? [`off: ${off.join(', ')}`] : []),
    ...(changes.length > 0 ? [`clocks change: ${changes.map(clockChangeWords).join(', ')}`] : []),
  ];
  return sentences.map((sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`).join(' ');
}
