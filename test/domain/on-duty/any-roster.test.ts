import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareChoices, compareEveryMinute, comparison } from './compare.ts';
import { AROUND_THE_WORLD, CHANGES, EVERY_DAY, ZONES } from './eight-zones.ts';
import { hours, person } from './people.ts';

const MINUTE = 60_000;

describe('the choice', () => {
  test('agrees with the rule read minute by minute through autumn in all zones', () => {
    const autumn = comparison(AROUND_THE_WORLD, CHANGES, '2025-09-20T00:00:00Z', 95);
    expect(compareEveryMinute(autumn, 'sev1')).toBe(8);
  });

  test('agrees with the rule through spring, and Ramadan in Casablanca', () => {
    expect(compareEveryMinute(comparison(AROUND_THE_WORLD, [], '2026-02-10T00:00:00Z', 95), 'sev2')).toBe(8);
  });

  test('agrees with the rule on the day that Apia left out', () => {
    const people = ['Pacific/Apia', 'Australia/Lord_Howe', 'America/New_York'].map((timezone) =>
      person(timezone, { timezone, days: EVERY_DAY, hours: [hours('20:00-04:00')], nights: 'sev1' }),
    );
    expect(compareEveryMinute(comparison(people, [], '2011-12-25T00:00:00Z', 12), 'sev1')).toBe(3);
  });

  test('agrees with the rule for any roster around a change of the clocks', () => {
    const shifts = ['09:00-17:30', '00:00-24:00', '22:00-06:00', '01:30-03:10', '23:30-01:15', '12:00-12:20'];
    const severity = fc.constantFrom('sev1' as const, 'sev2' as const, undefined);
    const anybody = fc.record({
      timezone: fc.constantFrom(...ZONES),
      hours: fc.oneof(
        fc.constantFrom(...shifts).map((shift) => [hours(shift)]),
        fc.constant([hours('08:00-12:00'), hours('12:00-13:00'), hours('21:00-02:00')]),
      ),
      days: fc.subarray(EVERY_DAY, { minLength: 1 }),
      nights: fc.constantFrom('never' as const, 'sev1' as const, 'always' as const),
      holidays: fc
        .subarray(['2025-03-30', '2025-10-26', '2025-10-27', '2026-03-08', '2026-04-05', '2026-11-01'])
        .map((dates) => ({ dates })),
    });
    const span = fc.tuple(fc.integer({ min: -1440, max: 12 * 1440 }), fc.integer({ min: 1, max: 3 * 1440 }));
    const change = fc.tuple(fc.nat({ max: 3 }), fc.constantFrom('on' as const, 'off' as const), span);
    const names = fc.subarray(['P0', 'P1', 'P2', 'P3', 'Idle']);
    const situation = fc.record({
      severity,
      tried: fc.oneof(fc.constant([]), names),
      onCall: fc.option(names, { nil: undefined }),
      pages: fc.option(fc.dictionary(fc.constantFrom('P0', 'P1', 'P2', 'P3'), fc.nat({ max: 3 })), {
        nil: undefined,
      }),
      signs: fc.option(names, { nil: undefined }),
      inside: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('2025-03-25', '2025-10-22', '2026-03-04', '2026-04-01', '2026-10-30', '2027-12-26'),
        fc.array(anybody, { minLength: 2, maxLength: 4 }),
        fc.array(change, { maxLength: 6 }),
        severity,
        fc.array(situation, { minLength: 7, maxLength: 7 }),
        (day, members, changes, severity, situations) => {
          const start = Date.parse(`${day}T00:00:00Z`);
          const people = members.map((member, index) => person(`P${index}`, member));
          const overrides = changes.map(([who, kind, [from, length]]) => ({
            person: `P${who}`,
            kind,
            from: start + from * MINUTE,
            to: start + (from + length) * MINUTE,
          }));
          const watcher = person('Idle', { days: ['sun'], hours: [hours('05:00-05:01')] });
          const days = comparison([...people, watcher], overrides, `${day}T00:00:00Z`, 12);
          compareEveryMinute(days, severity);
          compareChoices(days, days.slow.turns(), situations);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});
