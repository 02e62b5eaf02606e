import type { Override, Person, Roster, Team, Window } from '../../../src/domain/team.ts';

const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Somebody in London from nine to half past five on workdays, unless said otherwise. */
export function person(name: string, changes: Partial<Person> = {}): Person {
  return {
    name,
    timezone: 'Europe/London',
    hours: [hours('09:00-17:30')],
    days: WORKDAYS,
    nights: 'never',
    ...changes,
  };
}

export function roster(members: readonly Person[], overrides: readonly Override[] = []): Roster {
  return { name: 'tech-lead', members: members.map(({ name }) => name), rounds: 1, overrides };
}

/** `22:00-06:00` as minutes of the local day; an end before the start lies in the next day. */
export function hours(text: string): Window {
  const [from = 0, to = 0] = text.split('-').map((clock) => {
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { from, to: to > from ? to : to + 1440 };
}

export function override(who: string, kind: Override['kind'], from: string, to: string): Override {
  return { person: who, kind, from: Date.parse(from), to: Date.parse(to) };
}

/** A team as far as duty asks for it. */
export function teamOf(
  people: Person[],
  overrides: readonly Override[] = [],
): Pick<Team, 'people' | 'rosters'> {
  return { people, rosters: { 'tech-lead': roster(people, overrides) } };
}
