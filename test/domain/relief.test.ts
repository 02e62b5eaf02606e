import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import { dayEndOf } from '../../src/domain/on-duty/shift.ts';
import { leaveChannel, proposeReliefs, reliefToAnswer, stay } from '../../src/domain/relief.ts';
import { testTeam } from '../harness/team.ts';
import { DECLARED, given } from './given.ts';

const team = testTeam();
const at = (text: string) => Date.parse(text);
const [ben] = team.people;
const MINUTE = 60_000;

/** Declared by Ben at that time, whose day ends at 17:30 in London. */
function declaredAt(time: number, ...more: NewFact[]) {
  const { incident } = given(...more);
  return { ...incident, declaredAt: time, tenures: [{ role: 'responder', person: 'U0BEN', from: time }] };
}

describe('before a holder’s day ends', () => {
  const DAY = '2025-08-12';
  test.each([
    ['14:00', '16:59', undefined],
    ['14:00', '17:00', 'day-ends'],
    ['14:00', '17:29', 'day-ends'],
    ['14:00', '17:30', 'off-duty'],
    ['14:00', '20:30', 'off-duty'],
    ['14:00', '20:31', undefined],
    ['17:05', '17:14', undefined],
    ['17:05', '17:15', 'day-ends'],
    ['17:25', '17:30', 'off-duty'],
    ['17:30', '17:31', undefined],
    ['22:00', '23:00', undefined],
  ])('held since %s, at %s: %s', (since, clock, why) => {
    const incident = declaredAt(at(`${DAY}T${since}:00+01:00`));
    const { facts } = proposeReliefs(team, incident, at(`${DAY}T${clock}:00+01:00`));
    expect(facts.map((fact) => (fact.type === 'relief-proposed' ? fact.why : fact.type))).toEqual(
      why === undefined ? [] : [why],
    );
  });

  test('asks once, and once more when the day is over; who stays is asked an hour after it', () => {
    const began = at('2025-08-12T14:00:00+01:00');
    const warn = at('2025-08-12T17:00:00+01:00');
    const end = at('2025-08-12T17:30:00+01:00');
    let told = given({
      type: 'role-assigned',
      role: 'responder',
      person: 'U0BEN',
      by: DECLARED.by,
      at: began,
    })
      .when((incident) => proposeReliefs(team, incident, warn))
      .next();
    expect(told.incident.reliefs?.['1']).toMatchObject({ to: 'U0CHI', why: 'day-ends', dayEnd: end });
    told.when((incident) => proposeReliefs(team, incident, warn + MINUTE)).addsNothing();
    const silent = told.when((incident) => proposeReliefs(team, incident, end)).next();
    expect(silent.incident.reliefs?.['2']).toMatchObject({ why: 'off-duty' });
    silent.when((incident) => proposeReliefs(team, incident, end + MINUTE)).addsNothing();

    told = told
      .when((incident) => stay(incident, reliefToAnswer(incident, 'U0BEN')?.id, 'U0BEN', warn + MINUTE))
      .next();
    told.when((incident) => proposeReliefs(team, incident, end + MINUTE)).addsNothing();
    const again = told.when((incident) => proposeReliefs(team, incident, end + 60 * MINUTE)).next();
    expect(again.incident.reliefs?.['2']).toMatchObject({ why: 'off-duty', dayEnd: end });
    again
      .when((incident) => stay(incident, '2', 'U0ANA', end + 61 * MINUTE))
      .refused(/only they can say that they stay/);
  });

  test('says nothing once the incident is over, or while the role is offered', () => {
    const now = at('2025-08-12T17:10:00+01:00');
    const resolved: NewFact = {
      type: 'status-changed',
      from: 'investigating',
      to: 'resolved',
      by: DECLARED.by,
      at: now,
    };
    expect(proposeReliefs(team, declaredAt(now - 60 * MINUTE, resolved), now).facts).toEqual([]);
    const offered: NewFact = {
      type: 'handoff-offered',
      handoff: '1',
      role: 'responder',
      to: 'U0ANA',
      brief: '',
      by: DECLARED.by,
      at: now,
    };
    expect(proposeReliefs(team, declaredAt(now - 60 * MINUTE, offered), now).facts).toEqual([]);
  });
});

describe('the end of a day', () => {
  test.each([
    ['on a plain day', '2025-08-12T12:00:00+01:00', '2025-08-12T17:30:00+01:00'],
    ['after it', '2025-08-12T22:00:00+01:00', '2025-08-12T17:30:00+01:00'],
    ['before the next one starts', '2025-08-13T08:59:00+01:00', '2025-08-12T17:30:00+01:00'],
    ['on the Monday after the clocks went back', '2025-10-27T12:00:00+00:00', '2025-10-27T17:30:00+00:00'],
    ['on the Friday before they went forward', '2026-03-27T12:00:00+00:00', '2026-03-27T17:30:00+00:00'],
    ['on the Monday after they did', '2026-03-30T12:00:00+01:00', '2026-03-30T17:30:00+01:00'],
  ])('%s', (_, now, end) => {
    expect(ben && dayEndOf(ben, at(now), [])).toBe(at(end));
  });

  test('is not at lunch, and not while somebody is always on', () => {
    const lunch = {
      ...ben,
      hours: [
        { from: 540, to: 720 },
        { from: 780, to: 1050 },
      ],
    } as NonNullable<typeof ben>;
    expect(dayEndOf(lunch, at('2025-08-12T12:30:00+01:00'), [])).toBe(at('2025-08-12T17:30:00+01:00'));
    const always = {
      ...ben,
      hours: [{ from: 0, to: 1440 }],
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    };
    expect(dayEndOf(always as NonNullable<typeof ben>, at('2025-08-12T12:30:00+01:00'), [])).toBeUndefined();
  });
});

describe('who goes out of the channel', () => {
  const NOW = at('2025-08-12T12:00:00+01:00');

  test('leaves a question for each role, once; nothing where they hold none', () => {
    const gone = given()
      .when((incident) => leaveChannel(team, incident, 'U0BEN', NOW))
      .next();
    expect(gone.incident.reliefs?.['1']).toMatchObject({ role: 'responder', why: 'left', to: 'U0ANA' });
    gone.when((incident) => leaveChannel(team, incident, 'U0BEN', NOW)).addsNothing();
    given()
      .when((incident) => leaveChannel(team, incident, 'U0DORA', NOW))
      .addsNothing();
    const dora: NewFact = { type: 'joined', person: 'U0DORA', by: DECLARED.by, at: NOW };
    given(dora)
      .when((incident) => leaveChannel(team, incident, 'U0DORA', NOW))
      .adds([{ type: 'left', person: 'U0DORA' }]);
  });
});
