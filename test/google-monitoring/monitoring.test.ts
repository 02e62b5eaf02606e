import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMonitoring, type Monitoring } from '../../src/google-monitoring/monitoring.ts';
import { type GoogleStandIn, startGoogle } from '../../src/stand-ins/google/start-google.ts';

const NOW = Date.parse('2025-08-12T18:15:00Z');
const HOST = 'leap.2i2c.cloud';
const WINDOW = { from: new Date('2025-08-12T15:00:00Z'), to: new Date('2025-08-12T18:00:00Z') };

let google: GoogleStandIn;
let monitoring: Monitoring;

beforeEach(async () => {
  google = await startGoogle({ now: () => NOW });
  monitoring = createMonitoring({ project: google.project, endpoint: google.endpoint });
});
afterEach(async () => {
  await monitoring[Symbol.asyncDispose]();
  await google.close();
});

describe('what a check saw', () => {
  test('is every look of every place, and nothing of another host', async () => {
    const down = { from: new Date('2025-08-12T16:00:00Z'), to: new Date('2025-08-12T17:09:00Z') };
    google.uptimeCheck({ host: HOST, down: [down] });
    google.uptimeCheck({ host: 'other.2i2c.cloud' });
    const samples = await monitoring.checkSamples({ host: HOST, ...WINDOW });
    expect(samples).toHaveLength(3 * 12);
    expect(new Set(samples.map(({ check }) => check))).toEqual(new Set(['leap-2i2c-cloud-health']));
    expect(samples.filter(({ passed }) => !passed).map(({ at }) => at)).toContain(
      Date.parse('2025-08-12T16:00:50Z'),
    );
  });

  test('is read to its end over many pages', async () => {
    google.uptimeCheck({
      host: HOST,
      periodSeconds: 1,
      places: ['a', 'b', 'c'].map((name) => ({ name, offsetSeconds: 0 })),
    });
    const hour = { from: WINDOW.from, to: new Date(WINDOW.from.getTime() + 3_600_000) };
    const samples = await monitoring.checkSamples({ host: HOST, ...hour });
    expect(samples).toHaveLength(3 * 3_601);
    expect(google.calls.filter(({ name }) => name === 'ListTimeSeries').length).toBeGreaterThan(1);
  });

  test.each(['quoted" OR metric.type = "x', String.raw`back\slash`, 'ein host'])(
    'a host like %s is only a host',
    async (host) => {
      google.uptimeCheck({ host });
      google.uptimeCheck({ host: HOST });
      expect(await monitoring.checkSamples({ host, ...WINDOW })).toHaveLength(36);
    },
  );

  test('a refusal names the service and what to do; what is away is worth repeating, and is found when it is back', async () => {
    google.uptimeCheck({ host: HOST });
    const answer = (status: number) =>
      google.faults.add({
        match: ({ name }) => name === 'ListTimeSeries',
        when: 'before',
        act: { kind: 'answer', status, body: 'no' },
      });
    answer(403);
    await expect(monitoring.checkSamples({ host: HOST, ...WINDOW })).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('Google Cloud Monitoring'),
    });
    answer(429);
    await expect(monitoring.checkSamples({ host: HOST, ...WINDOW })).rejects.toMatchObject({
      kind: 'rate-limited',
    });
    google.away(true);
    await expect(monitoring.checkSamples({ host: HOST, ...WINDOW })).rejects.toMatchObject({
      kind: 'unreachable',
      worthRepeating: true,
    });
    google.away(false);
    expect(await monitoring.checkSamples({ host: HOST, ...WINDOW })).toHaveLength(36);
  });
});

describe('the list of alerts', () => {
  const LEAP = { host: HOST, cluster: 'leap' };

  test('tells each with its own times, the delay of its policy and its labels', async () => {
    const startedAt = new Date('2025-08-12T16:32:00Z');
    const endedAt = new Date('2025-08-12T17:10:00Z');
    const { incidentId } = google.alert({
      ...LEAP,
      state: 'closed',
      startedAt,
      endedAt,
      severity: 'Critical',
    });
    expect(await monitoring.alertsOpenedSince(new Date(NOW - 7_200_000))).toEqual([
      {
        source: 'google',
        fingerprint: `google:${incidentId}`,
        series: expect.stringMatching(/^google:/),
        state: 'closed',
        startedAt,
        endedAt,
        title: 'Uptime check for leap.2i2c.cloud is failing',
        labels: {
          project_id: google.project,
          host: HOST,
          cluster: 'leap',
          policy: 'leap.2i2c.cloud on leap',
          severity: 'critical',
        },
        raw: 'Uptime check for leap.2i2c.cloud is failing (policy: leap.2i2c.cloud on leap)',
        link: `https://console.cloud.google.com/monitoring/alerting/alerts/${incidentId}?project=${google.project}`,
        delaySeconds: 1860,
      },
    ]);
    expect(await monitoring.alert(`google:${incidentId}`)).toMatchObject({ state: 'closed', endedAt });
  });

  test('is read as far back as wanted and no further, and its policy asked for once', async () => {
    for (let minute = 0; minute < 450; minute += 1)
      google.alert({ ...LEAP, incidentId: `0.${minute}`, startedAt: new Date(NOW - minute * 60_000) });
    const found = await monitoring.alertsOpenedSince(new Date(NOW - 250 * 60_000));
    expect(found.map(({ fingerprint }) => fingerprint)).toEqual(
      Array.from({ length: 251 }, (_, minute) => `google:0.${minute}`),
    );
    expect(google.calls.map(({ name }) => name.replace(/\d+$/, 'N'))).toEqual([
      `GET /v3/projects/${google.project}/alerts`,
      `GET /v3/projects/${google.project}/alertPolicies/N`,
      `GET /v3/projects/${google.project}/alerts`,
    ]);
  });

  test('one odd alert does not spoil the others, and a policy that does not answer only costs the delay', async () => {
    const good = { name: 'projects/p/alerts/0.good', state: 'OPEN', openTime: new Date(NOW).toISOString() };
    const policy = { name: 'projects/p/alertPolicies/1', displayName: 'leap.2i2c.cloud on leap' };
    const alerts = [
      { ...good, policy, unknown: [1] },
      { ...good, openTime: 'soon' },
      { ...good, name: 'projects/p/alerts/../../secrets' },
      { ...good, state: 'MAYBE' },
      null,
    ];
    google.faults.add({
      match: ({ name }) => name.endsWith('/alerts'),
      when: 'before',
      act: { kind: 'answer', status: 200, body: JSON.stringify({ alerts }) },
    });
    google.faults.add({
      match: ({ name }) => name.includes('alertPolicies'),
      when: 'before',
      act: { kind: 'cut' },
    });
    const found = await monitoring.alertsOpenedSince(new Date(NOW - 60_000));
    expect(found).toMatchObject([{ fingerprint: 'google:0.good', labels: { host: HOST } }]);
    expect(found[0]).not.toHaveProperty('delaySeconds');
  });

  test.each([
    [401, '', 'unauthorized'],
    [429, '', 'rate-limited'],
    [503, '', 'unreachable'],
    [200, '<html>', 'unreachable'],
    [200, '[]', 'unreachable'],
    [302, '', 'unreachable'],
  ])('an answer of %i %s is a failure of kind %s', async (status, body, kind) => {
    google.faults.add({ match: () => true, when: 'before', act: { kind: 'answer', status, body } });
    await expect(monitoring.alertsOpenedSince(new Date(NOW))).rejects.toMatchObject({
      service: 'Google Cloud Monitoring',
      kind,
    });
  });
});
