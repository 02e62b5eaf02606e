import { describe, expect, test } from 'vitest';
import { reportModel } from '../../../src/domain/report/report-model.ts';
import { said, storyOf } from '../../report/story.ts';

/** What stands at these instants, and what the headings say of each. */
const DAYS: [what: string, zone: string, at: string[], amPm: string[], plain: string[], offsets: string][] = [
  [
    'London goes forward: there is no 01:30',
    'Europe/London',
    ['2025-03-30T00:59Z', '2025-03-30T01:00Z'],
    ['12:59 AM GMT', '2:00 AM BST'],
    ['00:59 GMT', '02:00 BST'],
    'GMT (UTC) and BST (UTC+1)',
  ],
  [
    'London goes back: 01:30 comes twice',
    'Europe/London',
    ['2025-10-26T00:30Z', '2025-10-26T01:30Z'],
    ['1:30 AM BST', '1:30 AM GMT'],
    ['01:30 BST', '01:30 GMT'],
    'BST (UTC+1) and GMT (UTC)',
  ],
  [
    'Bucharest goes back',
    'Europe/Bucharest',
    ['2025-10-26T00:59Z', '2025-10-26T01:00Z'],
    ['3:59 AM EEST', '3:00 AM EET'],
    ['03:59 EEST', '03:00 EET'],
    'EEST (UTC+3) and EET (UTC+2)',
  ],
  [
    'Los Angeles goes back',
    'America/Los_Angeles',
    ['2025-11-02T08:59Z', '2025-11-02T09:00Z'],
    ['1:59 AM PDT', '1:00 AM PST'],
    ['01:59 PDT', '01:00 PST'],
    'PDT (UTC-7) and PST (UTC-8)',
  ],
  [
    'Lord Howe goes back by half an hour, and its hours have no name',
    'Australia/Lord_Howe',
    ['2025-04-05T14:59Z', '2025-04-05T15:00Z'],
    ['1:59 AM +11', '1:30 AM +1030'],
    ['01:59 +11', '01:30 +1030'],
    '+11 (UTC+11) and +1030 (UTC+10:30)',
  ],
  [
    'a summer in Paris, over midnight',
    'Europe/Paris',
    ['2018-07-08T16:30Z', '2018-07-08T22:00Z', '2018-07-09T06:00Z'],
    ['July 8, 2018, 6:30 PM', 'July 9, 2018, 12:00 AM', '8:00 AM'],
    ['2018-07-08 18:30', '2018-07-09 00:00', '08:00'],
    'CEST (UTC+2)',
  ],
  [
    'the year ends in Kolkata',
    'Asia/Kolkata',
    ['2025-12-31T18:29Z', '2025-12-31T18:30Z'],
    ['December 31, 2025, 11:59 PM', 'January 1, 2026, 12:00 AM'],
    ['2025-12-31 23:59', '2026-01-01 00:00'],
    'IST (UTC+5:30)',
  ],
  ['a leap day', 'UTC', ['2024-02-29T12:00Z'], ['12:00 PM'], ['12:00'], 'UTC (UTC)'],
  ['Dublin in summer', 'Europe/Dublin', ['2025-07-01T12:00Z'], ['1:00 PM'], ['13:00'], 'IST (UTC+1)'],
  ['Dublin in winter', 'Europe/Dublin', ['2025-01-01T12:00Z'], ['12:00 PM'], ['12:00'], 'GMT (UTC)'],
  ['Kathmandu', 'Asia/Kathmandu', ['2025-08-12T12:00Z'], ['5:45 PM'], ['17:45'], '+0545 (UTC+5:45)'],
  ['Paris in winter', 'Europe/Paris', ['2025-01-01T12:00Z'], ['1:00 PM'], ['13:00'], 'CET (UTC+1)'],
];

describe('each entry bears the clock of its own date', () => {
  test.each(DAYS)('%s', (_what, zone, at, amPm, plain, offsets) => {
    const story = storyOf([], { zone, at: Date.parse(at[0] ?? '') });
    const [entry] = storyOf([said(0, 'seen')], { zone }).entries.filter(({ kind }) => kind === 'message');
    if (!entry) throw new Error('there is no entry');
    const entries = at.map((when, index) => ({
      ...entry,
      id: `e${index}`,
      moment: { at: Date.parse(when) },
    }));
    const model = reportModel({ ...story, entries });
    expect(model.timeline.minutes.map(({ headingAmPm }) => headingAmPm)).toEqual(amPm);
    expect(model.timeline.minutes.map(({ heading24 }) => heading24)).toEqual(plain);
    expect(model.allZoneOffsets).toBe(offsets);
    expect(model.timeline.zoneOffsets).toBe(offsets);
  });
});
