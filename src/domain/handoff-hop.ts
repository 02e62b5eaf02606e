import { type Changes, type Decision, type Effect, nothing } from './decision.ts';
import { makeOffer, minutes } from './handoff.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './permitted.ts';
import { type Handoff, standingOffer } from './role-state.ts';
import { offerMessages } from './roles.ts';
import { listed, mention } from './sentence.ts';
import type { Succession } from './successor.ts';
import { type Actor, type Instant, incidentName, type PersonId } from './words.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };

/** What is looked up when the next candidate is chosen. */
export interface Hop {
  /** Who may be asked, without these. */
  successor(asked: readonly PersonId[]): Succession;
  brief(): string;
  withinMs: number;
}

/** Whether an offer was declined, or its time is over, and nobody was asked after it. */
export function needsHop(handoff: Handoff | undefined, now: Instant): boolean {
  if (!handoff || handoff.movedOn) return false;
  if (handoff.state === 'declined') return true;
  return handoff.state === 'offered' && handoff.dueAt !== undefined && now >= handoff.dueAt;
}

/** A step that is later than this has been forgotten; before, it is on its way. */
const GRACE_MS = 60_000;

/** Offers whose next step should have been taken and was not: asked for again. */
export function overdueHops(incident: Incident, now: Instant): Effect[] {
  if (!isOpen(incident)) return [];
  return Object.values(incident.handoffs)
    .filter((handoff) => needsHop(handoff, now - GRACE_MS) && !isMoot(incident, handoff))
    .filter(({ state, settledAt = now }) => state === 'offered' || now - settledAt > GRACE_MS)
    .map(({ id }) => ({ do: 'move-handoff', handoff: id, at: now }));
}

/** Asks the next candidate, once an offer; the old holder keeps the role. */
export function hopHandoff(incident: Incident, id: string, hop: Hop, now: Instant): Decision {
  const handoff = incident.handoffs[id];
  if (!handoff || !needsHop(handoff, now) || isMoot(incident, handoff)) return nothing();
  const silent = unanswered(handoff, now);
  const next = isOpen(incident) ? moveOn(incident, handoff, hop, now) : stop(incident, handoff, now);
  return { facts: [...silent.facts, ...next.facts], effects: [...silent.effects, ...next.effects] };
}

/** The role has moved, or is offered by hand to somebody else since it was declined. */
function isMoot(incident: Incident, { id, role, from }: Handoff): boolean {
  const standing = standingOffer(incident, role);
  return incident.roles[role] !== from || (standing !== undefined && standing.id !== id);
}

function unanswered(handoff: Handoff, now: Instant): Changes {
  if (handoff.state !== 'offered') return nothing();
  const afterMs = now - handoff.offeredAt;
  return {
    facts: [{ type: 'handoff-unanswered', handoff: handoff.id, afterMs, by: DAYWATCH, at: now }],
    effects: offerMessages(handoff.id),
  };
}

function moveOn(incident: Incident, handoff: Handoff, hop: Hop, now: Instant): Changes {
  const asked = chainOf(incident, handoff).map(({ to }) => to);
  const next = hop.successor(asked);
  if (next.kind === 'nobody') return exhaust(incident, handoff, next.reason, now);
  const { role } = handoff;
  const offer = {
    role,
    to: next.person,
    brief: hop.brief(),
    by: DAYWATCH,
    reason: `${whatCame(handoff, now)}; ${next.reason}`,
    withinMs: hop.withinMs,
    ...(next.from === undefined ? {} : { startsAt: next.from }),
  };
  return makeOffer(incident, offer, now, handoff.id);
}

function whatCame({ to, state, offeredAt }: Handoff, now: Instant): string {
  if (state === 'declined') return `${mention(to)} declined`;
  return `${mention(to)} has not answered within ${minutes(now - offeredAt)} min`;
}

/** Offers that followed each other, the first one first. */
function chainOf({ handoffs }: Incident, last: Handoff): Handoff[] {
  const chain = [last];
  for (let id = last.after; id !== undefined; id = handoffs[id]?.after) {
    const before = handoffs[id];
    if (before) chain.unshift(before);
  }
  return chain;
}

/** Nobody is left: the channel is told, and whoever keeps the role. */
function exhaust(incident: Incident, handoff: Handoff, reason: string, now: Instant): Changes {
  const { id, role } = handoff;
  const holder = incident.roles[role];
  const came = chainOf(incident, handoff).map(({ to, state }) =>
    state === 'declined' ? `${mention(to)} declined` : `${mention(to)} did not answer`,
  );
  const keeps = holder ? `${mention(holder)} keeps it` : 'Nobody holds it';
  const text = `🤝 **Nobody has taken ${role}.** ${listed(came)}. ${reason}. ${keeps}; \`/incident handoff ${role} @person\` asks somebody by name.`;
  const name = incidentName(incident.number);
  const direct = incident.private
    ? `🤝 Nobody has taken your role in private incident ${name}; you keep it. Its channel says who was asked.`
    : `🤝 Nobody has taken ${role} of ${name}; you keep it. ${listed(came)}. ${reason}.`;
  const told: Effect[] = holder
    ? [{ do: 'say-to', notice: `handoff-exhausted:${id}`, person: holder, text: direct }]
    : [];
  return {
    facts: [{ type: 'handoff-exhausted', handoff: id, role, reason, by: DAYWATCH, at: now }],
    effects: [
      { do: 'say', notice: `handoff-exhausted:${id}`, text },
      ...told,
      { do: 'show', message: 'card' },
    ],
  };
}

/** It is over: whoever was asked last did not answer, and nobody else is troubled. */
function stop(incident: Incident, handoff: Handoff, now: Instant): Changes {
  const { id, role } = handoff;
  const reason = `${incidentName(incident.number)} is ${incident.status}, so nobody else is asked`;
  return {
    facts: [{ type: 'handoff-exhausted', handoff: id, role, reason, by: DAYWATCH, at: now }],
    effects: [{ do: 'show', message: 'card' }],
  };
}
