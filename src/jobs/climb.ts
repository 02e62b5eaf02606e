import { profileOfPerson } from '../actions/profiles.ts';
import { clockTime } from '../domain/clock-words.ts';
import type { Incident } from '../domain/incident.ts';
import { type DutyKnowledge, directStep, nextStepOf } from '../domain/next-step.ts';
import type { NextStep } from '../domain/paging.ts';
import { climb, type LadderLimits, needsStep } from '../domain/paging.ts';
import type { Ladder } from '../domain/paging-state.ts';
import { memberById } from '../domain/people.ts';
import type { Person, Roster } from '../domain/team.ts';
import { ServiceError } from '../service-error.ts';
import { pagesSince } from '../store/incidents.ts';
import { recall, remember } from '../store/remembered.ts';
import { type Core, type Job, nowOf, record } from './context.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
/** PagerDuty may say who is on call; a page does not wait longer for that. */
const ON_CALL_DEADLINE_MS = 2_000;

/** Takes the ladder's next step when one is due. Answered, resolved, or not yet due: nothing happens. */
export const climbLadder: Job<'climb'> = async (task) => {
  const { core, incident, effect } = task;
  const ladder = incident.ladders[effect.ladder];
  if (!ladder || !needsStep(incident, ladder, nowOf(core))) return;
  const step = await gather(core, ladder);
  await record(task, (now) => {
    const current = now.ladders[effect.ladder];
    const next = current ? step(now, current) : undefined;
    return climb(now, effect.ladder, next ?? NOBODY, limitsOf(core, now, current), nowOf(core));
  });
};

const NOBODY: NextStep = { kind: 'exhausted', reason: 'There is nobody to ask' };

type Step = (incident: Incident, ladder: Ladder) => NextStep;

/** Asks the outside before the incident is locked; the choice itself is made under the lock. */
async function gather(core: Core, ladder: Ladder): Promise<Step> {
  const { person } = ladder;
  if (person !== undefined) {
    const zone =
      memberById(core.team, person)?.timezone ??
      (await profileOfPerson(core, person))?.timezone ??
      core.team.timezone;
    return (now, current) => directStep(now, { ...current, person }, clockTime(nowOf(core), zone));
  }
  const roster = core.team.rosters[ladder.roster ?? ''];
  if (!roster) return () => ({ kind: 'exhausted', reason: 'This roster is no longer in the team’s file' });
  const known = await knowledge(core, roster);
  return (now, current) => nextStepOf(core.team, now, current, roster, known, core.store.now());
}

async function knowledge(core: Core, roster: Roster): Promise<DutyKnowledge> {
  const since = new Date(nowOf(core) - WEEK_MS);
  const [pages, onCall] = await Promise.all([
    pagesSince(core.store.database.prisma, since),
    onCallNow(core, roster),
  ]);
  return { pages, ...onCall };
}

/** PagerDuty's word, or its last word with its age when it does not answer. */
async function onCallNow(core: Core, roster: Roster): Promise<Pick<DutyKnowledge, 'onCall' | 'staleness'>> {
  const { pager } = core.world;
  const schedule = roster.pagerdutySchedule;
  if (!pager || schedule === undefined) return {};
  const key = `on-call:${schedule}`;
  try {
    const people = await withDeadline(pager.onCall(schedule), ON_CALL_DEADLINE_MS);
    const onCall = people.flatMap(({ userId, email }) => matching(core.team.people, userId, email));
    await remember(core.store, key, onCall);
    return { onCall };
  } catch (error) {
    core.log.warn({ error: messageOf(error) }, 'PagerDuty does not say who is on call');
    const last = await recall<string[]>(core.store, key);
    if (!last) return { staleness: 'PagerDuty does not say who is on call' };
    const since = clockTime(last.at, core.team.timezone);
    return { onCall: last.body, staleness: `on call as PagerDuty said at ${since}; it does not answer now` };
  }
}

function matching(people: readonly Person[], userId: string, email: string | undefined): string[] {
  const person = people.find(
    (candidate) =>
      candidate.pagerduty === userId ||
      (candidate.pagerduty === undefined && email !== undefined && candidate.email === email),
  );
  return person ? [person.name] : [];
}

function withDeadline<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      reject(
        new ServiceError({ service: 'PagerDuty', kind: 'unreachable', message: 'PagerDuty did not answer.' }),
      ),
    ms,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function limitsOf(core: Core, incident: Incident, ladder: Ladder | undefined): LadderLimits {
  const roster = core.team.rosters[ladder?.roster ?? ''];
  const asked = ladder?.person ? [ladder.person] : [];
  const phones = core.team.people
    .filter(({ name }) => roster?.members.includes(name))
    .concat(asked.flatMap((id) => memberById(core.team, id) ?? []))
    .flatMap((person) => (person.phone ? [`${person.name} ${person.phone}`] : []));
  return {
    acknowledgeWithinMs: core.team.severities[incident.severity].acknowledgeWithinMs,
    phones: [...new Set(phones)],
    policy: roster?.escalationPolicy !== undefined && core.world.pager !== undefined,
  };
}
