import { expect } from 'vitest';
import type { Changes, Decision, Effect } from '../../src/domain/decision.ts';
import type { Fact, NewFact } from '../../src/domain/facts.ts';
import { foldIncident, type Incident } from '../../src/domain/incident.ts';
import { type Entry, timeline } from '../../src/domain/timeline.ts';
import type { Actor } from '../../src/domain/words.ts';

export const NOW = Date.parse('2025-08-12T17:00:00+01:00');
export const BEN: Actor = { kind: 'person', id: 'U0BEN' };
export const ANA: Actor = { kind: 'person', id: 'U0ANA' };
export const ID = { number: 7, uid: 'abc123' };

export const DECLARED: NewFact = {
  type: 'declared',
  title: 'LEAP hub outage',
  severity: 'sev1',
  private: false,
  responder: 'U0BEN',
  by: BEN,
  at: NOW,
};

/** Facts as the log keeps them. */
export function numbered(facts: readonly NewFact[], before = 0): Fact[] {
  return facts.map((fact, index) => ({ ...fact, seq: before + index + 1, recordedAt: fact.at }));
}

type Rule = (incident: Incident, entry: (id: string) => Entry | undefined) => Decision;

interface Story {
  readonly facts: Fact[];
  readonly incident: Incident;
  when(rule: Rule): Told;
}

interface Told {
  readonly decision: Decision;
  /** What is added, each fact without who and when; and what is brought about, in any order. */
  adds(expected: object[], effects?: Effect[]): Story;
  /** Goes on from what was decided, whatever it was. */
  next(): Story;
  /** Nothing is added; whoever asked may be told why. */
  addsNothing(answer?: string): void;
  refused(sentence: string | RegExp): void;
}

/** Given these facts after the declaring, when a rule decides, then it adds facts and effects. */
export function given(...before: NewFact[]): Story {
  return story(() => before);
}

/** Decides only when somebody looks: what a file sets up above its tests runs inside them, which mutation testing needs. */
function story(before: () => NewFact[]): Story {
  return {
    get facts() {
      return numbered([DECLARED, ...before()]);
    },
    get incident() {
      return foldIncident(ID, this.facts);
    },
    when: (rule) => told(before, rule),
  };
}

function told(before: () => NewFact[], rule: Rule): Told {
  function decide(facts: readonly Fact[]): Decision {
    return rule(foldIncident(ID, facts), (id) => entriesOf(facts).find((entry) => entry.id === id));
  }
  const decision = () => decide(numbered([DECLARED, ...before()]));
  return {
    get decision() {
      return decision();
    },
    adds(expected, effects = []) {
      const earlier = before();
      const changes = accepted(decide(numbered([DECLARED, ...earlier])));
      expect(changes.facts.map(bare)).toEqual(expected);
      expect(changes.effects).toEqual(expect.arrayContaining(effects));
      expect(changes.effects).toHaveLength(effects.length);
      return given(...earlier, ...changes.facts);
    },
    next: () =>
      story(() => {
        const earlier = before();
        return [...earlier, ...accepted(decide(numbered([DECLARED, ...earlier]))).facts];
      }),
    addsNothing(answer) {
      expect(decision()).toEqual({ facts: [], effects: [], ...(answer === undefined ? {} : { answer }) });
    },
    refused(sentence) {
      const decided = decision();
      if (!('refused' in decided)) throw new Error(`not refused, but ${JSON.stringify(decided.facts)}`);
      if (typeof sentence === 'string') expect(decided.refused).toBe(sentence);
      else expect(decided.refused).toMatch(sentence);
    },
  };
}

/** The lines of people and alerts; what Daywatch writes itself is left out. */
export function entriesOf(facts: readonly Fact[]): Entry[] {
  return timeline(facts, () => undefined);
}

function accepted(decision: Decision): Changes {
  if ('refused' in decision) throw new Error(`refused: ${decision.refused}`);
  return decision;
}

function bare(fact: NewFact): object {
  const { by: _by, at: _at, ...rest } = fact;
  return rest;
}
