export type ServiceName =
  | 'Slack'
  | 'PagerDuty'
  | 'Google Cloud Monitoring'
  | 'GitHub'
  | 'The mail server'
  | 'Freshdesk'
  | 'Statuspage'
  | 'The webhook';

/**
 * What a caller decides on. `refused`, `unauthorized` and `not-found` stay so when repeated. After
 * `unknown-outcome` the service may or may not have done it: look first, then repeat. `unreachable`
 * and `rate-limited` did nothing and may be repeated later.
 */
export type ServiceErrorKind =
  | 'unreachable'
  | 'rate-limited'
  | 'refused'
  | 'unauthorized'
  | 'unknown-outcome'
  | 'not-found';

export interface ServiceTrouble {
  service: ServiceName;
  kind: ServiceErrorKind;
  /** One sentence for a person that names the service; never holds a secret. */
  message: string;
  retryAfterMs?: number | undefined;
  /** The service's own code, such as `2001` or `ECONNREFUSED`. */
  code?: string | undefined;
}

/**
 * A failure of a service outside. It carries no `cause`: the errors of HTTP clients hold requests,
 * and requests hold tokens.
 */
export class ServiceError extends Error {
  readonly service: ServiceName;
  readonly kind: ServiceErrorKind;
  readonly retryAfterMs: number | undefined;
  readonly code: string | undefined;

  constructor(trouble: ServiceTrouble) {
    super(trouble.message);
    this.name = 'ServiceError';
    this.service = trouble.service;
    this.kind = trouble.kind;
    this.retryAfterMs = trouble.retryAfterMs;
    this.code = trouble.code;
  }

  /** False where the same call would only be refused again. */
  get worthRepeating(): boolean {
    return this.kind === 'unreachable' || this.kind === 'rate-limited' || this.kind === 'unknown-outcome';
  }
}

/** Whether this failure is of the given kind, whatever service it came from. */
export function isServiceError(error: unknown, ...kinds: ServiceErrorKind[]): error is ServiceError {
  return error instanceof ServiceError && (kinds.length === 0 || kinds.includes(error.kind));
}
