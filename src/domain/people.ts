import type { Override, Person, Team } from './team.ts';
import type { PersonId } from './words.ts';

/** How the incident knows somebody of the team's file. */
export function personIdOf(person: Pick<Person, 'name' | 'slack'>): PersonId {
  return person.slack ?? `name:${person.name}`;
}

export function memberById(team: Pick<Team, 'people'>, id: PersonId): Person | undefined {
  return team.people.find((person) => personIdOf(person) === id);
}

/** The name in the team's file, or the name in the id of somebody without an account. */
export function nameOf(team: Pick<Team, 'people'>, id: PersonId): string {
  return memberById(team, id)?.name ?? id.replace(/^name:/, '');
}

/** Every override of every roster: who is away is away for all of them. */
export function overridesOfTeam(team: Pick<Team, 'rosters'>): Override[] {
  return Object.values(team.rosters).flatMap(({ overrides }) => overrides);
}
