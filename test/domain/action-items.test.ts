import { describe, expect, test } from 'vitest';
import type { ResembledIssue } from '../../src/domain/action-items.ts';
import {
  addAction,
  answerSimilar,
  changeAction,
  followIssue,
  foundSimilar,
} from '../../src/domain/action-verbs.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import { openIssueOf } from '../../src/domain/open-issue-of.ts';
import { resembling } from '../../src/domain/resembling.ts';
import { readAction, readActionChange } from '../../src/domain/typed-action.ts';
import { readDue } from '../../src/domain/typed-due.ts';
import { BEN, given, NOW } from './given.ts';

const READER = {
  today: '2025-08-12',
  person: (word: string) => (/ana/i.test(word) ? 'U0ANA' : word === 'me' ? 'U0BEN' : undefined),
};
const CARD = { do: 'show', message: 'card' } as const;
const added = (action: string, more: object = {}): NewFact => ({
  type: 'action-added',
  action,
  title: 'Alert on it',
  ...more,
  by: BEN,
  at: NOW,
});
const linked: NewFact = {
  type: 'action-linked',
  action: '1',
  url: 'https://github.com/o/r/issues/3',
  by: BEN,
  at: NOW,
};

describe('typed', () => {
  test.each([
    ['process rotate the keys', { category: 'process', title: 'rotate the keys' }],
    ['Technical: new disk', { category: 'technical', title: 'new disk' }],
    ['rotate the keys', { title: 'rotate the keys' }],
    ['[x] tell everybody', { title: 'tell everybody', done: true }],
    ['fix it https://github.com/a/b/issues/3', { title: 'fix it', url: 'https://github.com/a/b/issues/3' }],
    ['fix it <https://github.com/a/b/pull/3|p>', { title: 'fix it', url: 'https://github.com/a/b/pull/3' }],
    ['read https://example.org/page', { title: 'read https://example.org/page' }],
    ['rotate owner <@U0ANA|ana> due friday', { title: 'rotate', owner: 'U0ANA', due: '2025-08-15' }],
    ['rotate due 2025-09-01 owner me', { title: 'rotate', owner: 'U0BEN', due: '2025-09-01' }],
    ['say what is due next', { title: 'say what is due next' }],
    ['find an owner', { title: 'find an owner' }],
    ['ask <@U0ANA>', { title: 'ask <@U0ANA>' }],
    ['2 more replicas', { title: '2 more replicas' }],
    ['constructor', { title: 'constructor' }],
    ['', { title: '' }],
  ])('“%s”', (typed, action) => {
    expect(readAction(typed, READER)).toEqual(action);
  });

  test.each([
    ['rotate owner @zoe', /nobody called “zoe”/],
    ['rotate due 2025-02-30', /“2025-02-30” is on no calendar. Type it as `due 2025-09-01`/],
    ['rotate due 13/45', /“13\/45” is no day/],
  ])('“%s” is asked about', (typed, problem) => {
    expect(readAction(typed, READER)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test.each([
    ['2 done', { action: '2', change: { done: true } }],
    ['#2 reopen', { action: '2', change: { reopened: true } }],
    ['2 owner @ana due 12 sep', { action: '2', change: { owner: 'U0ANA', due: '2025-09-12' } }],
    [
      '2 link https://github.com/a/b/issues/3',
      { action: '2', change: { url: 'https://github.com/a/b/issues/3' } },
    ],
    ['2 technical', { action: '2', change: { category: 'technical' } }],
    ['2 more replicas', undefined],
    ['2 done by friday', undefined],
    ['done', undefined],
  ])('“%s” changes', (typed, change) => {
    expect(readActionChange(typed, READER)).toEqual(change);
  });

  test.each([
    ['2', /^What of action item 2\? Type `\/incident action 2 done`/],
    ['2 owner', /^I cannot read “owner”\. Type/],
    ['2 link nowhere', /^I cannot read “link nowhere”/],
    ['2 due whenever', /^I cannot read “due whenever”/],
    ['2 due 31/31', /is no day/],
  ])('“%s” is no item of its own', (typed, problem) => {
    expect(readActionChange(typed, READER)).toEqual({ problem: expect.stringMatching(problem) });
  });

  // The twelfth is a Tuesday.
  test.each([
    ['today', '2025-08-12'],
    ['tomorrow', '2025-08-13'],
    ['tuesday', '2025-08-19'],
    ['mon', '2025-08-18'],
    ['in 2 weeks', '2025-08-26'],
    ['3 days', '2025-08-15'],
    ['6 months', '2026-02-12'],
    ['1 jan', '2026-01-01'],
    ['sep 12', '2025-09-12'],
    ['2024-02-29', '2024-02-29'],
  ])('%s is %s', (words, due) => {
    expect(readDue(words, '2025-08-12')).toEqual({ due });
  });

  test('a month that is too short ends on its last day', () => {
    expect(readDue('in 1 month', '2025-01-31')).toEqual({ due: '2025-02-28' });
  });
});

describe('added', () => {
  test('opens an issue, unless one stands for it or it is done', () => {
    const first = given()
      .when((incident) => addAction(incident, { title: 'a', owner: 'U0ANA', due: '2025-09-01' }, BEN, NOW))
      .adds(
        [{ type: 'action-added', action: '1', title: 'a', owner: 'U0ANA', due: '2025-09-01' }],
        [{ do: 'open-issue', action: '1' }, CARD],
      );
    const second = first
      .when((incident) => addAction(incident, { title: 'b', url: 'https://x.y/issues/1' }, BEN, NOW))
      .adds(
        [
          { type: 'action-added', action: '2', title: 'b' },
          { type: 'action-linked', action: '2', url: 'https://x.y/issues/1', key: 'issue:2' },
        ],
        [CARD],
      );
    const third = second.when((incident) => addAction(incident, { title: 'c', done: true }, BEN, NOW)).next();
    expect(third.incident.actions).toMatchObject([
      { id: '1', done: false, owner: 'U0ANA', due: '2025-09-01' },
      { id: '2', url: 'https://x.y/issues/1' },
      { id: '3', done: true },
    ]);
  });

  test('without words is refused', () => {
    given()
      .when((incident) => addAction(incident, { title: '' }, BEN, NOW))
      .refused('An action item needs words: `/incident action technical Upgrade the NFS server`.');
  });
});

describe('changed', () => {
  test('only what differs, and the issue gets its assignee', () => {
    const story = given(added('1'), linked);
    const next = story
      .when((incident) => changeAction(incident, '1', { title: 'Alert on it', owner: 'U0ANA' }, BEN, NOW))
      .adds(
        [{ type: 'action-changed', action: '1', owner: 'U0ANA' }],
        [CARD, { do: 'assign-issue', action: '1' }],
      );
    next
      .when((incident) => changeAction(incident, '1', { owner: 'U0ANA' }, BEN, NOW))
      .addsNothing('Action item 1 says so already.');
    next
      .when((incident) => changeAction(incident, '4', { done: true }, BEN, NOW))
      .refused('INC-7 has no action item 4; it has 1. `/incident action` shows them.');
    expect(
      next.when((incident) => changeAction(incident, '1', { done: true }, BEN, NOW)).next().incident.actions,
    ).toMatchObject([{ done: true, doneBy: BEN, owner: 'U0ANA' }]);
  });
});

describe('like an open issue', () => {
  const issue: ResembledIssue = {
    number: 19,
    title: '[Incident Action]: Set up alerting for the hub',
    url: 'https://github.com/o/r/issues/19',
    raisedAt: Date.parse('2017-09-29T10:00:00Z'),
  };

  test.each([
    ['Set up alerts for the hub', true],
    ['set up hub alerting', true],
    ['Alerting', false],
    ['Set up the hub', false],
    ['Write down who may delete', false],
    ['', false],
  ])('“%s”: %s', (title, alike) => {
    expect(resembling(title, [issue])).toBe(alike ? issue : undefined);
  });

  test('of several the nearest, of those the oldest', () => {
    const later = { ...issue, number: 40, raisedAt: issue.raisedAt + 1 };
    const vague = { ...issue, number: 2, raisedAt: 0, title: 'Set up alerting for the hub on weekends' };
    expect(resembling('alert for hub', [later, vague, issue])?.number).toBe(19);
  });

  const asked = given(added('1'))
    .when((incident) => foundSimilar(incident, '1', issue, NOW))
    .adds([{ type: 'action-resembles', action: '1', issue }], [{ do: 'show', message: 'similar:1' }]);

  test('is asked about once, and is linked when it is the same', () => {
    asked.when((incident) => foundSimilar(incident, '1', issue, NOW)).addsNothing();
    asked
      .when((incident) => openIssueOf(incident, '1', { repository: 'o/r', connected: true }))
      .addsNothing('First say whether action item 1 is #19.');
    const same = asked.when((incident) => answerSimilar(incident, '1', true, BEN, NOW)).next();
    expect(same.incident.actions).toMatchObject([{ url: issue.url }]);
    expect(same.incident.actions[0]).not.toHaveProperty('resembles');
  });

  test('is a new one when somebody says so, and is not asked about again', () => {
    const own = asked
      .when((incident) => answerSimilar(incident, '1', false, BEN, NOW))
      .adds(
        [{ type: 'action-is-new', action: '1' }],
        [CARD, { do: 'show', message: 'similar:1' }, { do: 'open-issue', action: '1' }],
      );
    own.when((incident) => foundSimilar(incident, '1', issue, NOW)).addsNothing();
  });
});

describe('its issue', () => {
  const closed = { open: false, reopened: false, label: 'o/r#3' };
  const open = { open: true, reopened: false, label: 'o/r#3' };

  test('closed there is done here, and reopened there open again', () => {
    const done = given(added('1'), linked)
      .when((incident) => followIssue(incident, '1', closed, NOW))
      .adds([{ type: 'action-done', action: '1' }], [CARD]);
    done.when((incident) => followIssue(incident, '1', closed, NOW)).addsNothing();
    done
      .when((incident) => followIssue(incident, '1', open, NOW))
      .adds([{ type: 'action-reopened', action: '1' }], [CARD]);
  });

  test('what somebody ticked off here stays so while the issue is only talked about', () => {
    const ticked = given(added('1'), linked, { type: 'action-done', action: '1', by: BEN, at: NOW });
    ticked.when((incident) => followIssue(incident, '1', open, NOW)).addsNothing();
    ticked
      .when((incident) => followIssue(incident, '1', { ...open, reopened: true }, NOW))
      .adds([{ type: 'action-reopened', action: '1' }], [CARD]);
  });

  test.each([
    [{ repository: undefined, connected: true }, /set `report.issues`.*`\/incident action 1 link/],
    [{ repository: 'o/r', connected: false }, /GitHub is not connected/],
  ])('cannot be opened: %o', (setup, words) => {
    given(added('1'))
      .when((incident) => openIssueOf(incident, '1', setup))
      .refused(words);
  });
});
