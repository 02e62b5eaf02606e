import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseGoogleNotification } from '../../src/google-monitoring/webhook.ts';
import { basicAuthPassword, isGoogleTokenValid } from '../../src/google-monitoring/webhook-token.ts';
import { type GoogleStandIn, startGoogle } from '../../src/stand-ins/google/start-google.ts';

let google: GoogleStandIn;
let receiver: Server;
let address: string;
let received: { url: string; authorization: string | undefined; body: unknown }[];
let now = Date.parse('2025-08-12T16:32:00Z');

beforeEach(async () => {
  received = [];
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    received.push({ url: request.url ?? '', authorization: request.headers.authorization, body });
    response.writeHead(received.length === 3 ? 503 : 200).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  address = `127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/google-monitoring`;
  now = Date.parse('2025-08-12T16:32:00Z');
  google = await startGoogle({ now: () => now });
});

afterEach(async () => {
  await google.close();
  receiver.closeAllConnections();
  receiver.close();
});

it('tells a channel of the opening, the closing and a test', async () => {
  const url = `http://${address}?token=secret`;
  const { status, alert } = await google.notify(url, { host: 'leap.2i2c.cloud', cluster: 'leap' });
  expect(status).toBe(200);
  now += 38 * 60_000;
  await google.notify(url, { ...alert, state: 'closed' });
  expect(await google.notifyTest(url)).toBe(503);
  expect(received.map(({ body }) => parseGoogleNotification(body))).toMatchObject([
    { kind: 'alert', alert: { state: 'open', fingerprint: `google:${alert.incidentId}` } },
    {
      kind: 'alert',
      alert: {
        state: 'closed',
        fingerprint: `google:${alert.incidentId}`,
        startedAt: new Date('2025-08-12T16:32:00Z'),
        endedAt: new Date('2025-08-12T17:10:00Z'),
      },
    },
    { kind: 'test' },
  ]);
  expect(received[0]?.url).toBe('/webhooks/google-monitoring?token=secret');
});

it('signs in with a user and password where the channel has them', async () => {
  await google.notify(`http://google:s%40cret@${address}`, { host: 'h.org', cluster: 'c' });
  expect(isGoogleTokenValid(basicAuthPassword(received[0]?.authorization), 's@cret')).toBe(true);
});

it('lists its alerts to those who sign in', async () => {
  const { incidentId } = google.alert({ host: 'h.org', cluster: 'c' });
  google.alert({ host: 'i.org', cluster: 'c', state: 'closed' });
  const list = `${google.url}/v3/projects/two-eye-two-see/alerts?filter=${encodeURIComponent('state="OPEN"')}`;
  expect((await fetch(list)).status).toBe(401);
  const answer = await fetch(list, { headers: { authorization: 'Bearer token' } });
  expect(await answer.json()).toMatchObject({
    alerts: [{ name: `projects/two-eye-two-see/alerts/${incidentId}`, state: 'OPEN' }],
  });
});
