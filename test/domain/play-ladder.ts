import { expect } from 'vitest';
import type { Changes, Decision } from '../../src/domain/decision.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { nextStepOf } from '../../src/domain/next-step.ts';
import { acknowledgePage, declinePage } from '../../src/domain/page-answers.ts';
import { askPage, climb } from '../../src/domain/paging.ts';
import type { Roster, Team } from '../../src/domain/team.ts';
import { BEN, given } from './given.ts';
import { type Habit, TICK_MS } from './ladder-by-the-tick.ts';

export interface Play {
  team: Team;
  roster: Roster;
  habits: Readonly<Record<string, Habit>>;
  severity: 'sev1' | 'sev2';
  onCall: readonly string[];
  /** In ticks: how long a page waits for an answer. */
  limit: number;
  start: number;
  ticks: number;
}

interface Event {
  at: number;
  /** What comes first of two at the same instant: an answer. */
  order: 0 | 1;
  rule: (incident: Incident) => Decision;
}

/** Who is paged at which tick, when all that the rules bring about comes in its time, and each step twice. */
export function playLadder({ team, roster, habits, severity, onCall, limit, start, ticks }: Play): string[] {
  const limits = { acknowledgeWithinMs: limit * TICK_MS, phones: [], policy: true };
  const events: Event[] = [
    { at: start, order: 0, rule: (incident) => askPage(incident, { roster: roster.name, by: BEN }, start) },
  ];
  const pages: string[] = [];

  function step(id: string, now: number): Event['rule'] {
    return (incident) => {
      const ladder = incident.ladders[id];
      if (!ladder) throw new Error(`there is no ladder ${id}`);
      const next = nextStepOf(team, incident, ladder, roster, { pages: {}, onCall }, new Date(now));
      return climb(incident, id, next, limits, now);
    };
  }

  function follow({ facts, effects }: Changes, now: number): void {
    for (const effect of effects) {
      if (effect.do !== 'climb') continue;
      const at = effect.at ?? now;
      const event: Event = { at, order: 1, rule: step(effect.ladder, at) };
      events.push(event, event);
    }
    for (const fact of facts) if (fact.type === 'paged') answerLater(fact, now);
  }

  function answerLater({ page, person }: NewFact & { type: 'paged' }, now: number): void {
    const name = person.replace('name:', '');
    pages.push(`${name} at ${(now - start) / TICK_MS}`);
    const habit = habits[name];
    if (!habit) return;
    const at = now + habit.after * TICK_MS;
    events.push({ at, order: 0, rule: (incident) => answer(incident, page, person, habit, at) });
  }

  const told: NewFact[] = [{ type: 'severity-changed', from: 'sev1', to: severity, by: BEN, at: start }];
  let story = given(...told);
  while (events.length > 0) {
    events.sort((a, b) => a.at - b.at || a.order - b.order);
    const event = events.shift();
    if (!event || event.at >= start + ticks * TICK_MS) break;
    const { decision } = story.when(event.rule);
    if ('refused' in decision) throw new Error(decision.refused);
    story = given(...told, ...decision.facts);
    told.push(...decision.facts);
    follow(decision, event.at);
    expect(waiting(story.incident)).toBeLessThan(2);
  }
  return pages;
}

function answer(
  incident: Incident,
  page: string,
  person: string,
  { does }: NonNullable<Habit>,
  at: number,
): Decision {
  if (does === 'take') return acknowledgePage(incident, page, { person, via: 'slack', at });
  return declinePage(incident, page, person, undefined, at);
}

function waiting(incident: Incident): number {
  return Object.values(incident.pages).filter(({ state }) => state === 'waiting').length;
}
