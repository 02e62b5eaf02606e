import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { changeIncident, type Outcome, type Reads } from '../../actions/change.ts';
import type { Core } from '../../core.ts';
import type { Decision } from '../../domain/decision.ts';
import type { Fact } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import { isPermitted, type Verb } from '../../domain/permitted.ts';
import { incidentName, type PersonId } from '../../domain/words.ts';
import { incidentByNumber } from '../../store/incidents.ts';
import type { ToldProblem } from './shapes.ts';

/** An address of the API. The OpenAPI document and the router are both made of these. */
export interface Route<Query, Body> {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** Below `/api/v1`: `/incidents/{number}/entries/{id}`. */
  path: string;
  /** What the document calls it. */
  name: string;
  says: string;
  query?: z.ZodObject & z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** A shape, or the bytes of a file. */
  answer: z.ZodType | 'bytes';
  status?: 200 | 201 | 202;
  /** Beside 400, 401, 413 and 503, which any can have. */
  problems: readonly (403 | 404 | 409 | 422)[];
  handle(call: Call<Query, Body>): Promise<Reply>;
}

export type AnyRoute = Route<never, never>;

/** Takes the types off a route, so that all of them stand in one table. The router parses before it calls. */
export function route<Query, Body>(given: Route<Query, Body>): AnyRoute {
  return given as unknown as AnyRoute;
}

export interface Call<Query, Body> {
  core: Core;
  path: { number: number; id: string };
  query: Query;
  body: Body;
  once: Once | undefined;
  /** What people are called, whoever of the chat they are. */
  called: (person: PersonId) => string;
}

/** The `Idempotency-Key` of a request, and what tells this request from another one with the same key. */
export interface Once {
  delivery: string;
  request: string;
}

export type Reply = { status: number; body: object; replayed?: true };

/** A body that is sent as it lies on the disk. */
export class KeptBytes {
  readonly place: string;
  readonly name: string;

  constructor(place: string, name: string) {
    this.place = place;
    this.name = name;
  }
}

export function onceOf(key: string, method: string, path: string, body: unknown): Once {
  const request = createHash('sha256')
    .update(JSON.stringify([method, path, body ?? null]))
    .digest('hex');
  return { delivery: `api:${key}`, request };
}

export function problem(status: number, error: string, more: Omit<ToldProblem, 'error'> = {}): Reply {
  return { status, body: { error, ...more } satisfies ToldProblem };
}

/** Stops a handler with the problem that it answers. */
export class ApiProblem extends Error {
  readonly reply: Reply;

  constructor(status: number, error: string, more: Omit<ToldProblem, 'error'> = {}) {
    super(error);
    this.reply = problem(status, error, more);
  }
}

/** The incident of the address, for reading. @throws ApiProblem when it is not there, or private. */
export async function incidentOf({
  core,
  path,
}: Pick<Call<unknown, unknown>, 'core' | 'path'>): Promise<Incident> {
  const incident = await incidentByNumber(core.store.database.prisma, path.number);
  if (!incident) throw noIncident(path.number);
  if (incident.private) throw isPrivate(incident);
  return incident;
}

interface Change {
  /** What the incident's status must permit. */
  verb?: Verb;
  decide(incident: Incident, reads: Reads, now: number): Decision | Promise<Decision>;
  /** The answer, made of what stands after the change; it is kept with it. */
  tell(incident: Incident, facts: readonly Fact[]): object;
  status?: 200 | 201;
}

/** Changes the incident of the address through the one door, once for its `Idempotency-Key`. */
export async function changeByApi(call: Call<unknown, unknown>, change: Change): Promise<Reply> {
  const { core, path, once } = call;
  const status = change.status ?? 200;
  const outcome = await changeIncident(
    core.store,
    { number: path.number },
    (incident, reads) => {
      if (incident.private) throw isPrivate(incident);
      if (change.verb && !isPermitted(incident, change.verb)) throw notNow(incident, change.verb);
      return change.decide(incident, reads, core.store.now().getTime());
    },
    keeping(once, status, change.tell),
  );
  return replyOf(outcome, once, status, change.tell, path.number);
}

type Tell = (incident: Incident, facts: readonly Fact[]) => object;

/** How the door remembers the answer to a request with a key. */
export function keeping(once: Once | undefined, status: number, tell: Tell) {
  if (!once) return {};
  return {
    delivery: once.delivery,
    keep: (incident: Incident, facts: readonly Fact[]) => ({
      request: once.request,
      status,
      // As text: a repeat is answered with the same bytes.
      body: JSON.stringify(tell(incident, facts)),
    }),
  };
}

export function replyOf(
  outcome: Outcome,
  once: Once | undefined,
  status: number,
  tell: Tell,
  number = 0,
): Reply {
  switch (outcome.kind) {
    case 'done':
      return { status, body: tell(outcome.incident, outcome.facts) };
    case 'refused':
      return problem(422, outcome.sentence);
    case 'no-incident':
      return noIncident(number).reply;
    case 'repeated':
      return replayed(outcome, once);
  }
}

/** The answer that the same request got before, or a refusal when the key was used for something else. */
export function replayed(outcome: Outcome & { kind: 'repeated' }, once: Once | undefined): Reply {
  const kept = outcome.kept as { request: string; status: number; body: string } | undefined;
  if (!kept || kept.request !== once?.request) {
    return problem(
      422,
      'This Idempotency-Key was used for another request. Use a new key for each thing that should happen once.',
    );
  }
  return { status: kept.status, body: JSON.parse(kept.body) as object, replayed: true };
}

function noIncident(number: number): ApiProblem {
  return new ApiProblem(
    404,
    `There is no ${incidentName(number)}. GET /api/v1/incidents lists those that there are.`,
  );
}

function isPrivate({ number }: Incident): ApiProblem {
  return new ApiProblem(
    403,
    `${incidentName(number)} is private: it is read and changed in its own channel only, not through the API.`,
  );
}

function notNow({ number, status }: Incident, verb: Verb): ApiProblem {
  const reopen = ['resolved', 'closed', 'cancelled'].includes(status)
    ? ` Reopen it first: PATCH /api/v1/incidents/${number} with {"status": "investigating"}.`
    : '';
  return new ApiProblem(409, `${incidentName(number)} is ${status}, so ${verb} is not possible.${reopen}`);
}
