import { expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import { startConditions, startedAt } from '../../src/domain/start-conditions.ts';
import { testTeam } from '../harness/team.ts';
import { ANA, BEN, given, NOW } from './given.ts';

const MINUTE = 60_000;
const FACTS: NewFact[] = [
  { type: 'channel-opened', channel: 'C1', name: 'inc-7', by: { kind: 'daywatch' }, at: NOW + MINUTE },
  { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW + 2 * MINUTE },
  {
    type: 'paged',
    ladder: '1',
    page: '1',
    person: 'U0ANA',
    localTime: '19:02 EEST',
    reason: 'in hours',
    by: { kind: 'daywatch' },
    at: NOW + 2 * MINUTE,
  },
  { type: 'page-acknowledged', page: '1', via: 'slack', by: ANA, at: NOW + 5 * MINUTE },
  {
    type: 'entry-recorded',
    entry: 'e1',
    origin: 'reaction',
    content: { kind: 'update', text: 'We are on it.' },
    moment: { at: NOW + 9 * MINUTE },
    author: 'U0DORA',
    by: BEN,
    at: NOW + 10 * MINUTE,
  },
];

test('an incident is started when the last of the team’s conditions holds, and says who brought each about', () => {
  const team = testTeam();
  const steps = FACTS.map((_, count) => startConditions(given(...FACTS.slice(0, count + 1)).incident, team));
  expect(steps.map((conditions) => conditions.map(({ met }) => met !== undefined))).toEqual([
    [false, false, true, false],
    [false, false, true, false],
    [true, false, true, false],
    [true, true, true, false],
    [true, true, true, true],
  ]);
  expect(steps.slice(0, -1).map(startedAt)).toEqual([undefined, undefined, undefined, undefined]);
  const done = steps.at(-1) ?? [];
  expect(startedAt(done)).toBe(NOW + 9 * MINUTE);
  expect(done.map(({ met }) => met?.who)).toEqual([
    '[U0ANA](person:U0ANA)',
    '[U0ANA](person:U0ANA)',
    'Daywatch',
    '[U0DORA](person:U0DORA)',
  ]);
});

test('a team without a rule has nothing started', () => {
  expect(startedAt(startConditions(given(...FACTS).incident, { startConditions: [] }))).toBeUndefined();
});
