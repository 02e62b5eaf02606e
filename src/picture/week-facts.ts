import { clockParts } from '../domain/clock-words.ts';
import { membersOf } from '../domain/on-duty/choose-next.ts';
import { type Coverage, coverageOf } from '../domain/on-duty/coverage.ts';
import { type DayOff, daysOff } from '../domain/on-duty/days-off.ts';
import { dutySpansIn } from '../domain/on-duty/duty.ts';
import { type FirstChoice, firstChoiceOverTime } from '../domain/on-duty/first-choice-over-time.ts';
import { localDays } from '../domain/on-duty/weeks.ts';
import type { Person, Team } from '../domain/team.ts';
import { offsetAt, type Span } from '../domain/zone-offsets.ts';

/** One person's week. */
export interface PersonWeek {
  person: Person;
  spans: Span[];
  off: DayOff[];
  /** Local days, Monday to Friday, that are none of their days. */
  freeDays: Span[];
  /** How far their clock is ahead of the team's when the week begins, in milliseconds. */
  ahead: number;
}

export interface WeekFacts {
  week: Span;
  first: FirstChoice[];
  coverage: Coverage;
  people: PersonWeek[];
}

/** What the picture of a roster's week shows. */
export function weekFacts(team: Team, rosterName: string, week: Span): WeekFacts {
  const roster = team.rosters[rosterName];
  const [from, to] = [new Date(week.from), new Date(week.to)];
  const members = roster ? membersOf(roster, team.people) : [];
  const overrides = roster?.overrides ?? [];
  return {
    week,
    first: roster ? firstChoiceOverTime(team, rosterName, from, to) : [],
    coverage: coverageOf(team, rosterName, from, to),
    people: members.map((person) => ({
      person,
      spans: dutySpansIn(person, week, overrides),
      off: daysOff(person, week, overrides),
      freeDays: freeDaysOf(person, week),
      ahead: offsetAt(person.timezone, week.from) - offsetAt(team.timezone, week.from),
    })),
  };
}

function freeDaysOf({ timezone, days }: Person, week: Span): Span[] {
  return localDays(timezone, week).filter(({ from }) => {
    const weekday = clockParts(from, timezone).weekday;
    return !['Sat', 'Sun'].includes(weekday) && !days.some((day) => day === weekday.toLowerCase());
  });
}
