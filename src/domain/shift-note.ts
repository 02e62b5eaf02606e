import { clockTime, dayAndTime, duration } from './clock-words.ts';
import type { Incident } from './incident.ts';
import { describeDuty } from './on-duty/describe-duty.ts';
import { dayEndNear } from './on-duty/shift.ts';
import { memberById, personIdOf } from './people.ts';
import { isOpen } from './permitted.ts';
import { asTyped, listed, mention } from './sentence.ts';
import type { Override, Person, Team } from './team.ts';
import { incidentName, type PersonId, ROLES } from './words.ts';
import { HOUR_MS } from './zone-offsets.ts';

/** Whose day ends this near to the start of another's hands over. */
const HANDOVER_MS = 3 * HOUR_MS;

/** Whether somebody whose day starts at that instant is told of the incident. */
export function isToldAtShiftStart(incident: Incident, person: PersonId, start: number): boolean {
  if (!isOpen(incident) || !['sev1', 'sev2'].includes(incident.severity)) return false;
  // Who was there when it was declared needs no telling.
  if (incident.declaredAt >= start) return false;
  return !incident.private || incident.people.includes(person);
}

/** What somebody reads of an open incident as their day starts, in Markdown. */
export function shiftNote(team: Team, incident: Incident, person: Person, now: number): string {
  const { severity, status, declaredAt, channel } = incident;
  const since = `${dayAndTime(declaredAt, person.timezone)}, ${duration(now - declaredAt)} ago`;
  return [
    `🌅 **${incidentName(incident.number)} ${asTyped(incident.title)}** is open as your day starts.`,
    `${severity} (${asTyped(team.severities[severity].label)}) · ${status} · since ${since}`,
    ...roleLines(team, incident, now),
    handoverLine(team, incident, person, now),
    ...(channel ? [`[#${channel.name}](channel:${channel.id})`] : []),
  ].join('\n');
}

function roleLines(team: Team, { roles }: Incident, now: number): string[] {
  return ROLES.flatMap((role) => {
    const holder = roles[role];
    if (!holder) return [];
    const member = memberById(team, holder);
    const duty = member ? describeDuty(member, new Date(now), overridesOf(team)) : undefined;
    return [`${team.roles[role].label}: ${mention(holder)}${duty ? ` · ${duty.local} · ${duty.state}` : ''}`];
  });
}

function handoverLine(team: Team, incident: Incident, person: Person, now: number): string {
  const ends = involved(team, incident, person).flatMap((other) => {
    const end = dayEndNear(other, now, HANDOVER_MS, overridesOf(team));
    if (end === undefined) return [];
    const verb = end <= now ? 'ended' : 'ends';
    return [
      `${mention(personIdOf(other))}, whose day ${verb} at ${clockTime(end, person.timezone)} your time`,
    ];
  });
  return ends.length > 0 ? `Handing over: ${listed(ends)}` : 'Nobody’s day ends near the start of yours.';
}

/** Role holders first, then those who took part, then the others of the person's rosters. */
function involved(team: Team, incident: Incident, person: Person): Person[] {
  const holders = ROLES.flatMap((role) => incident.roles[role] ?? []);
  const known = [...holders, ...incident.people].flatMap((id) => memberById(team, id) ?? []);
  const mates = Object.values(team.rosters)
    .filter(({ members }) => members.includes(person.name))
    .flatMap(({ members }) => members)
    .flatMap((name) => team.people.find((candidate) => candidate.name === name) ?? []);
  return [...new Set([...known, ...mates])].filter((other) => other !== person);
}

function overridesOf(team: Team): Override[] {
  return Object.values(team.rosters).flatMap(({ overrides }) => overrides);
}
