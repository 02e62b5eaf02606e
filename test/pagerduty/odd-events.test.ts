import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventWords } from '../../src/pagerduty/event-words.ts';
import { incidentAsTold, type PagerDutyEvent, parsePagerDutyWebhook } from '../../src/pagerduty/webhook.ts';
import { odd, spoiling, spoilt } from '../harness/odd.ts';

const ANA = { id: 'PANA01', type: 'user_reference', summary: 'Ana' };
const INCIDENT = {
  id: 'PGR0VU2',
  html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
  number: 36,
  status: 'acknowledged',
  created_at: '2025-08-12T16:33:02Z',
  incident_key: 'somebody-else',
  title: 'LEAP hub outage',
  service: { id: 'PSVC01', summary: 'Hubs' },
  assignees: [ANA],
  priority: { id: 'PP1', summary: 'P1' },
  escalation_policy: { id: 'PPOLICY', summary: 'Outages' },
  urgency: 'high',
};
const NAMED = { incident: { id: 'PGR0VU2', summary: 'x' }, user: ANA, escalation_policy: ANA };
const NOTE = { ...NAMED, content: 'seen', message: 'seen', trimmed: true, state: 'accepted' };
const AT = '2025-08-12T16:38:11.204Z';

function delivery(type: string, data: unknown, agent: unknown = ANA): { event: object } {
  return { event: { id: 'E1', event_type: type, occurred_at: AT, agent, data } };
}

const incidentTypes = fc.constantFrom(
  'triggered',
  'acknowledged',
  'reassigned',
  'priority_updated',
  'resolved',
);
const noteTypes = fc.constantFrom(
  'annotated',
  'status_update_published',
  'responder.added',
  'responder.replied',
);

/** What is read can be stored and said. */
function expectSound(event: PagerDutyEvent): void {
  const kept = JSON.stringify(event);
  expect(kept).not.toContain('\\u0000');
  expect(kept).not.toMatch(/\\ud[89a-f]/i);
  if ('createdAt' in event) expect(event.createdAt?.getTime()).not.toBeNaN();
  expect(eventWords(event, undefined, ({ name }) => name)?.text.length ?? 0).toBeLessThan(20_000);
}

test('whatever is odd in an incident but its id, the event is read with all that is not odd', () => {
  const { id: _, ...optional } = INCIDENT;
  const keys = Object.keys(optional) as (keyof typeof optional)[];
  fc.assert(
    fc.property(incidentTypes, fc.constantFrom(...keys), spoiling, (type, key, [turns, value]) => {
      const data = { ...INCIDENT, [key]: spoilt(INCIDENT[key], turns, value) };
      const event = parsePagerDutyWebhook(delivery(`incident.${type}`, data));
      expect(event).toMatchObject({
        type: `incident.${type}`,
        incidentId: 'PGR0VU2',
        agent: { name: 'Ana' },
      });
      if (event?.kind !== 'triggered') return;
      expectSound(event);
      if (key !== 'title') expect(event.title).toBe('LEAP hub outage');
      if (key !== 'assignees') expect(event.assignees).toEqual([{ id: 'PANA01', name: 'Ana' }]);
      if (key !== 'service') expect(event.service?.name).toBe('Hubs');
    }),
    { numRuns: 500 },
  );
});

test('of the assignees only the odd ones are left out', () => {
  const one = fc.oneof(
    odd,
    odd.map((id) => ({ id })),
    odd.map((summary) => ({ id: 'PBEN01', summary })),
  );
  fc.assert(
    fc.property(fc.array(one, { maxLength: 4 }), fc.nat(4), (others, at) => {
      const assignees = others.toSpliced(at, 0, ANA);
      const event = parsePagerDutyWebhook(delivery('incident.reassigned', { ...INCIDENT, assignees }));
      expect(event).toMatchObject({ assignees: expect.arrayContaining([{ id: 'PANA01', name: 'Ana' }]) });
    }),
    { numRuns: 200 },
  );
});

test('whatever is odd in a note or about a responder, it is read while it says of which incident', () => {
  const { incident: _, ...optional } = NOTE;
  const keys = Object.keys(optional) as (keyof typeof optional)[];
  fc.assert(
    fc.property(noteTypes, fc.constantFrom(...keys), spoiling, odd, (type, key, [turns, value], agent) => {
      const data = { ...NOTE, [key]: spoilt(NOTE[key], turns, value) };
      const event = parsePagerDutyWebhook(delivery(`incident.${type}`, data, agent));
      expect(event).toMatchObject({ type: `incident.${type}`, incidentId: 'PGR0VU2' });
      if (event) expectSound(event);
    }),
    { numRuns: 300 },
  );
});

test('whatever is odd anywhere, the event is read or refused, and what is read is sound', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.constantFrom<object>(INCIDENT, NOTE), spoiling, (data, [turns, value]) => {
      const type = data === NOTE ? 'incident.annotated' : 'incident.reassigned';
      const event = parsePagerDutyWebhook({
        event: spoilt(delivery(type, data).event, turns, value),
      });
      if (!event) return;
      read += 1;
      expectSound(event);
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(100);
});

test('an incident that is asked for is read as long as one of its times is', () => {
  const answer = { ...INCIDENT, incident_number: '36', last_status_change_at: 7, assignees: [null] };
  expect(incidentAsTold(answer)).toMatchObject({
    kind: 'acknowledged',
    incidentId: 'PGR0VU2',
    occurredAt: new Date('2025-08-12T16:33:02Z'),
  });
});

test('a priority that cannot be read is not told as one that was taken away', () => {
  const words = (priority: unknown) => {
    const event = parsePagerDutyWebhook(delivery('incident.priority_updated', { ...INCIDENT, priority }));
    return event && eventWords(event, undefined, ({ name }) => name)?.text;
  };
  expect(words('P1')).toBe('PagerDuty changes its priority.');
  expect(words({ summary: 5 })).toBe('PagerDuty changes its priority.');
  expect(words(null)).toBe('PagerDuty takes its priority away.');
});
