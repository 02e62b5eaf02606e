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

  test('of whom is woken it is one span, however many minutes it has; of no time there is none', () => {
    const team = teamOf([person('Ana', { nights: 'always' }), person('Ben')]);
    const [from, to] = [new Date('2025-08-12T00:00:00Z'), new Date('2025-08-15T00:00:00Z')];
    const spans = firstChoiceOverTime(team, 'tech-lead', from, to, 'sev1');
    expect(spans.map((span) => `${span.person}, then ${span.next}`)).toEqual(
      [12, 13, 14, 15].map((day) => `Ana, then Ana 2025-08-${day}T09:00:00+01:00`),
    );
    expect(firstChoiceOverTime(team, 'tech-lead', from, from, 'sev1')).toEqual([]);
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

  test('agrees with it where people have not worked for weeks', () => {
    const dates = Array.from({ length: 20 }, (_, index) => `2025-08-${String(index + 4).padStart(2, '0')}`);
    const people = [
      person('Zoe', { nights: 'sev1', holidays: { dates: [...dates, '2025-08-25', '2025-08-26'] } }),
      person('Abe', { nights: 'sev1', timezone: 'Asia/Kolkata', holidays: { dates: dates.slice(4) } }),
      person('Kim', {
        nights: 'sev1',
        timezone: 'America/New_York',
        holidays: { dates: dates.slice(0, 12) },
      }),
    ];
    expect(compareEveryMinute(comparison(people, [], '2025-08-08T00:00:00Z', 14), 'sev1')).toBe(2);
  });
});
