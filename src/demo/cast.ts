import type { Case } from '../domain/case/schema.ts';
import { personIdOf } from '../domain/people.ts';
import type { Person, Team } from '../domain/team.ts';
import type { Person as SlackPerson } from '../stand-ins/slack/types.ts';

/** Who plays whom in a replay: each role of a case is a person of the demo's team or of the community. */
export interface Cast {
  people: SlackPerson[];
  /** The Slack id of whoever plays a role; the responder where the case names nobody. */
  playerOf(role: string | undefined, person: string | undefined): string;
  responder: string;
  communications: string;
  nameOf(id: string): string;
}

const COMMUNITY_ZONE = 'America/New_York';

/** Fills the roles of a case: named people of the community come as guests of their own. */
export function castOf(story: Case, team: Team): Cast {
  const guests = new Map<string, SlackPerson>();
  for (const { person } of story.entries) {
    if (person !== undefined && !guests.has(person)) guests.set(person, guestCalled(person, guests.size + 1));
  }
  const [responder, second, operations, ...leads] = team.people.map(personIdOf);
  const lead = leads.at(-1) ?? responder;
  const fallback = responder ?? '';
  return {
    people: [...team.people.map(asSlackPerson), ...guests.values()],
    responder: fallback,
    communications: operations ?? fallback,
    playerOf(role, person) {
      const guest = person === undefined ? undefined : guests.get(person);
      if (guest) return guest.id;
      const words = role?.toLowerCase() ?? '';
      if (/second|another/.test(words)) return second ?? fallback;
      if (/people|communication|liaison|support/.test(words)) return operations ?? fallback;
      if (/tech|lead/.test(words)) return lead ?? fallback;
      return fallback;
    },
    nameOf: (id) =>
      team.people.find((person) => personIdOf(person) === id)?.name ??
      [...guests.values()].find((guest) => guest.id === id)?.realName ??
      id,
  };
}

function asSlackPerson(person: Person): SlackPerson {
  const handle = person.name.split(' ')[0]?.toLowerCase() ?? person.name;
  return {
    id: personIdOf(person),
    name: handle,
    realName: person.name,
    displayName: handle,
    tz: person.timezone,
    email: person.email ?? `${handle}@example.org`,
  };
}

function guestCalled(name: string, number: number): SlackPerson {
  const handle = name.split(' ')[0]?.toLowerCase() ?? name;
  return {
    id: `U0GUEST${number}`,
    name: handle,
    realName: name,
    displayName: handle,
    tz: COMMUNITY_ZONE,
    email: `${handle}@example.edu`,
  };
}
