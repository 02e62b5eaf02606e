import { describe, expect, it } from 'vitest';
import { impactProposal } from '../../src/domain/alert.ts';
import { parseGoogleNotification } from '../../src/google-monitoring/webhook.ts';
import { notificationBody, testBody, type UptimeAlert } from '../../src/stand-ins/google/notification.ts';

const NOW = new Date('2025-08-12T17:00:00Z');

const LEAP: UptimeAlert = {
  incidentId: '0.nvvomvjf6yo2',
  state: 'open',
  project: 'two-eye-two-see',
  host: 'leap.2i2c.cloud',
  cluster: 'leap',
  startedAt: new Date('2025-08-12T16:32:00Z'),
  durationSeconds: 1860,
  severity: 'No severity',
};

function parse(incident: object, version: unknown = '1.2') {
  return parseGoogleNotification({ version, incident }, NOW);
}

describe('a notification of an uptime check', () => {
  it('is the alert, from when it opened, with what is known of it', () => {
    const parsed = parseGoogleNotification(notificationBody(LEAP), NOW);
    expect(parsed).toEqual({
      kind: 'alert',
      alert: {
        source: 'google',
        fingerprint: 'google:0.nvvomvjf6yo2',
        series: expect.stringMatching(/^google:/),
        state: 'open',
        startedAt: new Date('2025-08-12T16:32:00Z'),
        title: 'Uptime check for leap.2i2c.cloud is failing',
        labels: {
          project_id: 'two-eye-two-see',
          host: 'leap.2i2c.cloud',
          cluster: 'leap',
          policy: 'leap.2i2c.cloud on leap',
          condition: 'Simple Health Check Endpoint',
        },
        raw: 'An uptime check on two-eye-two-see Uptime Check URL labels {project_id=two-eye-two-see, host=leap.2i2c.cloud} is failing.',
        link: 'https://console.cloud.google.com/monitoring/alerting/alerts/0.nvvomvjf6yo2?channelType=webhook&project=two-eye-two-see',
        delaySeconds: 1860,
      },
    });
    if (parsed.kind === 'alert') {
      expect(impactProposal(parsed.alert)).toEqual(new Date('2025-08-12T16:01:00Z'));
    }
  });

  it('closes with the same fingerprint and title', () => {
    const closed = { ...LEAP, state: 'closed', endedAt: new Date('2025-08-12T17:10:00Z') } as const;
    expect(parseGoogleNotification(notificationBody(closed), NOW)).toMatchObject({
      alert: {
        fingerprint: 'google:0.nvvomvjf6yo2',
        state: 'closed',
        startedAt: LEAP.startedAt,
        endedAt: new Date('2025-08-12T17:10:00Z'),
        title: 'Uptime check for leap.2i2c.cloud is failing',
      },
    });
  });

  it('tells its severity in small letters', () => {
    const parsed = parseGoogleNotification(notificationBody({ ...LEAP, severity: 'Critical' }), NOW);
    expect(parsed).toMatchObject({ alert: { labels: { severity: 'critical' } } });
  });
});

describe('notifications of other years and makes', () => {
  it.each<[string, object, object]>([
    [
      'only what must be there',
      { incident_id: 'a', state: 'open' },
      {
        fingerprint: 'google:a',
        state: 'open',
        startedAt: NOW,
        labels: {},
        title: 'Google Cloud Monitoring alert a',
      },
    ],
    ['a number as id', { incident_id: 17, state: 'open' }, { fingerprint: 'google:17' }],
    ['loud states', { incident_id: 'a', state: ' OPEN ' }, { state: 'open' }],
    [
      'an acknowledgement, which is still open',
      { incident_id: 'a', state: 'acknowledged' },
      { state: 'open' },
    ],
    [
      'times as texts',
      { incident_id: 'a', state: 'closed', started_at: '1755016320', ended_at: '1755018600' },
      { startedAt: new Date('2025-08-12T16:32:00Z'), endedAt: new Date('2025-08-12T17:10:00Z') },
    ],
    [
      'times of nothing',
      { incident_id: 'a', state: 'open', started_at: null, ended_at: 0 },
      { startedAt: NOW },
    ],
    [
      'an end before the start is told',
      { incident_id: 'a', state: 'closed', ended_at: 1755018600 },
      { startedAt: new Date('2025-08-12T17:10:00Z') },
    ],
    [
      'labels only in the words',
      {
        incident_id: 'a',
        state: 'open',
        summary: 'An uptime check on p labels {project_id=p, host=h.org} is failing.',
      },
      { labels: { project_id: 'p', host: 'h.org' }, title: 'Uptime check for h.org is failing' },
    ],
    [
      'another metric',
      {
        incident_id: 'a',
        state: 'open',
        policy_name: 'Disk',
        condition_name: 'Disk is full',
        metric: { type: 'x/disk' },
      },
      { title: 'Disk is full (Disk)' },
    ],
    [
      'a certificate that ends, which is no failing check',
      {
        incident_id: 'a',
        state: 'open',
        summary: 'An uptime check …',
        policy_name: 'h.org on c',
        condition_name: 'HTTPS Certificate expiry alert',
        metric: { type: 'monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires' },
      },
      { title: 'HTTPS Certificate expiry alert (h.org on c)' },
    ],
    [
      'a severity of the policy’s own',
      {
        incident_id: 'a',
        state: 'open',
        severity: 'No severity',
        policy_user_labels: { severity: 'critical' },
      },
      { labels: { severity: 'critical' } },
    ],
    [
      'labels that are no texts',
      { incident_id: 'a', state: 'open', resource: { labels: { host: 'h.org', odd: { a: 1 }, count: 3 } } },
      { labels: { host: 'h.org' } },
    ],
    [
      'fields of the wrong make',
      {
        incident_id: 'a',
        state: 'open',
        summary: 4,
        url: {},
        resource: 'x',
        metric: [],
        condition: 'y',
        started_at: 'soon',
        policy_name: null,
      },
      { startedAt: NOW, labels: {}, raw: 'a' },
    ],
    [
      'the delay of an absence',
      { incident_id: 'a', state: 'open', condition: { name: 'n', conditionAbsent: { duration: '300s' } } },
      { delaySeconds: 300 },
    ],
  ])('%s', (_, incident, expected) => {
    const parsed = parse(incident);
    expect(parsed.kind).toBe('alert');
    if (parsed.kind === 'alert') expect(parsed.alert).toMatchObject(expected);
  });

  it.each([{ url: 'javascript:alert(1)' }, { url: 'https://a b' }])(
    'keeps no link that is not of the web: %j',
    ({ url }) => {
      expect(parse({ incident_id: 'a', state: 'open', url })).not.toHaveProperty('alert.link');
    },
  );

  it.each([{ ended_at: null }, { ended_at: 0 }, { ended_at: 1755018600 }])(
    'has no end while open: %j',
    (end) => {
      expect(parse({ incident_id: 'a', state: 'open', ...end })).not.toHaveProperty('alert.endedAt');
    },
  );

  it('has no delay where the condition has none', () => {
    expect(
      parse({ incident_id: 'a', state: 'open', condition: { conditionThreshold: { duration: '0s' } } }),
    ).not.toHaveProperty('alert.delaySeconds');
  });

  it('takes a payload without version', () => {
    expect(parseGoogleNotification({ incident: { incident_id: 'a', state: 'open' } }, NOW).kind).toBe(
      'alert',
    );
  });
});

describe('what is no alert', () => {
  it('knows the test button', () => {
    expect(parseGoogleNotification(testBody(), NOW)).toEqual({ kind: 'test', summary: 'Test Incident' });
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /incident/],
    ['a text', 'incident', /incident/],
    ['a list', [], /incident/],
    ['no incident', { version: '1.2' }, /incident/],
    ['an incident of null', { version: '1.2', incident: null }, /incident/],
    ['no id', { version: '1.2', incident: { state: 'open' } }, /incident_id/],
    ['an empty id', { version: '1.2', incident: { incident_id: ' ', state: 'open' } }, /incident_id/],
    ['no state', { version: '1.2', incident: { incident_id: 'a' } }, /state/],
    [
      'an unheard-of state',
      { version: '1.2', incident: { incident_id: 'a', state: 'ajar' } },
      /open, acknowledged or closed/,
    ],
  ])('refuses %s', (_, body, reason) => {
    expect(parseGoogleNotification(body, NOW)).toEqual({
      kind: 'malformed',
      reason: expect.stringMatching(reason),
    });
  });
});
