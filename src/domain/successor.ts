import { clockTime, zonePlace } from './clock-words.ts';
import { type Incident, isHere } from './incident.ts';
import { ENOUGH_TIME_MS, membersOf, nextToComeOn } from './on-duty/choose-next.ts';
import { dutySpanAt, nextStart } from './on-duty/duty.ts';
import { overridesOfTeam, personIdOf } from './people.ts';
import { asTyped, mention } from './sentence.ts';
import type { Override, Person, Team } from './team.ts';
import type { Instant, PersonId, Role } from './words.ts';
import { HOUR_MS } from './zone-offsets.ts';

/** Who could take a role, or a sentence without its stop that says why nobody. */
export type Succession =
  | {
      kind: 'person';
      person: PersonId;
      /** Why this one: a clause. */
      reason: string;
      /** When their day starts, if it has not. */
      from?: Instant;
    }
  | { kind: 'nobody'; reason: string };

/** Who said no is not asked again by itself for so long. */
const UNWILLING_MS = 4 * HOUR_MS;

interface Candidate {
  person: Person;
  until: Instant;
  /** When their day starts, if it has not. */
  from?: Instant;
  short: boolean;
  /** Other roles that they hold. */
  busy: number;
}

/**
 * Who takes a role over: somebody of its roster, or of the team, who is in hours at `at` (now, or the end of the
 * holder's day), with time left, on duty already, with no other role, first in the file. Nobody is woken.
 */
export function successorFor(
  team: Team,
  incident: Incident,
  role: Role,
  { asked = [], now, at = now }: { asked?: readonly PersonId[]; now: Instant; at?: Instant },
): Succession {
  const overrides = overridesOfTeam(team);
  const fitting = membersWhoFit(team, incident, role).filter((person) => {
    const id = personIdOf(person);
    return !asked.includes(id) && !isUnwilling(incident, role, id, now);
  });
  const [first, second] = fitting
    .flatMap((person) => candidate(incident, role, person, { now, at, overrides }))
    // The sort is stable: what compares equal stays in the order of the file.
    .toSorted(
      (a, b) =>
        Number(a.short) - Number(b.short) ||
        Number(a.from !== undefined) - Number(b.from !== undefined) ||
        a.busy - b.busy,
    );
  if (!first) return nobody(team, role, fitting, { now, overrides });
  const person = personIdOf(first.person);
  const reason = `${hoursWords(first, team.timezone)}, ${whyFirst(first, second, team, role)}`;
  return { kind: 'person', person, reason, ...(first.from === undefined ? {} : { from: first.from }) };
}

/** Those of a role's roster who can answer here; of a private incident only those who are in it. */
function membersWhoFit(team: Team, incident: Incident, role: Role): Person[] {
  const roster = rosterOf(team, role);
  const people = roster ? membersOf(roster, team.people) : team.people;
  return people.filter((person) => {
    const id = personIdOf(person);
    if (person.slack === undefined || id === incident.roles[role]) return false;
    return !incident.left?.includes(id) && (!incident.private || isHere(incident, id));
  });
}

function rosterOf(team: Team, role: Role) {
  const name = Object.hasOwn(team.roles, role) ? team.roles[role]?.roster : undefined;
  return name === undefined ? undefined : team.rosters[name];
}

function isUnwilling({ handoffs }: Incident, role: Role, person: PersonId, now: Instant): boolean {
  return Object.values(handoffs).some(
    (handoff) =>
      handoff.role === role &&
      handoff.to === person &&
      handoff.state === 'declined' &&
      now - (handoff.settledAt ?? handoff.offeredAt) < UNWILLING_MS,
  );
}

interface Times {
  now: Instant;
  at: Instant;
  overrides: readonly Override[];
}

function candidate(
  incident: Incident,
  role: Role,
  person: Person,
  { now, at, overrides }: Times,
): Candidate[] {
  const span = dutySpanAt(person, at, overrides);
  if (!span) return [];
  const onNow = at === now || dutySpanAt(person, now, overrides) !== undefined;
  const from = onNow ? undefined : nextStart(person, now, overrides);
  const others = Object.entries(incident.roles).filter(
    ([name, holder]) => name !== role && holder === personIdOf(person),
  );
  const found: Candidate = {
    person,
    until: span.to,
    short: span.to - at < ENOUGH_TIME_MS,
    busy: others.length,
    ...(from === undefined ? {} : { from }),
  };
  return [found];
}

function hoursWords({ person, until, from }: Candidate, zone: string): string {
  const place = zonePlace(person.timezone);
  if (from === undefined) return `in hours in ${place} until ${clockTime(until, person.timezone)}`;
  return `whose day in ${place} starts at ${inBothZones(from, person, zone)}`;
}

function inBothZones(at: Instant, person: Person, zone: string): string {
  const [theirs, ours] = [clockTime(at, person.timezone), clockTime(at, zone)];
  return theirs === ours ? theirs : `${theirs} (${ours})`;
}

/** What set the first apart from the next best. */
function whyFirst(first: Candidate, second: Candidate | undefined, team: Team, role: Role): string {
  if (!second) return 'nobody else fits';
  if (first.short !== second.short) return 'the others are nearly off';
  if ((first.from === undefined) !== (second.from === undefined)) return 'on duty already';
  if (first.busy < second.busy) return first.busy === 0 ? 'holds no other role' : 'holds fewer roles';
  const roster = rosterOf(team, role);
  return roster ? `first of the ${asTyped(roster.name)} roster` : 'first in the team’s file';
}

function nobody(
  team: Team,
  role: Role,
  fitting: readonly Person[],
  { now, overrides }: Pick<Times, 'now' | 'overrides'>,
): Succession {
  const roster = rosterOf(team, role);
  const whom = roster ? `the ${asTyped(roster.name)} roster` : 'the team';
  const next = nextToComeOn(fitting, { overrides }, new Date(now));
  const then = next
    ? `; ${mention(personIdOf(next.person))} comes on next, at ${inBothZones(next.from.getTime(), next.person, team.timezone)}`
    : '';
  return {
    kind: 'nobody',
    reason: `Nobody else of ${whom} can be asked now${then}`,
  };
}
