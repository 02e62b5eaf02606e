import { describe, expect, test } from 'vitest';
import { firstChoiceOverTime } from '../../../src/domain/on-duty/first-choice-over-time.ts';
import { compareEveryMinute, comparison } from './compare.ts';
import { AROUND_THE_WORLD, CHANGES } from './eight-zones.ts';
import { person, teamOf } from './people.ts';

describe('who would be paged first, over time', () => {
  test('joins what is equal, leaves no hole, and ends where it was told to', () => {
    const team = teamOf([person('Ana'), person('Ben')]);
    const spans = firstChoiceOverTime(
      team,
      'tech-lead',
      new Date('2025-08-12T00:00:00Z'),
      new Date('2025-08-13T00:00:00Z'),
    );
    expect(spans.map(({ from, to, ...rest }) => [from.toISOString(), to.toISOString(), rest])).toEqual([
      [
        '2025-08-12T00:00:00.000Z',
        '2025-08-12T08:00:00.000Z',
        { person: null, next: 'Ana 2025-08-12T09:00:00+01:00' },
      ],
      [
        '2025-08-12T08:00:00.000Z',
        '2025-08-12T16:30:00.000Z',
        { person: 'Ana', next: 'Ana 2025-08-13T09:00:00+01:00' },
      ],
      [
        '2025-08-12T16:30:00.000Z',
        '2025-08-13T00:00:00.000Z',
        { person: null, next: 'Ana 2025-08-13T09:00:00+01:00' },
      ],
    ]);
  });

  test('a roster of nobody has nobody, and an unknown one is refused', () => {
    const [from, to] = [new Date('2025-08-12T00:00:00Z'), new Date('2025-08-13T00:00:00Z')];
    expect(firstChoiceOverTime(teamOf([]), 'tech-lead', from, to)).toEqual([
      { from, to, person: null, next: null },
    ]);
    expect(() => firstChoiceOverTime(teamOf([]), 'toString', from, to)).toThrow('no roster called toString');
  });

  test('agrees with the rule read minute by minute through a week of changing clocks', () => {
    const week = comparison(AROUND_THE_WORLD.slice(0, 4), CHANGES, '2025-10-22T00:00:00Z', 7);
    expect(compareEveryMinute(week, 'sev1')).toBe(5);
  });
});
