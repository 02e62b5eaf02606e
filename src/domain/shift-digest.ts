import { clockTime, dayAndTime, dayWords, duration, hourMinute, localDate } from './clock-words.ts';
import { type Incident, isHere } from './incident.ts';
import { describeDuty } from './on-duty/describe-duty.ts';
import { dayEndNear } from './on-duty/shift.ts';
import { memberById, overridesOfTeam, personIdOf } from './people.ts';
import { isOpen } from './permitted.ts';
import { roleLabel, rolesOf } from './role-names.ts';
import { asTyped, listed, mention } from './sentence.ts';
import type { Person, Team } from './team.ts';
import type { Entry } from './timeline.ts';
import { type Instant, incidentName, type PersonId, SEVERITIES } from './words.ts';
import { HOUR_MS } from './zone-offsets.ts';

/** Whose day ends this near to the start of another's hands over. */
const HANDOVER_MS = 3 * HOUR_MS;
const INCIDENTS_SHOWN = 5;
const LINES_SHOWN = 3;
const LINE_MAX = 140;

/** Somebody whose day starts, and what they have not seen: from the end of their last day to the start of this one. */
export interface Newcomer {
  person: Person;
  since: Instant;
  start: Instant;
  /** Whether they are of a roster: those are told of every serious incident that is open. */
  inRoster: boolean;
}

/** What happened in an incident meanwhile. */
export interface Slept {
  incident: Incident;
  entries: readonly Entry[];
}

/**
 * What of an incident somebody slept through; nothing where it is no business of theirs, or nothing happened. To people
 * of a roster a serious one that is open is told after a silent night too.
 */
export function sleptThrough(
  incident: Incident,
  entries: readonly Entry[],
  { person, since, start, inRoster }: Newcomer,
): Slept | undefined {
  const id = personIdOf(person);
  if (!concerns(incident, id, inRoster) || incident.declaredAt >= start) return undefined;
  if (isPagedThen(incident, id, start)) return undefined;
  const missed = entries.filter((entry) => {
    const told = entry.recordedAt > since && entry.recordedAt <= start;
    return told && !entry.removed && !entry.bookkeeping && !isOwn(entry, id);
  });
  return missed.length > 0 || (inRoster && isPressing(incident)) ? { incident, entries: missed } : undefined;
}

/** An incident that somebody takes part in, or a serious open one that their roster is for; never a private one of others, nor a retrospective. */
function concerns(incident: Incident, person: PersonId, inRoster: boolean): boolean {
  if (incident.retrospective) return false;
  if (isHere(incident, person)) return true;
  return !incident.private && inRoster && isPressing(incident);
}

function isPressing(incident: Incident): boolean {
  return isOpen(incident) && ['sev1', 'sev2'].includes(incident.severity);
}

/** A page says all that a note would. */
function isPagedThen({ pages }: Incident, person: PersonId, start: Instant): boolean {
  return Object.values(pages).some((page) => page.person === person && page.pagedAt >= start);
}

/** A ladder takes a step as that day starts: whom it pages is known once it has. */
export function awaitsStart({ ladders }: Incident, start: Instant): boolean {
  return Object.values(ladders).some(({ waitsUntil }) => waitsUntil === start);
}

function isOwn({ recordedBy }: Entry, person: PersonId): boolean {
  return recordedBy.kind === 'person' && recordedBy.id === person;
}

/** The most pressing first: open before over, by severity, the newest. */
export function byUrgency(a: Slept, b: Slept): number {
  const rank = ({ incident }: Slept) =>
    (isOpen(incident) ? 0 : SEVERITIES.length) + SEVERITIES.indexOf(incident.severity);
  return rank(a) - rank(b) || b.incident.number - a.incident.number;
}

/** What somebody reads as their day starts, in Markdown and in their own time. */
export function shiftDigest(team: Team, newcomer: Newcomer, slept: readonly Slept[], now: Instant): string {
  const { person, since } = newcomer;
  const parts = slept
    .slice(0, INCIDENTS_SHOWN)
    .map((one) => incidentLines(team, one, newcomer, now).join('\n'));
  const more =
    slept.length > INCIDENTS_SHOWN
      ? [`… and ${slept.length - INCIDENTS_SHOWN} more: \`/incident list\``]
      : [];
  return [`🌅 **While you slept**, since ${dayAndTime(since, person.timezone)}:`, ...parts, ...more].join(
    '\n\n',
  );
}

function incidentLines(
  team: Team,
  { incident, entries }: Slept,
  { person }: Newcomer,
  now: Instant,
): string[] {
  const { severity, status, declaredAt, channel } = incident;
  const zone = person.timezone;
  const where = channel ? ` [#${channel.name}](channel:${channel.id})` : '';
  const label = asTyped(team.severities[severity].label);
  const since = isOpen(incident)
    ? `since ${dayAndTime(declaredAt, zone)}, ${duration(now - declaredAt)} ago`
    : `declared ${dayAndTime(declaredAt, zone)}`;
  return [
    `**${incidentName(incident.number)} ${asTyped(incident.title)}**${where}`,
    `${severity} (${label}) · ${status} · ${since}`,
    ...(isOpen(incident)
      ? [...roleLines(team, incident, now), handoverLine(team, incident, person, now)]
      : []),
    ...entryLines(entries, zone, now),
  ];
}

function entryLines(entries: readonly Entry[], zone: string, now: Instant): string[] {
  if (entries.length === 0) return ['Nothing new since then.'];
  const shown = entries.slice(-LINES_SHOWN).map(({ moment, content }) => {
    const today = localDate(moment.at, zone) === localDate(now, zone);
    const day = today ? '' : `${dayWords(moment.at, zone)} `;
    return `• ${day}${hourMinute(moment.at, zone)} ${firstLine(content.text)}`;
  });
  const hidden = entries.length - shown.length;
  return hidden > 0 ? [`• ${hidden} earlier ${hidden === 1 ? 'line' : 'lines'}; then:`, ...shown] : shown;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return [...line].length > LINE_MAX ? `${[...line].slice(0, LINE_MAX - 1).join('')}…` : line;
}

function roleLines(team: Team, incident: Incident, now: Instant): string[] {
  return rolesOf(team, incident).flatMap((role) => {
    const holder = incident.roles[role];
    if (!holder) return [];
    const member = memberById(team, holder);
    const duty = member ? describeDuty(member, new Date(now), overridesOfTeam(team)) : undefined;
    const times = duty ? ` · ${duty.local} · ${duty.state}` : '';
    return [`${asTyped(roleLabel(team, role))}: ${mention(holder)}${times}`];
  });
}

function handoverLine(team: Team, incident: Incident, person: Person, now: Instant): string {
  const ends = involved(team, incident, person).flatMap((other) => {
    const end = dayEndNear(other, now, HANDOVER_MS, overridesOfTeam(team));
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
  const holders = rolesOf(team, incident).flatMap((role) => incident.roles[role] ?? []);
  const known = [...holders, ...incident.people].flatMap((id) => memberById(team, id) ?? []);
  const mates = Object.values(team.rosters)
    .filter(({ members }) => members.includes(person.name))
    .flatMap(({ members }) => members)
    .flatMap((name) => team.people.find((candidate) => candidate.name === name) ?? []);
  return [...new Set([...known, ...mates])].filter((other) => other !== person);
}
