import { type Changes, type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { isOpen, objection } from './permitted.ts';
import { type Handoff, standingOffer } from './role-state.ts';
import { assigned, offerMessages, reliefMessages, roleEffects } from './roles.ts';
import { asTyped, mention } from './sentence.ts';
import { type Actor, type Instant, incidentName, type PersonId, type Role } from './words.ts';

export interface Offer {
  role: Role;
  to: PersonId;
  brief: string;
  by: Actor;
  /** Why this person: a clause. */
  reason?: string;
  /** How long it waits for an answer. Absent: for ever. */
  withinMs?: number;
  /** When the day of the person asked starts, if it has not: the time to answer runs from there. */
  startsAt?: Instant;
}

/** Offers a role with a brief. The old holder keeps it until the other accepts. */
export function offerHandoff(incident: Incident, offer: Offer, now: Instant): Decision {
  const against = objection(incident, 'handoff');
  if (against) return refuse(against);
  const { role, to, by, withinMs } = offer;
  const from = incident.roles[role];
  if (from === to) return refuse(`${mention(to)} holds ${role} already; a handoff goes to somebody else.`);
  if (by.kind === 'person' && by.id === to) {
    return refuse(`To take ${role} yourself, type \`/incident assign ${role} me\`.`);
  }
  const standing = standingOffer(incident, role);
  if (standing?.to === to)
    return nothing(`${role} is offered to ${mention(to)} already; it stands until they answer.`);
  const made = makeOffer(incident, offer, now);
  const keeps = from ? `${mention(from)} keeps it until they accept.` : 'It is theirs when they accept.';
  const instead = standing ? ` It takes the place of the offer to ${mention(standing.to)}.` : '';
  const limit =
    withinMs === undefined
      ? ''
      : ` Without an answer within ${minutes(withinMs)} min the next person is asked.`;
  return { ...made, answer: `Offered ${role} to ${mention(to)} with a brief. ${keeps}${instead}${limit}` };
}

/** The facts and messages of an offer; `after` is the one that was declined or not answered before. */
export function makeOffer(incident: Incident, offer: Offer, now: Instant, after?: string): Changes {
  const { role, to, brief, by, reason, withinMs, startsAt = now } = offer;
  const from = incident.roles[role];
  const standing = standingOffer(incident, role);
  const handoff = `${Object.keys(incident.handoffs).length + 1}`;
  const dueAt = withinMs === undefined ? undefined : Math.max(now, startsAt) + withinMs;
  const fact: NewFact = {
    type: 'handoff-offered',
    handoff,
    role,
    ...(from === undefined ? {} : { from }),
    to,
    brief,
    ...(reason === undefined ? {} : { reason }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(after === undefined ? {} : { after, key: `handoff-hop:${after}` }),
    by,
    at: now,
  };
  return {
    facts: [fact],
    effects: [
      { do: 'invite', people: [to] },
      ...offerMessages(handoff),
      ...(standing ? offerMessages(standing.id) : []),
      ...reliefMessages(incident, role),
      { do: 'show', message: 'card' },
      ...(dueAt === undefined ? [] : [{ do: 'move-handoff' as const, handoff, at: dueAt }]),
    ],
  };
}

export function acceptHandoff(incident: Incident, id: string, by: PersonId, now: Instant): Decision {
  const handoff = incident.handoffs[id];
  const against = whyNotAnswerable(incident, handoff, by);
  if (!handoff || against) return refuse(against ?? '');
  const { role } = handoff;
  const actor: Actor = { kind: 'person', id: by };
  return {
    facts: [
      { type: 'handoff-accepted', handoff: id, by: actor, at: now },
      { ...assigned(role, by, incident.roles[role], actor, now), handoff: id },
    ],
    effects: roleEffects(incident, role, by),
    answer: `You hold ${role} now.`,
  };
}

export function declineHandoff(
  incident: Incident,
  id: string,
  by: PersonId,
  why: string | undefined,
  now: Instant,
): Decision {
  const handoff = incident.handoffs[id];
  const against = whyNotAnswerable(incident, handoff, by);
  if (!handoff || against) return refuse(against ?? '');
  const { role } = handoff;
  const keeps = incident.roles[role];
  const kept = keeps ? `${mention(keeps)} keeps it` : 'Nobody holds it';
  return {
    facts: [
      {
        type: 'handoff-declined',
        handoff: id,
        ...(why ? { why } : {}),
        by: { kind: 'person', id: by },
        at: now,
      },
    ],
    effects: [
      ...offerMessages(id),
      { do: 'show', message: 'card' },
      {
        do: 'say',
        notice: `handoff-declined:${id}`,
        text: `${mention(by)} cannot take ${role}${why ? ` (${asTyped(why)})` : ''}. ${kept}${isOpen(incident) ? '; I look for the next person' : ''}.`,
      },
      { do: 'move-handoff', handoff: id },
    ],
    answer: `Declined. ${keeps ? `${mention(keeps)} keeps ${role}` : `Nobody holds ${role}`}${isOpen(incident) ? '; the next person is asked' : ''}.`,
  };
}

/** The offer is taken back; whoever holds the role goes on. */
export function withdrawHandoff(incident: Incident, role: Role, by: Actor, now: Instant): Decision {
  const handoff = standingOffer(incident, role);
  if (!handoff) return nothing(`${role} is offered to nobody.`);
  const keeps = incident.roles[role];
  return {
    facts: [{ type: 'handoff-withdrawn', handoff: handoff.id, by, at: now }],
    effects: [
      ...offerMessages(handoff.id),
      ...reliefMessages(incident, role),
      { do: 'show', message: 'card' },
    ] satisfies Effect[],
    answer: `Taken back: ${mention(handoff.to)} is no longer asked. ${keeps ? `${mention(keeps)} keeps ${role}.` : `Nobody holds ${role}.`}`,
  };
}

/** The offer that `/incident handoff accept` and `decline` mean: the latest that waits for this person. */
export function offerToAnswer(incident: Incident, person: PersonId, role?: Role): Handoff | undefined {
  return Object.values(incident.handoffs).findLast(
    (handoff) =>
      handoff.state === 'offered' && handoff.to === person && (role === undefined || handoff.role === role),
  );
}

function whyNotAnswerable(
  incident: Incident,
  handoff: Handoff | undefined,
  by: PersonId,
): string | undefined {
  const name = incidentName(incident.number);
  if (!handoff) return `${name} has no such handoff.`;
  const { role, to, state } = handoff;
  if (to !== by) return `This handoff is for ${mention(to)}; only they can answer it.`;
  const holder = incident.roles[role];
  const take = `To take ${role} all the same, type \`/incident assign ${role} me\`.`;
  const held = holder ? ` ${mention(holder)} holds ${role}.` : '';
  switch (state) {
    case 'accepted':
      return holder === by ? `You have accepted it: you hold ${role}.` : `You have accepted it.${held}`;
    case 'declined':
      return `You have declined it. ${take}`;
    case 'unanswered':
      return `The time to answer is over, and somebody else was asked.${held} ${take}`;
    case 'withdrawn':
      return objection(incident, 'handoff') ?? `The offer was taken back; nothing is needed of you.${held}`;
    case 'overtaken':
      return `It was offered to somebody else since; nothing is needed of you.${held}`;
    case 'offered':
      return objection(incident, 'handoff');
  }
}

export function minutes(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}
