import { ServiceError, type ServiceErrorKind } from '../service-error.ts';

const SERVICE = 'Google Cloud Monitoring';

/** gRPC's numbers. Everything that is asked here is a read, so what did not come about may be asked again. */
const KINDS: Record<number, ServiceErrorKind> = {
  1: 'unreachable',
  2: 'unreachable',
  4: 'unreachable',
  5: 'not-found',
  7: 'unauthorized',
  8: 'rate-limited',
  10: 'unreachable',
  13: 'unreachable',
  14: 'unreachable',
  15: 'unreachable',
  16: 'unauthorized',
};

const STATUS_KINDS: Record<number, ServiceErrorKind> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not-found',
  408: 'unreachable',
  429: 'rate-limited',
};

/** What the gRPC client threw. `what` was asked for: `the time series`. */
export function grpcTrouble(what: string, error: unknown): ServiceError {
  if (isNumbered(error)) return trouble(KINDS[error.code] ?? 'refused', what, `code ${error.code}`);
  return connectionTrouble(what, error);
}

/** An answer of the REST side that is no 2xx. */
export function statusTrouble(what: string, status: number, retryAfter: string | null): ServiceError {
  const kind = STATUS_KINDS[status] ?? (status >= 500 ? 'unreachable' : 'refused');
  const seconds = Number(retryAfter ?? Number.NaN);
  return trouble(kind, what, `HTTP ${status}`, Number.isFinite(seconds) ? seconds * 1000 : undefined);
}

/** No answer at all, or none that could be asked for. */
export function connectionTrouble(what: string, error: unknown): ServiceError {
  if (error instanceof Error && /default credentials/i.test(error.message)) {
    return new ServiceError({
      service: SERVICE,
      kind: 'unauthorized',
      message: `${SERVICE} needs credentials and this machine has none: set GOOGLE_APPLICATION_CREDENTIALS to a key file of a service account with the role Monitoring Viewer.`,
      code: 'NO_CREDENTIALS',
    });
  }
  const over = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  return trouble('unreachable', what, over ? 'DEADLINE' : (codeOf(error) ?? 'NO_ANSWER'));
}

/** A 2xx whose body is not what Google promises. */
export function oddAnswer(what: string): ServiceError {
  return trouble('unreachable', what, 'BAD_ANSWER');
}

function trouble(kind: ServiceErrorKind, what: string, code: string, retryAfterMs?: number): ServiceError {
  return new ServiceError({
    service: SERVICE,
    kind,
    message: `${SERVICE} ${WORDS[kind]} (${what}, ${code}).`,
    code,
    retryAfterMs,
  });
}

const WORDS: Record<ServiceErrorKind, string> = {
  unreachable: 'does not answer',
  'rate-limited': 'takes no more calls for the moment',
  refused: 'refused what was asked',
  unauthorized:
    'does not let us read: the service account needs the role Monitoring Viewer in GOOGLE_CLOUD_PROJECT',
  'unknown-outcome': 'does not answer',
  'not-found': 'does not know it',
};

function isNumbered(error: unknown): error is { code: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
