import { describe, expect, test } from 'vitest';
import type { Effect } from '../../src/domain/decision.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import {
  cancel,
  changeSeverity,
  changeStatus,
  close,
  readSeverity,
  rename,
  reopen,
  resolve,
  setImpact,
  writeSummary,
} from '../../src/domain/lifecycle.ts';
import { merge } from '../../src/domain/merge.ts';
import { PERMITTED, type Verb } from '../../src/domain/permitted.ts';
import { STATUSES, type Status } from '../../src/domain/words.ts';
import { BEN, given, NOW } from './given.ts';

const REDRAWN: Effect[] = [
  { do: 'show', message: 'card' },
  { do: 'show', message: 'announcement' },
];

function moved(from: Status, to: Status): NewFact {
  return { type: 'status-changed', from, to, by: BEN, at: NOW };
}

const RESOLVED = moved('investigating', 'resolved');
const PAGED: NewFact[] = [
  { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW },
  { type: 'paged', ladder: '1', page: '1', person: 'U0ANA', localTime: '', reason: '', by: BEN, at: NOW },
];

describe('status', () => {
  test('moves, and everything that shows it is drawn anew', () => {
    given()
      .when((incident) => changeStatus(incident, 'Identified', BEN, NOW))
      .adds(
        [{ type: 'status-changed', from: 'investigating', to: 'identified' }],
        [...REDRAWN, { do: 'set-topic' }],
      )
      .when((incident) => changeStatus(incident, 'identified', BEN, NOW))
      .addsNothing('INC-7 is already identified.');
  });

  test('of a word that is none is refused with those that are', () => {
    given()
      .when((incident) => changeStatus(incident, 'merged', BEN, NOW))
      .refused(
        '“merged” is no status. One of: investigating, identified, monitoring, resolved, closed, cancelled.',
      );
  });

  test.each(['resolved', 'closed', 'cancelled'] as const)('%s is the verb of its own', (status) => {
    const verbs = { resolved: resolve, closed: close, cancelled: cancel };
    const { incident } = given(RESOLVED);
    expect(changeStatus(incident, status, BEN, NOW)).toEqual(verbs[status](incident, BEN, NOW));
  });
});

describe('resolving', () => {
  test('makes the report, closes what is open in PagerDuty and lets nobody go on being asked', () => {
    given(...PAGED)
      .when((incident) => resolve(incident, BEN, NOW))
      .adds(
        [{ type: 'status-changed', from: 'investigating', to: 'resolved' }],
        [
          ...REDRAWN,
          { do: 'set-topic' },
          { do: 'settle-in-pagerduty', page: '1' },
          { do: 'show', message: 'page:1' },
          { do: 'make-report' },
          { do: 'remind-of-lessons', resolvedAt: NOW, at: NOW + 30 * 60_000 },
          { do: 'read-check' },
          { do: 'read-check', at: NOW + 65 * 60_000 },
        ],
      )
      .when((incident) => resolve(incident, BEN, NOW))
      .addsNothing('INC-7 is already resolved.');
  });

  test('is remembered until it is reopened, through closing', () => {
    expect(given(RESOLVED).incident).toMatchObject({ resolvedAt: NOW, resolvedBy: BEN });
    expect(given(RESOLVED, moved('resolved', 'closed')).incident.resolvedAt).toBe(NOW);
    expect(given(RESOLVED, moved('resolved', 'investigating')).incident.resolvedAt).toBeUndefined();
  });
});

describe('the end and the way back', () => {
  test('closing wants resolved first, and happens once', () => {
    given()
      .when((incident) => close(incident, BEN, NOW))
      .refused('INC-7 is still investigating. Type `/incident resolve` first.');
    given(RESOLVED)
      .when((incident) => close(incident, BEN, NOW))
      .next()
      .when((incident) => close(incident, BEN, NOW))
      .addsNothing('INC-7 is already closed.');
  });

  test('cancelling happens once, and not to what was resolved', () => {
    given()
      .when((incident) => cancel(incident, BEN, NOW))
      .next()
      .when((incident) => cancel(incident, BEN, NOW))
      .addsNothing('INC-7 is already cancelled.');
    given(RESOLVED)
      .when((incident) => cancel(incident, BEN, NOW))
      .refused('INC-7 is resolved, so `cancel` is not possible. Type `/incident reopen` if it is not over.');
  });

  test('reopening an open one changes nothing', () => {
    given()
      .when((incident) => reopen(incident, BEN, NOW))
      .addsNothing('INC-7 is investigating, so there is nothing to reopen.');
  });
});

describe('severity', () => {
  test.each([
    ['sev1', 'sev1'],
    ['SEV-2', 'sev2'],
    ['3', 'sev3'],
    ['p1', 'sev1'],
    ['P5', 'sev4'],
    ['5', undefined],
    ['sev0', undefined],
    ['bad', undefined],
  ])('%s is read as %s', (typed, severity) => {
    expect(readSeverity(typed)).toBe(severity);
  });

  test('changes once', () => {
    given()
      .when((incident) => changeSeverity(incident, 'sev2', BEN, NOW))
      .adds([{ type: 'severity-changed', from: 'sev1', to: 'sev2' }], [...REDRAWN, { do: 'set-topic' }])
      .when((incident) => changeSeverity(incident, 'sev2', BEN, NOW))
      .addsNothing('INC-7 is already sev2.');
  });
});

describe('title, impact and summary', () => {
  test('a title is one line of 1 to 200 characters', () => {
    given()
      .when((incident) => rename(incident, '  a \n b  ', BEN, NOW))
      .adds([{ type: 'renamed', from: 'LEAP hub outage', to: 'a b' }], [...REDRAWN, { do: 'set-topic' }]);
    for (const wrong of ['', ' ', 'é'.repeat(201)]) {
      given()
        .when((incident) => rename(incident, wrong, BEN, NOW))
        .refused('A title has 1 to 200 characters: `/incident rename LEAP hub outage`.');
    }
  });

  test('the impact has two edges in order, set in any order', () => {
    const set = (edge: 'start' | 'end', minutes: number) => (incident: Parameters<typeof setImpact>[0]) =>
      setImpact(incident, { edge, moment: { at: NOW + minutes * 60_000 }, when: 'then' }, BEN, NOW);
    const ended = given().when(set('end', 10)).next();
    ended.when(set('start', 11)).refused(/^The impact cannot end before it started\./);
    expect(ended.when(set('start', 10)).next().incident.impact).toEqual({
      start: { at: NOW + 600_000 },
      end: { at: NOW + 600_000 },
    });
  });

  test('a summary keeps what is not written', () => {
    const first = given()
      .when((incident) => writeSummary(incident, { summary: ' It broke. ', resolution: ' ' }, BEN, NOW))
      .adds([{ type: 'summary-written', summary: 'It broke.' }]);
    const second = first
      .when((incident) => writeSummary(incident, { resolution: 'We mended it.' }, BEN, NOW))
      .next();
    expect(second.incident).toMatchObject({ summary: 'It broke.', resolution: 'We mended it.' });
    second
      .when((incident) => writeSummary(incident, {}, BEN, NOW))
      .addsNothing('Nothing was written, so nothing changed.');
  });
});

describe('which state permits which verb', () => {
  const verbs: Record<
    Exclude<Verb, 'log' | 'assign' | 'handoff' | 'page' | 'action' | 'lesson' | 'update'>,
    (incident: Parameters<typeof resolve>[0]) => ReturnType<typeof resolve>
  > = {
    status: (incident) =>
      changeStatus(incident, incident.status === 'monitoring' ? 'identified' : 'monitoring', BEN, NOW),
    severity: (incident) => changeSeverity(incident, 'sev3', BEN, NOW),
    rename: (incident) => rename(incident, 'Another title', BEN, NOW),
    impact: (incident) => setImpact(incident, { edge: 'start', moment: { at: NOW }, when: '' }, BEN, NOW),
    summary: (incident) => writeSummary(incident, { summary: 'x' }, BEN, NOW),
    resolve: (incident) => resolve(incident, BEN, NOW),
    reopen: (incident) => reopen(incident, BEN, NOW),
    close: (incident) => close(incident, BEN, NOW),
    cancel: (incident) => cancel(incident, BEN, NOW),
    merge: (incident) =>
      merge(incident, { number: 12, incident: { ...given().incident, number: 12 } }, BEN, NOW),
  };

  test.each(
    STATUSES.flatMap((status) => Object.entries(verbs).map(([verb, rule]) => ({ status, verb, rule }))),
  )('$verb when $status', ({ status, verb, rule }) => {
    const { incident } = given(moved('investigating', status));
    const decision = rule(incident);
    const changes = 'facts' in decision && decision.facts.length > 0;
    expect(changes).toBe(PERMITTED[status].includes(verb as Verb));
  });
});
