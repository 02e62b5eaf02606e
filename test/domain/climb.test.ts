import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testTeam } from '../harness/team.ts';
import { type Habit, pagesByTheTick } from './ladder-by-the-tick.ts';
import { dutyByTheMinute } from './on-duty/duty-by-the-minute.ts';
import { AROUND_THE_WORLD, CHANGES } from './on-duty/eight-zones.ts';
import { hours, person, roster } from './on-duty/people.ts';
import { playLadder } from './play-ladder.ts';

const DAYS = 4;

/** Two more whose days begin with that of another, one of them with a short one. */
const PEOPLE = AROUND_THE_WORLD.flatMap((one, index) => {
  if (index === 1) return [person('Short', { ...one, name: 'Short', hours: [hours('09:00-09:20')] }), one];
  return index === 3 ? [one, { ...one, name: 'Twin', nights: 'never' as const }] : [one];
});

test('who is paged, and when, is what the rule says tick by tick, whatever people do', () => {
  // On time, in the limit's last moment, and too late.
  const after = fc.constantFrom(1, 4, 5, 9, 11, 24, 61);
  const habit: fc.Arbitrary<Habit> = fc.option(
    fc.record({ does: fc.constantFrom('take' as const, 'decline' as const, 'decline' as const), after }),
    { nil: undefined },
  );
  const counted: Record<number, number> = {};
  fc.assert(
    fc.property(
      fc.constantFrom('2025-10-24T00:00:00Z', '2026-04-03T00:00:00Z', '2026-12-25T00:00:00Z'),
      fc.nat({ max: 2880 }),
      fc.subarray(PEOPLE, { minLength: 1, maxLength: 5 }),
      fc.array(habit, { minLength: PEOPLE.length, maxLength: PEOPLE.length }),
      fc.constantFrom('sev1' as const, 'sev2' as const),
      fc.constantFrom(10, 30),
      fc.integer({ min: 1, max: 3 }),
      fc.subarray(PEOPLE.map(({ name }) => name)),
      (day, minute, people, manners, severity, limit, rounds, onCall) => {
        const start = Date.parse(day) + minute * 60_000;
        const duty = dutyByTheMinute({ people, overrides: CHANGES, from: start, minutes: DAYS * 1440 });
        const habits = Object.fromEntries(PEOPLE.map(({ name }, index) => [name, manners[index]]));
        const common = { habits, severity, onCall, limit, ticks: DAYS * 2880 };
        const pages = playLadder({
          ...common,
          team: { ...testTeam(), people },
          roster: { ...roster(people, CHANGES), rounds },
          start,
        });
        expect(pages).toEqual(pagesByTheTick({ ...common, duty, rounds }));
        counted[pages.length] = (counted[pages.length] ?? 0) + 1;
      },
    ),
    { numRuns: 60 },
  );
  expect(Object.keys(counted).length).toBeGreaterThan(4);
});
