import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';

/** What the push says of itself; each may be falsified, and left out by null. */
export interface PushClaims {
  iss?: string;
  aud?: string;
  email?: string | null;
  email_verified?: boolean;
  /** Seconds after now. */
  iat?: number;
  exp?: number | null;
}

/** Whose key signs, or nobody's; `hmac`: Google's public key taken for a secret; `cut`: Google's, cut short. */
export type PushSigner = 'google' | 'another' | 'none' | 'hmac' | 'cut';

/** Google's key server and a signer of pushes, on loopback. */
export interface GooglePush extends AsyncDisposable {
  keysUrl: string;
  /** How often the keys were asked for. */
  asked(): number;
  away(isAway: boolean): void;
  /** Delivers as Pub/Sub does; answers the status. */
  push(
    url: string,
    data: unknown,
    options?: { claims?: PushClaims; sign?: PushSigner; messageId?: string; raw?: string },
  ): Promise<number>;
}

export const AUDIENCE = 'https://daywatch.example.org/webhooks/google-pubsub';
export const ACCOUNT = 'pusher@two-eye-two-see.iam.gserviceaccount.com';

export async function startGooglePush(now: () => number): Promise<GooglePush> {
  const [own, another] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  let asked = 0;
  let isAway = false;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(isAway ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;

  async function token(claims: PushClaims, sign: PushSigner): Promise<string> {
    const seconds = Math.floor(now() / 1000);
    const { iat = 0, exp = 3_600, email = ACCOUNT, ...others } = claims;
    const said = {
      iss: 'https://accounts.google.com',
      aud: AUDIENCE,
      email_verified: true,
      ...others,
      iat: seconds + iat,
      ...(email === null ? {} : { email }),
      ...(exp === null ? {} : { exp: seconds + exp }),
    };
    if (sign === 'none') return new UnsecuredJWT(said).encode();
    if (sign === 'hmac') {
      const secret = Buffer.from(await exportSPKI(own.publicKey));
      return new SignJWT(said).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    }
    const key = sign === 'another' ? another.privateKey : own.privateKey;
    const signed = await new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key);
    return sign === 'cut' ? signed.slice(0, -40) : signed;
  }

  return {
    keysUrl: `http://127.0.0.1:${port}/certs`,
    asked: () => asked,
    away: (away) => {
      isAway = away;
    },
    async push(url, data, { claims = {}, sign = 'google', messageId = '1', raw } = {}) {
      const encoded = Buffer.from(raw ?? JSON.stringify(data)).toString('base64');
      const body = {
        message: { data: encoded, messageId, publishTime: new Date(now()).toISOString(), attributes: {} },
        subscription: 'projects/two-eye-two-see/subscriptions/daywatch',
      };
      const answer = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${await token(claims, sign)}` },
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
