import { type Core, nowOf } from '../core.ts';
import { type BriefInput, writeBrief } from '../domain/brief.ts';
import { describer } from '../domain/describe.ts';
import { type Offer, offerHandoff } from '../domain/handoff.ts';
import type { Incident } from '../domain/incident.ts';
import { describeDuty } from '../domain/on-duty/describe-duty.ts';
import { memberById, overridesOfTeam } from '../domain/people.ts';
import { mention } from '../domain/sentence.ts';
import { timeline } from '../domain/timeline.ts';
import type { Actor, PersonId, Role } from '../domain/words.ts';
import { factsOf } from '../store/incidents.ts';
import { changeIncident, type Outcome } from './change.ts';

/** Writes the brief of a role as the incident stands, from entries that were read before. */
export type WriteBrief = (incident: Incident) => string;

/** Reads the timeline once, outside of the lock; the brief itself is written under it. */
export async function briefWriter(
  core: Core,
  number: number,
  role: Role,
  options: Pick<BriefInput, 'call' | 'note'> = {},
): Promise<WriteBrief> {
  const entries = timeline(await factsOf(core.store.database.prisma, number), describer());
  return (incident) => writeBrief({ incident, role, entries, team: core.team, now: nowOf(core), ...options });
}

export interface OfferWish {
  role: Role;
  to: PersonId;
  by: Actor;
  /** Why this person, when the bot proposed them: a clause. */
  reason?: string;
  startsAt?: number;
  /** Words of whoever hands over, in Markdown: besides the brief, or in its place. */
  note?: string;
  brief?: string;
}

/** Offers a role, with the brief that facts make unless somebody wrote one. */
export async function offerRole(
  core: Core,
  here: Pick<Incident, 'number'>,
  wish: OfferWish,
  delivery: string,
): Promise<Outcome> {
  const { role, to, by, note, brief, startsAt } = wish;
  const write = await briefWriter(core, here.number, role, note ? { note } : {});
  const { away, reason } = hoursOf(core, wish);
  const outcome = await changeIncident(
    core.store,
    { number: here.number },
    (incident) => {
      const offer: Offer = {
        role,
        to,
        by,
        brief: brief?.trim() || write(incident),
        withinMs: core.team.severities[incident.severity].handoffWithinMs,
        ...(reason === undefined ? {} : { reason }),
        ...(startsAt === undefined ? {} : { startsAt }),
      };
      return offerHandoff(incident, offer, nowOf(core));
    },
    { delivery },
  );
  const warned = outcome.kind === 'done' && outcome.facts.length > 0 && away;
  return warned ? { ...outcome, answer: `${outcome.answer} ${away}` } : outcome;
}

/** Nobody off duty is asked without saying so. */
function hoursOf(core: Core, { to, by, reason }: OfferWish): { away?: string; reason?: string } {
  const member = memberById(core.team, to);
  if (reason !== undefined) return { reason };
  const duty = member && describeDuty(member, core.store.now(), overridesOfTeam(core.team));
  if (!duty || duty.inHours) return {};
  const times = `it is ${duty.local} there, ${duty.state}`;
  const asker = by.kind === 'person' ? mention(by.id) : 'Daywatch';
  return {
    away: `${mention(to)} is off duty: ${times}.`,
    reason: `asked for by ${asker} although off duty: ${times}`,
  };
}
