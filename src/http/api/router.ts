import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { answerBefore } from '../../actions/change.ts';
import { OutcomeUnknown } from '../../actions/patience.ts';
import type { Core } from '../../core.ts';
import { issueWords } from '../../domain/case/issue-words.ts';
import { jsonObject, readBody } from '../body.ts';
import { namesKnown } from './names-known.ts';
import { openApi } from './openapi.ts';
import {
  type AnyRoute,
  ApiProblem,
  type Call,
  KeptBytes,
  type Once,
  onceOf,
  problem,
  type Reply,
  replayed,
} from './route.ts';
import { ROUTES } from './routes.ts';

const MAX_BYTES = 1_000_000;
const BASE = '/api/v1';

/** The HTTP API: every route of the table, for whoever has the token. Off without one. */
export function api(core: Core, token: string | undefined): Router {
  const router = Router({ caseSensitive: true });
  if (token === undefined) {
    router.all(`${BASE}{/*rest}`, (_, response) =>
      send(response, problem(404, 'The HTTP API is off: API_TOKEN is not set.')),
    );
    return router;
  }
  const document = openApi(ROUTES);
  // It says how to ask and nothing of what is here, so tools may read it without the token.
  router.get(`${BASE}/openapi.json`, (_, response) => void response.json(document));
  router.use(BASE, (request, response, next) => {
    if (isToken(request.get('authorization'), token)) return next();
    response.set('www-authenticate', 'Bearer');
    send(response, problem(401, 'Send the API_TOKEN of this Daywatch as: Authorization: Bearer …'));
  });
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const here = ROUTES.filter((route) => route.path === path);
    router.all(`${BASE}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, async (request, response) => {
      const route = here.find(({ method }) => method === request.method.toLowerCase());
      if (route) return send(response, await answer(core, route, request));
      const allowed = here.map(({ method }) => method.toUpperCase()).join(', ');
      response.set('allow', allowed);
      send(response, problem(405, `${request.method} is not possible here; ${allowed} is.`));
    });
  }
  router.use(BASE, (_, response) =>
    send(
      response,
      problem(404, `There is no such address. ${BASE}/openapi.json lists those that there are.`),
    ),
  );
  return router;
}

/** Compares without telling by the time it takes how much of a guess was right. */
function isToken(header: string | undefined, token: string): boolean {
  const given = /^bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function send(response: Response, { status, body, replayed: again }: Reply): void {
  response.set('cache-control', 'no-store');
  if (body instanceof KeptBytes) {
    // People send anything: nothing of it is shown as a page of ours.
    response.set({ 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' });
    response.download(body.place, body.name, { dotfiles: 'allow', cacheControl: false });
    return;
  }
  if (again) response.set('idempotency-replayed', 'true');
  response.status(status).json(body);
}

async function answer(core: Core, route: AnyRoute, request: Request): Promise<Reply> {
  try {
    const call = await callOf(core, route, request);
    const before = call.once && (await answerBefore(core.store, call.once.delivery));
    if (before) return replayed(before, call.once);
    return await route.handle(call);
  } catch (error) {
    if (error instanceof ApiProblem) return error.reply;
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    core.log.error({ error: why, route: route.name }, 'a request to the API was not taken');
    const again = 'Send the same request with the same Idempotency-Key again.';
    return error instanceof OutcomeUnknown
      ? problem(
          503,
          `The database went away while this was being kept, so nobody can tell whether it was. ${again}`,
        )
      : problem(503, `Not taken: something that is needed did not answer. ${again}`);
  }
}

/** The request as its route's schemas read it. @throws ApiProblem with everything that is wrong in it. */
async function callOf(core: Core, route: AnyRoute, request: Request): Promise<Call<never, never>> {
  const number = request.params.number === undefined ? 0 : numberIn(String(request.params.number));
  const given = route.body ? await bodyOf(request) : undefined;
  const body = route.body ? parsed(route.body, given, 'the body') : undefined;
  const query = route.query ? parsed(route.query, request.query, 'the address') : undefined;
  const once = route.method === 'get' ? undefined : keyOf(request, given);
  const path = { number, id: String(request.params.id ?? '') };
  const called = await namesKnown(core);
  return { core, path, query, body, once, called } as Call<never, never>;
}

function numberIn(text: string): number {
  const digits = /^(?:INC-)?([1-9]\d{0,8})$/i.exec(text)?.[1];
  if (digits === undefined) throw new ApiProblem(404, `“${text}” is no incident; write 12 or INC-12.`);
  return Number(digits);
}

async function bodyOf(request: Request): Promise<unknown> {
  const body = await readBody(request, MAX_BYTES);
  if (body.kind === 'refused') {
    throw new ApiProblem(
      body.status,
      body.status === 413 ? `A body has at most ${MAX_BYTES} bytes.` : 'The body broke off.',
    );
  }
  const object = body.bytes.length === 0 ? {} : jsonObject(body.bytes);
  if (!object) throw new ApiProblem(400, 'The body must be one JSON object in UTF-8.');
  return object;
}

function parsed(schema: z.ZodType, given: unknown, where: string): unknown {
  const read = schema.safeParse(given, { reportInput: true });
  if (read.success) return read.data;
  const details = read.error.issues.map((issue) => {
    const { place, problem: what } = issueWords(issue);
    return { place: place || where, problem: what };
  });
  const words = details.map(({ place, problem: what }) => `${place} ${what}`).join('; ');
  throw new ApiProblem(422, `Not taken: ${words}.`, { details });
}

function keyOf(request: Request, body: unknown): Once | undefined {
  const key = request.get('idempotency-key')?.trim();
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(key)) {
    throw new ApiProblem(400, 'Idempotency-Key must have 1 to 200 printable ASCII characters.');
  }
  return onceOf(key, request.method, request.path, body);
}
