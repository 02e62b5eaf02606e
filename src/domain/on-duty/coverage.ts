import type { Person, Roster, Team } from '../team.ts';
import { DAY_MS, HOUR_MS, type Span } from '../zone-offsets.ts';
import { membersOf } from './choose-next.ts';
import { type ClockChange, clockChanges } from './clock-changes.ts';
import { type DayOff, daysOff } from './days-off.ts';
import { dutySpansIn } from './duty.ts';
import { type FirstChoice, firstChoiceOverTime } from './first-choice-over-time.ts';
import { clipSpans, mergeSpans, subtractSpans } from './spans.ts';
import { weeksOf } from './weeks.ts';

/** How far ahead people look without being told otherwise. */
export const AHEAD_MS = 60 * DAY_MS;

/** Who is first choice for longer than this in one week has more than a working week of it. */
const OVERLOAD_MS = 45 * HOUR_MS;
/** Who is first choice for more than this part of the hours that anybody covers carries the week. */
const OVERLOAD_SHARE = 2 / 3;

export interface Overload {
  person: string;
  ms: number;
  /** Of the week's hours in which anybody is in hours. */
  share: number;
}

export interface PersonOff {
  person: string;
  days: DayOff[];
}

/** A week of the team's zone, as far as it was asked about. */
export interface WeekAhead extends Span {
  /** How long nobody is in hours. */
  nobodyMs: number;
  /** Of the holes that begin in this week; it may end in the next. */
  longestHole?: Span;
  off: PersonOff[];
  /** This and the overload are judged by the whole week, also where only a part of it was asked about. */
  changes: ClockChange[];
  overloads: Overload[];
}

/** A time at which somebody would usually be in hours, and nobody is. */
export interface UnusualHole extends Span {
  missing: { person: string; why: DayOff['why'] }[];
}

export interface Coverage {
  holes: Span[];
  unusualHoles: UnusualHole[];
  weeks: WeekAhead[];
}

type CoverTeam = Pick<Team, 'people' | 'rosters' | 'timezone'>;

/**
 * What a roster has in store between two instants, from the team's file alone: when nobody is in hours, whose days
 * off leave a hole, weeks in which clocks change, and who carries too much of a week.
 */
export function coverageOf(team: CoverTeam, rosterName: string, from: Date, to: Date): Coverage {
  const roster = team.rosters[rosterName];
  if (!roster) return { holes: [], unusualHoles: [], weeks: [] };
  const range = { from: from.getTime(), to: to.getTime() };
  const members = membersOf(roster, team.people);
  const covered = coverOf(members, roster, range);
  const holes = subtractSpans([range], covered);
  const weeks = weeksOf(team.timezone, range);
  const [first, last] = [weeks[0], weeks.at(-1)];
  const choices =
    first && last ? firstChoiceOverTime(team, rosterName, new Date(first.from), new Date(last.to)) : [];
  const zones = [team.timezone, ...members.map(({ timezone }) => timezone)];
  return {
    holes,
    unusualHoles: unusualHolesIn(members, roster, range, covered),
    weeks: weeks.map((week) => {
      const part = { from: Math.max(week.from, range.from), to: Math.min(week.to, range.to) };
      const longest = longestOf(holes.filter((hole) => hole.from >= part.from && hole.from < part.to));
      return {
        ...part,
        nobodyMs: lengthOf(clipSpans(holes, part)),
        ...(longest ? { longestHole: longest } : {}),
        changes: clockChanges(zones, week),
        off: members.flatMap((person) => offIn(person, roster, part)),
        overloads: members.length > 1 ? overloadsIn(week, choices) : [],
      };
    }),
  };
}

/** When anybody is in hours. */
function coverOf(members: readonly Person[], roster: Pick<Roster, 'overrides'>, range: Span): Span[] {
  return mergeSpans(members.flatMap((person) => dutySpansIn(person, range, roster.overrides)));
}

function unusualHolesIn(
  members: readonly Person[],
  roster: Roster,
  range: Span,
  covered: readonly Span[],
): UnusualHole[] {
  const usual = members.map(({ holidays: _, ...person }): Person => person);
  return subtractSpans(coverOf(usual, { overrides: [] }, range), covered).map((hole) => {
    const missing = members.flatMap((person) => {
      const days = daysOff(person, hole, roster.overrides);
      const day = days.find(({ missed }) => clipSpans(missed, hole).length > 0);
      return day ? [{ person: person.name, why: day.why }] : [];
    });
    return { ...hole, missing };
  });
}

function offIn(person: Person, roster: Roster, part: Span): PersonOff[] {
  const days = daysOff(person, part, roster.overrides).filter(({ missed }) =>
    missed.some(({ from }) => from >= part.from && from < part.to),
  );
  return days.length > 0 ? [{ person: person.name, days }] : [];
}

function overloadsIn(week: Span, choices: readonly FirstChoice[]): Overload[] {
  const byPerson = new Map<string, number>();
  let covered = 0;
  for (const { person, from, to } of choices) {
    if (person === null) continue;
    const ms = lengthOf(clipSpans([{ from: from.getTime(), to: to.getTime() }], week));
    byPerson.set(person, (byPerson.get(person) ?? 0) + ms);
    covered += ms;
  }
  return [...byPerson]
    .map(([person, ms]) => ({ person, ms, share: covered === 0 ? 0 : ms / covered }))
    .filter(({ ms, share }) => ms > OVERLOAD_MS || share > OVERLOAD_SHARE);
}

function longestOf(spans: readonly Span[]): Span | undefined {
  return spans.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
