import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import { successorFor } from '../../src/domain/successor.ts';
import { TEAM_YAML, testTeam } from '../harness/team.ts';
import { BEN, given, NOW } from './given.ts';

const at = (text: string) => Date.parse(text);
const MORNING = at('2025-08-12T10:00:00+01:00');

function assigned(role: string, person: string): NewFact {
  return { type: 'role-assigned', role, person, by: BEN, at: NOW };
}

describe('who takes a role over', () => {
  test('is in hours, holds no other role, and comes first in the file', () => {
    const { incident } = given(assigned('communications', 'U0DORA'));
    expect(successorFor(testTeam(), incident, 'communications', { now: MORNING })).toEqual({
      kind: 'person',
      person: 'U0ANA',
      reason: 'in hours in Bucharest until 17:30 EEST, holds no other role',
    });
    const asked = ['U0ANA'];
    expect(successorFor(testTeam(), incident, 'communications', { now: MORNING, asked })).toMatchObject({
      person: 'U0BEN',
      reason: 'in hours in London until 17:30 BST, nobody else fits',
    });
  });

  test('is of the roster of the role', () => {
    const { incident } = given();
    const choice = successorFor(testTeam(), incident, 'tech-lead', { now: MORNING });
    expect(choice).toMatchObject({ person: 'U0ANA', reason: expect.stringContaining('nobody else fits') });
    const team = testTeam(
      TEAM_YAML.replace('report:', 'roles:\n  communications: { roster: tech-lead }\nreport:'),
    );
    expect(successorFor(team, incident, 'communications', { now: MORNING })).toMatchObject({
      person: 'U0ANA',
    });
  });

  test('at the end of a day is whoever is on then, be it that their own starts only', () => {
    const { incident } = given();
    const now = at('2025-08-12T15:10:00+01:00');
    const end = at('2025-08-12T17:30:00+01:00');
    expect(successorFor(testTeam(), incident, 'responder', { now, at: end })).toEqual({
      kind: 'person',
      person: 'U0CHI',
      from: at('2025-08-12T09:00:00-07:00'),
      reason: 'whose day in Los Angeles starts at 09:00 PDT (17:00 BST), nobody else fits',
    });
  });

  test('is nobody at night; it is said who comes on next', () => {
    const { incident } = given();
    expect(successorFor(testTeam(), incident, 'responder', { now: at('2025-08-12T04:00:00+01:00') })).toEqual(
      {
        kind: 'nobody',
        reason:
          'Nobody else of the team can be asked now; [U0ANA](person:U0ANA) comes on next, at 09:00 EEST (07:00 BST)',
      },
    );
  });

  test('is nobody who said no lately, went out, or stands outside of a private incident', () => {
    const offer: NewFact = {
      type: 'handoff-offered',
      handoff: '1',
      role: 'responder',
      to: 'U0ANA',
      brief: '',
      by: BEN,
      at: MORNING,
    };
    const declined = given(offer, {
      type: 'handoff-declined',
      handoff: '1',
      by: { kind: 'person', id: 'U0ANA' },
      at: MORNING,
    }).incident;
    const team = testTeam();
    const next = (incident: typeof declined, now = MORNING) =>
      successorFor(team, incident, 'responder', { now });
    expect(next(declined)).toMatchObject({ person: 'U0DORA' });
    expect(next(declined, MORNING + 5 * 3_600_000)).toMatchObject({ person: 'U0ANA' });
    const left = given({ type: 'left', person: 'U0ANA', by: BEN, at: MORNING }).incident;
    expect(next(left)).toMatchObject({ person: 'U0DORA' });
    const dora: NewFact = { type: 'joined', person: 'U0DORA', by: BEN, at: MORNING };
    expect(next({ ...given(dora).incident, private: true })).toMatchObject({ person: 'U0DORA' });
    expect(next({ ...given().incident, private: true })).toMatchObject({ kind: 'nobody' });
  });
});
