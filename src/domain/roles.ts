import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Handoff, Incident } from './incident.ts';
import { objection } from './permitted.ts';
import { asTyped, mention } from './sentence.ts';
import { type Actor, type Instant, incidentName, type PersonId, ROLES, type Role } from './words.ts';

/** Other names by which teams know the roles. */
const ALIASES = new Map<string, Role>(
  Object.entries({
    responder: 'responder',
    lead: 'responder',
    ic: 'responder',
    commander: 'responder',
    'incident-commander': 'responder',
    communications: 'communications',
    communication: 'communications',
    comms: 'communications',
    liaison: 'communications',
    'tech-lead': 'tech-lead',
    techlead: 'tech-lead',
    tl: 'tech-lead',
    scribe: 'scribe',
  } satisfies Record<string, Role>),
);

export function readRole(word: string): Role | undefined {
  return ALIASES.get(word.toLowerCase().replaceAll('_', '-'));
}

export function noSuchRole(word: string): string {
  return `“${asTyped(word)}” is no role. One of: ${ROLES.join(', ')}.`;
}

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
  return {
    facts: [assigned(role, person, holder, by, now)],
    effects: roleEffects(person),
    answer: `${mention(person)} holds ${role} now.`,
  };
}

function assigned(role: Role, person: PersonId, from: PersonId | undefined, by: Actor, at: Instant): NewFact {
  return { type: 'role-assigned', role, person, ...(from === undefined ? {} : { from }), by, at };
}

function roleEffects(person: PersonId): Effect[] {
  return [{ do: 'invite', people: [person] }, { do: 'show', message: 'card' }, { do: 'set-topic' }];
}

/** Offers a role with a brief. The old holder keeps it until the other accepts. */
export function offerHandoff(
  incident: Incident,
  offer: { role: Role; to: PersonId; brief: string; by: Actor },
  now: Instant,
): Decision {
  const against = objection(incident, 'handoff');
  if (against) return refuse(against);
  const { role, to, brief, by } = offer;
  const from = incident.roles[role];
  if (from === to) return refuse(`${mention(to)} holds ${role} already; a handoff goes to somebody else.`);
  const standing = Object.values(incident.handoffs).find(
    (handoff) => handoff.role === role && handoff.state === 'offered',
  );
  if (standing?.to === to)
    return nothing(`${role} is offered to ${mention(to)} already; it stands until they answer.`);
  const handoff = `${Object.keys(incident.handoffs).length + 1}`;
  return {
    facts: [
      {
        type: 'handoff-offered',
        handoff,
        role,
        ...(from === undefined ? {} : { from }),
        to,
        brief,
        by,
        at: now,
      },
    ],
    effects: [
      { do: 'invite', people: [to] },
      { do: 'show', message: `handoff:${handoff}` },
      ...(standing ? [{ do: 'show' as const, message: `handoff:${standing.id}` as const }] : []),
      { do: 'show', message: 'card' },
    ],
    answer: `Offered ${role} to ${mention(to)} with a brief. ${from ? `${mention(from)} keeps it until they accept.` : 'It is theirs when they accept.'}`,
  };
}

export function acceptHandoff(incident: Incident, id: string, by: PersonId, now: Instant): Decision {
  const handoff = incident.handoffs[id];
  const against = whyNotAnswerable(incident, handoff, by);
  if (!handoff || against) return refuse(against ?? '');
  const actor: Actor = { kind: 'person', id: by };
  const assignment = assigned(handoff.role, by, incident.roles[handoff.role], actor, now);
  return {
    facts: [
      { type: 'handoff-accepted', handoff: id, by: actor, at: now },
      { ...assignment, handoff: id } as NewFact,
    ],
    effects: [...roleEffects(by), { do: 'show', message: `handoff:${id}` }],
    answer: `You hold ${handoff.role} now.`,
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
  const keeps = incident.roles[handoff.role];
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
      { do: 'show', message: `handoff:${id}` },
      { do: 'show', message: 'card' },
      {
        do: 'say',
        notice: `handoff-declined:${id}`,
        text: `${mention(by)} cannot take ${handoff.role}${why ? ` (${asTyped(why)})` : ''}. ${
          keeps ? `${mention(keeps)} keeps it` : 'Nobody holds it'
        }; \`/incident handoff ${handoff.role} @person\` asks somebody else.`,
      },
    ],
    answer: `Declined. ${keeps ? `${mention(keeps)} keeps ${handoff.role}.` : `Nobody holds ${handoff.role}.`}`,
  };
}

function whyNotAnswerable(
  incident: Incident,
  handoff: Handoff | undefined,
  by: PersonId,
): string | undefined {
  const name = incidentName(incident.number);
  if (!handoff) return `${name} has no such handoff.`;
  if (handoff.to !== by) return `This handoff is for ${mention(handoff.to)}; only they can answer it.`;
  if (handoff.state === 'accepted') return `You have accepted it: you hold ${handoff.role}.`;
  if (handoff.state === 'declined') return 'You have declined it.';
  if (handoff.state === 'overtaken')
    return 'It was offered to somebody else since; nothing is needed of you.';
  return objection(incident, 'handoff');
}
