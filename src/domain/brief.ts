import { dayAndTime, duration } from './clock-words.ts';
import type { Incident } from './incident.ts';
import { nameOf } from './people.ts';
import { asTyped, listed, mention } from './sentence.ts';
import type { Team } from './team.ts';
import type { Entry } from './timeline.ts';
import type { Instant, Role } from './words.ts';

/** Lines of the timeline that the next person needs most. */
const LATEST = 3;

/** What the next holder of a role must know, from facts alone; product.md: status, impact, last update, open work. */
export function writeBrief(
  incident: Incident,
  role: Role,
  entries: readonly Entry[],
  team: Team,
  now: Instant,
): string {
  const zone = team.timezone;
  const { start } = incident.impact;
  const since = start?.at ?? incident.declaredAt;
  const lines = [
    `**${asTyped(incident.title)}**: ${incident.severity} ${asTyped(team.severities[incident.severity].label)}, ${incident.status}.`,
    `**Impact:** ${start ? 'users hurt' : 'declared'} since ${dayAndTime(since, zone)}${start?.approximate ? ' (approximate)' : ''}, ${duration(now - since)} so far.`,
    `**Told outside:** ${updateWords(incident, zone)}`,
    `**Here:** ${listed(incident.people.map(mention))}.`,
  ];
  const latest = entries
    .filter((entry) => !entry.removed && !entry.bookkeeping && entry.moment.at <= now)
    .slice(-LATEST)
    .map((entry) => `• ${dayAndTime(entry.moment.at, zone)}: ${firstLine(entry.content.text)}`);
  if (latest.length > 0) lines.push(`**Latest:**\n${latest.join('\n')}`);
  const open = incident.actions.filter((item) => !item.done && !item.withdrawn);
  if (open.length > 0) lines.push(`**Action items:** ${open.length} open.`);
  const holder = incident.roles[role];
  if (holder) lines.push(`**Until now:** ${mention(holder)}${zoneNote(team, holder, now)}.`);
  return lines.join('\n');
}

function updateWords(incident: Incident, zone: string): string {
  const { count, lastAt } = incident.updates;
  if (lastAt === undefined) return 'nobody yet.';
  return `last at ${dayAndTime(lastAt, zone)}, ${count === 1 ? 'once' : `${count} times`} so far.`;
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return [...line].length > 160 ? `${[...line].slice(0, 159).join('')}…` : line;
}

function zoneNote(team: Team, id: string, now: Instant): string {
  const member = team.people.find((person) => person.name === nameOf(team, id));
  return member ? ` (their time is ${dayAndTime(now, member.timezone)})` : '';
}
