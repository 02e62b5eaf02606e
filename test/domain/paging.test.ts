import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { acknowledgePage, declinePage, pageToAnswer } from '../../src/domain/page-answers.ts';
import { pageFailed } from '../../src/domain/page-delivery.ts';
import { askPage, climb, type NextStep, needsStep } from '../../src/domain/paging.ts';
import type { Status } from '../../src/domain/words.ts';
import { BEN, given, NOW } from './given.ts';

const MINUTE = 60_000;
const LIMITS = { acknowledgeWithinMs: 5 * MINUTE, phones: ['Ana +40 1'], policy: true };
const EXHAUSTED: NextStep = { kind: 'exhausted', reason: 'Everybody was asked' };

function next(person: string): NextStep {
  return { kind: 'page', person, localTime: '19:00 EEST', reason: 'in hours' };
}

function ask(incident: Incident) {
  return askPage(incident, { roster: 'tech-lead', by: BEN }, NOW);
}

/** The ladder is asked for, and takes one step after another. */
function climbed(...people: string[]) {
  let story = given().when(ask).next();
  for (const [index, person] of people.entries()) {
    story = story
      .when((incident) => climb(incident, '1', next(person), LIMITS, NOW + index * 5 * MINUTE))
      .next();
  }
  return story;
}

function have(person: string, page = '1', at = NOW + MINUTE) {
  return (incident: Incident) => acknowledgePage(incident, page, { person, via: 'slack', at });
}

describe('asking', () => {
  test('starts a ladder; asking again while it waits does not', () => {
    given()
      .when(ask)
      .adds([{ type: 'page-asked', ladder: '1', roster: 'tech-lead' }], [{ do: 'climb', ladder: '1' }]);
    climbed('U0ANA')
      .when(ask)
      .addsNothing(
        '[U0ANA](person:U0ANA) was paged already and has not answered yet; the next step is in 5 min.',
      );
  });

  test('again while it waits for somebody’s day looks again on the same ladder, and tells what is new only', () => {
    const until = (from: number) => (incident: Incident) =>
      climb(
        incident,
        '1',
        { kind: 'wait', person: 'U0ANA', from, reason: 'nobody is in hours' },
        LIMITS,
        NOW,
      );
    const asked = given()
      .when(ask)
      .next()
      .when(until(NOW + 9 * MINUTE))
      .next()
      .when(ask);
    asked.adds([{ type: 'page-asked', ladder: '1', roster: 'tech-lead' }], [{ do: 'climb', ladder: '1' }]);
    const said = (at: number) => {
      const decision = until(at)(asked.next().incident);
      return 'effects' in decision && decision.effects.some((effect) => effect.do === 'say');
    };
    expect(said(NOW + 9 * MINUTE)).toBe(false);
    expect(said(NOW + 8 * MINUTE)).toBe(true);
  });

  test('for another roster, or for a person, while one waits for somebody’s day is a ladder of its own', () => {
    const wait: NextStep = { kind: 'wait', person: 'U0ANA', from: NOW + 9 * MINUTE, reason: 'nobody' };
    const waiting = given()
      .when(ask)
      .next()
      .when((incident) => climb(incident, '1', wait, LIMITS, NOW))
      .next();
    for (const whom of [{ roster: 'plumbers' }, { person: 'U0CHI' }]) {
      const both = waiting.when((incident) => askPage(incident, { ...whom, by: BEN }, NOW)).next();
      expect(both.incident.ladders).toMatchObject({
        1: { roster: 'tech-lead', state: 'waiting', awaited: 'U0ANA' },
        2: { ...whom, state: 'climbing' },
      });
    }
  });

  test('goes on once somebody has it: for a second person', () => {
    const story = climbed('U0ANA').when(have('U0ANA')).next().when(ask).next();
    expect(Object.keys(story.incident.ladders)).toEqual(['1', '2']);
  });
});

describe('a step', () => {
  test('pages one person both ways, and says when it moves on', () => {
    given()
      .when(ask)
      .next()
      .when((incident) => climb(incident, '1', next('U0ANA'), LIMITS, NOW))
      .adds(
        [
          {
            type: 'paged',
            ladder: '1',
            page: '1',
            person: 'U0ANA',
            localTime: '19:00 EEST',
            reason: 'in hours',
            dueAt: NOW + 5 * MINUTE,
            key: 'ladder:1:0',
          },
        ],
        [
          { do: 'show', message: 'page:1' },
          { do: 'page-by-pagerduty', page: '1' },
          {
            do: 'say',
            notice: 'paged:1',
            text: '📟 Paging [U0ANA](person:U0ANA) (tech-lead), where it is 19:00 EEST: in hours.',
          },
          { do: 'show', message: 'card' },
          { do: 'climb', ladder: '1', at: NOW + 5 * MINUTE },
        ],
      )
      .when((incident) => climb(incident, '1', next('U0CHI'), LIMITS, NOW))
      .addsNothing();
  });

  test('is due at the limit to the millisecond, not before', () => {
    const { incident } = climbed('U0ANA');
    const { 1: ladder } = incident.ladders;
    expect(needsStep(incident, ladder, NOW + 5 * MINUTE - 1)).toBe(false);
    expect(needsStep(incident, ladder, NOW + 5 * MINUTE)).toBe(true);
  });

  test('after silence names it, and asks the next', () => {
    const story = climbed('U0ANA', 'U0CHI');
    expect(story.incident.pages).toMatchObject({ 1: { state: 'unanswered' }, 2: { state: 'waiting' } });
    expect(story.facts.map(({ type }) => type)).toContain('page-unanswered');
  });

  test('with nobody left is told loudly, with numbers to call and the policy', () => {
    const story = climbed('U0ANA')
      .when((incident) => declinePage(incident, '1', 'U0ANA', undefined, NOW))
      .next()
      .when((incident) => climb(incident, '1', EXHAUSTED, LIMITS, NOW))
      .adds(
        [{ type: 'ladder-exhausted', ladder: '1', reason: 'Everybody was asked' }],
        [
          {
            do: 'say',
            notice: 'exhausted:1:1:end',
            text: '🚨 **Nobody has answered the page.** [U0ANA](person:U0ANA) cannot take it. Everybody was asked. PagerDuty’s escalation policy is called now. Call: Ana +40 1.',
            loud: true,
          },
          { do: 'call-policy', ladder: '1' },
          { do: 'show', message: 'card' },
        ],
      );
    story.when((incident) => climb(incident, '1', EXHAUSTED, LIMITS, NOW + MINUTE)).addsNothing();
  });

  test('that must wait for somebody’s day is taken when it starts', () => {
    const wait: NextStep = {
      kind: 'wait',
      person: 'U0ANA',
      from: NOW + 60 * MINUTE,
      reason: 'Nobody is in hours',
    };
    const story = given()
      .when(ask)
      .next()
      .when((incident) => climb(incident, '1', wait, LIMITS, NOW))
      .next();
    story.when((incident) => climb(incident, '1', next('U0ANA'), LIMITS, NOW + 59 * MINUTE)).addsNothing();
    const paged = story
      .when((incident) => climb(incident, '1', next('U0ANA'), LIMITS, NOW + 60 * MINUTE))
      .next();
    expect(paged.incident.pages[1]?.person).toBe('U0ANA');
  });

  const inStatus = (to: Status) =>
    given(...climbed('U0ANA').facts.slice(1), {
      type: 'status-changed',
      from: 'investigating',
      to,
      by: BEN,
      at: NOW,
    }).when((incident) => climb(incident, '1', next('U0CHI'), LIMITS, NOW + 5 * MINUTE));

  test.each(['resolved', 'closed', 'cancelled', 'merged'] as const)('is not taken once it is %s', (to) => {
    inStatus(to).addsNothing();
  });

  test.each(['investigating', 'identified', 'monitoring'] as const)('is taken while it is %s', (to) => {
    expect(inStatus(to).next().incident.pages).toMatchObject({ 2: { person: 'U0CHI' } });
  });
});

describe('an answer', () => {
  test('ends the ladder, is told once, and makes the tech lead', () => {
    const story = climbed('U0ANA', 'U0CHI')
      .when(have('U0ANA'))
      .adds(
        [{ type: 'page-acknowledged', page: '1', via: 'slack' }],
        [
          { do: 'show', message: 'page:1' },
          { do: 'settle-in-pagerduty', page: '1' },
          { do: 'show', message: 'page:2' },
          { do: 'settle-in-pagerduty', page: '2' },
          { do: 'invite', people: ['U0ANA'] },
          {
            do: 'say',
            notice: 'acknowledged:1',
            text: '✅ [U0ANA](person:U0ANA) has it, 1 min after the page.',
          },
          { do: 'show', message: 'card' },
        ],
      );
    expect(story.incident.roles['tech-lead']).toBe('U0ANA');
    story.when(have('U0ANA')).addsNothing('You have it.');
    story.when(have('U0CHI', '2')).addsNothing('[U0ANA](person:U0ANA) has it already. Thank you.');
    story.when((incident) => climb(incident, '1', EXHAUSTED, LIMITS, NOW + 60 * MINUTE)).addsNothing();
  });

  test('by somebody who was not asked counts for them, and not for who was', () => {
    const { incident } = climbed('U0ANA').when(have('U0CHI')).next();
    expect(incident.people).toEqual(['U0BEN', 'U0CHI']);
    expect(incident.roles['tech-lead']).toBe('U0CHI');
  });

  test('“not me” is for the person asked, once', () => {
    const story = climbed('U0ANA');
    story
      .when((incident) => declinePage(incident, '1', 'U0CHI', undefined, NOW))
      .refused(/^This page is for/);
    const declined = story.when((incident) => declinePage(incident, '1', 'U0ANA', 'asleep', NOW)).next();
    expect(declined.incident.pages[1]?.state).toBe('declined');
    declined
      .when((incident) => declinePage(incident, '1', 'U0ANA', undefined, NOW))
      .addsNothing('The page has moved on. Thank you for saying so.');
    story
      .when(have('U0ANA'))
      .next()
      .when((incident) => declinePage(incident, '1', 'U0ANA', undefined, NOW))
      .refused(/^You said that you have it\./);
  });

  test('means the person’s own page, else the latest that nobody took', () => {
    const { incident } = climbed('U0ANA', 'U0CHI');
    expect(pageToAnswer(incident, 'U0ANA')?.id).toBe('1');
    expect(pageToAnswer(incident, 'U0CHI')?.id).toBe('2');
    expect(pageToAnswer(incident, 'U0BEN')?.id).toBe('2');
    expect(pageToAnswer(given().incident, 'U0BEN')).toBeUndefined();
  });
});

test('a way that fails is told once a page and way', () => {
  const fail = (incident: Incident) =>
    pageFailed(incident, '1', { via: 'pagerduty', why: 'PagerDuty is down.', trying: true }, NOW);
  const failed = climbed('U0ANA').when(fail).next();
  failed.when(fail).addsNothing();
  expect(failed.incident.pages[1]?.failed).toHaveLength(1);
});
