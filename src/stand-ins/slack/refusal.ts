import type { Json } from './types.ts';

/** An `ok: false` answer of the Web API. */
export class Refusal extends Error {
  readonly error: string;
  /** Why, in words; Slack puts it into `response_metadata.messages` where the method has them. */
  readonly detail: string;
  readonly more: Json;

  constructor(error: string, detail = '', more: Json = {}) {
    super(detail ? `${error}: ${detail}` : error);
    this.error = error;
    this.detail = detail;
    this.more = more;
  }
}
