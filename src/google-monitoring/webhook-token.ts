import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in constant time whatever the lengths; an unset secret lets nobody in. */
export function isGoogleTokenValid(given: string | undefined, expected: string): boolean {
  if (given === undefined || expected === '') return false;
  return timingSafeEqual(digest(given), digest(expected));
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
