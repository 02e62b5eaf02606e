import { describe, expect, test } from 'vitest';
import { isHoliday, knowsCountry } from '../../../src/domain/on-duty/holidays.ts';

function free(country: string, ...dates: string[]): string[] {
  return dates.filter((date) => isHoliday({ country }, date));
}

describe('a country’s holidays', () => {
  test('are its public ones, with those that make up for a weekend', () => {
    const autumn = ['2025-11-26', '2025-11-27', '2025-11-28', '2025-12-24', '2025-12-25'];
    expect(free('US', ...autumn)).toEqual(['2025-11-27', '2025-12-25']);
    expect(free('GB-ENG', '2026-03-15', '2026-12-25', '2026-12-28', '2026-12-29')).toEqual([
      '2026-12-25',
      '2026-12-28',
    ]);
  });

  test('of a part of it are not those of another', () => {
    expect(free('GB-SCT', '2026-01-02', '2026-11-30')).toEqual(['2026-01-02', '2026-11-30']);
    expect(free('GB-ENG', '2026-01-02', '2026-11-30')).toEqual([]);
    expect(free('GB', '2026-01-01', '2026-01-02')).toEqual(['2026-01-01']);
  });

  test('that begin at sunset are the day after, not the evening', () => {
    const newYear = ['2025-09-22', '2025-09-23', '2025-09-24', '2025-09-25'];
    expect(free('IL', ...newYear)).toEqual(['2025-09-23', '2025-09-24']);
    expect(free('IL', '2025-10-01', '2025-10-02', '2025-10-03')).toEqual(['2025-10-02']);
  });

  test('that begin at noon take that day, and none the day before, however far from UTC the country is', () => {
    expect(free('CN', '2026-07-31', '2026-08-01', '2026-08-02')).toEqual(['2026-08-01']);
    const christmas = ['2025-12-24', '2025-12-25', '2025-12-26', '2025-12-27'];
    expect(free('NZ', ...christmas)).toEqual(['2025-12-25', '2025-12-26']);
  });

  test('go over the end of the year, either way', () => {
    // New Year's Day of 2028 is a Saturday; the feast of sacrifice of 2006 begins on its last day and takes four.
    expect(free('US', '2027-12-30', '2027-12-31', '2028-01-01', '2028-01-02')).toEqual([
      '2027-12-31',
      '2028-01-01',
    ]);
    const feast = ['2006-12-30', '2006-12-31', '2007-01-01', '2007-01-02', '2007-01-03', '2007-01-04'];
    expect(free('TR', ...feast)).toEqual(feast.slice(1, 5));
  });

  test('are each year’s and each country’s own, in whatever order they are asked for', () => {
    expect(free('RO', '2024-05-06', '2025-05-06', '2025-04-21', '2024-04-21')).toEqual([
      '2024-05-06',
      '2025-04-21',
    ]);
    expect(free('GB-ENG', '2025-08-15', '2025-08-25')).toEqual(['2025-08-25']);
    expect(free('RO', '2025-08-15', '2025-08-25')).toEqual(['2025-08-15']);
  });
});

test('days given one by one are those days', () => {
  const holidays = { dates: ['2025-12-24', '2026-01-05'] };
  expect(isHoliday(holidays, '2025-12-24')).toBe(true);
  expect(isHoliday(holidays, '2025-12-25')).toBe(false);
  expect(isHoliday(undefined, '2025-12-25')).toBe(false);
});

test('a country is known by its code, a part of one within it', () => {
  const known = ['RO', 'GB-ENG', 'XX', '', 'toString', 'GB-XXX', 'GB-', 'RO-ENG'].filter(knowsCountry);
  expect(known).toEqual(['RO', 'GB-ENG']);
});
