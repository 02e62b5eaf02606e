import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { acceptHandoff, assignRole, declineHandoff, offerHandoff, readRole } from '../../src/domain/roles.ts';
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
    expect(readRole(word)).toBe(role);
  });

  test('the declarer leads until somebody else does', () => {
    given()
      .when((incident) => assignRole(incident, 'responder', 'U0ANA', BEN, NOW))
      .adds(
        [{ type: 'role-assigned', role: 'responder', person: 'U0ANA', from: 'U0BEN' }],
        [{ do: 'invite', people: ['U0ANA'] }, { do: 'show', message: 'card' }, { do: 'set-topic' }],
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
          { do: 'set-topic' },
          { do: 'show', message: 'handoff:1' },
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
    declined.when((incident) => acceptHandoff(incident, '1', 'U0ANA', NOW)).refused('You have declined it.');
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
      .refused('It was offered to somebody else since; nothing is needed of you.');
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
