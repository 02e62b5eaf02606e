import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typedMoment } from '../../src/domain/typed-moment.ts';
import { readWhen } from '../../src/domain/when.ts';
import { wallMinutes } from './on-duty/wall-clock-by-intl.ts';

const MINUTE = 60_000;
const DAY = 1440;

/** Six zones, with the days on which their clocks went forward and back; Kolkata's never do. */
const ZONES: [string, string, string][] = [
  ['Europe/London', '2025-03-30', '2025-10-26'],
  ['Europe/Bucharest', '2025-03-30', '2025-10-26'],
  ['America/New_York', '2025-03-09', '2025-11-02'],
  ['America/Los_Angeles', '2025-03-09', '2025-11-02'],
  ['Australia/Lord_Howe', '2025-10-05', '2025-04-06'],
  ['Asia/Kolkata', '2025-03-30', '2025-10-26'],
];

/** Thirty notations: as typed, and the wall clock that a person means by it in minutes of the day it is said of. */
const NOTATIONS: [
  text: string,
  from: number,
  until?: number | undefined,
  more?: { approximate?: true; day?: -1 | 'dated' },
][] = [
  ['00:00', 0],
  ['00:30', 30],
  ['1:00', 60],
  ['01:30', 90],
  ['01:45', 105],
  ['2:00', 120],
  ['02:15', 135],
  ['02:30', 150],
  ['02:59', 179],
  ['03:00', 180],
  ['03:30', 210],
  ['04:00', 240],
  ['17:32', 17 * 60 + 32],
  ['12am', 0],
  ['1:30am', 90],
  ['2:30 AM', 150],
  ['3 a.m.', 180],
  ['5:32pm', 17 * 60 + 32],
  ['12pm', 720],
  ['at 02:30', 150],
  ['ca. 02:30', 150, undefined, { approximate: true }],
  ['~1:30', 90, undefined, { approximate: true }],
  ['about 17:30', 17 * 60 + 30, undefined, { approximate: true }],
  ['17:30-17:45', 17 * 60 + 30, 17 * 60 + 45],
  ['5:30-5:45pm', 17 * 60 + 30, 17 * 60 + 45],
  ['ca. 00:15 to 04:30', 15, 270, { approximate: true }],
  ['yesterday 23:10', 23 * 60 + 10, undefined, { day: -1 }],
  ['yesterday 23:50-00:10', 23 * 60 + 50, DAY + 10, { day: -1 }],
  ['DATE 02:30', 150, undefined, { day: 'dated' }],
  ['DATET01:30', 90, undefined, { day: 'dated' }],
];

/** Minutes at which the clocks of a zone show a wall-clock minute, by reading them all. */
function whenShown(zone: string, wall: number): number[] {
  const first = wall - DAY;
  return [...wallMinutes(zone, first, 2 * DAY)].flatMap((shown, index) =>
    shown === wall ? [first + index] : [],
  );
}

test('there are thirty of them', () => {
  expect(NOTATIONS).toHaveLength(30);
});

describe.each(ZONES)('%s', (zone, forward, back) => {
  describe.each([forward, back])('on %s', (date) => {
    const midnight = Date.parse(`${date}T00:00:00Z`) / MINUTE;
    // Said at the last minute of that day, so that all of it has passed.
    const [end = 0] = whenShown(zone, midnight + DAY - 1).slice(-1);

    test.each(NOTATIONS)('%s', (typed, from, until, more = {}) => {
      const text = `${typed.replace('DATE', date)} pods`;
      const day = midnight - (more.day === -1 ? DAY : 0);
      const starts = whenShown(zone, day + from);
      const ends = until === undefined ? [undefined] : whenShown(zone, day + until);
      const read = readWhen(text, { now: new Date(end * MINUTE), zone });
      const doubtful = starts.length !== 1 || ends.length !== 1;
      const approximate = more.approximate ?? false;
      if (!doubtful) {
        const expected = { at: minutes(starts[0]), approximate, rest: 'pods' };
        expect(read).toEqual(until === undefined ? expected : { ...expected, until: minutes(ends[0]) });
        return;
      }
      expect(read).toMatchObject({ question: expect.any(String), approximate, rest: 'pods' });
      const offered = 'options' in read ? read.options.map(({ at }) => at.getTime() / MINUTE) : [];
      // What came twice is offered twice; instead of what never was, the times on both sides of the gap.
      if (starts.length > 0) expect([...new Set(offered)]).toEqual(starts);
      else expect(offered.map((at) => wallMinutes(zone, at, 1)[0])).not.toContain(day + from);
      expect(offered.length).toBeGreaterThan(1);
    });
  });
});

function minutes(count = 0): Date {
  return new Date(count * MINUTE);
}

test('a form holds a time in words that mean it, whatever the clocks did that day', () => {
  const zones = fc.constantFrom(...ZONES.map(([zone]) => zone), 'Pacific/Apia');
  const days = fc.constantFrom(...ZONES.flatMap(([, forward, back]) => [forward, back]), '2025-08-12');
  const anyMoment = fc.record({
    day: days,
    at: fc.integer({ min: -DAY, max: DAY }),
    lasts: fc.option(fc.integer({ min: 1, max: 2 * DAY }), { nil: undefined }),
    approximate: fc.boolean(),
  });
  fc.assert(
    fc.property(zones, anyMoment, (zone, { day, at: after, lasts, approximate }) => {
      const at = Date.parse(`${day}T00:00:00Z`) + after * MINUTE;
      const until = lasts === undefined ? undefined : at + lasts * MINUTE;
      const moment = {
        at,
        ...(until === undefined ? {} : { until }),
        ...(approximate ? { approximate } : {}),
      };
      const read = readWhen(typedMoment(moment, zone), { now: new Date('2026-01-01T00:00:00Z'), zone });
      expect(read).toEqual({
        at: new Date(at),
        ...(until === undefined ? {} : { until: new Date(until) }),
        approximate,
        rest: '',
      });
    }),
    { numRuns: 400 },
  );
});
