import { type Decision, nothing, refuse } from './decision.ts';
import { isSame } from './impact-proposals.ts';
import type { Incident } from './incident.ts';
import { setImpact } from './lifecycle.ts';
import type { Actor, Instant, Moment } from './words.ts';

/** The button under a proposal. Somebody may have set another time meanwhile; that one is not overwritten. */
export function confirmImpact(
  incident: Incident,
  id: string,
  by: Actor,
  now: Instant,
  words: (moment: Moment) => string,
): Decision {
  const proposal = incident.proposals?.[id];
  if (!proposal) return refuse('I have no such proposal. Type `/incident impact start 17:00`.');
  const { edge, moment } = proposal;
  const standing = incident.impact[edge];
  if (standing && isSame(standing, moment)) {
    return nothing(`The impact ${edge} is ${words(standing)} already.`);
  }
  if (standing) {
    return refuse(
      `The impact ${edge} was set to ${words(standing)}, and I leave that. To change it, type \`/incident impact ${edge} ${words(moment)}\`.`,
    );
  }
  return setImpact(incident, { edge, moment, when: words(moment) }, by, now);
}
