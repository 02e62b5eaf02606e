import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { mendLadders } from '../../src/domain/overdue.ts';
import { acknowledgePage, declinePage } from '../../src/domain/page-answers.ts';
import { askPage, climb, needsStep } from '../../src/domain/paging.ts';
import { BEN, given, NOW } from './given.ts';

const MINUTE = 60_000;
const LIMITS = { acknowledgeWithinMs: 5 * MINUTE, phones: [], policy: false };
const DUE = NOW + 5 * MINUTE;

const asked = given()
  .when((incident) => askPage(incident, { roster: 'tech-lead', by: BEN }, NOW))
  .next();
const paged = asked
  .when((incident) =>
    climb(
      incident,
      '1',
      { kind: 'page', person: 'U0ANA', localTime: '19:00', reason: 'in hours' },
      LIMITS,
      NOW,
    ),
  )
  .next();

function auditedAt(now: number) {
  return (incident: Incident) => mendLadders(incident, now);
}

describe('a page', () => {
  test('whose step is late by a minute is on its way still; after that it is overdue', () => {
    paged.when(auditedAt(DUE + MINUTE)).addsNothing();
    paged.when(auditedAt(DUE + MINUTE + 1)).adds(
      [{ type: 'step-overdue', ladder: '1', dueAt: DUE, key: `overdue:1:${DUE}` }],
      [
        { do: 'climb', ladder: '1', at: DUE + MINUTE + 1 },
        {
          do: 'say',
          notice: `overdue:1:${DUE}`,
          text: '⏰ The next step of the page for [U0ANA](person:U0ANA) was overdue by 1 min; I take it now.',
        },
      ],
    );
  });

  test('is said to be overdue once, and moved on until it moves', () => {
    const late = DUE + 3 * MINUTE;
    paged
      .when(auditedAt(late))
      .next()
      .when(auditedAt(late + MINUTE))
      .adds([], [{ do: 'climb', ladder: '1', at: late + MINUTE }]);
  });

  test('that somebody has, or of an incident that is over, is never overdue', () => {
    const later = NOW + 1_000 * MINUTE;
    paged
      .when((incident) => acknowledgePage(incident, '1', { person: 'U0ANA', via: 'slack', at: NOW }))
      .next()
      .when(auditedAt(later))
      .addsNothing();
    const over = given(
      ...paged.facts.slice(1),
      { type: 'status-changed', from: 'investigating', to: 'resolved', by: BEN, at: NOW },
      { type: 'status-changed', from: 'resolved', to: 'investigating', by: BEN, at: NOW + MINUTE },
    );
    over.when(auditedAt(later)).addsNothing();
    expect(needsStep(over.incident, over.incident.ladders['1'], later)).toBe(false);
  });

  test('that was declined a while ago is overdue', () => {
    const declined = paged
      .when((incident) => declinePage(incident, '1', 'U0ANA', undefined, NOW + MINUTE))
      .next();
    declined.when(auditedAt(NOW + 2 * MINUTE)).addsNothing();
    expect(mendLadders(declined.incident, NOW + 3 * MINUTE).facts).toMatchObject([{ dueAt: NOW + MINUTE }]);
  });

  test('that was sent before the clock was set back waits its limit from now', () => {
    const back = NOW - 60 * MINUTE;
    const mended = paged
      .when(auditedAt(back))
      .adds(
        [{ type: 'page-retimed', page: '1', dueAt: back + 5 * MINUTE }],
        [{ do: 'climb', ladder: '1', at: back + 5 * MINUTE }],
      );
    mended.when(auditedAt(back + MINUTE)).addsNothing();
    const { 1: ladder } = mended.incident.ladders;
    expect(needsStep(mended.incident, ladder, back + 5 * MINUTE - 1)).toBe(false);
    expect(needsStep(mended.incident, ladder, back + 5 * MINUTE)).toBe(true);
  });
});

describe('a clock that was set back', () => {
  const back = NOW - 60 * MINUTE;

  test('by no more than the clocks of two machines differ changes nothing', () => {
    paged.when(auditedAt(NOW - MINUTE)).addsNothing();
    expect(mendLadders(paged.incident, NOW - MINUTE - 1).facts).toMatchObject([
      { type: 'page-retimed', by: { kind: 'daywatch' } },
    ]);
  });

  test('leaves alone what was answered, and what waits for ever', () => {
    paged
      .when((incident) => acknowledgePage(incident, '1', { person: 'U0ANA', via: 'slack', at: NOW }))
      .next()
      .when(auditedAt(back))
      .addsNothing();
    paged
      .when((incident) => declinePage(incident, '1', 'U0ANA', undefined, NOW))
      .next()
      .when(auditedAt(back))
      .addsNothing();
    paged
      .when((incident) => climb(incident, '1', { kind: 'exhausted', reason: 'All asked' }, LIMITS, DUE))
      .next()
      .when(auditedAt(back))
      .addsNothing();
    const step = { kind: 'page', person: 'U0ANA', localTime: '', reason: '' } as const;
    asked
      .when((incident) => climb(incident, '1', step, { phones: [], policy: false }, NOW))
      .next()
      .when(auditedAt(back))
      .addsNothing();
  });
});

describe('a ladder', () => {
  test('for somebody asked for by name says whose page is overdue', () => {
    const direct = given()
      .when((incident) => askPage(incident, { person: 'U0CHI', by: BEN }, NOW))
      .next();
    const { facts, effects } = mendLadders(direct.incident, NOW + 2 * MINUTE);
    expect(facts).toMatchObject([{ by: { kind: 'daywatch' } }]);
    expect(effects).toContainEqual({
      do: 'say',
      notice: `overdue:1:${NOW}`,
      text: '⏰ The next step of the page for [U0CHI](person:U0CHI) was overdue by 2 min; I take it now.',
    });
  });

  test('on which nobody was paged at all is overdue a minute after it was asked for', () => {
    asked.when(auditedAt(NOW + MINUTE)).addsNothing();
    expect(mendLadders(asked.incident, NOW + 2 * MINUTE).effects).toContainEqual({
      do: 'say',
      notice: `overdue:1:${NOW}`,
      text: '⏰ The next step of this page was overdue by 2 min; I take it now.',
    });
  });

  test('that waits for somebody’s day is overdue when that day has begun', () => {
    const wait = { kind: 'wait', person: 'U0ANA', from: NOW + 60 * MINUTE, reason: 'Nobody' } as const;
    const waiting = asked.when((incident) => climb(incident, '1', wait, LIMITS, NOW)).next();
    waiting.when(auditedAt(NOW + 61 * MINUTE)).addsNothing();
    expect(mendLadders(waiting.incident, NOW + 62 * MINUTE).facts).toMatchObject([
      { dueAt: NOW + 60 * MINUTE },
    ]);
  });

  test('that is asked for anew while it waits is overdue by what passed since then, not since the evening', () => {
    const wait = { kind: 'wait', person: 'U0ANA', from: NOW + 600 * MINUTE, reason: 'Nobody' } as const;
    const again = NOW + 300 * MINUTE;
    const anew = asked
      .when((incident) => climb(incident, '1', wait, LIMITS, NOW))
      .next()
      .when((incident) => askPage(incident, { roster: 'tech-lead', by: BEN }, again))
      .next();
    expect(anew.incident.ladders['1']).toMatchObject({ state: 'climbing' });
    anew.when(auditedAt(again + MINUTE)).addsNothing();
    expect(mendLadders(anew.incident, again + 2 * MINUTE).facts).toMatchObject([{ dueAt: again }]);
  });

  test('with nobody left is not', () => {
    const exhausted = paged
      .when((incident) => climb(incident, '1', { kind: 'exhausted', reason: 'All asked' }, LIMITS, DUE))
      .next();
    exhausted.when(auditedAt(DUE + 1_000 * MINUTE)).addsNothing();
  });
});
