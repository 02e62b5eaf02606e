import { hearPagerDutyInTime } from '../actions/hear-pagerduty.ts';
import { onCallNow } from '../actions/on-call.ts';
import { profileOfPerson } from '../actions/profiles.ts';
import { looksOf } from '../actions/signs.ts';
import { type Core, nowOf } from '../core.ts';
import { clockTime } from '../domain/clock-words.ts';
import type { Incident } from '../domain/incident.ts';
import { type DutyKnowledge, directStep, nextStepOf } from '../domain/next-step.ts';
import { membersOf } from '../domain/on-duty/choose-next.ts';
import type { NextStep } from '../domain/paging.ts';
import { climb, type LadderLimits, needsStep } from '../domain/paging.ts';
import type { Ladder } from '../domain/paging-state.ts';
import { memberById, personIdOf } from '../domain/people.ts';
import type { Roster } from '../domain/team.ts';
import { pagesSince } from '../store/incidents.ts';
import { type Job, record } from './context.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
/** A page does not wait longer for what Slack shows of people. */
const SIGNS_PATIENCE_MS = 200;
/** PagerDuty may say who is on call and who answered; a page does not wait longer for that. */
const PAGERDUTY_DEADLINE_MS = 2_000;

/** Takes the ladder's next step when one is due. Answered, resolved, or not yet due: nothing happens. */
export const climbLadder: Job<'climb'> = async (task) => {
  const { core, incident, effect } = task;
  const ladder = incident.ladders[effect.ladder];
  if (!ladder || !needsStep(incident, ladder, nowOf(core))) return;
  const [step] = await Promise.all([gather(core, ladder), hearPagerDutyInTime(core, incident)]);
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
    const { signs } = await looksOf(core, [person], SIGNS_PATIENCE_MS);
    return (now, current) => directStep(now, { ...current, person }, clockTime(nowOf(core), zone), signs);
  }
  const roster = core.team.rosters[ladder.roster ?? ''];
  if (!roster) return () => ({ kind: 'exhausted', reason: 'This roster is no longer in the team’s file' });
  const known = await knowledge(core, roster);
  return (now, current) => nextStepOf(core.team, now, current, roster, known, core.store.now());
}

async function knowledge(core: Core, roster: Roster): Promise<DutyKnowledge> {
  const since = new Date(nowOf(core) - WEEK_MS);
  const members = membersOf(roster, core.team.people).map(personIdOf);
  const [pages, onCall, looks] = await Promise.all([
    pagesSince(core.store.database.prisma, since),
    onCallNow(core, roster, PAGERDUTY_DEADLINE_MS),
    looksOf(core, members, SIGNS_PATIENCE_MS),
  ]);
  return { pages, ...onCall, ...looks };
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
