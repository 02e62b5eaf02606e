import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IncidentNumbers } from '../../../src/domain/stats/incident-numbers.ts';
import { counts, incidentNumbers } from '../../../src/domain/stats/incident-numbers.ts';
import { stats } from '../../../src/domain/stats/stats.ts';
import { incidentsCsv, statsCsv, statsTable } from '../../../src/domain/stats/stats-words.ts';
import { DECLARED, said, storyOf } from '../../report/story.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2025-09-01T00:00Z');
const minutes = (count: number) => count * 60_000;

function incident(more: Partial<IncidentNumbers> = {}): IncidentNumbers {
  return {
    ...{ name: 'INC-1', title: 'Down', date: '2025-08-12', severity: 'sev1', figures: {} },
    actions: { count: 0, done: 0, openSince: [] },
    ...more,
  };
}

test('by severity, service and month, each with its medians and shares', () => {
  const told = stats(
    [
      incident({
        foundBy: 'people',
        service: 'LEAP hub',
        figures: { detect: minutes(10), resolve: minutes(71) },
      }),
      incident({
        foundBy: 'machine',
        figures: { detect: minutes(20) },
        severity: 'sev2',
        date: '2025-07-31',
      }),
      incident({
        ...{ service: 'LEAP hub', figures: { detect: minutes(60) } },
        actions: { count: 4, done: 1, openSince: [NOW - 10 * DAY, NOW - 30 * DAY, NOW - 20 * DAY] },
      }),
    ],
    NOW,
  );
  expect(told.all).toEqual({
    name: 'all',
    incidents: 3,
    foundByMachine: 0.5,
    medians: { detect: { ms: minutes(20), of: 3 }, resolve: { ms: minutes(71), of: 1 } },
    actions: { count: 4, done: 1, doneShare: 0.25, open: 3, medianAgeMs: 20 * DAY, oldestMs: 30 * DAY },
  });
  const names = (rows: typeof told.byMonth) => rows.map(({ name, incidents }) => `${name} ${incidents}`);
  expect(names(told.bySeverity)).toEqual(['sev1 2', 'sev2 1']);
  expect(names(told.byService)).toEqual(['LEAP hub 2', '(no service) 1']);
  expect(names(told.byMonth)).toEqual(['2025-07 1', '2025-08 2']);
  expect(told.byMonth[1]?.medians.detect).toEqual({ ms: minutes(35), of: 2 });
  expect(statsTable(told)).toBe(
    [
      '              incidents  found by machine  detect  page  acknowledge  daylight  first update  mitigate     resolve  impact  actions done  oldest open',
      '',
      'all                   3              50 %  20 min     –            –         –             –         –  1h 11m (1)       –        1 of 4          30d',
      '',
      'sev1                  2               0 %  35 min     –            –         –             –         –  1h 11m (1)       –        1 of 4          30d',
      'sev2                  1             100 %  20 min     –            –         –             –         –           –       –             –            –',
      '',
      'LEAP hub              2               0 %  35 min     –            –         –             –         –  1h 11m (1)       –        1 of 4          30d',
      '(no service)          1             100 %  20 min     –            –         –             –         –           –       –             –            –',
      '',
      '2025-07               1             100 %  20 min     –            –         –             –         –           –       –             –            –',
      '2025-08               2               0 %  35 min     –            –         –             –         –  1h 11m (1)       –        1 of 4          30d',
    ].join('\n'),
  );
});

test('nothing known is nothing claimed', () => {
  expect(stats([], NOW)).toEqual({
    all: { name: 'all', incidents: 0, medians: {}, actions: { count: 0, done: 0, open: 0 } },
    bySeverity: [],
    byService: [],
    byMonth: [],
  });
});

test('a median has as many below it as above it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 30 }), (times) => {
      const { ms = -1, of } =
        stats(
          times.map((resolve) => incident({ figures: { resolve } })),
          NOW,
        ).all.medians.resolve ?? {};
      expect(of).toBe(times.length);
      const below = times.filter((time) => time < ms).length;
      const above = times.filter((time) => time > ms).length;
      expect(Math.max(below, above)).toBeLessThanOrEqual(times.length / 2);
    }),
  );
});

test('an incident tells who found it first, and what is left of it', () => {
  const { incident: story, entries } = storyOf([
    said(-2, 'The check fails', { kind: 'alert' }),
    [1, { type: 'action-added', action: 'a', title: 'Write it down' }],
    [2, { type: 'action-added', action: 'b', title: 'Mend it' }],
    [3, { type: 'action-done', action: 'b' }],
    [4, { type: 'action-added', action: 'c', title: 'No' }],
    [5, { type: 'action-withdrawn', action: 'c' }],
  ]);
  expect(incidentNumbers(story, { facts: [], entries }, 'Europe/London')).toMatchObject({
    date: '2025-08-12',
    service: 'LEAP hub',
    foundBy: 'machine',
    actions: { count: 2, done: 1, openSince: [DECLARED] },
  });
  expect([counts(story), counts({ status: 'cancelled' }), counts({ status: 'merged' })]).toEqual([
    true,
    false,
    false,
  ]);
});

test('for a spreadsheet: seconds, empty where nothing is known, and no formulas', () => {
  const one = incident({
    title: '=HYPERLINK("x"), and\nmore',
    figures: { detect: 1_400 },
    foundBy: 'people',
  });
  const [heading, line] = incidentsCsv([one]).split('\r\n');
  expect(heading).toBe(
    'incident,date,title,severity,service,found_by,detect_s,page_s,acknowledge_s,daylight_s,first_update_s,mitigate_s,resolve_s,impact_s,actions,actions_done',
  );
  expect(line).toBe(`INC-1,2025-08-12,"'=HYPERLINK(""x""), and\nmore",sev1,,people,1,,,,,,,,0,0`);
  const rows = statsCsv(stats([one], NOW))
    .trim()
    .split('\r\n');
  expect(rows.map((row) => row.split(',').slice(0, 4).join(','))).toEqual([
    'by,name,incidents,found_by_machine',
    'all,all,1,0',
    'severity,sev1,1,0',
    'service,(no service),1,0',
    'month,2025-08,1,0',
  ]);
  expect(new Set(rows.map((row) => row.split(',').length))).toEqual(new Set([25]));
});
