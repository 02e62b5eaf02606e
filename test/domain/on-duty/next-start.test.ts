import { describe, expect, test } from 'vitest';
import { dutySpanAt, dutySpansIn, isAway, nextStart } from '../../../src/domain/on-duty/duty.ts';
import type { Override, Person } from '../../../src/domain/team.ts';
import { EVERY_DAY } from './eight-zones.ts';
import { hours, override, person } from './people.ts';

const BEN = person('Ben');

/** When somebody next comes on after an instant. */
function next(who: Person, after: string, overrides: readonly Override[] = []): string | undefined {
  const start = nextStart(who, Date.parse(after), overrides);
  return start === undefined ? undefined : new Date(start).toISOString();
}

describe('the next start of somebody’s day', () => {
  test.each([
    ['2025-08-12T00:00:00.000Z'],
    ['2025-08-12T07:58:59.999Z'],
    ['2025-08-12T07:59:00.000Z'],
    ['2025-08-12T07:59:30.000Z'],
    ['2025-08-12T07:59:59.999Z'],
  ])('at %s is this morning’s', (after) => {
    expect(next(BEN, after)).toBe('2025-08-12T08:00:00.000Z');
  });

  test.each([
    ['as it begins', '2025-08-12T08:00:00.000Z'],
    ['a moment later', '2025-08-12T08:00:00.001Z'],
    ['at noon', '2025-08-12T11:00:00.000Z'],
    ['as it ends', '2025-08-12T16:30:00.000Z'],
  ])('%s is the next day’s', (_, after) => {
    expect(next(BEN, after)).toBe('2025-08-13T08:00:00.000Z');
  });

  test('is found behind weeks and months of absence', () => {
    for (const back of ['2025-08-27', '2025-09-10', '2025-12-01', '2026-06-15']) {
      const off = override('Ben', 'off', '2025-08-01T00:00:00Z', `${back}T05:00:00Z`);
      expect(next(BEN, '2025-08-12T12:00:00Z', [off])?.slice(0, 10)).toBe(back);
    }
  });

  test('is none for who is always there, is there for months, or never', () => {
    const always = person('Ben', { hours: [hours('00:00-24:00')], days: EVERY_DAY });
    expect(next(always, '2025-08-12T12:00:00Z')).toBeUndefined();
    const never = person('Ben', { days: [] });
    expect(next(never, '2025-08-12T12:00:00Z')).toBeUndefined();
    const months = override('Ben', 'on', '2025-08-01T00:00:00Z', '2025-12-01T00:00:00Z');
    expect(next(never, '2025-08-12T12:00:00Z', [months])).toBeUndefined();
    expect(next(never, '2025-07-12T12:00:00Z', [months])).toBe('2025-08-01T00:00:00.000Z');
  });
});

describe('a stretch of duty', () => {
  test('is followed to its end, be it days or months away', () => {
    const never = person('Ben', { days: [] });
    for (const end of [
      '2025-08-12T12:00:01Z',
      '2025-08-14T12:00:00Z',
      '2025-08-20T00:00:00Z',
      '2025-12-01T00:00:00Z',
    ]) {
      const on = override('Ben', 'on', '2025-08-01T00:00:00Z', end);
      expect(dutySpanAt(never, Date.parse('2025-08-12T12:00:00Z'), [on])?.to).toBe(Date.parse(end));
      expect(dutySpanAt(never, Date.parse(end), [on])).toBeUndefined();
    }
  });
});

describe('the stretches of a range', () => {
  test('hold what begins near its end, in zones far from Greenwich on either side', () => {
    const within = (timezone: string, from: string, to: string) =>
      dutySpansIn(
        person('Ben', { timezone, hours: [hours('00:00-09:00')], days: EVERY_DAY }),
        { from: Date.parse(from), to: Date.parse(to) },
        [],
      ).map((span) => [new Date(span.from).toISOString(), new Date(span.to).toISOString()]);
    // In Apia the 13th begins at 11:00 of the 12th in Greenwich.
    expect(within('Pacific/Apia', '2025-08-11T21:00:00Z', '2025-08-12T12:00:00Z')).toEqual([
      ['2025-08-12T11:00:00.000Z', '2025-08-12T12:00:00.000Z'],
    ]);
    // In Pago Pago the 11th ends at 11:00 of the 12th.
    expect(within('Pacific/Pago_Pago', '2025-08-12T12:00:00Z', '2025-08-13T00:00:00Z')).toEqual([
      ['2025-08-12T12:00:00.000Z', '2025-08-12T20:00:00.000Z'],
    ]);
  });
});

describe('an absence', () => {
  test('is from its first instant to before its last, and one’s own', () => {
    const off = override('Ben', 'off', '2025-08-12T10:00:00Z', '2025-08-12T11:00:00Z');
    const away = (who: Person, at: string) => isAway(who, Date.parse(at), [off]);
    expect(away(BEN, '2025-08-12T09:59:59.999Z')).toBe(false);
    expect(away(BEN, '2025-08-12T10:00:00Z')).toBe(true);
    expect(away(BEN, '2025-08-12T10:59:59.999Z')).toBe(true);
    expect(away(BEN, '2025-08-12T11:00:00Z')).toBe(false);
    expect(away(person('Ana'), '2025-08-12T10:30:00Z')).toBe(false);
  });
});
