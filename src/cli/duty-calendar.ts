import {
  clockTime,
  dayWords,
  duration,
  hourMinute,
  localDate,
  zoneAbbreviation,
} from '../domain/clock-words.ts';
import { membersOf } from '../domain/on-duty/choose-next.ts';
import type { FirstChoice } from '../domain/on-duty/first-choice-over-time.ts';
import type { Team } from '../domain/team.ts';
import type { SeverityName } from '../domain/words.ts';
import { DAY_MS, offsetSegments, type Span, wallClock, wallSpanToInstants } from '../domain/zone-offsets.ts';

interface Turn extends Span {
  person: string | null;
}

/** Who would be paged first, day by day in the team's zone, with holes and the weeks in which clocks change marked. */
export function drawDutyCalendar(
  team: Team,
  rosterName: string,
  choices: readonly FirstChoice[],
  severity: SeverityName | undefined,
): string {
  const turns = joinTurns(choices);
  const [first, last] = [turns[0], turns.at(-1)];
  if (!first || !last) return '';
  const zone = team.timezone;
  const woken =
    severity === undefined ? 'people in hours only' : `${severity}, with those who agreed to be woken`;
  const lines = [`${rosterName}: who is paged first (${woken}), times in ${zone}`];
  const changes = clockChanges(team, rosterName, { from: first.from, to: last.to });
  let week: number | undefined;
  for (const day of localDays(zone, { from: first.from, to: last.to })) {
    const monday = mondayOf(zone, day.from);
    if (monday !== week) lines.push('', ...weekHead(zone, monday, changes));
    week = monday;
    lines.push(...dayLines(zone, day, turns));
  }
  return [...lines, '', ...holesInWords(zone, turns)].join('\n');
}

/** The calendar shows who; that somebody else comes next is no new line. */
function joinTurns(choices: readonly FirstChoice[]): Turn[] {
  const turns: Turn[] = [];
  for (const { person, from, to } of choices) {
    const last = turns.at(-1);
    if (last && last.person === person) last.to = to.getTime();
    else turns.push({ person, from: from.getTime(), to: to.getTime() });
  }
  return turns;
}

function localDays(zone: string, range: Span): Span[] {
  const days: Span[] = [];
  for (let wall = startOfDay(wallClock(zone, range.from)); ; wall += DAY_MS) {
    const instants = wallSpanToInstants(zone, wall, wall + DAY_MS);
    const [first, last] = [instants[0], instants.at(-1)];
    if (first && first.from >= range.to) return days;
    if (first && last && last.to > range.from) days.push({ from: first.from, to: last.to });
  }
}

function dayLines(zone: string, day: Span, turns: readonly Turn[]): string[] {
  const rows = turns.filter(({ from, to }) => from < day.to && to > day.from);
  return rows.map((turn, index) => {
    const from = Math.max(turn.from, day.from);
    const to = Math.min(turn.to, day.to);
    const name = index === 0 ? dayWords(day.from, zone) : '';
    const end = to === day.to ? '24:00' : hourMinute(to, zone);
    const who = turn.person ?? '(nobody)';
    const mark = turn.person === null ? `  hole of ${duration(turn.to - turn.from)}` : '';
    return `  ${name.padEnd(11)} ${hourMinute(from, zone)}-${end}  ${who}${mark}`;
  });
}

interface ClockChange {
  at: number;
  words: string;
}

/** Every change of the clocks of the team and of the roster's members. */
function clockChanges(team: Team, rosterName: string, range: Span): ClockChange[] {
  const roster = team.rosters[rosterName];
  const members = roster ? membersOf(roster, team.people) : [];
  const zones = new Set([team.timezone, ...members.map(({ timezone }) => timezone)]);
  const changes: ClockChange[] = [];
  for (const zone of zones) {
    const segments = offsetSegments(zone, range.from - 7 * DAY_MS, range.to + 7 * DAY_MS);
    for (const [index, segment] of segments.entries()) {
      const before = segments[index - 1];
      if (!before || before.offset === segment.offset) continue;
      const at = segment.from;
      // What the clocks would have shown had they not been changed.
      const unchanged = hourMinute(at + before.offset, 'UTC');
      const old = `${dayWords(at + before.offset, 'UTC')} ${unchanged} ${zoneAbbreviation(at - 1, zone)}`;
      changes.push({ at, words: `${zone} ${old} → ${clockTime(at, zone)}` });
    }
  }
  return changes.sort((a, b) => a.at - b.at);
}

function weekHead(zone: string, monday: number, changes: readonly ClockChange[]): string[] {
  const inWeek = changes.filter(({ at }) => mondayOf(zone, at) === monday);
  const head = `Week of ${dayWords(monday, 'UTC')} ${localDate(monday, 'UTC').slice(0, 4)}`;
  if (inWeek.length === 0) return [head];
  return [`${head}  ** DST week **`, ...inWeek.map(({ words }) => `  clocks change: ${words}`)];
}

function holesInWords(zone: string, turns: readonly Turn[]): string[] {
  const holes = turns.filter(({ person }) => person === null);
  const [longest] = holes.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  if (!longest) return ['No holes: somebody is there at every minute.'];
  const total = duration(holes.reduce((sum, { from, to }) => sum + to - from, 0));
  const count = holes.length === 1 ? '1 hole' : `${holes.length} holes, together ${total}`;
  const from = `${dayWords(longest.from, zone)} ${clockTime(longest.from, zone)}`;
  return [`${count}; the longest is ${duration(longest.to - longest.from)} from ${from}.`];
}

function startOfDay(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}

/** Midnight of the week's Monday as a wall clock. Day 0 of the count was a Thursday. */
function mondayOf(zone: string, at: number): number {
  const day = startOfDay(wallClock(zone, at)) / DAY_MS;
  return (day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS;
}
