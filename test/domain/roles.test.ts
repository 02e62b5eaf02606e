import { describe, expect, test } from 'vitest';
import { acceptHandoff, declineHandoff, offerHandoff } from '../../src/domain/handoff.ts';
import { hopHandoff, overdueHops } from '../../src/domain/handoff-hop.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { readRole } from '../../src/domain/role-names.ts';
import { assignRole } from '../../src/domain/roles.ts';
import { testTeam } from '../harness/team.ts';
import { ANA, BEN, given, NOW } from './given.ts';

function offer(to: string) {
  return (incident: Incident) =>
    offerHandoff(incident, { role: 'responder', to, brief: 'All is told.', by: BEN }, NOW);
}

describe('roles', () => {
  test.each([
    ['Comms', 'communications'],
    ['tech_lead', 'tech-lead'],
    ['TL', 'tech-lead'],
    ['IC', 'responder'],
    ['incident-commander', 'responder'],
    ['scribe', 'scribe'],
    ['cook', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('%s is read as %s', (word, role) => {
    expect(readRole(word, testTeam().roles)).toBe(role);
  });

  test('the declarer leads until somebody else does', () => {
    given()
      .when((incident) => assignRole(incident, 'responder', 'U0ANA', BEN, NOW))
      .adds(
        [{ type: 'role-assigned', role: 'responder', person: 'U0ANA', from: 'U0BEN' }],
        [
          { do: 'invite', people: ['U0ANA'] },
          { do: 'show', message: 'card' },
          { do: 'show', message: 'announcement' },
          { do: 'set-topic' },
          { do: 'reassign-in-pagerduty' },
        ],
      )
      .when((incident) => assignRole(incident, 'responder', 'U0ANA', BEN, NOW))
      .addsNothing('[U0ANA](person:U0ANA) holds responder already.');
  });
});

describe('a handoff', () => {
  const OFFERED = {
    type: 'handoff-offered',
    handoff: '1',
    role: 'responder',
    from: 'U0BEN',
    to: 'U0ANA',
    brief: 'All is told.',
  };

  test('leaves the role where it is until it is accepted', () => {
    const offered = given()
      .when(offer('U0ANA'))
      .adds(
        [OFFERED],
        [
          { do: 'invite', people: ['U0ANA'] },
          { do: 'show', message: 'handoff:1' },
          { do: 'show', message: 'offer:1' },
          { do: 'show', message: 'card' },
        ],
      );
    expect(offered.incident.roles.responder).toBe('U0BEN');
    const accepted = offered
      .when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW))
      .adds(
        [
          { type: 'handoff-accepted', handoff: '1' },
          { type: 'role-assigned', role: 'responder', person: 'U0ANA', from: 'U0BEN', handoff: '1' },
        ],
        [
          { do: 'invite', people: ['U0ANA'] },
          { do: 'show', message: 'card' },
          { do: 'show', message: 'announcement' },
          { do: 'set-topic' },
          { do: 'reassign-in-pagerduty' },
          { do: 'show', message: 'handoff:1' },
          { do: 'show', message: 'offer:1' },
        ],
      );
    expect(accepted.incident.roles.responder).toBe('U0ANA');
    accepted
      .when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW))
      .refused('You have accepted it: you hold responder.');
    accepted.when((incident) => declineHandoff(incident, '1', 'U0ANA', undefined, NOW)).refused(/accepted/);
  });

  test('is answered by nobody but the person asked', () => {
    const offered = given().when(offer('U0ANA')).next();
    for (const answer of [
      acceptHandoff,
      (...[incident, id, by, now]: Parameters<typeof acceptHandoff>) =>
        declineHandoff(incident, id, by, undefined, now),
    ]) {
      offered
        .when((incident) => answer(incident, '1', 'U0BEN', NOW))
        .refused('This handoff is for [U0ANA](person:U0ANA); only they can answer it.');
    }
    offered
      .when((incident) => acceptHandoff(incident, '9', 'U0ANA', NOW))
      .refused('INC-7 has no such handoff.');
  });

  test('declined, the holder keeps the role and whoever declined takes no part', () => {
    const declined = given()
      .when(offer('U0ANA'))
      .next()
      .when((incident) => declineHandoff(incident, '1', 'U0ANA', 'asleep_*soon*', NOW))
      .next();
    expect(declined.incident.roles.responder).toBe('U0BEN');
    expect(declined.incident.people).toEqual(['U0BEN']);
    declined
      .when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW))
      .refused(/^You have declined it\. To take responder all the same/);
  });

  test('of one role stands once: a later one overtakes it, the same one is not made again', () => {
    const first = given().when(offer('U0ANA')).next();
    first
      .when(offer('U0ANA'))
      .addsNothing('responder is offered to [U0ANA](person:U0ANA) already; it stands until they answer.');
    const second = first.when(offer('U0CHI')).next();
    expect(Object.values(second.incident.handoffs).map(({ state }) => state)).toEqual([
      'overtaken',
      'offered',
    ]);
    second
      .when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW))
      .refused(
        'It was offered to somebody else since; nothing is needed of you. [U0BEN](person:U0BEN) holds responder.',
      );
  });

  test('to the holder, or when it is over, is refused', () => {
    given()
      .when(offer('U0BEN'))
      .refused(/holds responder already; a handoff goes to somebody else\.$/);
    const offered = given().when(offer('U0ANA')).next();
    const cancelled = given(...offered.facts.slice(1), {
      type: 'status-changed',
      from: 'investigating',
      to: 'cancelled',
      by: ANA,
      at: NOW,
    });
    cancelled
      .when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW))
      .refused(/^INC-7 is cancelled, so `handoff` is not possible/);
    cancelled.when(offer('U0CHI')).refused(/^INC-7 is cancelled/);
  });
});

describe('an offer whose next step was forgotten', () => {
  const WITHIN = 300_000;
  const offered = given()
    .when((incident) =>
      offerHandoff(
        incident,
        { role: 'responder', to: 'U0ANA', brief: 'All is told.', by: BEN, withinMs: WITHIN },
        NOW,
      ),
    )
    .next();

  test('is moved on once a minute has gone by, and not before', () => {
    expect(overdueHops(offered.incident, NOW + WITHIN + 59_000)).toEqual([]);
    const now = NOW + WITHIN + 60_000;
    expect(overdueHops(offered.incident, now)).toEqual([{ do: 'move-handoff', handoff: '1', at: now }]);
  });

  test('is left alone when it was answered, moved on, or the role went elsewhere', () => {
    const now = NOW + WITHIN + 120_000;
    const declined = offered
      .when((incident) => declineHandoff(incident, '1', 'U0ANA', undefined, NOW + 1_000))
      .next();
    expect(overdueHops(declined.incident, NOW + 30_000)).toEqual([]);
    expect(overdueHops(declined.incident, now)).toHaveLength(1);
    const hop = { brief: () => 'b', withinMs: WITHIN };
    const moved = declined
      .when((incident) =>
        hopHandoff(
          incident,
          '1',
          { ...hop, successor: () => ({ kind: 'person', person: 'U0CHI', reason: 'in hours' }) },
          NOW + 2_000,
        ),
      )
      .next();
    expect(Object.values(moved.incident.handoffs).map(({ state }) => state)).toEqual(['declined', 'offered']);
    expect(overdueHops(moved.incident, NOW + 3_000)).toEqual([]);
    moved
      .when((incident) =>
        hopHandoff(
          incident,
          '1',
          { ...hop, successor: () => ({ kind: 'nobody', reason: 'Nobody' }) },
          NOW + 4_000,
        ),
      )
      .addsNothing();
    const elsewhere = declined
      .when((incident) => assignRole(incident, 'responder', 'U0DORA', BEN, NOW + 2_000))
      .next();
    expect(overdueHops(elsewhere.incident, now)).toEqual([]);
  });
});

test('when nobody is left that is told once', () => {
  const declined = given()
    .when(offer('U0ANA'))
    .next()
    .when((incident) => declineHandoff(incident, '1', 'U0ANA', undefined, NOW))
    .next();
  const hop = {
    successor: () => ({ kind: 'nobody' as const, reason: 'Nobody else of the team can be asked now' }),
    brief: () => 'b',
    withinMs: 300_000,
  };
  const ended = declined.when((incident) => hopHandoff(incident, '1', hop, NOW)).next();
  expect(ended.facts.at(-1)).toMatchObject({ type: 'handoff-exhausted', handoff: '1', role: 'responder' });
  ended.when((incident) => hopHandoff(incident, '1', hop, NOW)).addsNothing();
});

test('a role that is given by hand is no longer offered', () => {
  const byHand = given()
    .when(offer('U0ANA'))
    .next()
    .when((incident) => assignRole(incident, 'responder', 'U0DORA', BEN, NOW))
    .next();
  byHand
    .when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW))
    .refused(
      'It was offered to somebody else since; nothing is needed of you. [U0DORA](person:U0DORA) holds responder.',
    );
});
