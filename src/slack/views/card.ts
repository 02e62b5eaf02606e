import type { KnownBlock } from '@slack/web-api';
import { dayAndTime, duration } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { momentWords } from '../../domain/moment-words.ts';
import { isOpen, isPermitted } from '../../domain/permitted.ts';
import { daySaid, stateOf } from '../../domain/retrospective.ts';
import { roleLabel, rolesOf } from '../../domain/role-names.ts';
import { heldSince, standingOffer, tenuresOf } from '../../domain/role-state.ts';
import { asTyped, counted, mention } from '../../domain/sentence.ts';
import { startConditions, startedAt } from '../../domain/start-conditions.ts';
import type { Team } from '../../domain/team.ts';
import { dueWords } from '../../domain/update-clock.ts';
import { incidentName, type Moment, type Role } from '../../domain/words.ts';
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
  ];
  const start = startLines(incident, team);
  if (start) blocks.push(section(start));
  const due = dueWords(incident, team);
  if (due) blocks.push(context(`📣 ${due}`));
  const afterwards = afterwardsLine(incident);
  if (afterwards) blocks.push(section(afterwards));
  blocks.push(context(incident.retrospective && isOpen(incident) ? HOW_TO_WRITE_DOWN : HOW_TO));
  if (buttons.length > 0) blocks.push(actions(...buttons));
  return {
    text: `${name} ${incident.title}: ${severityWords(incident, team)}, ${stateOf(incident)}`,
    blocks,
  };
}

const HOW_TO =
  'React 📌 to keep a message in the timeline · 🔨 action item · 💡 lesson · 📣 an update that went out. `/incident help` has the rest.';

const HOW_TO_WRITE_DOWN =
  '`/incident impact start 2025-08-12 17:00` and `/incident log 2025-08-12 17:32 pods are gone` say when it was; 📌 on a message keeps it at its own time; `/incident resolve` makes the report.';

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
  const mark = incident.retrospective && isOpen(incident) ? '📝' : STATUS_MARKS[incident.status];
  return `${mark} ${stateOf(incident)}`;
}

function timesLine(incident: Incident, team: Team): string {
  const zone = team.timezone;
  const near = (moment: Moment) => momentWords(moment, zone, daySaid(incident, incident.declaredAt));
  const begun = incident.retrospective ? 'Nobody is paged or told; written down since' : 'Declared';
  const parts = [`${begun} ${dayAndTime(incident.declaredAt, zone)}`];
  const { start, end } = incident.impact;
  if (start) parts.push(`users hurt from ${near(start)}${end ? ` to ${near(end)}` : ''}`);
  const resolvedAt = incident.retrospective ? incident.overAt : incident.resolvedAt;
  if (resolvedAt !== undefined) parts.push(`resolved ${near({ at: resolvedAt })}`);
  return parts.join(' · ');
}

/** Who holds what since when, who had it before, and who is asked to take it. */
function rolesLines(incident: Incident, team: Team): string {
  const clock = (at: number) => momentWords({ at }, team.report.timezone, incident.declaredAt);
  return rolesOf(team, incident)
    .flatMap((role) => {
      const holder = incident.roles[role];
      const offered = standingOffer(incident, role);
      if (!holder && !offered && !CALLED_FOR.includes(role)) return [];
      const since = heldSince(incident, role);
      const from = since === undefined || since === incident.declaredAt ? '' : ` since ${clock(since)}`;
      const until = offered?.dueAt === undefined ? '' : ` until ${clock(offered.dueAt)}`;
      const waiting = offered ? ` (offered to ${mention(offered.to)}${until})` : '';
      const label = `**${asTyped(roleLabel(team, role))}:**`;
      const gone = incident.left?.includes(holder ?? '') ? ' (left the channel)' : '';
      return [
        `${label} ${holder ? mention(holder) : 'nobody yet'}${gone}${from}${formerWords(incident, role, clock)}${waiting}`,
      ];
    })
    .join('\n');
}

/** Shown also while nobody holds them. */
const CALLED_FOR: readonly Role[] = ['responder', 'communications', 'tech-lead'];
const FORMER_SHOWN = 2;

function formerWords(incident: Incident, role: Role, clock: (at: number) => string): string {
  const former = tenuresOf(incident, role).filter(({ to }) => to !== undefined);
  const shown = former
    .slice(-FORMER_SHOWN)
    .map(({ person, to = 0 }) => `${mention(person)} until ${clock(to)}`);
  return shown.length > 0 ? `, before: ${shown.join(', ')}` : '';
}

/** What makes an incident started by the team's rule, as it stands. */
function startLines(incident: Incident, team: Team): string | undefined {
  const conditions = startConditions(incident, team);
  if (conditions.length === 0 || incident.retrospective) return undefined;
  const clock = (at: number) => momentWords({ at }, team.report.timezone, incident.declaredAt);
  const lines = conditions.map(({ name, label, met }) => {
    if (!met) return `☐ ${asTyped(label)}`;
    const who = met.who ? ` by ${met.who}` : '';
    return name === 'paged'
      ? `☑ ${asTyped(label)}: ${met.who}, ${clock(met.at)}${proof(incident)}`
      : `☑ ${asTyped(label)} ${clock(met.at)}${who}`;
  });
  const started = startedAt(conditions);
  if (started === undefined) return lines.join('\n');
  const after = duration(Math.max(0, started - incident.declaredAt));
  return [...lines, `Started by your rule ${clock(started)}, ${after} after it was declared.`].join('\n');
}

/** Which ways the last page went out by, and which failed. */
function proof(incident: Incident): string {
  const page = Object.values(incident.pages).at(-1);
  if (!page) return '';
  const ways = [
    ...page.sent.map(
      ({ via }) => `${NAMES[via]} ✓${via === 'pagerduty' && page.rangAt !== undefined ? ' notified' : ''}`,
    ),
    ...page.failed
      .filter(({ via }) => !page.sent.some((sent) => sent.via === via))
      .map(({ via }) => `${NAMES[via]} failed`),
    ...(page.takenOverAt === undefined ? [] : ['escalation policy called']),
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

function cardButtons(incident: Incident): Button[] {
  const value = encodeValue(incident.number);
  const buttons: Button[] = [];
  const techLeadHere = incident.roles['tech-lead'] !== undefined;
  if (isPermitted(incident, 'page') && !techLeadHere)
    buttons.push(button('📟 Page tech lead', ACTIONS.pageTechLead, value));
  if (isPermitted(incident, 'assign') && !incident.roles.communications) {
    buttons.push(button('I take communications', ACTIONS.takeCommunications, value));
  }
  if (isPermitted(incident, 'handoff')) buttons.push(button('🤝 Hand over', ACTIONS.openHandoff, value));
  if (isPermitted(incident, 'assign')) buttons.push(button('Roles', ACTIONS.openRoles, value));
  if (isPermitted(incident, 'update')) buttons.push(button('Write an update', ACTIONS.writeUpdate, value));
  buttons.push(
    button('Catch me up', ACTIONS.catchUp, value),
    button('Timeline', ACTIONS.showTimeline, value),
    button('Who is awake', ACTIONS.showWho, value),
  );
  if (isPermitted(incident, 'resolve')) buttons.push(button('Resolve', ACTIONS.resolve, value, 'primary'));
  if (isPermitted(incident, 'merge')) buttons.push(button('Duplicate of …', ACTIONS.openMerge, value));
  if (isPermitted(incident, 'reopen')) buttons.push(button('Reopen', ACTIONS.reopen, value));
  buttons.push(button('More …', ACTIONS.showMenu, value));
  return buttons;
}
