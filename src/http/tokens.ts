import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** Everywhere that a sender may put a token: in the query, as the password of basic auth, as a bearer. */
export function tokensGiven(request: Request): string[] {
  const { token } = request.query;
  if (token !== undefined) return typeof token === 'string' ? [token] : [];
  const authorization = request.get('authorization')?.trim() ?? '';
  const bearer = /^bearer (\S+)$/i.exec(authorization)?.[1];
  return [basicAuthPassword(authorization), bearer].filter((given) => given !== undefined);
}

/** Compares in constant time whatever the lengths; an unset secret lets nobody in. */
export function isTokenValid(given: readonly string[], expected: string): boolean {
  if (expected === '') return false;
  let isValid = false;
  for (const one of given) isValid = timingSafeEqual(digest(one), digest(expected)) || isValid;
  return isValid;
}

/** The password of `Authorization: Basic …`, which is the token; any user name will do. */
export function basicAuthPassword(authorization: string | undefined): string | undefined {
  const encoded = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization?.trim() ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  return colon === -1 ? undefined : credentials.slice(colon + 1);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
