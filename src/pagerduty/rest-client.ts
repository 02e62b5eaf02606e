import { api } from '@pagerduty/pdjs';
import { deadline } from './deadline.ts';
import { brokenAnswer, lostConnection, refusal } from './rest-error.ts';

export type Query = Record<string, string | string[]>;

export interface RestRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** With a leading slash and every id in it already encoded. */
  path: string;
  query?: Query;
  body?: object;
}

/** One call of PagerDuty's REST API; throws a ServiceError for anything but a 2xx with JSON. */
export type RestClient = (request: RestRequest) => Promise<unknown>;

export interface RestClientOptions {
  token: string;
  /** E-mail of the PagerDuty user in whose name the bot acts. */
  from: string;
  /** Without path. */
  apiUrl: string;
  deadlineMs: number;
}

/** `fetch`, as pdjs brings it, gives a status even where its promise rejects with the answer itself. */
interface RawAnswer {
  status: number;
  headers: { get(name: string): string | null };
}

/**
 * A client of the REST API over pdjs, whose own habits are set right here: it takes plain http only by
 * a whole `url`, resolves with refusals, has no working time-out and sleeps 20 s on a 429 (with
 * `retryTimeout: 0` it repeats a 429 three times at once instead; nothing was done then).
 */
export function createRestClient({ token, from, apiUrl, deadlineMs }: RestClientOptions): RestClient {
  const base = apiUrl.replace(/\/+$/, '');

  return async function call({ method, path, query, body }) {
    const attempt = { method, path, token };
    const abort = new AbortController();
    const answer = await deadline(
      api({
        method,
        url: base + path,
        token,
        headers: { 'Content-Type': 'application/json', From: from },
        ...(query === undefined ? {} : { queryParameters: query }),
        ...(body === undefined ? {} : { data: body }),
        signal: abort.signal,
        redirect: 'manual',
        retryTimeout: 0,
        requestTimeout: 0,
      }),
      { ms: deadlineMs, abort },
    ).catch((error: unknown) => {
      if (!isRawAnswer(error)) throw lostConnection(attempt, error);
      throw error.status >= 400 ? refusal(attempt, error, undefined) : brokenAnswer(attempt);
    });
    const data: unknown = answer.data;
    if (!answer.response.ok) throw refusal(attempt, answer.response, data);
    return data;
  };
}

function isRawAnswer(error: unknown): error is RawAnswer {
  return typeof error === 'object' && error !== null && 'status' in error && 'headers' in error;
}
