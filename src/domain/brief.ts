import { dayAndTime, duration } from './clock-words.ts';
import type { Incident } from './incident.ts';
import { describeDuty } from './on-duty/describe-duty.ts';
import { memberById, overridesOfTeam } from './people.ts';
import { asTyped, listed, mention } from './sentence.ts';
import type { Team } from './team.ts';
import type { Entry } from './timeline.ts';
import { nextUpdateDue } from './update-clock.ts';
import type { EntryKind, Instant, PersonId, Role } from './words.ts';

/** Lines of each part that the next person reads at once; the timeline has the rest. */
const LATEST = 4;
const QUESTIONS = 3;
const ITEMS = 3;
const LINE_MAX = 160;

/** What people did and saw; what Daywatch writes itself is told in other parts of the brief. */
const TRIED: readonly EntryKind[] = ['message', 'note', 'report', 'alert'];

export interface BriefInput {
  incident: Incident;
  role: Role;
  entries: readonly Entry[];
  team: Team;
  now: Instant;
  /** How a person is called in it; as a mention unless said otherwise. */
  call?: (person: PersonId) => string;
  /** What whoever hands over adds. */
  note?: string;
}

/** What the next holder of a role must know, from facts alone, in Markdown. */
export function writeBrief(input: BriefInput): string {
  const { incident, entries, team, now, note, call = mention } = input;
  const zone = team.timezone;
  const { start } = incident.impact;
  const since = start?.at ?? incident.declaredAt;
  const told = entries.filter((entry) => !entry.removed && !entry.bookkeeping && entry.moment.at <= now);
  const tried = told.filter(({ kind, origin }) => origin !== 'daywatch' && TRIED.includes(kind));
  return [
    `**${asTyped(incident.title)}**: ${incident.severity} ${asTyped(team.severities[incident.severity].label)}, ${incident.status}.`,
    start
      ? `**Impact:** users hurt since ${dayAndTime(since, zone)}${start.approximate ? ' (approximate)' : ''}, ${duration(now - since)} so far.`
      : `**Impact:** since when users are hurt is not known; declared ${dayAndTime(since, zone)}, ${duration(now - since)} ago.`,
    ...part('Tried so far', tried.slice(-LATEST).map(entryLine(zone))),
    ...updateLines(input, told),
    ...part('Open questions', openQuestions(input, told)),
    ...actionLines(incident),
    ...hereLines(input, call),
    ...(note ? [`**Note:** ${note}`] : []),
  ].join('\n');
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [`**${title}:**\n${lines.join('\n')}`] : [];
}

function entryLine(zone: string): (entry: Entry) => string {
  return ({ moment, content }) => `• ${dayAndTime(moment.at, zone)}: ${firstLine(content.text)}`;
}

function updateLines({ incident, team, now }: BriefInput, told: readonly Entry[]): string[] {
  const zone = team.timezone;
  const { count, lastAt } = incident.updates;
  const due = nextUpdateDue(incident, team);
  const late = due && due.dueAt < now ? `, **${duration(now - due.dueAt)} late**` : '';
  const promised = due?.kind === 'promised' ? ', as promised' : '';
  const next = due ? ` Next due ${dayAndTime(due.dueAt, zone)}${promised}${late}.` : '';
  if (lastAt === undefined) return [`**Told outside:** nobody yet.${next}`];
  const last = told.findLast(({ kind }) => kind === 'update');
  const words = last ? ` “${firstLine(last.content.text)}”` : '';
  const often = count === 1 ? 'once' : `${count} times`;
  return [`**Told outside:** ${often}, last at ${dayAndTime(lastAt, zone)}.${words}${next}`];
}

/** What people asked in the last lines, and pages that nobody has answered. */
function openQuestions({ incident, team }: BriefInput, told: readonly Entry[]): string[] {
  const asked = told
    .filter(({ content, origin }) => origin !== 'daywatch' && /\?["”’)*_\s]*$/.test(content.text))
    .slice(-QUESTIONS)
    .map(entryLine(team.timezone));
  const waiting = Object.values(incident.pages)
    .filter(({ state }) => state === 'waiting')
    .map(
      ({ person, pagedAt }) =>
        `• ${mention(person)} was paged ${dayAndTime(pagedAt, team.timezone)} and has not answered.`,
    );
  return [...asked, ...waiting];
}

function actionLines({ actions }: Incident): string[] {
  const open = actions.filter((item) => !item.done && !item.withdrawn);
  if (open.length === 0) return [];
  const shown = open.slice(0, ITEMS).map(({ title }) => `• ${firstLine(title)}`);
  const more = open.length > ITEMS ? [`• … and ${open.length - ITEMS} more`] : [];
  return part(`Action items, ${open.length} open`, [...shown, ...more]);
}

/** Who is here, and until when; the holder first. */
function hereLines({ incident, role, team, now }: BriefInput, call: (person: PersonId) => string): string[] {
  const holder = incident.roles[role];
  const times = (id: PersonId) => {
    const member = memberById(team, id);
    if (!member) return '';
    const { local, state } = describeDuty(member, new Date(now), overridesOfTeam(team));
    return ` (${local}, ${state})`;
  };
  const others = incident.people.filter((id) => id !== holder && !incident.left?.includes(id));
  return [
    ...(holder ? [`**Until now:** ${call(holder)}${times(holder)}.`] : []),
    ...(others.length > 0 ? [`**Here:** ${listed(others.map((id) => `${call(id)}${times(id)}`))}.`] : []),
  ];
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return [...line].length > LINE_MAX ? `${[...line].slice(0, LINE_MAX - 1).join('')}…` : line;
}
