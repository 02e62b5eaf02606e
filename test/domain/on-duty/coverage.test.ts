import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../../src/domain/on-duty/coverage.ts';
import {
  nobodyWords,
  offWords,
  overloadWords,
  spanWords,
  stretchWords,
  unusualHoleWords,
} from '../../../src/domain/on-duty/coverage-words.ts';
import type { Override, Person } from '../../../src/domain/team.ts';
import { hours, override, person, teamOf } from './people.ts';

const LONDON = 'Europe/London';
const HOUR = 3_600_000;
const asIs = (name: string) => name;

/** Ana is there from 07:00 to 15:30 London time, Ben from nine to half past five. */
const ANA = person('Ana', { timezone: 'Europe/Bucharest' });
const BEN = person('Ben');

function ahead(people: Person[], from: string, to: string, overrides: Override[] = []) {
  const team = { ...teamOf(people, overrides), timezone: LONDON };
  return coverageOf(team, 'tech-lead', new Date(from), new Date(to));
}

describe('holes', () => {
  test('given hours on workdays, when a week is looked at, then nights and the weekend are holes', () => {
    const { holes, unusualHoles, weeks } = ahead(
      [ANA, BEN],
      '2025-08-11T00:00+01:00',
      '2025-08-18T00:00+01:00',
    );
    expect(holes).toHaveLength(6);
    expect(unusualHoles).toEqual([]);
    const [week] = weeks;
    // In hours from 07:00 to 17:30 on five days.
    expect(week?.nobodyMs).toBe((168 - 5 * 10.5) * HOUR);
    expect(week && nobodyWords(week, LONDON)).toBe(
      'nobody for 115h 30m, longest Fri 15 Aug 17:30 – Mon 18 Aug 00:00 BST (54h 30m)',
    );
  });

  test('given somebody at every minute, then there are none', () => {
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    const always = person('Ana', { hours: [hours('00:00-24:00')], days });
    const { holes, weeks } = ahead([always], '2025-10-20T00:00+01:00', '2025-10-27T00:00Z');
    expect(holes).toEqual([]);
    expect(weeks.map((week) => nobodyWords(week, LONDON))).toEqual(['somebody at every minute']);
  });

  test('given a week that begins before what was asked, then only what was asked counts', () => {
    const { weeks } = ahead([BEN], '2025-08-15T16:30+01:00', '2025-08-18T10:00+01:00');
    expect(weeks.map(({ nobodyMs }) => nobodyMs / HOUR)).toEqual([54.5, 9]);
    // The hole began in the week before and is told there.
    expect(weeks[1]?.longestHole).toBeUndefined();
    expect(weeks[0] && spanWords(weeks[0].longestHole ?? { from: 0, to: 0 }, LONDON)).toBe(
      'Fri 15 Aug 17:30 – Mon 18 Aug 09:00 BST',
    );
  });
});

describe('days off', () => {
  const holiday = { ...BEN, holidays: { country: 'GB-ENG' } };

  test('given a bank holiday, when nobody else is there, then the hole it leaves is told with its reason', () => {
    const { unusualHoles, weeks } = ahead([ANA, holiday], '2025-08-25T00:00+01:00', '2025-09-01T00:00+01:00');
    expect(unusualHoles.map((hole) => unusualHoleWords(hole, LONDON, asIs))).toEqual([
      'Mon 25 Aug 15:30–17:30 BST: nobody, because Ben has a holiday',
    ]);
    expect(weeks.flatMap(({ off }) => off).map((off) => offWords(off, asIs))).toEqual([
      'Ben (holiday Mon 25 Aug)',
    ]);
  });

  test('given an absence of days, then its days are one run, and a part of a day is called so', () => {
    const away = override('Ben', 'off', '2025-08-12T00:00:00+01:00', '2025-08-15T12:00:00+01:00');
    const { weeks } = ahead([ANA, BEN], '2025-08-11T00:00+01:00', '2025-08-18T00:00+01:00', [away]);
    expect(weeks.flatMap(({ off }) => off).map((off) => offWords(off, asIs))).toEqual([
      'Ben (away Tue 12 – Thu 14 Aug, partly away Fri 15 Aug)',
    ]);
  });

  test('given somebody else who is there, then no hole is told', () => {
    const third = person('Chitra');
    const { unusualHoles } = ahead([ANA, holiday, third], '2025-08-25T00:00+01:00', '2025-09-01T00:00+01:00');
    expect(unusualHoles).toEqual([]);
  });

  test('given an override that puts them on, then the holiday is no day off', () => {
    const on = override('Ben', 'on', '2025-08-25T00:00:00+01:00', '2025-08-26T00:00:00+01:00');
    const { weeks, unusualHoles } = ahead(
      [ANA, holiday],
      '2025-08-25T00:00+01:00',
      '2025-09-01T00:00+01:00',
      [on],
    );
    expect(weeks.flatMap(({ off }) => off)).toEqual([]);
    expect(unusualHoles).toEqual([]);
  });

  test('given a weekend, then nobody is off on it', () => {
    const days = { dates: ['2025-08-16', '2025-08-17'] };
    const { weeks } = ahead([{ ...BEN, holidays: days }], '2025-08-11T00:00+01:00', '2025-08-18T00:00+01:00');
    expect(weeks.flatMap(({ off }) => off)).toEqual([]);
  });
});

describe('weeks in which clocks change', () => {
  test('given zones that change on different days, then each week tells its own', () => {
    const la = person('Chitra', { timezone: 'America/Los_Angeles' });
    const { weeks } = ahead([BEN, la], '2025-10-20T00:00+01:00', '2025-11-10T00:00Z');
    expect(weeks.map(({ changes }) => changes.map(({ zone, words }) => `${zone} ${words}`))).toEqual([
      ['Europe/London Sun 26 Oct 02:00 BST → 01:00 GMT'],
      ['America/Los_Angeles Sun 2 Nov 02:00 PDT → 01:00 PST'],
      [],
    ]);
  });
});

describe('overload', () => {
  test('given equal parts, then nobody carries too much', () => {
    const la = person('Chitra', { timezone: 'America/Los_Angeles' });
    const { weeks } = ahead([BEN, la], '2025-08-11T00:00+01:00', '2025-08-18T00:00+01:00');
    expect(weeks.flatMap(({ overloads }) => overloads)).toEqual([]);
  });

  test('given one away all week, then the other carries it: the only one is first at every hour', () => {
    const la = person('Chitra', { timezone: 'America/Los_Angeles' });
    const away = override('Chitra', 'off', '2025-08-11T00:00:00Z', '2025-08-19T00:00:00Z');
    const { weeks } = ahead([BEN, la], '2025-08-11T00:00+01:00', '2025-08-18T00:00+01:00', [away]);
    expect(weeks.flatMap(({ overloads }) => overloads).map((one) => overloadWords(one, asIs))).toEqual([
      'Ben is first choice for 42h 30m, 100% of the time in which anybody is in hours',
    ]);
  });

  test('given exactly 45 hours, then it is not too much; a minute a day more is', () => {
    const la = person('Chitra', { timezone: 'America/Los_Angeles', hours: [hours('09:00-18:00')] });
    const nine = person('Ben', { hours: [hours('08:00-17:00')] });
    const more = person('Ben', { hours: [hours('07:59-17:00')] });
    const week = ['2025-08-11T00:00+01:00', '2025-08-18T00:00+01:00'] as const;
    const overloaded = (ben: Person) =>
      ahead([ben, la], ...week).weeks.flatMap(({ overloads }) => overloads.map((one) => one.person));
    expect(overloaded(nine)).toEqual([]);
    expect(overloaded(more)).toEqual(['Ben']);
  });

  test('given a part of a week, then the whole week is what counts', () => {
    const long = person('Ben', { hours: [hours('07:00-17:00')] });
    const { weeks } = ahead([long, ANA], '2025-08-15T00:00+01:00', '2025-08-18T00:00+01:00');
    expect(weeks.flatMap(({ overloads }) => overloads).map(({ ms }) => ms / HOUR)).toEqual([50]);
  });

  test('given a roster of one, then that it is always the same one is no news', () => {
    const { weeks } = ahead([BEN], '2025-08-11T00:00+01:00', '2025-08-18T00:00+01:00');
    expect(weeks.flatMap(({ overloads }) => overloads)).toEqual([]);
  });
});

test('a stretch of days in words, one line', () => {
  const holiday = { ...BEN, holidays: { dates: ['2025-10-20'] } };
  const range = ['2025-10-20T00:00+01:00', '2025-10-27T00:00Z'] as const;
  const stretch = { from: Date.parse(range[0]), to: Date.parse(range[1]) };
  expect(stretchWords(ahead([holiday], ...range), stretch, LONDON, asIs)).toBe(
    'Nobody for 135h, longest Fri 24 Oct 17:30 BST – Mon 27 Oct 00:00 GMT (55h 30m). ' +
      'Unlike in other weeks, Mon 20 Oct 09:00–17:30 BST: nobody, because Ben has a holiday. ' +
      'Off: Ben (holiday Mon 20 Oct). Clocks change: London Sun 26 Oct 02:00 BST → 01:00 GMT.',
  );
});

test('a roster that is not there has nothing in store', () => {
  const team = { ...teamOf([BEN]), timezone: LONDON };
  expect(coverageOf(team, 'nobody', new Date(0), new Date(HOUR))).toEqual({
    holes: [],
    unusualHoles: [],
    weeks: [],
  });
});
