import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from '../faults.ts';
import type { World } from './acts/world.ts';
import { readArguments, text } from './arguments.ts';
import { METHODS } from './methods/all.ts';
import type { Method } from './methods/method.ts';
import { RateLimits } from './rate-limits.ts';
import { Refusal } from './refusal.ts';
import type { Json } from './types.ts';

export interface LoggedCall {
  method: string;
  /** What was sent, without the token, with the JSON inside the form read. */
  args: Json;
  /** Real time of arrival. */
  at: Date;
  /** False until the stand-in has made its answer, and for good when a fault struck before it could. */
  ok: boolean;
  error?: string;
  /** Why it was refused, in words. */
  detail?: string;
  /** Monotonic milliseconds, as of `performance.now()`. */
  startedAt: number;
  endedAt?: number;
  answer?: Json;
}

/** Refusals that come before or beside the method itself. */
export const GENERAL_REFUSALS = [
  'not_authed',
  'invalid_auth',
  'not_allowed_token_type',
  'invalid_arguments',
  'invalid_form_data',
  'invalid_post_type',
  'missing_post_type',
  'ratelimited',
] as const;

/** Methods whose refusals say why in `response_metadata.messages`. */
const EXPLAINING =
  /^(views\.|bookmarks\.|chat\.(postMessage|update)$|files\.(get|complete)|users\.lookupByEmail$)/;
/** Sent with every call by clients that know their team. */
const ALWAYS_TAKEN = new Set(['token', 'team_id']);

/** Slack's Web API: who may call, with what, how often; then the method does its work. */
export class WebApi {
  readonly calls: LoggedCall[] = [];
  /** Added to each answer, after its effect. */
  latencyMs: number;
  /** Whether `calls` keeps the answers too. */
  keepsAnswers = false;
  /** What the app was granted, as Slack says it with each answer; it says nothing where this is unset. */
  scopes: readonly string[] | undefined;
  readonly #world: World;
  readonly #faults: Faults;
  readonly #tokens: { bot: string; app: string | undefined };
  readonly #limits: RateLimits | undefined;

  constructor(options: {
    world: World;
    faults: Faults;
    botToken: string;
    appToken: string | undefined;
    rateLimits: boolean;
    latencyMs: number;
  }) {
    this.#world = options.world;
    this.#faults = options.faults;
    this.#tokens = { bot: options.botToken, app: options.appToken };
    this.#limits = options.rateLimits ? new RateLimits() : undefined;
    this.latencyMs = options.latencyMs;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    body: Buffer,
  ): Promise<void> {
    const call: LoggedCall = {
      method: name,
      args: {},
      at: new Date(),
      ok: false,
      startedAt: performance.now(),
    };
    this.calls.push(call);
    const unread = await this.#read(request, body, call);
    const seen = { service: 'slack', name, args: call.args } as const;
    if (await this.#faults.strike('before', seen, request, response)) return;
    const reply = unread ?? this.#reply(call, tokenOf(request, body));
    call.ok = reply.body.ok === true;
    call.endedAt = performance.now();
    if (typeof reply.body.error === 'string') call.error = reply.body.error;
    if (this.keepsAnswers) call.answer = reply.body;
    this.#world.state.changed();
    if (await this.#faults.strike('after', seen, request, response)) return;
    if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    call.endedAt = performance.now();
    if (response.destroyed) return;
    response.writeHead(reply.status, {
      'Content-Type': 'application/json; charset=utf-8',
      ...(this.scopes ? { 'X-OAuth-Scopes': this.scopes.join(',') } : {}),
      ...reply.headers,
    });
    response.end(JSON.stringify(reply.body));
  }

  async #read(request: IncomingMessage, body: Buffer, call: LoggedCall): Promise<Reply | undefined> {
    try {
      const { token: _, ...args } = await readArguments(request.headers['content-type'] ?? '', body);
      call.args = args;
      return undefined;
    } catch (error) {
      return refused(call, error);
    }
  }

  #reply(call: LoggedCall, token: string): Reply {
    try {
      const method = METHODS.get(call.method);
      if (!method) throw new Refusal('unknown_method');
      this.#checkToken(method, token);
      const wait = this.#limits?.overLimit(
        call.method,
        method.perMinute,
        method.isPerChannel ? text(call.args, 'channel') : undefined,
        this.#world.state.now().getTime(),
      );
      if (wait !== undefined) {
        const headers = { 'Retry-After': String(wait) };
        return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
      }
      checkArguments(method, call.args);
      return { status: 200, body: { ok: true, ...method.run(this.#world, call.args) } };
    } catch (error) {
      return refused(call, error);
    }
  }

  #checkToken(method: Method, token: string): void {
    if (token === '') throw new Refusal('not_authed');
    const isApp = token === this.#tokens.app;
    if (!isApp && token !== this.#tokens.bot) throw new Refusal('invalid_auth');
    if (isApp !== (method.token === 'app')) throw new Refusal('not_allowed_token_type');
  }
}

interface Reply {
  status: number;
  headers?: Record<string, string>;
  body: Json;
}

function checkArguments(method: Method, args: Json): void {
  const missing = method.required.filter((name) => args[name] === undefined);
  if (missing.length > 0)
    throw new Refusal('invalid_arguments', `missing required field: ${missing.join(', ')}`);
  const known = new Set([...method.required, ...method.optional]);
  const unknown = Object.keys(args).filter((name) => !known.has(name) && !ALWAYS_TAKEN.has(name));
  if (unknown.length > 0) throw new Refusal('invalid_arguments', `no such argument: ${unknown.join(', ')}`);
}

/** A refusal becomes an answer; anything else is a mistake in the stand-in and must be seen. */
function refused(call: LoggedCall, error: unknown): Reply {
  if (!(error instanceof Refusal)) throw error;
  const method = METHODS.get(call.method);
  const expected: readonly string[] = [...(method?.refusals ?? ['unknown_method']), ...GENERAL_REFUSALS];
  if (!expected.includes(error.error)) throw new Error(`${call.method} may not refuse with ${error.error}`);
  if (error.detail) call.detail = error.detail;
  const explains = error.detail !== '' && EXPLAINING.test(call.method);
  return {
    status: 200,
    body: {
      ok: false,
      error: error.error,
      ...(explains ? { response_metadata: { messages: [`[ERROR] ${error.detail}`] } } : {}),
      ...error.more,
    },
  };
}

function tokenOf(request: IncomingMessage, body: Buffer): string {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return bearer ?? new URLSearchParams(body.toString('latin1')).get('token') ?? '';
}
