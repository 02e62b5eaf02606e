import type { KnownBlock } from '@slack/web-api';
import { dayAndTime } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { isOpen, isPermitted } from '../../domain/permitted.ts';
import { asTyped, listed, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import { incidentName, type Moment, ROLES } from '../../domain/words.ts';
import { ACTIONS, encodeValue } from '../ids.ts';
import { actions, type Button, button, context, header, type SlackContent, section } from './blocks.ts';

/** The pinned card: what is the matter, who does what, what is still missing. */
export function card(incident: Incident, team: Team): SlackContent {
  const name = incidentName(incident.number);
  const buttons = cardButtons(incident);
  const blocks: KnownBlock[] = [
    header(`${name} ${incident.title}`),
    section(`**${severityWords(incident, team)}** · ${statusWords(incident)}\n${timesLine(incident, team)}`),
    section(rolesLines(incident, team)),
    section(startConditions(incident, team)),
  ];
  const afterwards = afterwardsLine(incident);
  if (afterwards) blocks.push(section(afterwards));
  blocks.push(context(HOW_TO));
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return { text: `${name} ${incident.title}: ${severityWords(incident, team)}, ${incident.status}`, blocks };
}

const HOW_TO =
  'React 📌 to keep a message in the timeline · 🔨 action item · 💡 lesson · 📣 an update that went out. `/incident help` has the rest.';

export function severityWords(incident: Incident, team: Team): string {
  const label = team.severities[incident.severity].label;
  return label ? `${incident.severity} ${asTyped(label)}` : incident.severity;
}

const STATUS_MARKS: Record<Incident['status'], string> = {
  investigating: '🔴',
  identified: '🟠',
  monitoring: '🟡',
  resolved: '🟢',
  closed: '⚪',
  cancelled: '⚪',
  merged: '⚪',
};

export function statusWords(incident: Incident): string {
  return `${STATUS_MARKS[incident.status]} ${incident.status}`;
}

function timesLine(incident: Incident, team: Team): string {
  const zone = team.timezone;
  const near = (moment: Moment) => momentWords(moment, zone, incident.declaredAt);
  const parts = [`Declared ${dayAndTime(incident.declaredAt, zone)}`];
  const { start, end } = incident.impact;
  if (start) parts.push(`users hurt from ${near(start)}${end ? ` to ${near(end)}` : ''}`);
  if (incident.resolvedAt !== undefined) parts.push(`resolved ${near({ at: incident.resolvedAt })}`);
  return parts.join(' · ');
}

function rolesLines(incident: Incident, team: Team): string {
  return ROLES.flatMap((role) => {
    const holder = incident.roles[role];
    const offered = Object.values(incident.handoffs).find(
      (handoff) => handoff.role === role && handoff.state === 'offered',
    );
    if (!holder && !offered && role === 'scribe') return [];
    const waiting = offered ? ` (offered to ${mention(offered.to)})` : '';
    return [`**${team.roles[role].label}:** ${holder ? mention(holder) : 'nobody yet'}${waiting}`];
  }).join('\n');
}

/** The four things that make an incident started; teams.md: the rule of 2i2c. */
function startConditions(incident: Incident, team: Team): string {
  const pages = Object.values(incident.pages);
  const acknowledged = pages.find((page) => page.state === 'acknowledged');
  const clock = (at: number) => momentWords({ at }, team.timezone, incident.declaredAt);
  const first = pages[0];
  const checks = [
    first
      ? `☑ paged: ${listed([...new Set(pages.map((page) => mention(page.person)))])}, ${clock(first.pagedAt)}${proof(incident)}`
      : '☐ paged',
    acknowledged?.settledAt === undefined
      ? '☐ acknowledged'
      : `☑ acknowledged ${clock(acknowledged.settledAt)} by ${
          acknowledged.settledBy?.kind === 'person'
            ? mention(acknowledged.settledBy.id)
            : mention(acknowledged.person)
        }`,
    '☑ channel open',
    incident.updates.firstAt === undefined
      ? '☐ community told'
      : `☑ community told ${clock(incident.updates.firstAt)}`,
  ];
  return checks.join('\n');
}

/** Which ways the last page went out by, and which failed. */
function proof(incident: Incident): string {
  const page = Object.values(incident.pages).at(-1);
  if (!page) return '';
  const ways = [
    ...page.sent.map(({ via }) => `${NAMES[via]} ✓`),
    ...page.failed
      .filter(({ via }) => !page.sent.some((sent) => sent.via === via))
      .map(({ via }) => `${NAMES[via]} failed`),
  ];
  return ways.length > 0 ? ` (${ways.join(', ')})` : '';
}

const NAMES = { slack: 'Slack', pagerduty: 'PagerDuty' };

function afterwardsLine(incident: Incident): string | undefined {
  const actionItems = incident.actions.filter((item) => !item.withdrawn);
  const lessons = incident.lessons.filter((lesson) => !lesson.withdrawn);
  const parts = [
    actionItems.length > 0 ? `🔨 ${counted(actionItems.length, 'action item')}` : undefined,
    lessons.length > 0 ? `💡 ${counted(lessons.length, 'lesson')}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function cardButtons(incident: Incident): Button[] {
  const value = encodeValue(incident.number);
  const buttons: Button[] = [];
  const techLeadHere = incident.roles['tech-lead'] !== undefined;
  if (isOpen(incident) && !techLeadHere)
    buttons.push(button('📟 Page tech lead', ACTIONS.pageTechLead, value));
  if (isPermitted(incident, 'assign') && !incident.roles.communications) {
    buttons.push(button('I take communications', ACTIONS.takeCommunications, value));
  }
  buttons.push(
    button('Timeline', ACTIONS.showTimeline, value),
    button('Who is awake', ACTIONS.showWho, value),
  );
  if (isPermitted(incident, 'resolve')) buttons.push(button('Resolve', ACTIONS.resolve, value, 'primary'));
  if (isPermitted(incident, 'reopen')) buttons.push(button('Reopen', ACTIONS.reopen, value));
  return buttons;
}
