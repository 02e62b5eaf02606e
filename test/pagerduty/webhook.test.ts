import { describe, expect, it } from 'vitest';
import { parsePagerDutyWebhook, verifyPagerDutySignature } from '../../src/pagerduty/webhook.ts';
import { signature } from '../../src/stand-ins/pagerduty/webhooks.ts';

const BODY = '{"event":{"id":"e1"}}';
const RIGHT = signature(BODY, 'secret');
const OTHER = signature(BODY, 'another secret');

describe('the signature of a webhook', () => {
  it.each<[string, string | undefined, boolean]>([
    ['the right one', RIGHT, true],
    ['the right one after another', `${OTHER},${RIGHT}`, true],
    ['the right one before another', `${RIGHT},${OTHER}`, true],
    ['spaces after the comma', `${OTHER}, ${RIGHT}`, true],
    ['the right one beside a future version', `v2=${'0'.repeat(64)},${RIGHT}`, true],
    ['none', undefined, false],
    ['an empty one', '', false],
    ['another secret', OTHER, false],
    ['two wrong ones', `${OTHER},${OTHER}`, false],
    ['cut short', RIGHT.slice(0, -1), false],
    ['cut to nothing', 'v1=', false],
    ['longer than it is', `${RIGHT}0`, false],
    ['the wrong version', RIGHT.replace('v1=', 'v2='), false],
    ['no version', RIGHT.slice(3), false],
    ['no hex', `v1=${'z'.repeat(64)}`, false],
    ['another body', signature(`${BODY} `, 'secret'), false],
  ])('%s', (_, header, accepted) => {
    expect(verifyPagerDutySignature(Buffer.from(BODY), header, 'secret')).toBe(accepted);
  });

  it('is never right without a secret', () => {
    expect(verifyPagerDutySignature(Buffer.from(BODY), signature(BODY, ''), '')).toBe(false);
  });

  it('is of the bytes, not of their meaning', () => {
    const latin = Buffer.from([0x7b, 0xe9, 0x7d]);
    expect(verifyPagerDutySignature(latin, signature(latin.toString('utf8'), 'secret'), 'secret')).toBe(
      false,
    );
  });
});

const USER = { id: 'PANA01', type: 'user_reference', summary: 'Ana' };
const INCIDENT = {
  id: 'PGR0VU2',
  type: 'incident',
  html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
  number: 36,
  status: 'acknowledged',
  created_at: '2025-08-12T16:33:02Z',
  incident_key: 'daywatch-INC-12-page-3',
  title: 'INC-12 LEAP hub outage',
  service: { id: 'PSVC01', summary: 'Hubs' },
  assignees: [USER],
  priority: { id: 'PP1', summary: 'P1' },
  urgency: 'high',
};

function delivery(type: string, data: unknown, agent: unknown = USER): unknown {
  return {
    event: {
      id: 'E1',
      event_type: type,
      resource_type: 'incident',
      occurred_at: '2025-08-12T16:38:11.204Z',
      agent,
      client: null,
      data,
    },
  };
}

describe('the event of a webhook', () => {
  it('tells who did what to which incident, and when', () => {
    expect(parsePagerDutyWebhook(delivery('incident.acknowledged', INCIDENT))).toEqual({
      kind: 'acknowledged',
      type: 'incident.acknowledged',
      eventId: 'E1',
      occurredAt: new Date('2025-08-12T16:38:11.204Z'),
      agent: { id: 'PANA01', name: 'Ana' },
      incidentId: 'PGR0VU2',
      incidentKey: 'daywatch-INC-12-page-3',
      number: 36,
      status: 'acknowledged',
      createdAt: new Date('2025-08-12T16:33:02Z'),
      title: 'INC-12 LEAP hub outage',
      urgency: 'high',
      url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
      assignees: [{ id: 'PANA01', name: 'Ana' }],
      service: { id: 'PSVC01', name: 'Hubs' },
      priority: 'P1',
    });
  });

  it.each([
    'triggered',
    'acknowledged',
    'unacknowledged',
    'escalated',
    'delegated',
    'reassigned',
    'reopened',
    'resolved',
    'priority_updated',
    'service_updated',
  ])('knows incident.%s', (type) => {
    expect(parsePagerDutyWebhook(delivery(`incident.${type}`, INCIDENT))).toMatchObject({
      kind: type.replace('_', '-'),
      incidentId: 'PGR0VU2',
    });
  });

  it('reads notes and status updates, in which the incident is only named', () => {
    const incident = { id: 'PGR0VU2', summary: 'INC-12' };
    expect(
      parsePagerDutyWebhook(
        delivery('incident.annotated', { id: 'N1', incident, content: 'seen', trimmed: true }),
      ),
    ).toMatchObject({ kind: 'annotated', incidentId: 'PGR0VU2', text: 'seen', trimmed: true });
    expect(
      parsePagerDutyWebhook(
        delivery('incident.status_update_published', { id: 'S1', incident, message: 'soon' }),
      ),
    ).toMatchObject({ kind: 'status-update-published', text: 'soon', trimmed: false });
  });

  it('takes an absent agent for automation', () => {
    expect(parsePagerDutyWebhook(delivery('incident.triggered', INCIDENT, null))).toMatchObject({
      agent: undefined,
    });
  });

  it('keeps no link that is not of the web', () => {
    const sly = { ...INCIDENT, html_url: 'javascript:alert(1)' };
    expect(parsePagerDutyWebhook(delivery('incident.triggered', sly))).not.toHaveProperty('url');
  });

  it('needs little: an id is enough', () => {
    expect(
      parsePagerDutyWebhook(delivery('incident.resolved', { id: 'P1', priority: null, service: null })),
    ).toMatchObject({ kind: 'resolved', incidentId: 'P1', title: 'P1', assignees: [], priority: null });
  });

  it.each([
    ['pagey.ping', 'ping'],
    ['incident.workflow.started', 'other'],
    ['service.updated', 'other'],
    ['constructor', 'other'],
    ['something.of.next.year', 'other'],
  ])('lets %s pass as %s', (type, kind) => {
    expect(parsePagerDutyWebhook(delivery(type, { anything: 1 }, null))).toMatchObject({
      kind,
      eventId: 'E1',
      type,
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'event'],
    ['a list', [delivery('incident.resolved', INCIDENT)]],
    ['no event', {}],
    [
      'no id',
      { event: { event_type: 'incident.resolved', occurred_at: '2025-08-12T16:38:11Z', data: INCIDENT } },
    ],
    ['no time', { event: { id: 'E1', event_type: 'incident.resolved', data: INCIDENT } }],
    [
      'a time of no calendar',
      { event: { id: 'E1', event_type: 'incident.resolved', occurred_at: 'today', data: INCIDENT } },
    ],
    ['no incident', delivery('incident.resolved', null)],
    ['an incident without id', delivery('incident.resolved', { title: 'x' })],
    ['a note of nothing', delivery('incident.annotated', { content: 'x' })],
  ])('refuses %s', (_, body) => {
    expect(parsePagerDutyWebhook(body)).toBeUndefined();
  });
});
