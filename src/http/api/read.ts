import type { Core } from '../../core.ts';
import { isoWithOffset } from '../../domain/clock-words.ts';
import { personIdOf } from '../../domain/people.ts';
import type { Team } from '../../domain/team.ts';
import { readWhen } from '../../domain/when.ts';
import type { Actor, Moment, PersonId } from '../../domain/words.ts';
import { ApiProblem } from './route.ts';
import type { AskedBy, AskedTime } from './shapes.ts';

const FUTURE_ALLOWED_MS = 5 * 60_000;

/** Who does it: a person of the team's file, a service that names itself, or the API. */
export function actorOf(team: Team, by: AskedBy | undefined): Actor {
  if (by === undefined) return { kind: 'service', name: 'API' };
  if (typeof by !== 'string') return { kind: 'service', name: by.service.trim() };
  return { kind: 'person', id: memberCalled(team, by, 'by') };
}

/** A person of the team's file, by name or e-mail address. @throws ApiProblem when nobody is called so. */
export function memberCalled(team: Team, called: string, place: string): PersonId {
  const found = findMember(team, called);
  if (found) return found;
  throw new ApiProblem(
    422,
    `${place}: nobody in the team's file has the name or e-mail address “${called.trim()}”. Give one that stands there${place === 'by' ? ', or a service: {"service": "name"}' : ''}.`,
  );
}

/** Somebody by name: of the team's file, or from outside. */
export function anybodyCalled(team: Team, called: string): PersonId {
  return findMember(team, called) ?? `name:${called.trim()}`;
}

function findMember(team: Team, called: string): PersonId | undefined {
  const wanted = called.trim().toLowerCase();
  const member = team.people.find(
    ({ name, email }) => name.toLowerCase() === wanted || email?.toLowerCase() === wanted,
  );
  return member ? personIdOf(member) : undefined;
}

/** The time of a request: an instant, or words as people type them. @throws ApiProblem with the readings to choose from. */
export function momentOf(core: Pick<Core, 'store' | 'team'>, asked: AskedTime): Moment | undefined {
  const { at, until, approximate } = asked;
  const now = core.store.now();
  if (asked.when !== undefined) {
    if (at !== undefined || until !== undefined) {
      throw new ApiProblem(422, 'Give `at` (with `until`) or `when`, not both.');
    }
    return typedMoment(core, asked.when, asked.timezone ?? core.team.timezone, approximate);
  }
  if (at === undefined) {
    if (until !== undefined || approximate !== undefined) {
      throw new ApiProblem(422, '`until` and `approximate` need `at`: the time that they belong to.');
    }
    return undefined;
  }
  if (until !== undefined && until < at) throw new ApiProblem(422, '`until` must not be before `at`.');
  if ((until ?? at) > now.getTime() + FUTURE_ALLOWED_MS) {
    throw new ApiProblem(
      422,
      `${isoWithOffset(until ?? at, 'UTC')} is still to come; a time in the timeline has passed.`,
    );
  }
  return { at, ...(until === undefined ? {} : { until }), ...(approximate ? { approximate } : {}) };
}

function typedMoment(
  { store, team }: Pick<Core, 'store' | 'team'>,
  when: string,
  zone: string,
  approximate: boolean | undefined,
): Moment {
  const read = readWhen(when, { now: store.now(), zone, teamZone: team.timezone });
  if ('question' in read) {
    const choices = read.options.map(({ label, at, until }) => ({
      label,
      at: isoWithOffset(at, zone),
      ...(until ? { until: isoWithOffset(until, zone) } : {}),
    }));
    throw new ApiProblem(422, `${read.question} Send one of the choices as \`at\`.`, { choices });
  }
  if ('problem' in read) throw new ApiProblem(422, `when: ${read.problem}.`);
  if ('none' in read || read.rest.trim() !== '') {
    throw new ApiProblem(
      422,
      `when: “${when.trim()}” is no time. Write 17:32, ca. 17:30, 17:30-17:45 or 2025-08-12 17:32.`,
    );
  }
  return {
    at: read.at.getTime(),
    ...(read.until ? { until: read.until.getTime() } : {}),
    ...(read.approximate || approximate ? { approximate: true } : {}),
  };
}
