import { onCallNow } from '../../actions/on-call.ts';
import { profileOfPerson } from '../../actions/profiles.ts';
import { type Looks, looksOf } from '../../actions/signs.ts';
import { type Core, nowOf } from '../../core.ts';
import { clockTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { type DutyKnowledge, nextStepOf } from '../../domain/next-step.ts';
import { membersOf } from '../../domain/on-duty/choose-next.ts';
import { describeDuty } from '../../domain/on-duty/describe-duty.ts';
import { memberById, overridesOfTeam, personIdOf } from '../../domain/people.ts';
import { roleLabel, rolesOf } from '../../domain/role-names.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { Roster } from '../../domain/team.ts';
import type { PersonId } from '../../domain/words.ts';
import { incidentOfChannel, pagesSince } from '../../store/incidents.ts';
import type { Gesture, Reply } from '../gesture.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { whoWeek } from './who-week.ts';

/** What people type when they mean what is to come. */
const AHEAD_WORDS = ['week', 'weeks', 'ahead', 'next'];

/** Slack waits three seconds for an answer; what is remembered does when it or PagerDuty is slow. */
const SLACK_PATIENCE_MS = 800;
const PAGERDUTY_PATIENCE_MS = 1_500;
const WEEK_MS = 7 * 24 * 3_600_000;

export const whoCommand: Subcommand = {
  name: 'who',
  aliases: ['oncall', 'on-call', 'awake'],
  usage: ['who', 'who week [roster]'],
  says: 'who is here, who is awake, and who would be paged now and why; `week`: the next 60 days',
  async run(gesture, rest) {
    const { word, rest: roster } = firstWord(rest);
    if (AHEAD_WORDS.includes(word.toLowerCase())) return whoWeek(gesture, roster);
    const incident = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    return whoIsWho(gesture, incident);
  },
};

/** Role holders and rosters with their local times; inside an incident, for its severity. */
export async function whoIsWho(gesture: Gesture, incident: Incident | undefined): Promise<Reply> {
  const { core } = gesture;
  const rosters = Object.entries(core.team.rosters);
  const [looks, onCall, pages] = await Promise.all([
    looksOf(core, everybodyShown(core, incident), SLACK_PATIENCE_MS),
    Promise.all(rosters.map(([, roster]) => onCallNow(core, roster, PAGERDUTY_PATIENCE_MS))),
    pagesSince(core.store.database.prisma, new Date(nowOf(core) - WEEK_MS)),
  ]);
  const lines: string[] = [];
  if (incident) {
    for (const role of rolesOf(core.team, incident)) {
      const holder = incident.roles[role];
      const label = asTyped(roleLabel(core.team, role));
      if (holder)
        lines.push(
          `**${label}:** ${mention(holder)} · ${await timesOf(core, holder)}${sideWords(looks, holder)}`,
        );
    }
  }
  for (const [index, [name, roster]] of rosters.entries()) {
    lines.push(`**${name}**`);
    for (const member of roster.members) {
      const person = core.team.people.find((candidate) => candidate.name === member);
      if (!person) continue;
      const { local, state } = describeDuty(person, core.store.now(), roster.overrides);
      const id = personIdOf(person);
      lines.push(`• ${mention(id)} · ${local} · ${state}${sideWords(looks, id)}`);
    }
    lines.push(`→ ${pagedWords(core, roster, incident, { pages, ...onCall[index], ...looks })}`);
  }
  if (lines.length === 0) {
    return {
      text: 'The team’s file names no roster and nobody holds a role here. `people:` and `rosters:` in daywatch.yaml say whose day it is.',
    };
  }
  return { text: lines.join('\n') };
}

function everybodyShown(core: Core, incident: Incident | undefined): PersonId[] {
  const holders = Object.values(incident?.roles ?? {});
  const rosters = Object.values(core.team.rosters);
  const members = rosters.flatMap((roster) => membersOf(roster, core.team.people)).map(personIdOf);
  return [...new Set([...holders, ...members])];
}

function sideWords({ signs, gone }: Looks, person: PersonId): string {
  if (gone.includes(person)) return ' · their Slack account is closed';
  const sign = signs[person];
  return sign === undefined ? '' : ` · ${sign}`;
}

async function timesOf(core: Core, id: string): Promise<string> {
  const member = memberById(core.team, id);
  if (member) {
    const { local, state } = describeDuty(member, core.store.now(), overridesOfTeam(core.team));
    return `${local} · ${state}`;
  }
  const zone = (await profileOfPerson(core, id))?.timezone;
  return zone ? clockTime(nowOf(core), zone) : 'local time not known';
}

/** Who would be paged now, by the same rule that pages. */
function pagedWords(
  core: Core,
  roster: Roster,
  incident: Incident | undefined,
  known: DutyKnowledge,
): string {
  const asIf = incident ?? IMAGINED;
  const ladder = {
    id: '0',
    roster: roster.name,
    askedBy: { kind: 'daywatch' as const },
    askedAt: nowOf(core),
    state: 'climbing' as const,
    pages: [],
  };
  const step = nextStepOf(core.team, { ...IMAGINED, ...asIf }, ladder, roster, known, core.store.now());
  const severity = asIf.severity;
  if (step.kind === 'page')
    return `For ${severity} I would page ${mention(step.person)}${step.sign ? ` (${step.sign})` : ''} now: ${step.reason}.`;
  return `For ${severity}: ${step.reason}.`;
}

/** What the rule is asked about when there is no incident: the worst that could be. */
const IMAGINED = { severity: 'sev1', pages: {} } as Incident;
