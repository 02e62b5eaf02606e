import { type Changes, type Effect, nothing } from './decision.ts';
import type { Incident } from './incident.ts';
import { isPermitted } from './permitted.ts';
import type { Actor, Instant, Moment } from './words.ts';

/** A time that a measurement suggests for an edge of the impact. */
export interface ImpactProposal {
  edge: 'start' | 'end';
  moment: Moment;
  because: string;
}

/** Offers a time for an edge of the impact to the channel. What somebody has set stands, and is not asked about. */
export function proposeImpact(
  incident: Incident,
  proposed: ImpactProposal & { id: string },
  by: Actor,
  now: Instant,
): Changes {
  const { id, edge, moment, because } = proposed;
  const known = incident.proposals?.[id];
  if (incident.impact[edge] || !isPermitted(incident, 'impact')) return nothing();
  if (known && isSame(known.moment, moment)) return nothing();
  return {
    facts: [{ type: 'impact-proposed', proposal: id, edge, moment, because, by, at: now }],
    effects: [{ do: 'show', message: `proposal:${id}` }],
  };
}

/** The proposals for an edge, drawn anew: what they ask is settled, or open again. */
export function showProposals(incident: Incident, edge: 'start' | 'end'): Effect[] {
  return Object.entries(incident.proposals ?? {})
    .filter(([, proposal]) => proposal.edge === edge)
    .map(([id]) => ({ do: 'show', message: `proposal:${id}` }));
}

/**
 * The best word on an edge that nobody has set: what was measured before what is approximate, then the widest. The
 * database keeps no order of ids, so none is relied on.
 */
export function openProposal(
  incident: Incident,
  edge: 'start' | 'end',
): { id: string; proposal: ImpactProposal } | undefined {
  if (incident.impact[edge]) return undefined;
  const outward = edge === 'start' ? 1 : -1;
  const [best] = Object.entries(incident.proposals ?? {})
    .filter(([, proposal]) => proposal.edge === edge)
    .sort(
      ([, { moment: one }], [, { moment: other }]) =>
        Number(one.approximate ?? false) - Number(other.approximate ?? false) ||
        (one.at - other.at) * outward,
    );
  return best ? { id: best[0], proposal: best[1] } : undefined;
}

export function isSame(one: Moment, other: Moment): boolean {
  return one.at === other.at && one.until === other.until && !one.approximate === !other.approximate;
}
