import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { resolve } from '../../src/domain/lifecycle.ts';
import { acknowledgePage, pageToAnswer } from '../../src/domain/page-answers.ts';
import { pageFailed } from '../../src/domain/page-delivery.ts';
import { alreadyAsked, needsStep } from '../../src/domain/paging.ts';
import { pagePolicy, pagesForPolicy, policyTookOver } from '../../src/domain/policy-page.ts';
import type { Actor } from '../../src/domain/words.ts';
import { BEN, given, NOW } from './given.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };
const LATER = NOW + 3_600_000;

const ASKED: NewFact = { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW };
const EXHAUSTED: NewFact = {
  type: 'ladder-exhausted',
  ladder: '1',
  reason: 'All were asked',
  later: { person: 'U0CHI', from: LATER },
  by: DAYWATCH,
  at: NOW,
};

function paged(page: string, person: string, round = 1): NewFact {
  return {
    type: 'paged',
    ladder: '1',
    page,
    person,
    round,
    localTime: '',
    reason: '',
    by: DAYWATCH,
    at: NOW,
  };
}

function inPagerDuty(page: string): NewFact {
  return { type: 'page-sent', page, via: 'pagerduty', id: `Q${page}`, by: DAYWATCH, at: NOW };
}

function inSlack(page: string): NewFact {
  return { type: 'page-sent', page, via: 'slack', id: `1.${page}`, by: DAYWATCH, at: NOW };
}

function declined(page: string): NewFact {
  return { type: 'page-declined', page, by: BEN, at: NOW };
}

function callPolicy(...over: string[]) {
  return (incident: Incident) => pagePolicy(incident, '1', { policy: 'PPOLICY', over }, NOW);
}

const asIfCalled = {
  type: 'policy-called',
  ladder: '1',
  page: '3',
  policy: 'PPOLICY',
  round: 2,
  key: 'ladder:1:2',
};
const nobodyLeft = given(
  ASKED,
  ...[paged('1', 'U0ANA'), inPagerDuty('1'), declined('1')],
  ...[paged('2', 'U0ANA', 2), inPagerDuty('2'), declined('2')],
  EXHAUSTED,
);
const called = nobodyLeft.when(callPolicy()).next();

describe('what a policy takes over', () => {
  test('is the latest page in PagerDuty to which nobody said “not me”', () => {
    const { incident } = given(
      ASKED,
      ...['1', '2', '3', '4'].flatMap((page) => [
        paged(page, 'U0ANA'),
        page === '4' ? inSlack(page) : inPagerDuty(page),
      ]),
      declined('3'),
      EXHAUSTED,
    );
    const ladder = incident.ladders['1'];
    if (!ladder) return expect.unreachable();
    expect(pagesForPolicy(incident, ladder).map(({ id }) => id)).toEqual(['Q2', 'Q1']);
  });

  test('is told of once, and stands as that person’s page', () => {
    const takeOver = (now: number) => (incident: Incident) => policyTookOver(incident, '1', 'PPOLICY', now);
    const rings = given(ASKED, paged('1', 'U0ANA'), inPagerDuty('1'), EXHAUSTED);
    const taken = rings
      .when(takeOver(LATER))
      .adds(
        [{ type: 'policy-took-over', page: '1', policy: 'PPOLICY', key: 'policy-took-over:1' }],
        [{ do: 'show', message: 'card' }],
      );
    expect(taken.incident.pages['1']).toMatchObject({
      person: 'U0ANA',
      state: 'waiting',
      takenOverAt: LATER,
    });
    expect(taken.facts.at(-1)?.by).toEqual(DAYWATCH);
    taken.when(takeOver(LATER)).addsNothing();
    // Its own page is nobody's that it could take over.
    called.when((incident) => policyTookOver(incident, '3', 'PPOLICY', NOW)).addsNothing();
    given(ASKED).when(takeOver(LATER)).addsNothing();
  });
});

describe('a policy that is paged itself', () => {
  test('is a page of the ladder, in its round, and the ladder still awaits whoever comes on', () => {
    const next = nobodyLeft.when(callPolicy()).adds(
      [asIfCalled],
      [
        { do: 'page-by-pagerduty', page: '3' },
        { do: 'show', message: 'card' },
      ],
    );
    const ladder = next.incident.ladders['1'];
    expect(ladder).toMatchObject({ state: 'exhausted', waitsUntil: LATER, pages: ['1', '2', '3'] });
    expect(next.incident.pages['3']).toEqual({
      id: '3',
      ladder: '1',
      person: 'name:PagerDuty’s escalation policy',
      policy: 'PPOLICY',
      localTime: '',
      reason: '',
      pagedAt: NOW,
      round: 2,
      state: 'waiting',
      sent: [],
      failed: [],
    });
    expect(needsStep(next.incident, ladder, NOW)).toBe(false);
    expect(needsStep(next.incident, ladder, LATER)).toBe(true);
    expect(ladder && alreadyAsked(next.incident, ladder)).toContain('U0ANA');
  });

  test('is paged once, and anew only when that page is over', () => {
    called.when(callPolicy()).adds([], [{ do: 'page-by-pagerduty', page: '3' }]);
    called.when(callPolicy('3')).adds(
      [{ ...asIfCalled, page: '4', key: 'ladder:1:3' }],
      [
        { do: 'page-by-pagerduty', page: '4' },
        { do: 'show', message: 'card' },
      ],
    );
  });

  test('is paged anew after whoever came on was silent too, and where the file names another', () => {
    const silent: NewFact = { type: 'page-unanswered', page: '3', afterMs: 0, by: DAYWATCH, at: NOW };
    const again = given(...called.facts.slice(1), silent)
      .when(callPolicy())
      .next();
    expect(again.incident.pages).toMatchObject({ 4: { policy: 'PPOLICY', state: 'waiting' } });
    const other = called.when((now) => pagePolicy(now, '1', { policy: 'POTHER', over: [] }, NOW)).next();
    expect(other.incident.pages).toMatchObject({ 4: { policy: 'POTHER' } });
    expect(other.facts.at(-1)?.by).toEqual(DAYWATCH);
    given().when(callPolicy()).addsNothing();
  });

  test('is not paged where somebody has it, or it is over', () => {
    const by = { person: 'U0ANA', via: 'slack', at: NOW } as const;
    nobodyLeft
      .when((incident) => acknowledgePage(incident, '1', by))
      .next()
      .when(callPolicy())
      .addsNothing();
    nobodyLeft
      .when((incident) => resolve(incident, BEN, NOW))
      .next()
      .when(callPolicy())
      .addsNothing();
  });

  test('is what `/incident ack` means when nobody else is asked, and cleared when it is resolved', () => {
    expect(pageToAnswer(called.incident, 'U0BEN')?.id).toBe('3');
    const { decision } = called.when((incident) => resolve(incident, BEN, NOW));
    expect(decision).toMatchObject({
      effects: expect.arrayContaining([{ do: 'settle-in-pagerduty', page: '3' }]),
    });
  });

  test('and out of reach leaves the telephone', () => {
    const failure = { via: 'pagerduty', why: 'It is away.', trying: true } as const;
    const { decision } = called.when((incident) => pageFailed(incident, '3', failure, NOW));
    expect(decision).toMatchObject({
      effects: expect.arrayContaining([
        expect.objectContaining({
          loud: true,
          text: expect.stringMatching(
            /\*\*failed\*\*: It is away\. Please call somebody by telephone; I keep trying\.$/,
          ),
        }),
      ]),
    });
  });
});
