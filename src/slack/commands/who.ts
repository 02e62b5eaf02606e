import { profileOfPerson } from '../../actions/profiles.ts';
import { clockTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { nextStepOf } from '../../domain/next-step.ts';
import { describeDuty } from '../../domain/on-duty/describe-duty.ts';
import { memberById, personIdOf } from '../../domain/people.ts';
import { mention } from '../../domain/sentence.ts';
import { ROLES } from '../../domain/words.ts';
import { type Core, nowOf } from '../../jobs/context.ts';
import { incidentOfChannel, pagesSince } from '../../store/incidents.ts';
import { recall } from '../../store/remembered.ts';
import type { Gesture, Reply } from '../gesture.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { whoWeek } from './who-week.ts';

/** What people type when they mean what is to come. */
const AHEAD_WORDS = ['week', 'weeks', 'ahead', 'next'];

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
  const lines: string[] = [];
  if (incident) {
    for (const role of ROLES) {
      const holder = incident.roles[role];
      if (holder)
        lines.push(`**${core.team.roles[role].label}:** ${mention(holder)} · ${await timesOf(core, holder)}`);
    }
  }
  for (const [name, roster] of Object.entries(core.team.rosters)) {
    lines.push(`**${name}**`);
    for (const member of roster.members) {
      const person = core.team.people.find((candidate) => candidate.name === member);
      if (!person) continue;
      const { local, state } = describeDuty(person, core.store.now(), roster.overrides);
      lines.push(`• ${mention(personIdOf(person))} · ${local} · ${state}`);
    }
    lines.push(`→ ${await paged(core, name, incident)}`);
  }
  if (lines.length === 0) {
    return {
      text: 'The team’s file names no roster and nobody holds a role here. `people:` and `rosters:` in daywatch.yaml say whose day it is.',
    };
  }
  return { text: lines.join('\n') };
}

async function timesOf(core: Core, id: string): Promise<string> {
  const member = memberById(core.team, id);
  if (member) {
    const { local, state } = describeDuty(member, core.store.now());
    return `${local} · ${state}`;
  }
  const zone = (await profileOfPerson(core, id))?.timezone;
  return zone ? clockTime(nowOf(core), zone) : 'local time not known';
}

/** Who would be paged now, by the same rule that pages. */
async function paged(core: Core, name: string, incident: Incident | undefined): Promise<string> {
  const roster = core.team.rosters[name];
  if (!roster) return '';
  const now = nowOf(core);
  const pages = await pagesSince(core.store.database.prisma, new Date(now - WEEK_MS));
  const known = roster.pagerdutySchedule
    ? await recall<string[]>(core.store, `on-call:${roster.pagerdutySchedule}`)
    : undefined;
  const asIf = incident ?? IMAGINED;
  const ladder = {
    id: '0',
    roster: name,
    askedBy: { kind: 'daywatch' as const },
    askedAt: now,
    state: 'climbing' as const,
    pages: [],
  };
  const step = nextStepOf(
    core.team,
    { ...IMAGINED, ...asIf },
    ladder,
    roster,
    { pages, ...(known ? { onCall: known.body } : {}) },
    core.store.now(),
  );
  const severity = asIf.severity;
  if (step.kind === 'page')
    return `For ${severity} I would page ${mention(step.person)} now: ${step.reason}.`;
  return `For ${severity}: ${step.reason}.`;
}

/** What the rule is asked about when there is no incident: the worst that could be. */
const IMAGINED = { severity: 'sev1', pages: {} } as Incident;
