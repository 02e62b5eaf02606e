import { RequestError } from 'octokit';
import { ServiceError, type ServiceErrorKind } from '../service-error.ts';

/** Without a `retry-after` GitHub wants at least a minute of silence. */
const LEAST_PAUSE_MS = 60_000;

/** What octokit threw, as an error of ours. `what` says what was tried, for the sentence. */
export function githubError(
  error: unknown,
  { what, writing, now = Date.now }: { what: string; writing: boolean; now?: () => number },
): ServiceError {
  if (error instanceof ServiceError) return error;
  if (!(error instanceof RequestError) || error.response === undefined) {
    return lost(error, what, writing);
  }
  const { status, response } = error;
  const limited = rateLimit(status, response.headers, saidBy(error), now());
  const kind = limited === undefined ? kindOf(status, writing) : 'rate-limited';
  return new ServiceError({
    service: 'GitHub',
    kind,
    message: sentence(kind, what, status, saidBy(error)),
    code: `HTTP_${status}`,
    retryAfterMs: limited,
  });
}

/** No answer: octokit dresses it as status 500 without a response, and keeps the true cause inside. */
function lost(error: unknown, what: string, writing: boolean): ServiceError {
  const code = causeCode(error);
  const nothingSent = code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
  const words = code === 'TimeoutError' ? 'did not answer in time' : 'could not be reached';
  return new ServiceError({
    service: 'GitHub',
    kind: writing && !nothingSent ? 'unknown-outcome' : 'unreachable',
    message: `GitHub ${words} (${what}, ${code}).`,
    code,
  });
}

function causeCode(error: unknown): string {
  let code = 'UNKNOWN';
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    code = 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name;
  }
  return code;
}

function kindOf(status: number, writing: boolean): ServiceErrorKind {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not-found';
  if (status >= 500 || status === 408) return writing ? 'unknown-outcome' : 'unreachable';
  return 'refused';
}

function sentence(kind: ServiceErrorKind, what: string, status: number, said: string): string {
  const where = `(${what}, ${status})`;
  if (kind === 'rate-limited') return `GitHub takes no more calls for the moment ${where}.`;
  if (kind === 'unauthorized') return `GitHub does not allow this token to do it: ${said} ${where}.`;
  if (kind === 'not-found') return `GitHub has no such thing, or hides it from this token ${where}.`;
  if (kind === 'refused') return `GitHub refused: ${said} ${where}.`;
  return `GitHub is in trouble itself ${where}.`;
}

function saidBy(error: RequestError): string {
  const data: unknown = error.response?.data;
  const message = typeof data === 'object' && data !== null && 'message' in data ? data.message : undefined;
  return typeof message === 'string' ? message.replace(/\s+/g, ' ').slice(0, 200) : 'no reason given';
}

type Headers = Record<string, string | number | undefined>;

/**
 * Milliseconds to wait if this is a rate limit, in GitHub's order: `retry-after`, the reset of an
 * empty allowance, else a minute. A 403 without any sign of a limit is a missing right.
 */
function rateLimit(status: number, headers: Headers, said: string, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(retryAfter)) return retryAfter * 1000;
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000;
    return Number.isFinite(reset) ? Math.max(0, reset - now) : LEAST_PAUSE_MS;
  }
  return status === 429 || /rate limit|abuse/i.test(said) ? LEAST_PAUSE_MS : undefined;
}
