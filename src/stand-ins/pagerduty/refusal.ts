import type { RestAnswer } from '../rest/rest-server.ts';

/** What PagerDuty answers instead of doing it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: string[];

  constructor(status: number, code: number, message: string, errors: string[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  get answer(): RestAnswer {
    const { message, code, errors } = this;
    return {
      status: this.status,
      body: { error: { message, code, ...(errors.length > 0 ? { errors } : {}) } },
    };
  }
}

export function invalid(...errors: string[]): Refusal {
  return new Refusal(400, 2001, 'Invalid Input Provided', errors);
}

export function notFound(): Refusal {
  return new Refusal(404, 2100, 'Not Found');
}
