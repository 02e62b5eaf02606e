import type { Person, Roster, Service, Severity } from '../team.ts';
import type { PersonId } from '../words.ts';

/** The part of the team's file that a report reads. */
export interface ReportTeam {
  people: readonly Pick<Person, 'name' | 'title' | 'slack' | 'github' | 'email'>[];
  rosters: Readonly<Record<string, Pick<Roster, 'members'>>>;
  severities: Readonly<Partial<Record<string, Pick<Severity, 'label'>>>>;
  services: readonly Pick<Service, 'name' | 'communities'>[];
  report: { namesFromOutside: boolean };
  /** What the team calls its roles. */
  roles?: Readonly<Partial<Record<string, { label: string }>>>;
}

export type ReportPerson = ReportTeam['people'][number];

/** What people are called where no public label stands for them. */
export interface ReportNames {
  person(id: PersonId): string;
  /** Further names of theirs: a display name, a handle. None of them may stand in a public report either. */
  otherNames?(id: PersonId): readonly string[];
  /** What a channel is called, if that is known. */
  channel?(id: string): string | undefined;
}

/** A team of which nothing is known. */
export const NO_TEAM: ReportTeam = {
  people: [],
  rosters: {},
  severities: {},
  services: [],
  report: { namesFromOutside: false },
};

/** The member of the team behind an id: by their Slack id, or by their name. */
export function memberOf(team: ReportTeam, id: PersonId, names: ReportNames): ReportPerson | undefined {
  const name = plainName(id, names);
  return (
    team.people.find((person) => person.slack === id) ?? team.people.find((person) => person.name === name)
  );
}

/** `name:Ana` → `Ana`; everybody else as the names have it. */
export function plainName(id: PersonId, names: ReportNames): string {
  return id.startsWith('name:') ? id.slice('name:'.length) : names.person(id);
}
