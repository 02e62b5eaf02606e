import { type Changes, type Decision, nothing, refuse } from './decision.ts';
import type { NewFact, ReliefQuestion, ReliefReason } from './facts.ts';
import type { Incident } from './incident.ts';
import { dayEndOf } from './on-duty/shift.ts';
import { memberById, overridesOfTeam } from './people.ts';
import { isLive, isOpen } from './permitted.ts';
import { heldSince, type Relief, standingOffer } from './role-state.ts';
import { mention } from './sentence.ts';
import { successorFor } from './successor.ts';
import type { Team } from './team.ts';
import type { Actor, Instant, PersonId, Role } from './words.ts';
import { HOUR_MS, MINUTE_MS } from './zone-offsets.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };
/** So long before a holder's day ends they are asked who takes over. */
const WARNED_BEFORE_MS = 30 * MINUTE_MS;
/** Who has just taken a role knows what their clock says. */
const JUST_TAKEN_MS = 10 * MINUTE_MS;
/** A day that ended longer ago is no news. */
const LATE_MS = 3 * HOUR_MS;
/** Who stays is asked again after so long. */
const STAYS_MS = HOUR_MS;

/** Asks, once a holder, role and day, who takes over: half an hour before their day ends, and when it has. */
export function proposeReliefs(team: Team, incident: Incident, now: Instant): Changes {
  if (!isLive(incident)) return nothing();
  const due = Object.entries(incident.roles).flatMap(([role, holder]) => {
    if (holder === undefined || incident.left?.includes(holder) || standingOffer(incident, role)) return [];
    const question = dayQuestion(team, incident, role, holder, now);
    return question ? [question] : [];
  });
  return proposed(team, incident, due, now);
}

/** Before it is known who could take it. */
interface Question extends Pick<ReliefQuestion, 'role' | 'person' | 'why' | 'dayEnd'> {
  key: string;
}

function dayQuestion(
  team: Team,
  incident: Incident,
  role: Role,
  person: PersonId,
  now: Instant,
): Question | undefined {
  const member = memberById(team, person);
  const dayEnd = member && dayEndOf(member, now, overridesOfTeam(team));
  if (dayEnd === undefined) return undefined;
  const since = heldSince(incident, role) ?? incident.declaredAt;
  const before = reliefsAbout(incident, role, person).filter((relief) => relief.dayEnd === dayEnd);
  const why = whyAsked({ now, dayEnd, since }, before);
  if (!why) return undefined;
  return { role, person, why, dayEnd, key: `relief:${role}:${person}:${dayEnd}:${before.length}` };
}

function whyAsked(
  { now, dayEnd, since }: { now: Instant; dayEnd: Instant; since: Instant },
  before: readonly Relief[],
): ReliefReason | undefined {
  const stays = before.at(-1)?.staysUntil;
  if (stays !== undefined) return now >= stays && now >= dayEnd ? 'off-duty' : undefined;
  if (now < dayEnd) {
    const due = Math.max(dayEnd - WARNED_BEFORE_MS, since + JUST_TAKEN_MS);
    return now >= due && before.length === 0 ? 'day-ends' : undefined;
  }
  // Who took the role after their day knows that it is over.
  const news = since < dayEnd && now - dayEnd <= LATE_MS;
  return news && !before.some((relief) => relief.why === 'off-duty') ? 'off-duty' : undefined;
}

/** Somebody goes out of the channel; what they hold is asked about, once. */
export function leaveChannel(team: Team, incident: Incident, person: PersonId, now: Instant): Changes {
  if (!incident.people.includes(person) || incident.left?.includes(person)) return nothing();
  const left: NewFact = { type: 'left', person, by: { kind: 'person', id: person }, at: now };
  const held = isLive(incident)
    ? Object.entries(incident.roles).flatMap(([role, holder]): Question[] =>
        holder === person && !standingOffer(incident, role)
          ? [{ role, person, why: 'left', key: `relief:${role}:${person}:left:${now}` }]
          : [],
      )
    : [];
  const asked = proposed(team, { ...incident, left: [...(incident.left ?? []), person] }, held, now);
  const holds = Object.values(incident.roles).includes(person);
  const card = holds ? [{ do: 'show' as const, message: 'card' as const }] : [];
  return { facts: [left, ...asked.facts], effects: [...asked.effects, ...card] };
}

function proposed(team: Team, incident: Incident, questions: readonly Question[], now: Instant): Changes {
  const before = Object.keys(incident.reliefs ?? {}).length;
  const facts = questions.map(({ role, person, why, dayEnd, key }, index): NewFact => {
    const at = Math.max(now, dayEnd ?? now);
    const next = successorFor(team, incident, role, { now, at, asked: [person] });
    const found = next.kind === 'person';
    return {
      type: 'relief-proposed',
      relief: `${before + index + 1}`,
      role,
      person,
      why,
      ...(dayEnd === undefined ? {} : { dayEnd }),
      ...(found ? { to: next.person } : {}),
      ...(found && next.from !== undefined ? { from: next.from } : {}),
      reason: next.reason,
      by: DAYWATCH,
      at: now,
      key,
    };
  });
  const effects = questions.flatMap(({ role, person }, index) => [
    { do: 'show' as const, message: `relief:${before + index + 1}` as const },
    ...reliefsAbout(incident, role, person).map(({ id }) => ({
      do: 'show' as const,
      message: `relief:${id}` as const,
    })),
  ]);
  return { facts, effects };
}

/** What was asked about this role of this person, first to last. */
export function reliefsAbout({ reliefs = {} }: Incident, role: Role, person: PersonId): Relief[] {
  return Object.values(reliefs).filter((relief) => relief.role === role && relief.person === person);
}

/** What a question came to; `open`: it waits for an answer. */
export type ReliefOutcome =
  | { kind: 'open' }
  | { kind: 'held'; by?: PersonId }
  | { kind: 'offered'; to: PersonId }
  | { kind: 'stays'; until: Instant }
  | { kind: 'back' }
  | { kind: 'asked-again' }
  | { kind: 'over' };

export function reliefOutcome(incident: Incident, relief: Relief): ReliefOutcome {
  const { role, person } = relief;
  const holder = incident.roles[role];
  if (holder !== person) return holder === undefined ? { kind: 'held' } : { kind: 'held', by: holder };
  if (!isOpen(incident)) return { kind: 'over' };
  const offer = standingOffer(incident, role);
  if (offer) return { kind: 'offered', to: offer.to };
  if (reliefsAbout(incident, role, person).at(-1)?.id !== relief.id) return { kind: 'asked-again' };
  if (relief.why === 'left' && !incident.left?.includes(person)) return { kind: 'back' };
  if (relief.staysUntil !== undefined) return { kind: 'stays', until: relief.staysUntil };
  return { kind: 'open' };
}

/** The holder goes on with a role after all. */
export function stay(incident: Incident, id: string | undefined, by: PersonId, now: Instant): Decision {
  const relief = id === undefined ? undefined : incident.reliefs?.[id];
  if (!relief) return nothing('Nobody has asked you to hand anything over.');
  const { role, person } = relief;
  if (person !== by)
    return refuse(`This question is for ${mention(person)}; only they can say that they stay.`);
  const outcome = reliefOutcome(incident, relief);
  if (outcome.kind === 'held') {
    return refuse(outcome.by ? `${mention(outcome.by)} holds ${role} now.` : `Nobody holds ${role} now.`);
  }
  if (outcome.kind === 'offered') {
    return refuse(
      `${role} is offered to ${mention(outcome.to)}. To keep it, type \`/incident handoff withdraw ${role}\`.`,
    );
  }
  if (outcome.kind !== 'open') return nothing('Noted already.');
  const until = Math.max(now, relief.dayEnd ?? now) + STAYS_MS;
  const actor: Actor = { kind: 'person', id: by };
  return {
    facts: [{ type: 'holder-stays', relief: relief.id, until, by: actor, at: now }],
    effects: [{ do: 'show', message: `relief:${relief.id}` }],
    answer: `You keep ${role}. I ask again ${(relief.dayEnd ?? now) > now ? 'an hour after your day ends' : 'in an hour'}.`,
  };
}

/** The question that `/incident handoff stay` answers: the latest open one of this person. */
export function reliefToAnswer(incident: Incident, person: PersonId, role?: Role): Relief | undefined {
  return Object.values(incident.reliefs ?? {}).findLast(
    (relief) =>
      relief.person === person &&
      (role === undefined || relief.role === role) &&
      reliefOutcome(incident, relief).kind === 'open',
  );
}
