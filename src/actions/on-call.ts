import { type Core, nowOf } from '../core.ts';
import { momentWords } from '../domain/moment-words.ts';
import type { DutyKnowledge } from '../domain/next-step.ts';
import type { Roster } from '../domain/team.ts';
import { recall, remember } from '../store/remembered.ts';
import { membersOfPagerUsers } from './match-people.ts';
import { withDeadline } from './with-deadline.ts';

/** PagerDuty's word on who of a roster is on call, or its last word with its age when it does not answer in time. */
export async function onCallNow(
  core: Core,
  roster: Roster,
  patienceMs: number,
): Promise<Pick<DutyKnowledge, 'onCall' | 'staleness'>> {
  const { pager } = core.world;
  const schedule = roster.pagerdutySchedule;
  if (!pager || schedule === undefined) return {};
  const key = `on-call:${schedule}`;
  try {
    const users = await withDeadline('PagerDuty', patienceMs, pager.onCall(schedule));
    const onCall = (await membersOfPagerUsers(core, users)).map(({ name }) => name);
    await remember(core.store, key, onCall);
    return { onCall };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    core.log.warn({ error: why }, 'PagerDuty does not say who is on call');
    const last = await recall<string[]>(core.store, key);
    if (!last) return { staleness: 'PagerDuty does not say who is on call' };
    const since = momentWords({ at: last.at.getTime() }, core.team.timezone, nowOf(core));
    return {
      onCall: last.body,
      staleness: `PagerDuty last answered ${since}, and does not now`,
    };
  }
}
