import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { acknowledgePage, declinePage, pageToAnswer } from '../../src/domain/page-answers.ts';
import { climb, type LadderLimits, type NextStep } from '../../src/domain/paging.ts';
import type { Actor } from '../../src/domain/words.ts';
import { BEN, given, NOW } from './given.ts';

const MINUTE = 60_000;
const DAYWATCH: Actor = { kind: 'daywatch' };
const ANA = '[U0ANA](person:U0ANA)';
const NOBODY: NextStep = { kind: 'exhausted', reason: 'All were asked' };

function askedFor(whom: { roster: string } | { person: string }, ladder = '1'): NewFact {
  return { type: 'page-asked', ladder, ...whom, by: BEN, at: NOW };
}

function paged(page: string, person: string, ladder = '1'): NewFact {
  return { type: 'paged', ladder, page, person, localTime: '', reason: '', by: DAYWATCH, at: NOW };
}

function take(person: string, via: 'slack' | 'pagerduty' = 'slack', page = '1') {
  return (incident: Incident) => acknowledgePage(incident, page, { person, via, at: NOW + 2 * MINUTE });
}

function decline(person: string, why?: string, page = '1') {
  return (incident: Incident) => declinePage(incident, page, person, why, NOW);
}

const byRoster = given(askedFor({ roster: 'tech-lead' }), paged('1', 'U0ANA'));

describe('“I have it”', () => {
  test('in PagerDuty is told as such', () => {
    const { decision } = byRoster.when(take('U0ANA', 'pagerduty'));
    expect(decision).toMatchObject({
      answer: 'You have it. The channel knows.',
      effects: expect.arrayContaining([
        { do: 'say', notice: 'acknowledged:1', text: `✅ ${ANA} has it in PagerDuty, 2 min after the page.` },
      ]),
    });
  });

  test('of somebody without a name here is told of all the same', () => {
    const taken: NewFact = { type: 'page-acknowledged', page: '1', via: 'pagerduty', by: DAYWATCH, at: NOW };
    const { incident } = given(askedFor({ roster: 'tech-lead' }), paged('1', 'U0ANA'), taken)
      .when(take('U0ANA'))
      .next();
    expect(incident.roles['tech-lead']).toBeUndefined();
    expect(incident.tenures).toMatchObject([{ role: 'responder' }]);
    given(askedFor({ roster: 'tech-lead' }), paged('1', 'U0ANA'), taken)
      .when(take('U0ANA'))
      .addsNothing('Somebody has it already. Thank you.');
  });

  test('gives the role only where the roster is called like one and nobody holds it', () => {
    const other = given(askedFor({ roster: 'plumbers' }), paged('1', 'U0ANA'))
      .when(take('U0ANA'))
      .next();
    expect(other.incident.roles).toEqual({ responder: 'U0BEN' });
    const held: NewFact = { type: 'role-assigned', role: 'tech-lead', person: 'U0CHI', by: BEN, at: NOW };
    const kept = given(askedFor({ roster: 'tech-lead' }), paged('1', 'U0ANA'), held)
      .when(take('U0ANA'))
      .next();
    expect(kept.incident.roles['tech-lead']).toBe('U0CHI');
    const direct = given(askedFor({ person: 'U0ANA' }), paged('1', 'U0ANA'))
      .when(take('U0ANA'))
      .next();
    expect(direct.incident.roles['tech-lead']).toBeUndefined();
  });

  test('where nobody responds yet makes the responder; where somebody does it does not', () => {
    const nobody: NewFact = { type: 'role-released', role: 'responder', person: 'U0BEN', by: BEN, at: NOW };
    const story = given(askedFor({ roster: 'plumbers' }), paged('1', 'U0ANA'), nobody).when(take('U0ANA'));
    expect(story.decision).toMatchObject({
      facts: [
        { type: 'page-acknowledged' },
        { type: 'role-assigned', by: { kind: 'person', id: 'U0ANA' }, at: NOW + 2 * MINUTE },
      ],
    });
    expect(story.next().incident.roles).toEqual({ responder: 'U0ANA' });
    expect(byRoster.when(take('U0ANA')).decision).toMatchObject({ facts: [{ type: 'page-acknowledged' }] });
  });

  test('and “not me” to a page that is not there are refused', () => {
    byRoster.when(take('U0ANA', 'slack', '7')).refused('INC-7 has no such page.');
    byRoster.when(decline('U0ANA', undefined, '7')).refused('INC-7 has no such page.');
  });

  test('stays so when the incident is over', () => {
    const { facts } = byRoster.when(take('U0ANA')).next();
    const over: NewFact = { type: 'status-changed', from: 'investigating', to: 'resolved', by: BEN, at: NOW };
    expect(given(...facts.slice(1), over).incident.ladders['1']?.state).toBe('acknowledged');
  });
});

describe('“not me”', () => {
  test('asks the next at once and leaves the person in peace', () => {
    byRoster.when(decline('U0ANA', 'at the *dentist*')).adds(
      [{ type: 'page-declined', page: '1', why: 'at the *dentist*' }],
      [
        { do: 'climb', ladder: '1' },
        { do: 'show', message: 'page:1' },
        { do: 'settle-in-pagerduty', page: '1' },
        {
          do: 'say',
          notice: 'declined:1',
          text: `${ANA} cannot take it (at the \\*dentist\\*); asking the next.`,
        },
      ],
    );
    const { decision, next } = byRoster.when(decline('U0ANA'));
    expect(decision).toMatchObject({
      facts: [{ type: 'page-declined', by: { kind: 'person', id: 'U0ANA' } }],
      answer: 'Thank you for saying so. The next person is asked at once.',
    });
    expect(next().incident.pages['1']).toMatchObject({ settledBy: { kind: 'person', id: 'U0ANA' } });
  });

  test('of somebody asked for by name asks nobody else', () => {
    const direct = given(askedFor({ person: 'U0ANA' }), paged('1', 'U0ANA'));
    expect(direct.incident.ladders['1']).toMatchObject({ person: 'U0ANA' });
    expect(direct.incident.ladders['1']).not.toHaveProperty('roster');
    expect(byRoster.incident.ladders['1']).not.toHaveProperty('person');
    expect(direct.when(decline('U0ANA')).decision).toMatchObject({
      answer: 'Thank you for saying so. The channel knows.',
      effects: expect.arrayContaining([{ do: 'say', notice: 'declined:1', text: `${ANA} cannot take it.` }]),
    });
  });
});

test('an answer by command means no page that was declined or that somebody has', () => {
  const story = given(askedFor({ roster: 'tech-lead' }), paged('1', 'U0ANA'), paged('2', 'U0CHI'));
  const declined = story.when(decline('U0ANA')).next();
  expect(pageToAnswer(declined.incident, 'U0ANA')?.id).toBe('2');
  const all = declined.when(decline('U0CHI', undefined, '2')).next();
  expect(pageToAnswer(all.incident, 'U0CHI')).toBeUndefined();
  expect(pageToAnswer(story.when(take('U0CHI', 'slack', '2')).next().incident, 'U0CHI')?.id).toBe('1');
});

describe('nobody left', () => {
  const limits: LadderLimits = { acknowledgeWithinMs: MINUTE, phones: [], policy: false };

  test('names who declined and who was silent, by their last answer, and all telephone numbers', () => {
    const unanswered = (page: string): NewFact => ({
      type: 'page-unanswered',
      page,
      afterMs: MINUTE,
      by: DAYWATCH,
      at: NOW,
    });
    const story = given(
      askedFor({ roster: 'tech-lead' }),
      ...[paged('1', 'U0ANA'), unanswered('1'), paged('2', 'U0CHI'), unanswered('2'), paged('3', 'U0ANA')],
      { type: 'page-declined', page: '3', by: { kind: 'person', id: 'U0ANA' }, at: NOW },
    );
    const CHI = '[U0CHI](person:U0CHI)';
    story
      .when((incident) => climb(incident, '1', NOBODY, { ...limits, phones: ['Ana +40 1', 'Chi +1 2'] }, NOW))
      .adds(
        [{ type: 'ladder-exhausted', ladder: '1', reason: 'All were asked' }],
        [
          {
            do: 'say',
            notice: 'exhausted:1:3:end',
            text: `🚨 **Nobody has answered the page.** ${ANA} cannot take it; ${CHI} did not answer. All were asked. Call: Ana +40 1 · Chi +1 2.`,
            loud: true,
          },
          { do: 'show', message: 'card' },
        ],
      );
  });

  test('to begin with says no more than that', () => {
    const { facts } = given(askedFor({ roster: 'tech-lead' }))
      .when((incident) => climb(incident, '1', NOBODY, limits, NOW))
      .adds(
        [{ type: 'ladder-exhausted', ladder: '1', reason: 'All were asked' }],
        [
          {
            do: 'say',
            notice: 'exhausted:1:0:end',
            text: '🚨 **Nobody has answered the page.** All were asked.',
            loud: true,
          },
          { do: 'show', message: 'card' },
        ],
      );
    expect(facts.at(-1)?.by).toEqual(DAYWATCH);
  });
});
