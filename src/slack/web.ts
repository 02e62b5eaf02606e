import { ErrorCode, WebClient, type WebClientOptions } from '@slack/web-api';
import { ServiceError } from '../service-error.ts';

export interface WebSettings {
  token: string;
  apiUrl?: string;
}

/** Slack's Web API, one call at a time, with failures of one kind. Nothing is repeated in here. */
export type Call = <Answer>(method: string, args: object, options?: CallOptions) => Promise<Answer>;

export interface CallOptions {
  /** Refusals that mean "it is so already": answered with `{ ok: false, error }` instead of thrown. */
  accept?: readonly string[];
  /** After how long the answer is given up; then nobody knows whether it happened. */
  deadlineMs?: number;
}

/** Somebody must do something before these can succeed. */
const UNAUTHORIZED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_allowed_token_type',
  'no_permission',
  'access_denied',
]);
/** Slack may have done it all the same. */
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'request_timeout']);
const LATER = new Set(['service_unavailable', 'ratelimited', 'rate_limited', 'team_added_to_org']);
/** The connection never stood, so Slack has done nothing. */
const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const ABSENT = new Set(['channel_not_found', 'message_not_found', 'user_not_found', 'thread_not_found']);
const DEADLINE_MS = 10_000;
/** What Slack asks for when it does not say. */
const RETRY_AFTER_MS = 10_000;

/** A client of its own never waits for another's limits or for its connections. `usualMs`: the deadline of each call that names none. */
export function createCall(settings: WebSettings, usualMs = DEADLINE_MS): Call {
  const options: WebClientOptions = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: 100,
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
    logger: SILENT,
  };
  const clients = new Map<number, WebClient>();
  const clientFor = (deadlineMs: number) => {
    const known = clients.get(deadlineMs);
    if (known) return known;
    const made = new WebClient(settings.token, { ...options, timeout: deadlineMs });
    clients.set(deadlineMs, made);
    return made;
  };
  return async <Answer>(
    method: string,
    args: object,
    { accept = [], deadlineMs = usualMs }: CallOptions = {},
  ) => {
    try {
      return (await clientFor(deadlineMs).apiCall(method, { ...args })) as Answer;
    } catch (error) {
      const refusal = platformError(error);
      if (refusal !== undefined && accept.includes(refusal)) return { ok: false, error: refusal } as Answer;
      throw asServiceError(method, error);
    }
  };
}

/** The library logs whole requests; ours says what matters. */
const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as never,
  setName() {},
};

function platformError(error: unknown): string | undefined {
  if (codeOf(error) !== ErrorCode.PlatformError) return undefined;
  const data = (error as { data?: { error?: unknown } }).data;
  const name = typeof data?.error === 'string' ? data.error : '';
  return /^[a-z_0-9]+$/.test(name) ? name : undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns whatever Slack's libraries throw into one kind of error, named for a person. */
export function asServiceError(method: string, error: unknown): ServiceError {
  const name = platformError(error);
  if (name !== undefined) return refusal(method, name, error);
  const code = codeOf(error);
  if (code === ErrorCode.RateLimitedError) {
    const seconds = Number((error as { retryAfter?: unknown }).retryAfter);
    return limited(method, Number.isFinite(seconds) ? seconds * 1000 : RETRY_AFTER_MS);
  }
  if (code === ErrorCode.HTTPError) {
    const status = Number((error as { statusCode?: unknown }).statusCode);
    if (status === 429) return limited(method, RETRY_AFTER_MS);
    const kind = status >= 500 ? 'unknown-outcome' : 'refused';
    return slackError(kind, `Slack answered ${method} with HTTP ${status}.`, `http_${status}`);
  }
  if (error instanceof Error && /retry-after header/i.test(error.message)) {
    return limited(method, RETRY_AFTER_MS);
  }
  const reason = connectionFault(error);
  const kind = NEVER_ARRIVED.has(reason ?? '') ? 'unreachable' : 'unknown-outcome';
  return slackError(kind, `Slack did not answer ${method}${reason ? ` (${reason})` : ''}.`, reason);
}

/** `ECONNRESET` and the like, from the bottom of what the libraries wrapped around it. */
function connectionFault(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { original, cause, code } = error as { original?: unknown; cause?: unknown; code?: unknown };
  const below = connectionFault(original) ?? connectionFault(cause);
  return below ?? (typeof code === 'string' && /^E[A-Z]|^UND_/.test(code) ? code : undefined);
}

function refusal(method: string, name: string, error: unknown): ServiceError {
  if (UNAUTHORIZED.has(name)) {
    const needed = (error as { data?: { needed?: unknown } }).data?.needed;
    const scope =
      typeof needed === 'string' ? ` The app needs the scope ${needed}; add it and reinstall the app.` : '';
    return slackError('unauthorized', `Slack refused ${method}: ${name}.${scope}`, name);
  }
  if (LATER.has(name))
    return name.startsWith('rate')
      ? limited(method, RETRY_AFTER_MS)
      : slackError('unreachable', `Slack cannot take ${method} now: ${name}.`, name);
  if (UNKNOWN.has(name)) return slackError('unknown-outcome', `Slack failed at ${method}: ${name}.`, name);
  if (ABSENT.has(name)) return slackError('not-found', `Slack refused ${method}: ${name}.`, name);
  return slackError('refused', `Slack refused ${method}: ${name}.`, name);
}

function limited(method: string, retryAfterMs: number): ServiceError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new ServiceError({
    service: 'Slack',
    kind: 'rate-limited',
    message: `Slack asks to wait ${seconds} s before ${method}.`,
    retryAfterMs,
    code: 'ratelimited',
  });
}

function slackError(kind: ServiceError['kind'], message: string, code?: string): ServiceError {
  return new ServiceError({ service: 'Slack', kind, message, code });
}
