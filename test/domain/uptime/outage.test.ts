import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckSample, looksOf, seriesOf } from '../../../src/domain/uptime/check-series.ts';
import { outageOf } from '../../../src/domain/uptime/outage.ts';

const MINUTE = 60_000;
const START = Date.parse('2025-08-12T16:00:00Z');
const ALL = { host: 'h.org', from: START, to: START + 600 * MINUTE };

/** One look a minute: `.` passed, `x` failed, a blank is none. */
function place(name: string, looks: string, check = 'c'): CheckSample[] {
  return [...looks].flatMap((look, minute) =>
    look === ' ' ? [] : [{ check, place: name, at: START + minute * MINUTE, passed: look === '.' }],
  );
}

/** In minutes from the start. */
function outage(samples: CheckSample[], from = 0, to = 60) {
  const found = outageOf(looksOf(samples, ALL), { from: START + from * MINUTE, to: START + to * MINUTE });
  const minute = (at: number | undefined) => (at === undefined ? undefined : (at - START) / MINUTE);
  return found && [minute(found.lastPass), minute(found.firstFailure), minute(found.recovery)];
}

describe('the failing of a check', () => {
  test.each([
    ['from one look to another', ['...xxx..'], [2, 3, 6]],
    ['in every place, each at its own looks', ['..xxx...', '...xxx..'], [1, 2, 6]],
    ['has no end while it fails', ['...xxxx'], [2, 3, undefined]],
    ['has no look before it where none was read', ['xxx.'], [undefined, 0, 3]],
    ['goes on over a look that is missing', ['..xx xx.'], [1, 2, 7]],
    ['is the longest of several', ['.x..xxx..x.'], [3, 4, 7]],
    ['and of two alike the first', ['.xx..xx.'], [0, 1, 3]],
  ])('%s', (_, places, expected) => {
    expect(outage(places.flatMap((looks, index) => place(`p${index}`, looks)))).toEqual(expected);
  });

  test('of one place among three is no outage; of two it is', () => {
    const [one, two, three] = [place('a', '..xx..'), place('b', '...x..'), place('c', '......')];
    expect(outage([...one, ...three, ...place('b', '......')])).toBeUndefined();
    expect(outage([...one, ...two, ...three])).toEqual([1, 2, 4]);
  });

  test('long before or after the incident does not belong to it', () => {
    const samples = place('a', '..xx......................xx..');
    expect(outage(samples, 10, 20)).toBeUndefined();
    expect(outage(samples, 20, 26)).toEqual([25, 26, 28]);
  });

  test('of another check of the host is not mixed in: the one that failed most tells, or the one that was meant', () => {
    const both = [...place('a', '..xxxx..', 'health'), ...place('a', '.x......', 'certificate')];
    const from = { ...ALL, check: 'certificate' };
    expect(new Set(looksOf(both, ALL).map(({ check }) => check))).toEqual(new Set(['health']));
    expect(new Set(looksOf(both, from).map(({ check }) => check))).toEqual(new Set(['certificate']));
    expect(new Set(looksOf(both, { ...ALL, check: 'gone' }).map(({ check }) => check))).toEqual(
      new Set(['health']),
    );
  });

  test('is the same however the samples come, and however often', () => {
    const looks = fc.array(
      fc.record({ minute: fc.nat({ max: 60 }), place: fc.constantFrom('a', 'b', 'c'), passed: fc.boolean() }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(looks, fc.nat(), (drawn, turn) => {
        const seen = new Map(drawn.map((look) => [`${look.minute} ${look.place}`, look]));
        const samples = [...seen.values()].map((look) => ({
          check: 'c',
          place: look.place,
          at: START + look.minute * MINUTE,
          passed: look.passed,
        }));
        const cut = turn % samples.length;
        const otherwise = [...samples.slice(cut), ...samples.slice(0, cut).reverse(), ...samples.slice(0, 3)];
        expect(looksOf(otherwise, ALL)).toEqual(looksOf(samples, ALL));
        const found = outageOf(looksOf(samples, ALL), { from: START, to: START + 60 * MINUTE });
        if (!found) return;
        const { firstFailure, recovery } = found;
        expect(samples.some(({ at, passed }) => at === firstFailure && !passed)).toBe(true);
        if (recovery === undefined) return;
        expect(samples.some(({ at, passed }) => at === recovery && passed)).toBe(true);
        expect(recovery).toBeGreaterThan(firstFailure);
      }),
    );
  });
});

describe('a series', () => {
  test('keeps every look of a place in runs, holes apart', () => {
    const looks = looksOf([...place('b', '..x.'), ...place('a', '..      ..')], ALL);
    const run = (passed: boolean, from: number, to: number, count: number) => ({
      passed,
      from: START + from * MINUTE,
      to: START + to * MINUTE,
      count,
    });
    expect(seriesOf(looks, ALL)).toEqual({
      host: 'h.org',
      check: 'c',
      from: ALL.from,
      to: ALL.to,
      periodMs: MINUTE,
      places: [
        { place: 'a', runs: [run(true, 0, 1, 2), run(true, 8, 9, 2)] },
        { place: 'b', runs: [run(true, 0, 1, 2), run(false, 2, 2, 1), run(true, 3, 3, 1)] },
      ],
    });
  });
});
