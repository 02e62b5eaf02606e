import { describe, expect, test } from 'vitest';
import { type Comparison, compareChoices, compareEveryMinute, comparison } from './compare.ts';
import type { Situation } from './duty-by-the-minute.ts';
import { AROUND_THE_WORLD, CHANGES, EVERY_DAY, ZONES } from './eight-zones.ts';
import { hours, override, person } from './people.ts';

/** Two years in which Lord Howe, Casablanca and the rest change their clocks, and no zone on the same day as all others. */
const START = '2025-03-01T00:00:00Z';
const TWO_YEARS = 730;

/** Nights over midnight in every zone, so that most of the world's day nobody is in hours. */
const BY_NIGHT = ZONES.map((timezone, index) =>
  person(`N${index}`, {
    timezone,
    hours: [hours(index % 2 === 0 ? '22:15-06:45' : '23:30-01:15')],
    days: index < 6 ? ['tue', 'thu', 'sat'] : EVERY_DAY,
    nights: index % 2 === 0 ? 'sev1' : 'never',
    holidays: { dates: ['2011-12-29', '2012-01-01', '2011-10-29', '2012-03-25'] },
  }),
);

/** Three people leave much of the week to nobody. */
const FEW = [
  person('Ana', {
    timezone: 'Europe/Bucharest',
    nights: 'sev1',
    holidays: { dates: ['2025-12-25', '2026-04-13'] },
  }),
  person('Lea', { timezone: 'Australia/Lord_Howe', hours: [hours('01:45-02:15'), hours('20:00-24:00')] }),
  person('Chi', {
    timezone: 'America/Los_Angeles',
    hours: [hours('01:15-02:45')],
    days: EVERY_DAY,
    nights: 'always',
  }),
];
const FEW_CHANGES = [
  override('Ana', 'off', '2025-08-01T00:00:00Z', '2025-08-18T06:20:00Z'),
  override('Chi', 'on', '2025-08-09T00:00:00Z', '2025-08-10T00:00:00Z'),
  override('Chi', 'off', '2026-03-08T09:30:00Z', '2026-03-08T09:50:00Z'),
];

const SITUATIONS: Situation[] = [
  { severity: 'sev1' },
  { severity: 'sev2', inside: true },
  {},
  { severity: 'sev1', onCall: ['P5', 'P1', 'Chi', 'N3'], inside: true },
  { severity: 'sev1', tried: ['P0', 'P1', 'Ana'] },
  { tried: ['P3', 'P4', 'N1'], pages: { P0: 2, P1: 1, P2: 1, P5: 3, Ana: 1 } },
  { severity: 'sev2', onCall: ['P0', 'P7', 'N4', 'Lea'], pages: { P1: 4, P2: 1, P7: 9, N4: 2 } },
  {
    severity: 'sev1',
    tried: ['P1', 'P2', 'P4', 'P5', 'P7', 'N0', 'N2', 'Chi'],
    pages: { N6: 1 },
    inside: true,
  },
];

describe.each<[string, () => Comparison]>([
  ['around the world', () => comparison(AROUND_THE_WORLD, CHANGES, START, TWO_YEARS)],
  [
    'by night, over the day that Apia left out',
    () => comparison(BY_NIGHT, [], '2010-12-01T00:00:00Z', TWO_YEARS),
  ],
  ['with a few people', () => comparison(FEW, FEW_CHANGES, START, TWO_YEARS)],
])('two years %s', (_, make) => {
  const made = make();

  test.each([undefined, 'sev1', 'sev2'] as const)('agree minute by minute for %s', (severity) => {
    expect(compareEveryMinute(made, severity)).toBeGreaterThan(2);
  });

  test('agree whoever was asked, is on call or was paged, wherever something turns', () => {
    const turns = made.slow.turns().filter((_, index) => index % 5 === 0);
    const others = Array.from({ length: 1_000 }, (_, index) => index * 1_049);
    const kinds = compareChoices(made, [...turns, ...others], SITUATIONS);
    expect(Object.keys(kinds).sort()).toEqual(['exhausted', 'in-hours', 'wait', 'woken']);
  });
});
