import { followsUp } from '../case/importer.ts';
import { clockTime, duration } from '../clock-words.ts';
import type { Incident } from '../incident.ts';
import { escapeLine } from '../markdown.ts';
import { POLICY } from '../paging-state.ts';
import { isOpen } from '../permitted.ts';
import type { Entry } from '../timeline.ts';
import type { Callings } from './callings.ts';
import { firstSigns } from './first-signs.ts';
import { dateWords } from './report-clock.ts';
import type { ReportTeam } from './report-team.ts';
import { onlySaysItIsOver } from './told-acts.ts';

const TELLS_OF_END: ReadonlySet<Entry['kind']> = new Set(['message', 'status', 'update', 'note']);

/** What the summary and the resolution are made of when nobody has written them. */
export interface Story {
  incident: Incident;
  entries: readonly Entry[];
  /** Without a date before it. */
  title: string;
  zone: string;
  team: ReportTeam;
  callings: Callings;
  /** Impact start to end; absent where it is not known. */
  lastedMs?: number;
}

/** A summary of facts only: what, when, how long, who noticed, who was paged, when the community was told. */
export function factualSummary(story: Story): string {
  return [whatAndWhen(story), noticed(story), paged(story), told(story)]
    .filter((part) => part !== '')
    .join(' ');
}

function whatAndWhen({ incident, title, zone, team, lastedMs }: Story): string {
  const label = team.severities[incident.severity]?.label;
  const severity = label ? `${incident.severity}, ${label}` : incident.severity;
  const what = escapeLine(incident.written?.severityUnknown ? title : `${title} (${severity})`);
  const { start } = incident.impact;
  if (!start) {
    const at = incident.declaredAt;
    const began = incident.retrospective ? 'first on record' : 'declared';
    return `${what}: ${began} on ${dateWords(at, zone)} at ${clockTime(at, zone)}; when users were first affected is not known.`;
  }
  const about = start.approximate ? 'ca. ' : '';
  const open = incident.retrospective ? 'when it ended is not known' : 'it is not over yet';
  const lasted = lastedMs === undefined ? open : `it lasted ${about}${duration(lastedMs)}`;
  return `${what}: users were affected from ${dateWords(start.at, zone)}, ${about}${clockTime(start.at, zone)}; ${lasted}.`;
}

/** Pain of every team: found late, or by people first. So it says who was first, and by how much. */
function noticed({ incident, entries }: Story): string {
  const { alert, people } = firstSigns(incident, entries);
  if (alert === undefined) return people === undefined ? '' : 'People noticed it; no alert is on record.';
  if (people === undefined || alert <= people) return 'Monitoring noticed it first.';
  const ahead = alert - people;
  return ahead < 60_000 ? '' : `People noticed it ${minutes(ahead)} before monitoring did.`;
}

function paged({ incident, callings, zone }: Story): string {
  const pages = Object.values(incident.pages).sort((a, b) => a.pagedAt - b.pagedAt);
  const page = pages.find(({ state }) => state === 'acknowledged') ?? pages[0];
  if (!page) return '';
  const whom = page.policy === undefined ? callings.person(page.person) : POLICY;
  const who = `${escapeLine(whom)} was paged at ${clockTime(page.pagedAt, zone)}`;
  if (page.state !== 'acknowledged' || page.settledAt === undefined) return `${who}; no answer is on record.`;
  return `${who} and acknowledged after ${minutes(page.settledAt - page.pagedAt)}.`;
}

function told({ incident, zone }: Story): string {
  const at = incident.updates.firstAt;
  return at === undefined ? '' : `The community was first told at ${clockTime(at, zone)}.`;
}

function minutes(ms: number): string {
  const count = Math.max(0, Math.round(ms / 60_000));
  if (count >= 60) return duration(ms);
  return count === 1 ? '1 minute' : `${count} minutes`;
}

/** The resolution when nobody has written one: when it was resolved, and by whom if that was a person. */
export function factualResolution({ incident, callings, zone }: Story): string {
  if (incident.status === 'cancelled') return 'Cancelled: a false alarm.';
  const { resolvedAt, resolvedBy } = incident;
  if (resolvedAt === undefined) {
    const isOver = incident.retrospective && !isOpen(incident);
    return isOver ? 'When it was resolved is not known.' : 'Not resolved yet.';
  }
  const by = resolvedBy?.kind === 'person' ? ` by ${escapeLine(callings.person(resolvedBy.id, 'by '))}` : '';
  return `Resolved on ${dateWords(resolvedAt, zone)} at ${clockTime(resolvedAt, zone)}${by}.`;
}

/** What people wrote down last in the minute in which it was resolved. What somebody said or showed is no resolution. */
export function lastWordsBefore(
  entries: readonly Entry[],
  resolvedAt: number | undefined,
): Entry | undefined {
  if (resolvedAt === undefined) return undefined;
  const minute = Math.floor(resolvedAt / 60_000);
  return entries.findLast(
    (entry) =>
      !followsUp(entry) &&
      Math.floor(entry.moment.at / 60_000) === minute &&
      entry.origin !== 'daywatch' &&
      TELLS_OF_END.has(entry.kind) &&
      !onlySaysItIsOver(entry.content.text) &&
      !entry.content.quote &&
      entry.content.code === undefined,
  );
}
