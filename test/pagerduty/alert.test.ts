import { describe, expect, it } from 'vitest';
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
  urgency: 'high',
};

const RELAYED =
  'An uptime check on p Uptime Check URL labels {project_id=p, host=leap.2i2c.cloud} is failing. | Violation started: Aug 12, 2025 at 4:32PM UTC (less than 1 sec ago) | Policy: leap.2i2c.cloud on leap | Condition: Simple | View incident: https://console.cloud.google.com/monitoring/alerting/alerts/0.abc?channelType=pagerduty&project=p';

describe('an incident of PagerDuty as an alert', () => {
  it('opens when it was created', () => {
    expect(alertFromPagerDuty(EVENT, parseRelayedAlert)).toEqual({
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
    expect(alertFromPagerDuty(resolved, parseRelayedAlert)).toMatchObject({
      fingerprint: 'pagerduty:PGR0VU2',
      state: 'closed',
      startedAt: new Date('2025-08-12T16:32:02Z'),
      endedAt: new Date('2025-08-12T17:00:00Z'),
    });
  });

  it('is Google’s alert where it relays one', () => {
    expect(alertFromPagerDuty({ ...EVENT, title: RELAYED }, parseRelayedAlert)).toMatchObject({
      source: 'pagerduty',
      fingerprint: 'google:0.abc',
      startedAt: new Date('2025-08-12T16:32:00Z'),
      title: 'Uptime check for leap.2i2c.cloud is failing',
      labels: { host: 'leap.2i2c.cloud', cluster: 'leap', priority: 'P1' },
    });
    expect(
      alertFromPagerDuty({ ...EVENT, kind: 'resolved', title: RELAYED }, parseRelayedAlert),
    ).toMatchObject({
      state: 'closed',
    });
  });

  it.each(['acknowledged', 'reassigned', 'escalated', 'priority-updated'] as const)(
    'is none when only %s',
    (kind) => {
      expect(alertFromPagerDuty({ ...EVENT, kind }, parseRelayedAlert)).toBeUndefined();
    },
  );
});
