import { changeIncident } from '../../actions/change.ts';
import { nowOf } from '../../core.ts';
import { type Decision, nothing } from '../../domain/decision.ts';
import { acceptHandoff, declineHandoff, offerToAnswer, withdrawHandoff } from '../../domain/handoff.ts';
import type { Incident } from '../../domain/incident.ts';
import { reliefToAnswer, stay } from '../../domain/relief.ts';
import { takeRole } from '../../domain/role-names.ts';
import { standingOffer } from '../../domain/role-state.ts';
import type { Role } from '../../domain/words.ts';
import { type Gesture, type Reply, replyOf } from '../gesture.ts';
import { inThisIncident } from './lifecycle.ts';
import { typedPlain } from './typed.ts';

type Answer = { kind: 'accept' } | { kind: 'decline'; why?: string };

/** `/incident handoff accept [role]`, `decline [role] [why]`: the latest offer that waits for this person. */
export function answerOffer(gesture: Gesture, answer: Answer, rest: string): Promise<Reply> {
  const { role, rest: words } = readRoleFirst(gesture, rest);
  const why = words ? { why: typedPlain(gesture, words) } : {};
  return inThisIncident(gesture, (incident, _, now) => {
    const offer = offerToAnswer(incident, gesture.person, role);
    if (!offer) return nothing('No role is offered to you here. `/incident who` shows who holds what.');
    return decide(
      incident,
      offer.id,
      gesture,
      answer.kind === 'accept' ? answer : { ...answer, ...why },
      now,
    );
  });
}

/** The same by button, in the channel or in the direct message. */
export async function answerOfferById(
  gesture: Gesture,
  { number, part }: { number: number; part: string },
  answer: Answer,
): Promise<Reply> {
  const { core, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { number },
    (incident) => decide(incident, part, gesture, answer, nowOf(core)),
    { delivery },
  );
  return replyOf(outcome);
}

function decide(
  incident: Incident,
  id: string,
  { person }: Pick<Gesture, 'person'>,
  answer: Answer,
  now: number,
): Decision {
  if (answer.kind === 'accept') return acceptHandoff(incident, id, person, now);
  return declineHandoff(incident, id, person, answer.why, now);
}

export function withdrawOffer(gesture: Gesture, rest: string): Promise<Reply> {
  const { role } = readRoleFirst(gesture, rest);
  return inThisIncident(gesture, (incident, by, now) => {
    const meant = role ?? onlyOffered(incident);
    if (meant === undefined) {
      return { refused: 'Say which role: `/incident handoff withdraw communications`.' };
    }
    return withdrawHandoff(incident, meant, by, now);
  });
}

function onlyOffered(incident: Incident): Role | undefined {
  const offered = [...new Set(Object.values(incident.handoffs).map(({ role }) => role))].filter((role) =>
    standingOffer(incident, role),
  );
  return offered.length === 1 ? offered[0] : undefined;
}

export function stayOn(gesture: Gesture, rest: string): Promise<Reply> {
  const { role } = readRoleFirst(gesture, rest);
  return inThisIncident(gesture, (incident, _, now) =>
    stay(incident, reliefToAnswer(incident, gesture.person, role)?.id, gesture.person, now),
  );
}

function readRoleFirst({ core }: Gesture, text: string): { role?: Role; rest: string } {
  return takeRole(text, core.team.roles) ?? { rest: text.trim() };
}
