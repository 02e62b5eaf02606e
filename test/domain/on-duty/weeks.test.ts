import { expect, test } from 'vitest';
import { dayEndNear, shiftStart } from '../../../src/domain/on-duty/shift.ts';
import { lastOccurrence, localDays, weeksOf } from '../../../src/domain/on-duty/weeks.ts';
import { hours, override, person } from './people.ts';

const LONDON = 'Europe/London';
const at = (iso: string) => Date.parse(iso);
const iso = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

test('a week runs from Monday to Monday on the local clock, also when the clocks change', () => {
  const weeks = weeksOf(LONDON, { from: at('2025-10-22T12:00Z'), to: at('2025-10-27T00:00:01Z') });
  expect(weeks.map(({ from, to }) => [iso(from), iso(to)])).toEqual([
    ['2025-10-19T23:00:00.000Z', '2025-10-27T00:00:00.000Z'],
    ['2025-10-27T00:00:00.000Z', '2025-11-03T00:00:00.000Z'],
  ]);
});

test('a day that a zone left out is none of its days', () => {
  const days = localDays('Pacific/Apia', {
    from: at('2011-12-29T12:00-10:00'),
    to: at('2011-12-31T12:00+14:00'),
  });
  expect(days.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([24, 24]);
});

test.each([
  ['a moment before', '2025-08-11T08:59:59.999+01:00', '2025-08-04T08:00:00.000Z'],
  ['at the moment', '2025-08-11T09:00+01:00', '2025-08-11T08:00:00.000Z'],
  ['days after', '2025-08-17T23:00+01:00', '2025-08-11T08:00:00.000Z'],
  ['after the clocks went back', '2025-10-27T09:00Z', '2025-10-27T09:00:00.000Z'],
])('Monday at nine, %s', (_, now, expected) => {
  expect(iso(lastOccurrence(LONDON, 'mon', 540, at(now)))).toBe(expected);
});

test('a time that the clocks went over comes when they did', () => {
  // 01:30 on 30 March 2025 is not to be had in London.
  expect(iso(lastOccurrence(LONDON, 'sun', 90, at('2025-03-31T00:00Z')))).toBe('2025-03-30T01:00:00.000Z');
});

test.each([
  ['as it starts', '2025-08-12T09:00+01:00', '2025-08-12T08:00:00.000Z'],
  ['before', '2025-08-12T08:59+01:00', undefined],
  ['an hour later', '2025-08-12T10:00+01:00', '2025-08-12T08:00:00.000Z'],
  ['after lunch', '2025-08-12T13:30+01:00', undefined],
  ['in the evening', '2025-08-12T18:00+01:00', undefined],
])('when a day of two stretches began, asked %s', (_, now, expected) => {
  const split = person('Ben', { hours: [hours('09:00-12:00'), hours('13:00-17:00')] });
  expect(iso(shiftStart(split, at(now), []))).toBe(expected);
});

test('a night that began yesterday began when it did, and who is always on has no start', () => {
  const night = person('Ben', { hours: [hours('22:00-06:00')] });
  expect(iso(shiftStart(night, at('2025-08-13T01:00+01:00'), []))).toBe('2025-08-12T21:00:00.000Z');
  const always = override('Ben', 'on', '2025-08-01T00:00:00Z', '2025-09-01T00:00:00Z');
  expect(shiftStart(night, at('2025-08-13T01:00+01:00'), [always])).toBeUndefined();
});

test('a day that ends near is told from a lunch break and from one that ends much later', () => {
  const split = person('Ben', { hours: [hours('09:00-12:00'), hours('13:00-17:00')] });
  const near = (now: string) => iso(dayEndNear(split, at(now), 3 * 3_600_000, []));
  expect(near('2025-08-12T11:00+01:00')).toBeUndefined();
  expect(near('2025-08-12T15:00+01:00')).toBe('2025-08-12T16:00:00.000Z');
  expect(near('2025-08-12T19:00+01:00')).toBe('2025-08-12T16:00:00.000Z');
  expect(near('2025-08-12T20:30+01:00')).toBeUndefined();
});
