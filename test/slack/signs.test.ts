import { describe, expect, test } from 'vitest';
import { awayOf } from '../../src/slack/signs.ts';

describe('a status', () => {
  test.each([
    [':palm_tree:', ''],
    [':face_with_thermometer:', 'Out sick'],
    ['', 'On vacation until Monday'],
    [':house:', 'PTO'],
    ['', 'Out of office'],
    ['', 'parental leave'],
  ])('%s %s says away', (status_emoji, status_text) => {
    expect(awayOf({ status_emoji, status_text })).toEqual({});
    expect(awayOf({ status_emoji, status_text, status_expiration: 1_755_500_400 })).toEqual({
      until: 1_755_500_400_000,
    });
  });

  test.each([
    ['', ''],
    [':house_with_garden:', 'Working remotely'],
    [':spiral_calendar_pad:', 'In a meeting'],
    [':bus:', 'Commuting'],
    ['', 'Leave me a message'],
    ['', 'Keeping the holidayfeed alive'],
    ['', 'options'],
  ])('%s %s does not', (status_emoji, status_text) => {
    expect(awayOf({ status_emoji, status_text })).toBeUndefined();
  });

  test('that is not there says nothing', () => {
    expect(awayOf(undefined)).toBeUndefined();
  });
});
