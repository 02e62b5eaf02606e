import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstChoiceOverTime } from '../../../src/domain/on-duty/first-choice-over-time.ts';
import type { Override, Person, Weekday } from '../../../src/domain/team.ts';
import { answersByTheMinute } from './duty-by-the-minute.ts';
import { hours, override, person, teamOf } from './people.ts';

const MINUTE = 60_000;
const ZONES = [
  'Europe/London',
  'Europe/Bucharest',
  'America/Los_Angeles',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
];
const EVERY_DAY: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Compares both readings of the rule, and answers how many different people (or nobody) were first. */
function compare(
  people: Person[],
  overrides: Override[],
  start: string,
  days: number,
  severity?: 'sev1' | 'sev2',
): number {
  const from = Date.parse(start);
  const minutes = days * 1440;
  const to = new Date(from + minutes * MINUTE);
  const team = teamOf(people, overrides);
  const spans = firstChoiceOverTime(team, 'tech-lead', new Date(from), to, severity);
  const slow = answersByTheMinute({ people, overrides, from, minutes, severity });
  const wrong: string[] = [];
  let at = from;
  for (const span of spans) {
    if (span.from.getTime() !== at) wrong.push(`a hole before ${span.from.toISOString()}`);
    for (; at < span.to.getTime(); at += MINUTE) {
      const should = slow[(at - from) / MINUTE];
      // The slow rule looks five days beyond its end, the real one further.
      const nextDiffers = should?.next !== span.next && should?.next !== null;
      if (should?.person === span.person && !nextDiffers) continue;
      wrong.push(
        `${new Date(at).toISOString()} ${JSON.stringify(should)} but was ${span.person} ${span.next}`,
      );
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(at).toBe(to.getTime());
  return new Set(slow.map((answer) => answer.person)).size;
}

const AROUND_THE_WORLD = ZONES.map((timezone, index) =>
  person(`P${index}`, {
    timezone,
    hours: index % 3 === 0 ? [hours('22:00-02:30')] : [hours('09:00-12:00'), hours('13:00-15:20')],
    nights: (['never', 'sev1', 'always'] as const)[index % 3] ?? 'never',
    holidays: { dates: ['2026-03-30', '2025-10-27', '2026-01-01'] },
  }),
);
const CHANGES = [
  override('P1', 'off', '2025-10-20T00:00:00Z', '2025-10-27T11:07:00Z'),
  override('P2', 'on', '2025-10-25T02:00:00Z', '2025-10-26T20:00:00Z'),
  override('P2', 'off', '2025-10-26T01:00:00Z', '2025-10-26T01:30:00Z'),
];

describe('who would be paged first, over time', () => {
  test('agrees with the rule read minute by minute through autumn in all zones', () => {
    expect(compare(AROUND_THE_WORLD, CHANGES, '2025-09-20T00:00:00Z', 95, 'sev1')).toBe(8);
  }, 60_000);

  test('agrees with the rule through spring, and Ramadan in Casablanca', () => {
    expect(compare(AROUND_THE_WORLD, [], '2026-02-10T00:00:00Z', 95, 'sev2')).toBe(8);
  }, 60_000);

  test('agrees with the rule on the day that Apia left out', () => {
    const people = ['Pacific/Apia', 'Australia/Lord_Howe', 'America/New_York'].map((timezone) =>
      person(timezone, { timezone, days: EVERY_DAY, hours: [hours('20:00-04:00')], nights: 'sev1' }),
    );
    expect(compare(people, [], '2011-12-25T00:00:00Z', 12, 'sev1')).toBe(3);
  });

  test('agrees with the rule for any roster around a change of the clocks', () => {
    const shifts = ['09:00-17:30', '00:00-24:00', '22:00-06:00', '01:30-03:10', '23:30-01:15', '12:00-12:20'];
    const anybody = fc.record({
      timezone: fc.constantFrom(...ZONES),
      hours: fc.oneof(
        fc.constantFrom(...shifts).map((shift) => [hours(shift)]),
        fc.constant([hours('08:00-12:00'), hours('12:00-13:00'), hours('21:00-02:00')]),
      ),
      days: fc.subarray(EVERY_DAY, { minLength: 1 }),
      nights: fc.constantFrom('never' as const, 'sev1' as const, 'always' as const),
    });
    const span = fc.tuple(fc.integer({ min: 0, max: 12 * 1440 }), fc.integer({ min: 1, max: 3 * 1440 }));
    const change = fc.tuple(fc.nat({ max: 3 }), fc.constantFrom('on' as const, 'off' as const), span);
    fc.assert(
      fc.property(
        fc.constantFrom('2025-03-25', '2025-10-22', '2026-03-04', '2026-04-01', '2026-10-30', '2027-12-26'),
        fc.array(anybody, { minLength: 2, maxLength: 4 }),
        fc.array(change, { maxLength: 4 }),
        fc.constantFrom('sev1' as const, 'sev2' as const, undefined),
        (day, members, changes, severity) => {
          const start = Date.parse(`${day}T00:00:00Z`);
          const people = members.map((member, index) => person(`P${index}`, member));
          const overrides = changes.map(([who, kind, [from, length]]) => ({
            person: `P${who}`,
            kind,
            from: start + from * MINUTE,
            to: start + (from + length) * MINUTE,
          }));
          const watcher = person('Idle', { days: ['sun'], hours: [hours('05:00-05:01')] });
          compare([...people, watcher], overrides, `${day}T00:00:00Z`, 12, severity);
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  test('joins what is equal, leaves no hole, and ends where it was told to', () => {
    const team = teamOf([person('Ana'), person('Ben')]);
    const spans = firstChoiceOverTime(
      team,
      'tech-lead',
      new Date('2025-08-12T00:00:00Z'),
      new Date('2025-08-13T00:00:00Z'),
    );
    expect(spans.map(({ from, to, ...rest }) => [from.toISOString(), to.toISOString(), rest])).toEqual([
      [
        '2025-08-12T00:00:00.000Z',
        '2025-08-12T08:00:00.000Z',
        { person: null, next: 'Ana 2025-08-12T09:00:00+01:00' },
      ],
      [
        '2025-08-12T08:00:00.000Z',
        '2025-08-12T16:30:00.000Z',
        { person: 'Ana', next: 'Ana 2025-08-13T09:00:00+01:00' },
      ],
      [
        '2025-08-12T16:30:00.000Z',
        '2025-08-13T00:00:00.000Z',
        { person: null, next: 'Ana 2025-08-13T09:00:00+01:00' },
      ],
    ]);
  });

  test('a roster of nobody has nobody, and an unknown one is refused', () => {
    const [from, to] = [new Date('2025-08-12T00:00:00Z'), new Date('2025-08-13T00:00:00Z')];
    expect(firstChoiceOverTime(teamOf([]), 'tech-lead', from, to)).toEqual([
      { from, to, person: null, next: null },
    ]);
    expect(() => firstChoiceOverTime(teamOf([]), 'toString', from, to)).toThrow('no roster called toString');
  });
});
