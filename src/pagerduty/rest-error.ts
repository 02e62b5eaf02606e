import { ServiceError, type ServiceErrorKind } from '../service-error.ts';
import { DeadlineError } from './deadline.ts';
import { ErrorAnswer } from './schema.ts';

/** The call that failed, and the token that must not be told. */
export interface Attempt {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token: string;
}

/** The connection gave no answer at all. */
export function lostConnection(attempt: Attempt, error: unknown): ServiceError {
  const code = error instanceof DeadlineError ? 'DEADLINE' : errorCode(error);
  const nothingSent = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  const words = code === 'DEADLINE' ? 'did not answer in time' : 'could not be reached';
  return new ServiceError({
    service: 'PagerDuty',
    kind: attempt.method === 'GET' || nothingSent ? 'unreachable' : 'unknown-outcome',
    message: `PagerDuty ${words} (${called(attempt)}, ${code}).`,
    code,
  });
}

/** A 2xx whose body is not what PagerDuty promises: after a write nobody knows what was done. */
export function brokenAnswer(attempt: Attempt): ServiceError {
  return new ServiceError({
    service: 'PagerDuty',
    kind: attempt.method === 'GET' ? 'unreachable' : 'unknown-outcome',
    message: `PagerDuty answered ${called(attempt)} with something that is not its API.`,
    code: 'BAD_ANSWER',
  });
}

/** PagerDuty answered, and did not say yes. */
export function refusal(
  attempt: Attempt,
  answer: { status: number; headers: { get(name: string): string | null } },
  data: unknown,
): ServiceError {
  const told = ErrorAnswer.safeParse(data).data?.error;
  const kind = kindOf(answer.status, attempt.method);
  return new ServiceError({
    service: 'PagerDuty',
    kind,
    message: sentence(kind, attempt, answer.status, told),
    code: told?.code === undefined ? `HTTP_${answer.status}` : String(told.code),
    retryAfterMs: kind === 'rate-limited' ? retryAfterMs(answer.headers) : undefined,
  });
}

function kindOf(status: number, method: Attempt['method']): ServiceErrorKind {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  if (status >= 500 || status === 408) return method === 'GET' ? 'unreachable' : 'unknown-outcome';
  return 'refused';
}

type Told = { message?: string | undefined; errors?: string[] | undefined } | undefined;

function sentence(kind: ServiceErrorKind, attempt: Attempt, status: number, told: Told): string {
  const where = `(${called(attempt)}, ${status})`;
  if (kind === 'unauthorized') return `PagerDuty does not accept the token for this ${where}.`;
  if (kind === 'rate-limited') return `PagerDuty takes no more calls for the moment ${where}.`;
  if (kind === 'unreachable' || kind === 'unknown-outcome') return `PagerDuty is in trouble itself ${where}.`;
  const said = [told?.message, ...(told?.errors ?? [])].filter((part) => part !== undefined).join(': ');
  const quoted = said.replaceAll(attempt.token, '…').replace(/\s+/g, ' ').slice(0, 200);
  return `PagerDuty refused${quoted === '' ? '' : `: ${quoted}`} ${where}.`;
}

function called({ method, path }: Attempt): string {
  return `${method} ${path}`;
}

/** `ratelimit-reset` is in seconds; 429 may come without it. */
function retryAfterMs(headers: { get(name: string): string | null }): number | undefined {
  const seconds = Number(headers.get('ratelimit-reset') ?? headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'UNKNOWN';
}
