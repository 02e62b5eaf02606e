import { describe, expect, it } from 'vitest';
import { parseRelayedGroup } from '../../src/alertmanager/relayed-text.ts';
import { parseAlertmanager } from '../../src/alertmanager/webhook.ts';
import { parseRelayedAlert } from '../../src/google-monitoring/relayed-text.ts';
import { alertFromPagerDuty } from '../../src/pagerduty/alert.ts';
import type { PagerDutyIncidentEvent } from '../../src/pagerduty/webhook.ts';

const EVENT: PagerDutyIncidentEvent = {
  kind: 'triggered',
  type: 'incident.triggered',
  eventId: 'E1',
  occurredAt: new Date('2025-08-12T16:32:05Z'),
  createdAt: new Date('2025-08-12T16:32:02Z'),
  agent: undefined,
  incidentId: 'PGR0VU2',
  title: 'Disk full on hub-3',
  url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
  assignees: [],
  service: { id: 'PSVC01', name: 'Hubs' },
  priority: 'P1',
  escalationPolicy: undefined,
  urgency: 'high',
};

const RELAYED_BY = { alert: parseRelayedAlert, group: parseRelayedGroup };

const RELAYED =
  'An uptime check on p Uptime Check URL labels {project_id=p, host=leap.2i2c.cloud} is failing. | Violation started: Aug 12, 2025 at 4:32PM UTC (less than 1 sec ago) | Policy: leap.2i2c.cloud on leap | Condition: Simple | View incident: https://console.cloud.google.com/monitoring/alerting/alerts/0.abc?channelType=pagerduty&project=p';

describe('an incident of PagerDuty as an alert', () => {
  it('opens when it was created', () => {
    expect(alertFromPagerDuty(EVENT, RELAYED_BY)).toEqual({
      source: 'pagerduty',
      fingerprint: 'pagerduty:PGR0VU2',
      state: 'open',
      startedAt: new Date('2025-08-12T16:32:02Z'),
      title: 'Disk full on hub-3',
      labels: { pagerduty_service: 'Hubs', priority: 'P1', urgency: 'high' },
      raw: 'Disk full on hub-3',
      link: 'https://acme.pagerduty.com/incidents/PGR0VU2',
    });
  });

  it('closes when it is resolved, with the same fingerprint', () => {
    const resolved = { ...EVENT, kind: 'resolved', occurredAt: new Date('2025-08-12T17:00:00Z') } as const;
    expect(alertFromPagerDuty(resolved, RELAYED_BY)).toMatchObject({
      fingerprint: 'pagerduty:PGR0VU2',
      state: 'closed',
      startedAt: new Date('2025-08-12T16:32:02Z'),
      endedAt: new Date('2025-08-12T17:00:00Z'),
    });
  });

  it('is Google’s alert where it relays one', () => {
    expect(alertFromPagerDuty({ ...EVENT, title: RELAYED }, RELAYED_BY)).toMatchObject({
      source: 'pagerduty',
      fingerprint: 'google:0.abc',
      startedAt: new Date('2025-08-12T16:32:00Z'),
      title: 'Uptime check for leap.2i2c.cloud is failing',
      labels: { host: 'leap.2i2c.cloud', cluster: 'leap', priority: 'P1' },
    });
    expect(alertFromPagerDuty({ ...EVENT, kind: 'resolved', title: RELAYED }, RELAYED_BY)).toMatchObject({
      state: 'closed',
    });
  });

  it.each(['acknowledged', 'reassigned', 'escalated', 'priority-updated'] as const)(
    'is open as before when only %s',
    (kind) => {
      expect(alertFromPagerDuty({ ...EVENT, kind }, RELAYED_BY)).toEqual(
        alertFromPagerDuty(EVENT, RELAYED_BY),
      );
    },
  );

  it('opens anew when it is reopened', () => {
    const occurredAt = new Date('2025-08-12T17:30:00Z');
    expect(alertFromPagerDuty({ ...EVENT, kind: 'reopened', occurredAt }, RELAYED_BY)).toMatchObject({
      state: 'open',
      startedAt: occurredAt,
    });
  });

  it.each([
    ['[FIRING:1] Two servers failed to start in the last 30m leap prod (immediate action needed)'],
    [
      '[FIRING:2] Two servers failed to start in the last 30m cluster=leap namespace=prod (provider=aws action)',
    ],
    ['[RESOLVED] Two servers failed to start in the last 30m  namespace=prod cluster=leap'],
  ])('is of the group that Alertmanager itself tells of: %s', (title) => {
    const groupLabels = {
      alertname: 'Two servers failed to start in the last 30m',
      cluster: 'leap',
      namespace: 'prod',
    };
    const alerts = [{ status: 'firing', labels: { ...groupLabels, hub: 'a' } }];
    const [direct] = parseAlertmanager({ version: '4', groupLabels, alerts }, new Date())?.alerts ?? [];
    expect(direct?.family).toMatch(/^alertmanager:/);
    expect(alertFromPagerDuty({ ...EVENT, title }, RELAYED_BY).family).toBe(direct?.family);
    const elsewhere = alertFromPagerDuty({ ...EVENT, title: title.replace('leap', 'other') }, RELAYED_BY);
    expect(elsewhere.family).not.toBe(direct?.family);
  });

  it.each([
    [
      '[FIRING:1] home-nfs has 10% of space left openscapes prod (same day action needed)',
      'home-nfs has 10% of space left openscapes prod',
      { severity: 'same day action needed' },
    ],
    [
      '[FIRING:1] At least two servers failed to start in the last 30m cluster=2i2c-aws-us hub=staging (provider=aws immediate action needed)',
      'At least two servers failed to start in the last 30m',
      { cluster: '2i2c-aws-us', hub: 'staging', provider: 'aws', severity: 'immediate action needed' },
    ],
    ['[RESOLVED] Disk full', 'Disk full', {}],
  ])('reads what it relays of Alertmanager: %s', (title, words, labels) => {
    expect(alertFromPagerDuty({ ...EVENT, title }, RELAYED_BY)).toMatchObject({
      title: words,
      labels,
      raw: title,
    });
  });
});
