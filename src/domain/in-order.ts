import { type Changes, type Decision, type Effect, isRefusal } from './decision.ts';
import type { NewFact } from './facts.ts';
import { applyFact, type Incident } from './incident.ts';
import type { Instant } from './words.ts';

type Rule = (incident: Incident) => Decision;

/** Several rules as one decision: each sees what those before it decided, and one refusal refuses all. */
export function inOrder(incident: Incident, now: Instant, rules: readonly (Rule | undefined)[]): Decision {
  const facts: NewFact[] = [];
  const effects: Effect[] = [];
  let current = incident;
  for (const rule of rules) {
    const decision = rule?.(current) ?? NOTHING;
    if (isRefusal(decision)) return decision;
    for (const fact of decision.facts) {
      current = applyFact(current, { ...fact, seq: current.seq + 1, recordedAt: now });
    }
    facts.push(...decision.facts);
    effects.push(...decision.effects);
  }
  return { facts, effects: effects.filter((effect, index) => !isRepeated(effects, effect, index)) };
}

const NOTHING: Changes = { facts: [], effects: [] };

/** Two rules that both call for the card call for it once. */
function isRepeated(effects: readonly Effect[], effect: Effect, index: number): boolean {
  const same = JSON.stringify(effect);
  return effects.findIndex((other) => JSON.stringify(other) === same) < index;
}
