import { expect, test } from 'vitest';
import type { FactBody } from '../../../src/domain/facts.ts';
import { courseWords, figures, figureWords } from '../../../src/domain/report/figures.ts';
import type { Actor } from '../../../src/domain/words.ts';
import { DECLARED, said, storyOf } from '../../report/story.ts';

type Happening = readonly [number, FactBody, Actor?];

const impact = (edge: 'start' | 'end', minutes: number, approximate = false): Happening => [
  1,
  {
    type: 'impact-set',
    edge,
    moment: { at: DECLARED + minutes * 60_000, ...(approximate ? { approximate } : {}) },
  },
];
const asked = (at: number, ladder = 'l'): Happening => [at, { type: 'page-asked', ladder }];
const waits = (at: number, ladder = 'l'): Happening => [
  at,
  { type: 'ladder-waits', ladder, person: 'U0GEO', from: DECLARED, reason: 'nobody is in hours' },
];
const paged = (at: number, ladder = 'l'): Happening => [
  at,
  {
    type: 'paged',
    ladder,
    page: `${ladder}${at}`,
    person: 'U0GEO',
    localTime: '09:00 EEST',
    reason: 'in hours',
  },
];
const exhausted = (at: number, later: boolean): Happening => [
  at,
  {
    type: 'ladder-exhausted',
    ladder: 'l',
    reason: 'nobody is left',
    ...(later ? { later: { person: 'U0GEO', from: DECLARED + 900 * 60_000 } } : {}),
  },
];
const answered = (at: number, page: string): Happening => [
  at,
  { type: 'page-acknowledged', page, via: 'slack' },
];
const resolved = (at: number): Happening => [
  at,
  { type: 'status-changed', from: 'monitoring', to: 'resolved' },
];

/** The figures of a story, those that are known. */
function known(...happenings: Happening[]): Record<string, string> {
  const { incident, entries } = storyOf(happenings);
  const words = figureWords(figures(incident, entries), incident);
  return Object.fromEntries(words.flatMap(({ id, value }) => (value === 'unknown' ? [] : [[id, value]])));
}

test('each is there, and unknown where nothing tells of it', () => {
  const { incident, entries } = storyOf([]);
  expect(figureWords(figures(incident, entries), incident)).toEqual([
    { id: 'detect', name: 'Time to detect', value: 'unknown' },
    { id: 'page', name: 'Time to page', value: 'unknown' },
    { id: 'acknowledge', name: 'Time to acknowledge', value: 'unknown' },
    { id: 'daylight', name: 'Time waiting for daylight', value: 'unknown' },
    { id: 'firstUpdate', name: 'Time to first update', value: 'unknown' },
    { id: 'mitigate', name: 'Time to mitigate', value: 'unknown' },
    { id: 'resolve', name: 'Time to resolve', value: 'unknown' },
    { id: 'impact', name: 'Total impact', value: 'unknown' },
  ]);
});

test.each<[string, Happening[], Record<string, string>]>([
  ['nothing but its end', [resolved(71)], { resolve: '1h 11m' }],
  [
    'impact to its end, and to resolved',
    [impact('start', -30), impact('end', 60), resolved(71)],
    { detect: '30 min', mitigate: '1h 30m', resolve: '1h 41m', impact: '1h 30m' },
  ],
  [
    'impact that nobody ended is not mitigated, and lasts to resolved',
    [impact('start', -30), resolved(71)],
    { detect: '30 min', resolve: '1h 41m', impact: '1h 41m' },
  ],
  [
    'what is approximate stays so',
    [impact('start', -30, true), impact('end', 60), resolved(71)],
    { detect: 'ca. 30 min', mitigate: 'ca. 1h 30m', resolve: 'ca. 1h 41m', impact: 'ca. 1h 30m' },
  ],
  [
    'only the end is approximate',
    [impact('start', 0), impact('end', 60, true), resolved(71)],
    { detect: 'at once', mitigate: 'ca. 1h', resolve: '1h 11m', impact: 'ca. 1h' },
  ],
  [
    'an alert was first',
    [impact('start', -30), said(-20, 'Uptime check fails', { kind: 'alert' })],
    { detect: '10 min' },
  ],
  [
    'a sign from before the impact tells of no detection',
    [impact('start', 5), said(-20, 'slow', { kind: 'report' })],
    {},
  ],
  ['an update', [said(15, 'we told them', { kind: 'update' })], { firstUpdate: '15 min' }],
  [
    'a page in somebody’s day',
    [asked(10), paged(10), answered(21, 'l10')],
    { page: '10 min', acknowledge: '11 min', daylight: 'none' },
  ],
  [
    'nobody’s day until the morning',
    [asked(5), waits(5), paged(605), answered(610, 'l605')],
    { page: '10h 5m', acknowledge: '5 min', daylight: '10h' },
  ],
  ['it still waits', [asked(5), waits(5)], {}],
  ['resolved before anybody’s day', [asked(5), waits(5), resolved(65)], { resolve: '1h 5m', daylight: '1h' }],
  [
    'two ladders that waited side by side count once',
    [asked(0), waits(0), asked(30, 'm'), waits(30, 'm'), paged(60), paged(90, 'm')],
    { page: '1h', daylight: '1h 30m' },
  ],
  [
    'nobody was left but whoever comes on later',
    [asked(0), paged(0), exhausted(5, true), paged(125)],
    { page: 'at once', daylight: '2h' },
  ],
  [
    'nobody was left at all: that is no waiting for a day',
    [asked(0), paged(0), exhausted(5, false), resolved(60)],
    { page: 'at once', resolve: '1h', daylight: 'none' },
  ],
])('%s', (_what, happenings, expected) => {
  expect(known(...happenings)).toEqual(expected);
});

test.each([
  ['nothing is known', [], ''],
  [
    'noticed late, over before it was resolved',
    [impact('start', -258, true), impact('end', 37), resolved(672)],
    'Users were affected for ca. 4h 55m. It was noticed after ca. 4h 18m and resolved after ca. 15h 30m.',
  ],
  [
    'the same time is not told twice',
    [impact('start', 0), said(15, 'we told them', { kind: 'update' }), resolved(71)],
    'Users were affected for 1h 11m. It was noticed at once. The community was told after 15 min.',
  ],
  [
    'paged in the morning',
    [asked(5), waits(5), paged(605), answered(610, 'l605')],
    'The first page was sent after 10h 5m and answered after 5 min. Paging waited 10h for daylight.',
  ],
] as const)('in sentences: %s', (_what, happenings, expected) => {
  const { incident, entries } = storyOf([...happenings] as Happening[]);
  expect(courseWords(figures(incident, entries), incident)).toBe(expected);
});
