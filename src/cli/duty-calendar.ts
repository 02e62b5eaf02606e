import { clockTime, dayWords, duration, hourMinute, localDate } from '../domain/clock-words.ts';
import { coverageOf, type WeekAhead } from '../domain/on-duty/coverage.ts';
import {
  OVERLOAD_RULE,
  offWords,
  overloadWords,
  unusualHoleWords,
} from '../domain/on-duty/coverage-words.ts';
import type { FirstChoice } from '../domain/on-duty/first-choice-over-time.ts';
import { localDays, mondayOf } from '../domain/on-duty/weeks.ts';
import type { Team } from '../domain/team.ts';
import type { SeverityName } from '../domain/words.ts';
import type { Span } from '../domain/zone-offsets.ts';

interface Turn extends Span {
  person: string | null;
}

/** Who would be paged first, day by day in the team's zone, with holes, days off, overload and changes of clocks marked. */
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
  const { weeks, unusualHoles } = coverageOf(team, rosterName, new Date(first.from), new Date(last.to));
  for (const week of weeks) {
    lines.push('', ...weekHead(zone, week));
    for (const day of localDays(zone, week)) lines.push(...dayLines(zone, day, turns));
  }
  lines.push('', ...holesInWords(zone, turns));
  for (const hole of unusualHoles)
    lines.push(`Unlike in other weeks: ${unusualHoleWords(hole, zone, asIs)}.`);
  if (weeks.some(({ overloads }) => overloads.length > 0)) lines.push(OVERLOAD_RULE);
  return lines.join('\n');
}

function asIs(name: string): string {
  return name;
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

function weekHead(zone: string, { from, changes, off, overloads }: WeekAhead): string[] {
  const monday = mondayOf(zone, from);
  const head = `Week of ${dayWords(monday, 'UTC')} ${localDate(monday, 'UTC').slice(0, 4)}`;
  return [
    changes.length > 0 ? `${head}  ** DST week **` : head,
    ...changes.map((change) => `  clocks change: ${change.zone} ${change.words}`),
    ...off.map((person) => `  off: ${offWords(person, asIs)}`),
    ...overloads.map((overload) => `  overload: ${overloadWords(overload, asIs)}`),
  ];
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
