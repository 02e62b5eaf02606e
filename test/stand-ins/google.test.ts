import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MetricServiceClient } from '@google-cloud/monitoring';
import { credentials } from '@grpc/grpc-js';
import { PassThroughClient } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseGoogleNotification } from '../../src/google-monitoring/webhook.ts';
import { basicAuthPassword, isTokenValid } from '../../src/http/tokens.ts';
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
  expect(isTokenValid([basicAuthPassword(received[0]?.authorization) ?? ''], 's@cret')).toBe(true);
});

it('lists its alerts, newest first and by pages, and refuses what it does not know', async () => {
  const first = google.alert({ host: 'h.org', cluster: 'c' });
  now += 60_000;
  const second = google.alert({ host: 'i.org', cluster: 'c', state: 'closed' });
  const ask = async (query: string) => {
    const answer = await fetch(`http://${google.endpoint}/v3/projects/${google.project}/alerts?${query}`);
    return {
      status: answer.status,
      body: (await answer.json()) as { alerts?: object[]; nextPageToken?: string },
    };
  };
  const page = await ask('pageSize=1');
  expect(page.body.alerts).toMatchObject([
    { name: `projects/two-eye-two-see/alerts/${second.incidentId}`, state: 'CLOSED' },
  ]);
  expect((await ask(`pageSize=1&pageToken=${page.body.nextPageToken}`)).body.alerts).toMatchObject([
    { name: `projects/two-eye-two-see/alerts/${first.incidentId}`, state: 'OPEN' },
  ]);
  expect((await ask(`filter=${encodeURIComponent('state="OPEN"')}`)).body.alerts).toHaveLength(1);
  expect((await ask('filter=nonsense')).status).toBe(400);
  expect((await ask('pageToken=nonsense')).status).toBe(400);
  const elsewhere = await fetch(`http://${google.endpoint}/v3/projects/another/alerts`);
  expect(elsewhere.status).toBe(403);
});

describe('time series', () => {
  const WINDOW = {
    startTime: { seconds: Date.parse('2025-08-12T15:00:00Z') / 1000 },
    endTime: { seconds: Date.parse('2025-08-12T18:00:00Z') / 1000 },
  };
  const FILTER =
    'metric.type = "monitoring.googleapis.com/uptime_check/check_passed" AND resource.labels.host = "h.org"';
  let client: MetricServiceClient;

  beforeEach(() => {
    const [host = '', port = ''] = google.endpoint.split(':');
    client = new MetricServiceClient({
      apiEndpoint: host,
      port: Number(port),
      projectId: google.project,
      sslCreds: credentials.createInsecure(),
      authClient: new PassThroughClient(),
    });
  });
  afterEach(() => client.close());

  async function asked(request: object) {
    const options = { autoPaginate: false, timeout: 5_000, retry: null };
    const [series, , response] = await client.listTimeSeries(
      { name: `projects/${google.project}`, filter: FILTER, interval: WINDOW, ...request },
      options,
    );
    return { series, next: response?.nextPageToken };
  }

  it('are one a place, newest look first, none from the future, cut into pages of points', async () => {
    google.uptimeCheck({ host: 'h.org', down: [{ from: new Date('2025-08-12T16:00:00Z') }] });
    google.uptimeCheck({ host: 'other.org' });
    const { series, next } = await asked({});
    expect(next).toBe('');
    expect(series.map(({ metric }) => metric?.labels?.checker_location)).toEqual([
      'usa-iowa',
      'usa-oregon',
      'usa-virginia',
    ]);
    const looks = series[0]?.points?.map(({ interval, value }) => [
      new Date(Number(interval?.endTime?.seconds) * 1000).toISOString(),
      value?.boolValue,
    ]);
    expect(looks?.slice(0, 4)).toEqual([
      ['2025-08-12T16:30:50.000Z', false],
      ['2025-08-12T16:15:50.000Z', false],
      ['2025-08-12T16:00:50.000Z', false],
      ['2025-08-12T15:45:50.000Z', true],
    ]);
    const all = series.flatMap(({ points }) => points ?? []).length;
    let token = '';
    let counted = 0;
    do {
      const page = await asked({ pageSize: 4, pageToken: token });
      const points = page.series.flatMap(({ points: some }) => some ?? []).length;
      expect(points).toBeLessThanOrEqual(4);
      counted += points;
      token = page.next ?? '';
    } while (token !== '');
    expect(counted).toBe(all);
  });

  it.each([
    ['no filter', { filter: '' }, 3],
    ['a filter without a metric', { filter: 'resource.labels.host = "h.org"' }, 3],
    ['a filter that is none', { filter: `${FILTER} OR` }, 3],
    ['a quote that is not escaped', { filter: `${FILTER} AND project = "a"b"` }, 3],
    ['no end', { interval: { startTime: WINDOW.startTime } }, 3],
    ['an end before the start', { interval: { startTime: WINDOW.endTime, endTime: WINDOW.startTime } }, 3],
    ['a page of nobody', { pageToken: 'mine' }, 3],
    ['the mean of yes and no', { aggregation: { perSeriesAligner: 'ALIGN_MEAN' } }, 3],
    ['another project', { name: 'projects/another' }, 7],
  ])('refuses %s', async (_, request, code) => {
    await expect(asked(request)).rejects.toMatchObject({ code });
  });
});
