import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';

/** Google's own keys, by which its service accounts sign. */
const GOOGLE_KEYS = 'https://www.googleapis.com/oauth2/v3/certs';
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];
const KEYS_DEADLINE_MS = 3_000;
const KEYS_KEPT_MS = 10 * 60_000;
const LEEWAY_S = 30;
/** Google signs for an hour. */
const LONGEST_S = 3_600 + 2 * LEEWAY_S;

export interface PushSettings {
  audience: string;
  serviceAccount: string;
  /** Another address of the keys. */
  keysUrl?: string;
}

/** `unsure`: the keys could not be had, so nobody can tell; the push must come again. */
export type PushCheck = (
  authorization: string | undefined,
  now: Date,
) => Promise<'genuine' | 'forged' | 'unsure'>;

/** Whether a push comes from the configured account by way of Google: signature, issuer, audience, account, time. */
export function createPushCheck({ audience, serviceAccount, keysUrl }: PushSettings): PushCheck {
  const keys = createRemoteJWKSet(new URL(keysUrl ?? GOOGLE_KEYS), {
    timeoutDuration: KEYS_DEADLINE_MS,
    cacheMaxAge: KEYS_KEPT_MS,
  });
  return async (authorization, now) => {
    const token = /^bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
    if (token === undefined) return 'forged';
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: ISSUERS,
        audience,
        clockTolerance: LEEWAY_S,
        maxTokenAge: LONGEST_S,
        requiredClaims: ['exp', 'iat', 'email'],
        currentDate: now,
      });
      const isAccount = payload.email === serviceAccount && payload.email_verified === true;
      return isAccount ? 'genuine' : 'forged';
    } catch (error) {
      return isVerdict(error) ? 'forged' : 'unsure';
    }
  };
}

/** These tell of the keys or of the way to them, and nothing of the token. */
const KEY_TROUBLE = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

function isVerdict(error: unknown): boolean {
  return error instanceof errors.JOSEError && !KEY_TROUBLE.has(error.code);
}

const Push = z.object({
  message: z.object({ data: z.string(), messageId: z.string().optional().catch(undefined) }),
});

/** What a push carries; undefined when it is none, or carries no JSON. */
export function readPush(body: unknown): unknown {
  const push = Push.safeParse(body).data;
  if (!push) return undefined;
  try {
    return JSON.parse(Buffer.from(push.message.data, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
