import { describe, expect, test } from 'vitest';
import { describer } from '../../src/domain/describe.ts';
import type { FactBody } from '../../src/domain/facts.ts';
import { findGaps } from '../../src/domain/gaps.ts';
import { leaveGap, noteGaps } from '../../src/domain/review.ts';
import { changeReview, type ReviewedGap } from '../../src/domain/review-state.ts';
import { timeline } from '../../src/domain/timeline.ts';
import type { Instant } from '../../src/domain/words.ts';
import { BEN, given, NOW } from './given.ts';

const MINUTE = 60_000;
type Told = readonly [number, FactBody, Instant?];

/** What is found of a story `[minutes after declaring, fact]`, resolved after 71 minutes. */
function gapsOf(...told: Told[]): string[] {
  const facts = [...told, [71, resolved] as const].map(([minutes, body]) => ({
    ...body,
    by: BEN,
    at: NOW + minutes * MINUTE,
  }));
  const story = given(...facts);
  const entries = timeline(story.facts, describer());
  return findGaps({ ...story, entries, zone: 'Europe/London' }).map(({ id, words }) => `${id}: ${words}`);
}

const resolved: FactBody = { type: 'status-changed', from: 'investigating', to: 'resolved' };

function entry(id: string, minutes: number, text: string, more: object = {}): Told {
  return [
    minutes,
    {
      type: 'entry-recorded',
      entry: id,
      origin: 'log',
      content: { kind: 'note', text, ...more },
      moment: { at: NOW + minutes * MINUTE },
    },
  ];
}

const impact = (edge: 'start' | 'end', minutes: number): Told => [
  1,
  { type: 'impact-set', edge, moment: { at: NOW + minutes * MINUTE } },
];

const WHOLE: Told[] = [
  impact('start', 0),
  impact('end', 60),
  entry('e1', 25, 'told the community', { kind: 'update' }),
  entry('e2', 50, 'redeployed'),
  entry('e3', 65, 'logins work again'),
  [66, { type: 'summary-written', summary: 'It was down.' }],
  [67, { type: 'lesson-added', lesson: '1', kind: 'well', text: 'quick' }],
];

/** The story in which nothing is missing, but for what is left out and added. */
function without(ids: readonly string[], ...more: Told[]): string[] {
  const kept = WHOLE.filter(([, fact]) => {
    const id = fact.type === 'impact-set' ? fact.edge : 'entry' in fact ? fact.entry : fact.type;
    return !ids.includes(id ?? '');
  });
  return gapsOf(...kept, ...more);
}

test('nothing is missing from a whole story', () => {
  expect(gapsOf(...WHOLE)).toEqual([]);
});

test('an empty one lacks everything', () => {
  expect(gapsOf().map((gap) => gap.split(':')[0])).toEqual([
    'impact-start',
    'impact-end',
    'silence',
    'update',
    'verification',
    'summary',
    'lessons',
  ]);
});

describe('one by one', () => {
  test.each<[string, string[], Told[], string[]]>([
    ['no impact start', ['start'], [], ['impact-start: When users were first hurt is not known.']],
    [
      'no impact end',
      ['end'],
      [],
      [
        'impact-end: When users were no longer hurt is not known; the report says until it was resolved, 18:11 BST.',
      ],
    ],
    [
      'an alert before the impact',
      [],
      [entry('a', -10, 'Uptime check fails', { kind: 'alert' })],
      [
        'impact-doubtful:start: An alert is from 16:50 BST, before users were hurt by what is set (17:00 BST).',
      ],
    ],
    [
      'impact after resolved',
      ['end'],
      [impact('end', 90)],
      ['impact-doubtful:end: Users were hurt until 18:30 BST, but it was resolved at 18:11 BST.'],
    ],
    [
      'silence',
      ['e2'],
      [],
      [`silence:${NOW + 25 * MINUTE}: Nothing is on record from 17:25 BST to 18:05 BST (40 min).`],
    ],
    [
      'no update',
      ['e1'],
      [entry('n', 25, 'looking')],
      ['update: That the community was told is not on record.'],
    ],
    [
      'no verification',
      ['e3'],
      [entry('v', 65, 'redeployed once more')],
      ['verification: How you saw that it works again is not on record.'],
    ],
    ['verified by form', ['e3'], [entry('verified-x', 65, 'Ben looked')], []],
    [
      'watched',
      ['e3'],
      [
        entry('v', 65, 'once more'),
        [60, { type: 'status-changed', from: 'investigating', to: 'monitoring' }],
      ],
      [],
    ],
    [
      'only a picture',
      [],
      [entry('w', 30, '', { files: [{ id: 'F1', name: 'a.png', type: 'image/png', size: 9 }] })],
      ['words:w: The entry of 17:30 BST has only a file.'],
    ],
    ['only a sign', [], [entry('w', 30, ':eyes: 👀')], ['words:w: The entry of 17:30 BST has no words.']],
    ['words with a sign', [], [entry('w', 30, ':eyes: looking')], []],
    [
      'long before',
      [],
      [entry('t', -60 * 26, 'somebody complained')],
      ['time:t: “somebody complained” stands at Mon 11 Aug 15:00 BST; that is 1d 2h before it began.'],
    ],
    [
      'a summary',
      ['summary-written'],
      [],
      ['summary: Nobody has written a summary; the report says what the facts say.'],
    ],
    [
      'lessons',
      ['lesson-added'],
      [],
      ['lessons: Nobody has said what went well, what did not, and where you were lucky.'],
    ],
    [
      'lessons, answered with nothing',
      ['lesson-added'],
      [[68, { type: 'lessons-answered', nothing: ['well'] }]],
      [],
    ],
    [
      'an action item',
      [],
      [[68, { type: 'action-added', action: '1', title: 'Alert on *it*' }]],
      ['action:1: Action item 1 “Alert on it” has no owner and no issue.'],
    ],
    [
      'an action item with an owner',
      [],
      [[68, { type: 'action-added', action: '1', title: 'Alert', owner: 'U0BEN' }]],
      ['action:1: Action item 1 “Alert” has no issue.'],
    ],
    [
      'one that is done',
      [],
      [
        [68, { type: 'action-added', action: '1', title: 'Alert' }],
        [69, { type: 'action-done', action: '1' }],
      ],
      [],
    ],
  ])('%s', (_what, left, more, expected) => {
    expect(without(left, ...more).map((gap) => gap.replaceAll('\\', ''))).toEqual(expected);
  });

  test('a page that nobody answered, until somebody says who did', () => {
    const paged: Told[] = [
      [5, { type: 'page-asked', ladder: '1', roster: 'tech-lead' }],
      [
        5,
        {
          type: 'paged',
          ladder: '1',
          page: '1',
          person: 'U0ANA',
          localTime: '19:05 EEST',
          reason: 'in hours',
        },
      ],
    ];
    expect(without([], ...paged)).toEqual([
      'page:1: [U0ANA](person:U0ANA) was paged from 17:05 BST on, and no answer is on record.',
    ]);
    expect(without([], ...paged, entry('answered-1-x', 10, 'Ana rang back'))).toEqual([]);
    expect(without([], ...paged, [9, { type: 'page-acknowledged', page: '1', via: 'slack' }])).toEqual([]);
  });
});

describe('what became of them', () => {
  const found = (...ids: string[]) => ({
    type: 'gaps-found' as const,
    gaps: ids.map((id) => ({ id, words: id })),
  });
  const fact = <Body extends object>(body: Body) => ({ ...body, by: BEN, at: NOW, seq: 1, recordedAt: NOW });
  const states = (gaps: readonly ReviewedGap[]) => gaps.map(({ id, state }) => `${id} ${state}`);

  test('found no more is mended; left as it is stays so, and comes back mended or open', () => {
    const first = changeReview(undefined, fact(found('a', 'b', 'c')));
    const left = changeReview(first, fact({ type: 'gap-left' as const, gap: 'b', words: 'b' }));
    const second = changeReview(left, fact(found('b', 'c')));
    expect(states(second)).toEqual(['b left', 'c open', 'a mended']);
    expect(states(changeReview(second, fact(found('a', 'c'))))).toEqual(['a open', 'c open', 'b mended']);
  });

  test('the same again is not written down again', () => {
    const story = given({ ...resolved, by: BEN, at: NOW } as const);
    const once = story
      .when((incident) => noteGaps(incident, [{ id: 'a', words: 'a' }], NOW))
      .adds([found('a')], [{ do: 'show', message: 'review' }]);
    once
      .when((incident) => noteGaps(incident, [{ id: 'a', words: 'a' }], NOW))
      .adds([], [{ do: 'show', message: 'review' }]);
    const left = once.when((incident) => leaveGap(incident, 'a', BEN, NOW)).next();
    left.when((incident) => leaveGap(incident, 'a', BEN, NOW)).addsNothing('It is left as it is already.');
    left
      .when((incident) => noteGaps(incident, [{ id: 'a', words: 'a' }], NOW))
      .adds([], [{ do: 'show', message: 'review' }]);
    left
      .when((incident) => leaveGap(incident, 'z', BEN, NOW))
      .refused('That is not in the review any more. `/incident review` shows what is.');
  });

  test('what wants a decision cannot be left', () => {
    given({ ...resolved, by: BEN, at: NOW } as const, { ...found('deleted:e1'), by: BEN, at: NOW })
      .when((incident) => leaveGap(incident, 'deleted:e1', BEN, NOW))
      .refused('That one wants a decision: press one of its buttons.');
  });
});
