import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  clockTime,
  compactDuration,
  dayAndTime,
  duration,
  hourMinuteAmPm,
  isoWithOffset,
  localDate,
  zoneAbbreviation,
  zonePlace,
} from '../../src/domain/clock-words.ts';

const SUMMER = Date.parse('2025-08-12T16:33:00Z');
const WINTER = Date.parse('2026-01-12T16:33:00Z');

describe('abbreviations are those of the zone database', () => {
  test.each([
    ['Europe/London', 'BST', 'GMT'],
    ['Europe/Bucharest', 'EEST', 'EET'],
    ['Europe/Berlin', 'CEST', 'CET'],
    ['Europe/Dublin', 'IST', 'GMT'],
    ['Asia/Kolkata', 'IST', 'IST'],
    ['Asia/Calcutta', 'IST', 'IST'],
    ['Asia/Kathmandu', '+0545', '+0545'],
    ['America/New_York', 'EDT', 'EST'],
    ['America/Los_Angeles', 'PDT', 'PST'],
    ['America/Sao_Paulo', '-03', '-03'],
    ['Australia/Lord_Howe', '+1030', '+11'],
    ['Pacific/Apia', '+13', '+13'],
    ['UTC', 'UTC', 'UTC'],
  ])('%s: %s, %s', (zone, summer, winter) => {
    expect([zoneAbbreviation(SUMMER, zone), zoneAbbreviation(WINTER, zone)]).toEqual([summer, winter]);
  });

  test('and change at the very millisecond', () => {
    const change = Date.parse('2025-10-26T01:00:00Z');
    expect([clockTime(change - 1, 'Europe/London'), clockTime(change, 'Europe/London')]).toEqual([
      '01:59 BST',
      '01:00 GMT',
    ]);
  });

  test('and agree with the offset of this machine’s clocks in every zone', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const abbreviation = zoneAbbreviation(SUMMER, zone);
      if (!/^[+-]/.test(abbreviation)) continue;
      const offset = isoWithOffset(SUMMER, zone).slice(-6).replace(':', '').replace(/00$/, '');
      expect(`${zone} ${abbreviation}`).toBe(`${zone} ${offset}`);
    }
  });
});

test('words do not depend on the machine’s own zone and language', () => {
  const file = new URL('../../src/domain/clock-words.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(file)}).then(({ dayAndTime }) => console.log(dayAndTime(${SUMMER}, 'Europe/Bucharest')))`;
  const env = { ...process.env, TZ: 'Pacific/Apia', LC_ALL: 'ar_EG.UTF-8', LANG: 'ar_EG.UTF-8' };
  expect(execFileSync(process.execPath, ['-e', code], { env, encoding: 'utf8' }).trim()).toBe(
    'Tue 12 Aug 19:33 EEST',
  );
});

test('clock, day, date and house style', () => {
  const at = new Date(SUMMER);
  expect(clockTime(at, 'Europe/London')).toBe('17:33 BST');
  expect(dayAndTime(at, 'Europe/London')).toBe('Tue 12 Aug 17:33 BST');
  expect(dayAndTime(at, 'Pacific/Apia')).toBe('Wed 13 Aug 05:33 +13');
  expect(localDate(at, 'Pacific/Apia')).toBe('2025-08-13');
  expect(hourMinuteAmPm(at, 'Europe/London')).toBe('5:33 PM');
  expect(hourMinuteAmPm(Date.parse('2025-08-12T23:00Z'), 'Europe/London')).toBe('12:00 AM');
  expect(hourMinuteAmPm(Date.parse('2025-08-12T11:05Z'), 'Europe/London')).toBe('12:05 PM');
  expect(isoWithOffset(at, 'America/St_Johns')).toBe('2025-08-12T14:03:00-02:30');
  expect(isoWithOffset(new Date('2025-01-01T00:00:00.250Z'), 'UTC')).toBe('2025-01-01T00:00:00.250+00:00');
  expect([zonePlace('America/Los_Angeles'), zonePlace('UTC')]).toEqual(['Los Angeles', 'UTC']);
});

test.each([
  [71 * 60_000, '1h 11m'],
  [10 * 60_000, '10 min'],
  [59 * 60_000 + 59_999, '59 min'],
  [60 * 60_000, '1h'],
  [(4 * 24 + 1) * 3_600_000 + 30 * 60_000, '4d 1h 30m'],
  [24 * 3_600_000, '1d'],
  [24 * 3_600_000 + 60_000, '1d 1m'],
  [45_000, '45 s'],
  [0, '0 s'],
  [-5, '0 s'],
])('%i ms is %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [71 * 60_000, '1h 11m'],
  [17 * 60_000 + 6_000, '17m 6s'],
  [40 * 60_000, '40m'],
  [3_600_000 + 6_000, '1h'],
  [(4 * 24 + 1) * 3_600_000 + 30 * 60_000, '4d 1h 30m'],
  [45_000, '45s'],
  [0, '0s'],
])('%i ms is %s in the row of a table', (ms, words) => {
  expect(compactDuration(ms)).toBe(words);
});
