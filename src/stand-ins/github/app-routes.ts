import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { RestAnswer, RestRequest, Routes } from '../rest/rest-server.ts';
import { notFound, problem } from './routes.ts';

/** GitHub lets an app's own word count for no longer. */
const LONGEST_S = 600;
const HOUR_MS = 3_600_000;

/** An app that is installed in some repositories. */
export interface AppSeed {
  id: string;
  /** PEM; GitHub has only this one of the pair. */
  publicKey: string;
  /** `owner/name` each. */
  installedOn: readonly string[];
}

/** Where an app asks for the tokens with which it works, and which of them count. */
export function createAppRoutes(app: AppSeed | undefined, now: () => number) {
  const tokens = new Map<string, number>();

  function isApp({ headers }: RestRequest): boolean {
    const [head, body, signature] = (headers.authorization ?? '').replace(/^bearer /i, '').split('.');
    if (!app || !head || !body || !signature) return false;
    const signed = Buffer.from(`${head}.${body}`);
    if (!verify('sha256', signed, createPublicKey(app.publicKey), Buffer.from(signature, 'base64url')))
      return false;
    const { iss, iat, exp } = JSON.parse(Buffer.from(body, 'base64url').toString());
    // The app takes its own clock for this.
    const at = Date.now() / 1000;
    return String(iss) === app.id && iat <= at && exp > at && exp - iat <= LONGEST_S;
  }

  const routes: Routes = {
    'GET /repos/:owner/:repo/installation': (request) => {
      if (!isApp(request)) return refused();
      const index = app?.installedOn.indexOf(`${request.params.owner}/${request.params.repo}`) ?? -1;
      return index < 0 ? notFound() : { status: 200, body: { id: index + 1, app_id: Number(app?.id) } };
    },
    'POST /app/installations/:id/access_tokens': (request) => {
      if (!isApp(request)) return refused();
      if (app?.installedOn[Number(request.params.id) - 1] === undefined) return notFound();
      const token = `ghs_${randomBytes(18).toString('hex')}`;
      const until = now() + HOUR_MS;
      tokens.set(token, until);
      const expires_at = new Date(until).toISOString();
      return {
        status: 201,
        body: { token, expires_at, permissions: { contents: 'write', issues: 'write' } },
      };
    },
  };

  return {
    routes,
    /** Whether the request is let in: with a token that still counts, or to be given one. */
    lets(request: RestRequest): boolean {
      if (app && /\/installation$|\/access_tokens$/.test(request.path)) return true;
      const given = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      return (tokens.get(given ?? '') ?? 0) > now();
    },
  };
}

function refused(): RestAnswer {
  return problem(401, 'A JSON web token could not be decoded');
}
