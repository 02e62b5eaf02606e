import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoWithOffset } from '../../src/domain/clock-words.ts';
import { readWhen, type WhenContext } from '../../src/domain/when.ts';

const LONDON: WhenContext = { now: new Date('2025-08-12T18:00:00+01:00'), zone: 'Europe/London' };

/** `at` or `at/until` in UTC without seconds and zone, `ca.` in front, the rest behind. */
function read(text: string, context: WhenContext): string {
  const when = readWhen(text, context);
  if ('none' in when) return 'none';
  if ('problem' in when) return `problem: ${when.problem}`;
  const short = (date: Date) => date.toISOString().slice(0, 16);
  if ('question' in when) {
    const options = when.options.map(({ at, until }) => (until ? `${short(at)}/${short(until)}` : short(at)));
    return `ask: ${options.join(' or ')} | ${when.rest}`;
  }
  const until = when.until ? `/${short(when.until)}` : '';
  return `${when.approximate ? 'ca. ' : ''}${short(when.at)}${until} | ${when.rest}`;
}

describe('a time in the speaker’s zone', () => {
  test.each([
    ['17:32 pods are gone', '2025-08-12T16:32 | pods are gone'],
    ['9:05 hello', '2025-08-12T08:05 | hello'],
    ['5:32pm pods', '2025-08-12T16:32 | pods'],
    ['5:32 PM pods', '2025-08-12T16:32 | pods'],
    ['5:32 p.m. pods', '2025-08-12T16:32 | pods'],
    ['5pm pods', '2025-08-12T16:00 | pods'],
    ['12am pods', '2025-08-11T23:00 | pods'],
    ['12pm pods', '2025-08-12T11:00 | pods'],
    ['12:30 am pods', '2025-08-11T23:30 | pods'],
    ['00:00 midnight', '2025-08-11T23:00 | midnight'],
    ['17:32', '2025-08-12T16:32 | '],
    ['17:32: pods', '2025-08-12T16:32 | pods'],
    ['17:32 - pods', '2025-08-12T16:32 | pods'],
    ['17:32, pods', '2025-08-12T16:32 | pods'],
    ['at 17:32 pods', '2025-08-12T16:32 | pods'],
    ['17:32:10 pods', '2025-08-12T16:32 | pods'],
    ['ca. 17:30 pods', 'ca. 2025-08-12T16:30 | pods'],
    ['ca 17:30 pods', 'ca. 2025-08-12T16:30 | pods'],
    ['~17:30 pods', 'ca. 2025-08-12T16:30 | pods'],
    ['~ 5pm pods', 'ca. 2025-08-12T16:00 | pods'],
    ['about 17:30 pods', 'ca. 2025-08-12T16:30 | pods'],
    ['17:30-17:45 pods', '2025-08-12T16:30/2025-08-12T16:45 | pods'],
    ['17:30 – 17:45 pods', '2025-08-12T16:30/2025-08-12T16:45 | pods'],
    ['17:30 to 17:45 pods', '2025-08-12T16:30/2025-08-12T16:45 | pods'],
    ['5:30-5:45pm pods', '2025-08-12T16:30/2025-08-12T16:45 | pods'],
    ['5-5:45pm', 'none'],
    ['~17:30-17:45 pods', 'ca. 2025-08-12T16:30/2025-08-12T16:45 | pods'],
    ['yesterday 23:10 pods', '2025-08-11T22:10 | pods'],
    ['Yesterday at 11:10pm pods', '2025-08-11T22:10 | pods'],
    ['yesterday ca. 18:30 pods', 'ca. 2025-08-11T17:30 | pods'],
    ['ca. yesterday 18:30 pods', 'ca. 2025-08-11T17:30 | pods'],
    ['yesterday 23:50-00:10 pods', '2025-08-11T22:50/2025-08-11T23:10 | pods'],
    ['today 9:15 pods', '2025-08-12T08:15 | pods'],
    ['2025-08-12 17:32 pods', '2025-08-12T16:32 | pods'],
    ['2025-01-12 17:32 pods', '2025-01-12T17:32 | pods'],
    ['2025-08-12T17:32 pods', '2025-08-12T16:32 | pods'],
    ['2025-08-11 23:50 - 2025-08-12 00:10 pods', '2025-08-11T22:50/2025-08-11T23:10 | pods'],
    ['2025-08-10 23:50-00:10 pods', '2025-08-10T22:50/2025-08-10T23:10 | pods'],
    ['18:04 a clock that runs fast', '2025-08-12T17:04 | a clock that runs fast'],
  ])('%s', (text, expected) => {
    expect(read(text, LONDON)).toBe(expected);
  });
});

describe('a time with its zone', () => {
  test.each([
    ['16:32Z pods', '2025-08-12T16:32 | pods'],
    ['16:32 Z pods', '2025-08-12T16:32 | pods'],
    ['16:32 UTC pods', '2025-08-12T16:32 | pods'],
    ['16:32 utc: pods', '2025-08-12T16:32 | pods'],
    ['2025-08-12T16:32Z pods', '2025-08-12T16:32 | pods'],
    ['2025-08-12T16:32:10.123Z pods', '2025-08-12T16:32 | pods'],
    ['2025-08-12T09:32-07:00 pods', '2025-08-12T16:32 | pods'],
    ['17:32 BST pods', '2025-08-12T16:32 | pods'],
    ['18:32 CEST pods', '2025-08-12T16:32 | pods'],
    ['19:32 EEST pods', '2025-08-12T16:32 | pods'],
    ['9:32am PDT pods', '2025-08-12T16:32 | pods'],
    ['12:32 EDT pods', '2025-08-12T16:32 | pods'],
    ['11:32 CDT pods', '2025-08-12T16:32 | pods'],
    ['17:32 Europe/London pods', '2025-08-12T16:32 | pods'],
    ['09:32 America/Los_Angeles pods', '2025-08-12T16:32 | pods'],
    ['22:02 +05:30 pods', '2025-08-12T16:32 | pods'],
    ['22:02+0530 pods', '2025-08-12T16:32 | pods'],
    ['18:32 UTC+2 pods', '2025-08-12T16:32 | pods'],
    ['09:32 -07:00 pods', '2025-08-12T16:32 | pods'],
    ['17:30-17:45 BST pods', '2025-08-12T16:30/2025-08-12T16:45 | pods'],
    ['ca. 18:30 CEST pods', 'ca. 2025-08-12T16:30 | pods'],
    ['yesterday 23:10 UTC pods', '2025-08-11T23:10 | pods'],
    ['17:32 +1 from me', '2025-08-12T16:32 | +1 from me'],
    ['17:32 LEAP hub is down', '2025-08-12T16:32 | LEAP hub is down'],
    ['17:32 docs/runbook says so', '2025-08-12T16:32 | docs/runbook says so'],
  ])('%s', (text, expected) => {
    expect(read(text, LONDON)).toBe(expected);
  });

  test('without a day is the last such time, whatever date it is there', () => {
    const evening = { now: new Date('2025-08-12T17:00:00-07:00'), zone: 'America/Los_Angeles' };
    expect(read('23:50 UTC pods', evening)).toBe('2025-08-12T23:50 | pods');
    const late = { now: new Date('2025-08-12T20:00:00-07:00'), zone: 'America/Los_Angeles' };
    expect(read('02:00 UTC pods', late)).toBe('2025-08-13T02:00 | pods');
    expect(read('19:00 pods', late)).toBe('2025-08-13T02:00 | pods');
  });

  test('an abbreviation means what it means where the speaker or the team is', () => {
    const inIndia = { now: LONDON.now, zone: 'Asia/Kolkata' };
    expect(read('22:02 IST pods', inIndia)).toBe('2025-08-12T16:32 | pods');
    expect(read('17:32 IST pods', { ...LONDON, teamZone: 'Europe/Dublin' })).toBe('2025-08-12T16:32 | pods');
    expect(read('00:32 CST pods', { ...LONDON, zone: 'Asia/Shanghai' })).toBe('2025-08-12T16:32 | pods');
    expect(read('17:32 BST pods', inIndia)).toBe('2025-08-12T16:32 | pods');
  });
});

describe('what is asked about', () => {
  test.each<[string, string, WhenContext?]>([
    ['19:32 pods', 'ask: 2025-08-11T18:32 | pods'],
    ['23:50-00:10 pods', 'ask: 2025-08-11T22:50/2025-08-11T23:10 | pods'],
    ['17:32 IST pods', 'ask: 2025-08-12T12:02 or 2025-08-12T16:32 | pods'],
    [
      '9:32 PST pods',
      'ask: 2025-08-12T16:32 or 2025-08-12T17:32 | pods',
      { ...LONDON, now: new Date('2025-08-12T18:00Z') },
    ],
    ['2025-03-30 01:30 pods', 'ask: 2025-03-30T00:30 or 2025-03-30T01:30 | pods'],
    ['2024-10-27 01:30 pods', 'ask: 2024-10-27T00:30 or 2024-10-27T01:30 | pods'],
    [
      '2024-10-27 01:30-01:45 pods',
      'ask: 2024-10-27T00:30/2024-10-27T00:45 or 2024-10-27T00:30/2024-10-27T01:45 or 2024-10-27T01:30/2024-10-27T01:45 | pods',
    ],
    ['2025-04-06 01:45 Australia/Lord_Howe pods', 'ask: 2025-04-05T14:45 or 2025-04-05T15:15 | pods'],
    ['2025-08-10 17:30-05:00 pods', 'ask: 2025-08-10T16:30/2025-08-11T04:00 or 2025-08-10T22:30 | pods'],
  ])('%s', (text, expected, context = LONDON) => {
    expect(read(text, context)).toBe(expected);
  });

  test('in a sentence, with words for buttons', () => {
    expect(readWhen('~19:32 pods', LONDON)).toEqual({
      question: '19:32 is still to come today; did you mean yesterday 19:32?',
      options: [{ label: 'Mon 11 Aug 19:32 BST', at: new Date('2025-08-11T18:32Z') }],
      approximate: true,
      rest: 'pods',
    });
    expect(readWhen('2024-10-27 01:30 pods', LONDON)).toMatchObject({
      question: '01:30 came twice on Sun 27 Oct 2024 in London, where the clocks went back; which one?',
      options: [{ label: 'Sun 27 Oct 2024 01:30 BST' }, { label: 'Sun 27 Oct 2024 01:30 GMT' }],
    });
    expect(readWhen('2025-03-30 01:30 pods', LONDON)).toMatchObject({
      question: expect.stringContaining('did not exist on Sun 30 Mar in London'),
      options: [{ label: 'Sun 30 Mar 00:30 GMT' }, { label: 'Sun 30 Mar 02:30 BST' }],
    });
    expect(readWhen('17:32 IST', LONDON)).toMatchObject({ question: 'IST means several zones; which one?' });
  });

  test('but not when the abbreviation tells the two hours apart', () => {
    expect(read('2024-10-27 01:30 BST pods', LONDON)).toBe('2024-10-27T00:30 | pods');
    expect(read('2024-10-27 01:30 GMT pods', LONDON)).toBe('2024-10-27T01:30 | pods');
  });
});

describe('what is no time', () => {
  test.each([
    '3 nodes gone',
    '17 pods are stuck',
    '2 of 5pmx',
    '1:1 with the community',
    '16:9 screens',
    '10:00/min is the rate',
    '192.168.0.1 is down',
    '2025-08-12 was bad',
    'yesterday the disk was full',
    'today we learnt',
    'ca. 40 users',
    '~40 users',
    '12:3456 is no clock',
    'deploy at 17:32 failed',
    '17:30-foo',
    '',
  ])('%s', (text) => {
    expect(readWhen(text, LONDON)).toEqual({ none: true });
  });
});

describe('what cannot be', () => {
  test.each([
    ['25:10 pods', '25:10 is not a time of day; hours go from 00 to 23 and minutes from 00 to 59'],
    ['17:75 pods', '17:75 is not a time of day'],
    ['13pm pods', 'the hours go from 1 to 12'],
    ['17:30-17:61 pods', '17:61 is not a time of day'],
    ['2025-02-30 17:32 pods', '2025-02-30 is not a day of the calendar'],
    ['2026-08-12 17:32 pods', 'still to come'],
    ['today 23:00 pods', 'still to come'],
    ['tomorrow 10:00 pods', 'tomorrow is still to come'],
    ['at tomorrow 9am pods', 'tomorrow is still to come'],
    ['17:30-18:30 pods', '18:30 BST is still to come'],
    ['17:32 Europe/Londn pods', 'Europe/Londn is not a zone'],
    ['17:32 +25:00 pods', '+25:00 is not a zone'],
  ])('%s', (text, words) => {
    expect(read(text, LONDON)).toContain(`problem: `);
    expect(read(text, LONDON)).toContain(words);
  });
});

test('any instant written with its date and offset is read back', () => {
  const zones = fc.constantFrom('Europe/London', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Apia', 'UTC');
  const minutes = fc.integer({ min: Date.parse('2015-01-01') / 60_000, max: LONDON.now.getTime() / 60_000 });
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const at = new Date(minute * 60_000);
      expect(readWhen(`${isoWithOffset(at, zone)} x`, LONDON)).toEqual({ at, approximate: false, rest: 'x' });
    }),
  );
});

describe('a time without a day in a story that is over', () => {
  const story = Date.parse('2025-08-01T23:40:00+01:00');
  test.each([
    ['23:41 pods', '2025-08-01T22:41 | pods'],
    ['00:10 pods', '2025-08-01T23:10 | pods'],
    ['17:41 the deploy', '2025-08-01T16:41 | the deploy'],
    ['17:39 long after', '2025-08-02T16:39 | long after'],
    ['ca. 23:50-00:20 UTC', 'ca. 2025-08-01T23:50/2025-08-02T00:20 | '],
    ['02:10 EEST', '2025-08-01T23:10 | '],
    ['yesterday 23:41 pods', '2025-08-11T22:41 | pods'],
    ['2025-07-30 10:00 pods', '2025-07-30T09:00 | pods'],
  ])('%s', (text, expected) => {
    expect(read(text, { ...LONDON, story })).toBe(expected);
  });

  test('is asked about where the clock showed it twice, or where it is still to come', () => {
    const now = new Date('2025-10-26T03:00:00Z');
    const zone = 'Europe/London';
    const night = Date.parse('2025-10-26T00:30:00+01:00');
    expect(read('01:30 pods', { now, zone, story: night })).toBe(
      'ask: 2025-10-26T00:30 or 2025-10-26T01:30 | pods',
    );
    expect(read('12:00 pods', { now, zone, story: night })).toBe('ask: 2025-10-25T11:00 | pods');
  });
});
