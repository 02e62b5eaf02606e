import type { ApiAddress } from './address.ts';
import { connectionTrouble, oddAnswer, statusTrouble } from './google-error.ts';

const SCOPE = 'https://www.googleapis.com/auth/monitoring.read';
const DEADLINE_MS = 10_000;

/** One GET of the REST side; throws ServiceErrors only. `what` names it in their words. */
export type GetJson = (what: string, path: string, query?: Record<string, string>) => Promise<unknown>;

/** The part of the API that has no gRPC client is asked by REST, with the credentials that Google's tools find. */
export function createRest(address: ApiAddress): GetJson {
  let headers: (() => Promise<Headers>) | undefined;

  async function signedIn(): Promise<Headers> {
    if (address.loopback) return new Headers();
    if (!headers) {
      // Loaded when it is needed: a start should not wait for it.
      const { GoogleAuth } = await import('google-auth-library');
      const auth = new GoogleAuth({ scopes: [SCOPE] });
      headers = () => auth.getRequestHeaders();
    }
    return headers();
  }

  return async function get(what, path, query = {}) {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const url = new URL(path, address.baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const answer = await orAborted(
      signedIn().then((signed) => fetch(url, { headers: signed, signal, redirect: 'error' })),
      signal,
    ).catch((error: unknown) => {
      throw connectionTrouble(what, error);
    });
    if (!answer.ok) {
      await answer.body?.cancel().catch(() => {});
      throw statusTrouble(what, answer.status, answer.headers.get('retry-after'));
    }
    return answer.json().catch((error: unknown) => {
      throw signal.aborted ? connectionTrouble(what, error) : oddAnswer(what);
    });
  };
}

/** Credentials are fetched by a client of their own, which knows no signal. */
function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  work.catch(() => {});
  return Promise.race([work, promise]);
}
