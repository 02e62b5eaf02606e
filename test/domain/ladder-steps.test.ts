import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { acknowledgePage, declinePage } from '../../src/domain/page-answers.ts';
import { askPage, climb, type LadderLimits, type NextStep, needsStep } from '../../src/domain/paging.ts';
import { BEN, given, NOW } from './given.ts';

const MINUTE = 60_000;
const LIMITS: LadderLimits = { acknowledgeWithinMs: 5 * MINUTE, phones: [], policy: false };
const ANA = '[U0ANA](person:U0ANA)';
const STEP: NextStep = { kind: 'page', person: 'U0ANA', localTime: '19:00 EEST', reason: 'in hours' };

function ask(whom: { roster: string } | { person: string }) {
  return (incident: Incident) => askPage(incident, { ...whom, by: BEN }, NOW);
}

function step(next: NextStep, now = NOW, limits = LIMITS, ladder = '1') {
  return (incident: Incident) => climb(incident, ladder, next, limits, now);
}

const asked = given()
  .when(ask({ roster: 'tech-lead' }))
  .next();
const askedAna = given()
  .when(ask({ person: 'U0ANA' }))
  .next();

describe('asking', () => {
  test('for a roster or for a person is told in the words of each', () => {
    expect(given().when(ask({ roster: 'tech-lead' })).decision).toMatchObject({
      answer: 'Paging the tech-lead whose day it is. The channel sees who it is, and who answers.',
    });
    given()
      .when(ask({ person: 'U0ANA' }))
      .adds([{ type: 'page-asked', ladder: '1', person: 'U0ANA' }], [{ do: 'climb', ladder: '1' }]);
    expect(given().when(ask({ person: 'U0ANA' })).decision).toMatchObject({
      answer: `Paging ${ANA}. The channel sees who answers.`,
    });
  });

  test('again while the same page waits asks nobody; for another person or roster it does', () => {
    const paged = askedAna.when(step(STEP)).next();
    const already = `${ANA} was paged already and has not answered yet; the next step is in 5 min.`;
    paged.when(ask({ person: 'U0ANA' })).addsNothing(already);
    expect(paged.when(ask({ person: 'U0CHI' })).next().incident.ladders).toHaveProperty('2');
    const roster = asked.when(step(STEP)).next();
    expect(roster.when(ask({ roster: 'plumbers' })).next().incident.ladders).toHaveProperty('2');
    // Asked for by name while the roster's page waits: the same person, the same page.
    roster.when(ask({ person: 'U0ANA' })).addsNothing(already);
  });

  test('again once it was answered, declined or is over asks anew', () => {
    const paged = asked.when(step(STEP)).next();
    const taken = paged
      .when((now) => acknowledgePage(now, '1', { person: 'U0ANA', via: 'slack', at: NOW }))
      .next();
    expect(taken.when(ask({ roster: 'tech-lead' })).next().incident.ladders).toHaveProperty('2');
    const second: NewFact = {
      type: 'paged',
      ladder: '1',
      page: '2',
      person: 'U0CHI',
      localTime: '',
      reason: '',
      by: BEN,
      at: NOW,
    };
    const other = given(...paged.facts.slice(1), second)
      .when((now) => acknowledgePage(now, '1', { person: 'U0ANA', via: 'slack', at: NOW }))
      .next();
    expect(other.incident.pages['2']?.state).toBe('waiting');
    expect(other.when(ask({ roster: 'tech-lead' })).next().incident.ladders).toHaveProperty('2');
    const declined = askedAna
      .when(step(STEP))
      .next()
      .when((now) => declinePage(now, '1', 'U0ANA', undefined, NOW))
      .next();
    expect(declined.when(ask({ person: 'U0ANA' })).next().incident.ladders).toHaveProperty('2');
  });

  test('of an incident that is over is refused', () => {
    const over: NewFact = { type: 'status-changed', from: 'investigating', to: 'resolved', by: BEN, at: NOW };
    given(over)
      .when(ask({ roster: 'tech-lead' }))
      .refused(/resolved/);
  });
});

describe('a page', () => {
  test('without a limit waits for ever, and says so', () => {
    const { acknowledgeWithinMs: _, ...endless } = LIMITS;
    const paged = asked.when(step(STEP, NOW, endless)).adds(
      [
        {
          type: 'paged',
          ladder: '1',
          page: '1',
          person: 'U0ANA',
          localTime: '19:00 EEST',
          reason: 'in hours',
          key: 'ladder:1:0',
        },
      ],
      [
        { do: 'show', message: 'page:1' },
        { do: 'page-by-pagerduty', page: '1' },
        {
          do: 'say',
          notice: 'paged:1',
          text: `📟 Paging ${ANA} (tech-lead), where it is 19:00 EEST: in hours.`,
        },
        { do: 'show', message: 'card' },
      ],
    );
    expect(paged.facts.at(-1)?.by).toEqual({ kind: 'daywatch' });
    expect(needsStep(paged.incident, paged.incident.ladders['1'], NOW + 1e12)).toBe(false);
    paged
      .when(ask({ roster: 'tech-lead' }))
      .addsNothing(`${ANA} was paged already and has not answered yet; the page stands.`);
  });

  test('of a further round, and of somebody with a sign, says so', () => {
    const { decision, next } = askedAna.when(step({ ...STEP, round: 2, sign: '🔕 do not disturb' }));
    expect(decision).toMatchObject({
      facts: [{ round: 2 }],
      effects: expect.arrayContaining([
        {
          do: 'say',
          notice: 'paged:1',
          text: `📟 Paging ${ANA}, where it is 19:00 EEST (🔕 do not disturb): in hours.`,
        },
      ]),
    });
    expect(next().incident.pages['1']?.round).toBe(2);
  });

  test('that was silent is shown so, and the next is asked', () => {
    const paged = asked.when(step(STEP)).next();
    const { decision } = paged.when(step({ ...STEP, person: 'U0CHI' }, NOW + 6 * MINUTE));
    expect(decision).toMatchObject({
      facts: [
        { type: 'page-unanswered', page: '1', afterMs: 6 * MINUTE, by: { kind: 'daywatch' } },
        { type: 'paged' },
      ],
      effects: expect.arrayContaining([{ do: 'show', message: 'page:1' }]),
    });
  });
});

describe('waiting for somebody’s day', () => {
  const wait: NextStep = {
    kind: 'wait',
    person: 'U0ANA',
    from: NOW + 60 * MINUTE,
    reason: 'Nobody is in hours',
  };
  const effects = (text: string) => [
    { do: 'climb' as const, ladder: '1', at: NOW + 60 * MINUTE },
    { do: 'say' as const, notice: `ladder-waits:1:${NOW + 60 * MINUTE}`, text, loud: true },
    { do: 'show' as const, message: 'card' as const },
  ];

  test('is told loudly, with who and when, and comes by itself', () => {
    const fact = {
      type: 'ladder-waits',
      ladder: '1',
      person: 'U0ANA',
      from: NOW + 60 * MINUTE,
      reason: wait.reason,
    };
    const story = asked.when(step(wait)).adds([fact], effects('⏳ Nobody is in hours.'));
    expect(story.facts.at(-1)?.by).toEqual({ kind: 'daywatch' });
    asked
      .when(step({ ...wait, sign: '🌴 away' }))
      .adds([fact], effects('⏳ Nobody is in hours. Slack shows them 🌴 away.'));
  });

  test('after all others were asked ends when that day starts, not before', () => {
    const later = { person: 'U0CHI', from: NOW + 60 * MINUTE };
    const story = asked.when(step(STEP)).next();
    const exhausted = story
      .when(step({ kind: 'exhausted', reason: 'All asked', later }, NOW + 5 * MINUTE))
      .next();
    const { 1: ladder } = exhausted.incident.ladders;
    expect(needsStep(exhausted.incident, ladder, later.from - 1)).toBe(false);
    expect(needsStep(exhausted.incident, ladder, later.from)).toBe(true);
    const end = story.when(step({ kind: 'exhausted', reason: 'All asked' }, NOW + 5 * MINUTE)).next();
    expect(needsStep(end.incident, end.incident.ladders['1'], NOW + 1e12)).toBe(false);
  });

  test('of a ladder that is not there needs no step', () => {
    expect(needsStep(asked.incident, undefined, NOW)).toBe(false);
    asked.when(step(STEP, NOW, LIMITS, '7')).addsNothing();
  });
});
