import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import { standingOffer } from './role-state.ts';
import { mention } from './sentence.ts';
import type { Actor, Instant, PersonId, Role } from './words.ts';

export function assignRole(
  incident: Incident,
  role: Role,
  person: PersonId,
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'assign');
  if (against) return refuse(against);
  const holder = incident.roles[role];
  if (holder === person) return nothing(`${mention(person)} holds ${role} already.`);
  const offer = standingOffer(incident, role);
  const over = offer ? ` The offer to ${mention(offer.to)} no longer stands.` : '';
  return {
    facts: [assigned(role, person, holder, by, now)],
    effects: roleEffects(incident, role, person),
    answer: `${mention(person)} holds ${role} now.${offer && offer.to !== person ? over : ''}`,
  };
}

/** Nobody holds the role any more. */
export function releaseRole(incident: Incident, role: Role, by: Actor, now: Instant): Decision {
  const against = objection(incident, 'assign');
  if (against) return refuse(against);
  const holder = incident.roles[role];
  if (holder === undefined) return nothing(`Nobody holds ${role}.`);
  return {
    facts: [{ type: 'role-released', role, person: holder, by, at: now }],
    effects: roleEffects(incident, role),
    answer: `${mention(holder)} no longer holds ${role}; nobody does. \`/incident assign ${role} @person\` gives it to somebody.`,
  };
}

export function assigned(
  role: Role,
  person: PersonId,
  from: PersonId | undefined,
  by: Actor,
  at: Instant,
): NewFact & { type: 'role-assigned' } {
  return { type: 'role-assigned', role, person, ...(from === undefined ? {} : { from }), by, at };
}

/** What everybody sees change when a role does. */
export function roleEffects(incident: Incident, role: Role, person?: PersonId): Effect[] {
  const offer = standingOffer(incident, role);
  return [
    ...(person === undefined ? [] : [{ do: 'invite' as const, people: [person] }]),
    { do: 'show', message: 'card' },
    { do: 'show', message: 'announcement' },
    { do: 'set-topic' },
    ...(offer ? offerMessages(offer.id) : []),
    ...reliefMessages(incident, role),
    ...(role === 'responder' ? [{ do: 'reassign-in-pagerduty' as const }] : []),
  ];
}

/** An offer stands in the channel, and in a direct message to whom it is made. */
export function offerMessages(handoff: string): Effect[] {
  return [
    { do: 'show', message: `handoff:${handoff}` },
    { do: 'show', message: `offer:${handoff}` },
  ];
}

/** The questions about a role that may now be answered; each is drawn anew. */
export function reliefMessages({ reliefs = {} }: Incident, role: Role): Effect[] {
  return Object.values(reliefs)
    .filter((relief) => relief.role === role)
    .map(({ id }) => ({ do: 'show', message: `relief:${id}` }));
}
