import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alertsIn } from '../../src/cli/check.ts';
import { mergeAlert, viewAlert } from '../../src/domain/alert-merge.ts';
import { explainAlert } from '../../src/domain/explain-alert.ts';
import { notificationBody, testBody } from '../../src/stand-ins/google/notification.ts';
import { runDaywatch } from '../harness/bot-process.ts';
import { TEAM_YAML, testTeam } from '../harness/team.ts';

const TEAM = `${TEAM_YAML}
alerts:
  - match: { severity: critical }
    do: declare
    severity: sev2
  - match: { source: google, host: "*.2i2c.cloud" }
    do: offer
  - match: { source: google }
    do: ignore
`;
const NOW = new Date('2025-08-12T16:32:00Z');
const GOOGLE = notificationBody({
  incidentId: '0.1',
  state: 'open',
  project: 'p',
  host: 'leap.2i2c.cloud',
  cluster: 'leap',
  startedAt: NOW,
  durationSeconds: 1860,
  severity: 'No severity',
});

describe('an alert in a file', () => {
  const ALERTMANAGER = {
    status: 'firing',
    alerts: [{ labels: { alertname: 'a', severity: 'critical' } }, { labels: { alertname: 'b' } }, null],
  };
  const PAGERDUTY = {
    event: {
      id: 'E1',
      event_type: 'incident.triggered',
      occurred_at: '2025-08-12T16:32:00Z',
      data: { id: 'P1', title: 'Disk full' },
    },
  };
  const pushed = { message: { data: Buffer.from(JSON.stringify(GOOGLE)).toString('base64') } };

  test.each<[string, unknown, string[]]>([
    ['Google’s webhook', GOOGLE, ['Uptime check for leap.2i2c.cloud is failing']],
    ['Google’s push', pushed, ['Uptime check for leap.2i2c.cloud is failing']],
    ['Alertmanager', ALERTMANAGER, ['a', 'b']],
    ['PagerDuty', PAGERDUTY, ['Disk full']],
    ['the API', { title: 'Backup is late', labels: { host: 'x' } }, ['Backup is late']],
  ])('is read as %s sends it', (_, body, titles) => {
    const alerts = alertsIn(body, NOW);
    if (typeof alerts === 'string') throw new Error(alerts);
    expect(alerts.map(({ title }) => title)).toEqual(titles);
  });

  test.each([
    [testBody(), /test notification/],
    [null, /no alert/],
    [[], /no alert/],
    [{ alerts: [] }, /no alert/],
  ])('is none in %j', (body, why) => {
    expect(alertsIn(body, NOW)).toMatch(why);
  });
});

describe('the rules', () => {
  function explained(labels: Record<string, string>, state: 'open' | 'closed' = 'open') {
    const told = {
      source: 'google',
      fingerprint: 'x',
      state,
      startedAt: NOW,
      title: 'T',
      labels,
      raw: '',
    } as const;
    return explainAlert(viewAlert(mergeAlert(undefined, told)), testTeam(TEAM));
  }

  test('the first that fits decides, and each says why it does or does not', () => {
    const { rules, outcome, destination } = explained({ host: 'leap.2i2c.cloud', cluster: 'leap' });
    expect(rules.map(({ why }) => why)).toEqual([
      'does not fit: the alert has no severity (critical is wanted)',
      'fits, and decides: offer',
      'fits too, but an earlier one decides',
    ]);
    expect(destination).toEqual({ rule: 2, kind: 'offer' });
    expect(outcome).toBe('It is offered in #incidents, with Declare, Attach and Ignore.');
  });

  test.each([
    [
      { severity: 'critical', host: 'leap.2i2c.cloud', cluster: 'leap' },
      /is about LEAP hub, it joins .* declares a sev2 incident/,
    ],
    [{ severity: 'warning' }, /It is ignored/],
  ])('%j: %s', (labels, words) => {
    expect(explained(labels).outcome).toMatch(words);
  });

  test('nothing is declared for what is over', () => {
    expect(explained({ severity: 'critical' }, 'closed').destination.kind).toBe('keep');
  });
});

describe('daywatch check', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'daywatch-check-'));
    await writeFile(join(directory, 'alert.json'), JSON.stringify(GOOGLE));
    await writeFile(join(directory, 'broken.json'), '{');
  });
  afterAll(() => rm(directory, { recursive: true }));

  test('says it in words and for machines, with the exit status', async () => {
    const options = { directory, env: {}, team: TEAM };
    const [words, json, broken, odd] = await Promise.all([
      runDaywatch(['check', '--alert', 'alert.json'], options),
      runDaywatch(['check', '--alert', 'alert.json', '--json'], options),
      runDaywatch(['check', '--alert', 'broken.json'], options),
      runDaywatch(['check', '--alerts', 'alert.json'], options),
    ]);
    expect(words.stdout).toContain('rule 2 fits, and decides: offer');
    expect(words.status).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject([{ destination: { kind: 'offer', rule: 2 } }]);
    expect(broken).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('broken.json cannot be read'),
    });
    expect(odd).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: daywatch check') });
  });
});
