import type { Fact, ReliefQuestion } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Actor, Instant, PersonId, Role } from './words.ts';

/** A role that is offered with a brief. */
export interface Handoff {
  id: string;
  role: Role;
  from?: PersonId;
  to: PersonId;
  brief: string;
  /** Why this person: a clause. */
  reason?: string;
  offeredAt: Instant;
  offeredBy: Actor;
  /** When the next candidate is asked. Absent: the offer waits for ever. */
  dueAt?: Instant;
  /** The offer before this one, when that was declined or not answered. */
  after?: string;
  /** The next candidate was asked, or nobody was left. */
  movedOn?: boolean;
  settledAt?: Instant;
  state: 'offered' | 'accepted' | 'declined' | 'unanswered' | 'withdrawn' | 'overtaken';
}

/** Who held a role, and from when to when; without an end they hold it. */
export interface Tenure {
  role: Role;
  person: PersonId;
  from: Instant;
  to?: Instant;
}

/** The question who takes a role whose holder goes. */
export interface Relief extends ReliefQuestion {
  id: string;
  proposedAt: Instant;
  /** They said that they stay, and are asked again after this. */
  staysUntil?: Instant;
}

type RoleFact = Fact & {
  type:
    | 'role-assigned'
    | 'role-released'
    | 'handoff-offered'
    | 'handoff-accepted'
    | 'handoff-declined'
    | 'handoff-unanswered'
    | 'handoff-withdrawn'
    | 'handoff-exhausted'
    | 'relief-proposed'
    | 'holder-stays';
};

/** What a fact about roles makes of the incident. */
export function changeRoles(incident: Incident, fact: RoleFact): Incident {
  switch (fact.type) {
    case 'role-assigned': {
      const { role, person, handoff, at } = fact;
      return handoff === undefined
        ? giveRole(incident, role, person, at)
        : holdRole(incident, role, person, at);
    }
    case 'role-released': {
      const { [fact.role]: _, ...roles } = incident.roles;
      return { ...incident, roles, tenures: ended(incident, fact.role, fact.at) };
    }
    case 'handoff-offered':
      return offer(incident, fact);
    case 'handoff-accepted':
      return settle(incident, fact.handoff, 'accepted', fact.at);
    case 'handoff-declined':
      return settle(incident, fact.handoff, 'declined', fact.at);
    case 'handoff-unanswered':
      return settle(incident, fact.handoff, 'unanswered', fact.at);
    case 'handoff-withdrawn':
      return settle(incident, fact.handoff, 'withdrawn', fact.at);
    case 'handoff-exhausted':
      return patch(incident, fact.handoff, { movedOn: true });
    case 'relief-proposed': {
      const { relief: id, role, person, why, dayEnd, to, from, reason, at } = fact;
      const relief: Relief = {
        id,
        role,
        person,
        why,
        reason,
        proposedAt: at,
        ...(dayEnd === undefined ? {} : { dayEnd }),
        ...(to === undefined ? {} : { to }),
        ...(from === undefined ? {} : { from }),
      };
      return { ...incident, reliefs: { ...incident.reliefs, [id]: relief } };
    }
    case 'holder-stays': {
      const relief = incident.reliefs?.[fact.relief];
      if (!relief) return incident;
      const stays = { ...relief, staysUntil: fact.until };
      return { ...incident, reliefs: { ...incident.reliefs, [relief.id]: stays } };
    }
  }
}

/** Gives a role outside of a handoff: what was offered is over. */
export function giveRole(incident: Incident, role: Role, person: PersonId, at: Instant): Incident {
  return settleOffers(holdRole(incident, role, person, at), role, 'overtaken', at);
}

/** Ends the time of whoever held a role, and begins another's. */
function holdRole(incident: Incident, role: Role, person: PersonId, at: Instant): Incident {
  const tenures = [...ended(incident, role, at), { role, person, from: at }];
  return { ...incident, roles: { ...incident.roles, [role]: person }, tenures };
}

function ended({ tenures = [] }: Incident, role: Role, at: Instant): Tenure[] {
  return tenures.map((tenure) =>
    tenure.role === role && tenure.to === undefined ? { ...tenure, to: at } : tenure,
  );
}

/** Everybody who held a role, first to last. */
export function tenuresOf({ tenures = [] }: Pick<Incident, 'tenures'>, role: Role): Tenure[] {
  return tenures.filter((tenure) => tenure.role === role);
}

/** Since when its holder has it. */
export function heldSince(incident: Pick<Incident, 'tenures'>, role: Role): Instant | undefined {
  const last = tenuresOf(incident, role).at(-1);
  return last?.to === undefined ? last?.from : undefined;
}

/** The offer of this role that waits for an answer. */
export function standingOffer({ handoffs }: Pick<Incident, 'handoffs'>, role: Role): Handoff | undefined {
  return Object.values(handoffs).find((handoff) => handoff.role === role && handoff.state === 'offered');
}

function offer(incident: Incident, fact: Fact & { type: 'handoff-offered' }): Incident {
  const { handoff: id, role, from, to, brief, reason, dueAt, after, at, by } = fact;
  const before = after === undefined ? incident : patch(incident, after, { movedOn: true });
  const settled = settleOffers(before, role, 'overtaken', at);
  const offered: Handoff = {
    id,
    role,
    to,
    brief,
    offeredAt: at,
    offeredBy: by,
    state: 'offered',
    ...(from === undefined ? {} : { from }),
    ...(reason === undefined ? {} : { reason }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(after === undefined ? {} : { after }),
  };
  return { ...settled, handoffs: { ...settled.handoffs, [id]: offered } };
}

/** Ends what is offered: of one role, or of all. */
export function settleOffers(
  incident: Incident,
  role: Role | undefined,
  state: Handoff['state'],
  at: Instant,
): Incident {
  const standing = Object.values(incident.handoffs).filter(
    (handoff) => handoff.state === 'offered' && (role === undefined || handoff.role === role),
  );
  return standing.reduce((changed, { id }) => settle(changed, id, state, at), incident);
}

function settle(incident: Incident, id: string, state: Handoff['state'], settledAt: Instant): Incident {
  return patch(incident, id, { state, settledAt });
}

function patch(incident: Incident, id: string, change: Partial<Handoff>): Incident {
  const handoff = incident.handoffs[id];
  if (!handoff) return incident;
  return { ...incident, handoffs: { ...incident.handoffs, [id]: { ...handoff, ...change } } };
}
