import { briefWriter } from '../actions/hand-over.ts';
import { nowOf } from '../core.ts';
import { hopHandoff, needsHop } from '../domain/handoff-hop.ts';
import type { Incident } from '../domain/incident.ts';
import { memberById } from '../domain/people.ts';
import { tenuresOf } from '../domain/role-state.ts';
import { asTyped, mention } from '../domain/sentence.ts';
import { successorFor } from '../domain/successor.ts';
import type { PersonId } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { type Job, record } from './context.ts';

/** Asks the next candidate when an offer was declined, or its time is over. Answered meanwhile: nothing happens. */
export const moveHandoff: Job<'move-handoff'> = async (task) => {
  const { core, incident, effect } = task;
  const handoff = incident.handoffs[effect.handoff];
  if (!handoff || !needsHop(handoff, nowOf(core))) return;
  const { role } = handoff;
  const brief = await briefWriter(core, incident.number, role);
  await record(task, (now) => {
    const hop = {
      successor: (asked: readonly PersonId[]) =>
        successorFor(core.team, now, role, { asked, now: nowOf(core) }),
      brief: () => brief(now),
      withinMs: core.team.severities[now.severity].handoffWithinMs,
    };
    return hopHandoff(now, effect.handoff, hop, nowOf(core));
  });
};

/** What a former responder acknowledged in PagerDuty is assigned to the present one, and stays acknowledged. */
export const reassignInPagerDuty: Job<'reassign-in-pagerduty'> = async (task) => {
  const { core, incident } = task;
  const { pager } = core.world;
  const { responder } = incident.roles;
  if (!core.team.pagerdutyFollowsResponder || !pager || responder === undefined) return;
  const pages = pagesOfFormer(incident, responder);
  if (pages.length === 0) return;
  const member = memberById(core.team, responder);
  const userId = member?.pagerduty ?? (member?.email ? await pager.userByEmail(member.email) : undefined);
  if (userId === undefined) return tell(task, responder, 'they have no PagerDuty account that I know of');
  try {
    for (const id of pages) {
      await pager.reassign(id, userId);
      // PagerDuty rings for a new assignee; who accepted here has it.
      await pager.acknowledge(id);
    }
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    await tell(task, responder, error.message);
  }
};

function pagesOfFormer(incident: Incident, responder: PersonId): string[] {
  const former = tenuresOf(incident, 'responder').map(({ person }) => person);
  return Object.values(incident.pages).flatMap(({ state, settledBy, sent }) => {
    const by = settledBy?.kind === 'person' ? settledBy.id : undefined;
    if (state !== 'acknowledged' || by === undefined || by === responder || !former.includes(by)) return [];
    return sent.flatMap(({ via, id }) => (via === 'pagerduty' ? [id] : []));
  });
}

async function tell(
  task: Parameters<Job<'reassign-in-pagerduty'>>[0],
  responder: PersonId,
  why: string,
): Promise<void> {
  await record(task, () => ({
    facts: [],
    effects: [
      {
        do: 'say',
        notice: `not-reassigned:${responder}`,
        text: `PagerDuty’s page could not be given to ${mention(responder)}: ${asTyped(why)}. Reassign it there.`,
      },
    ],
  }));
}
