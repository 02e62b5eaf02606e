import { clockTime, dayAndTime, localDate } from '../clock-words.ts';
import type { Incident } from '../incident.ts';
import { escapeLine, parseMarkdown } from '../markdown.ts';
import { isOpen } from '../permitted.ts';
import type { Entry } from '../timeline.ts';
import { incidentName } from '../words.ts';
import type { Audience, WrittenUpdate } from '../written-updates.ts';
import { ownNames, publicCallings } from './callings.ts';
import { calmMarkdown, mentionedIn } from './people-text.ts';
import type { ReportNames, ReportTeam } from './report-team.ts';
import { bareTitle } from './report-title.ts';

/** What the words of an update are made of. */
export interface UpdateInput {
  incident: Incident;
  update: WrittenUpdate;
  entries: readonly Entry[];
  team: ReportTeam & { name: string };
  names: ReportNames;
  audience: Audience;
  recipient?: string;
  /** IANA zone of its times. */
  zone: string;
}

/** Everything that a template of updates can use. What people wrote is Markdown that cannot leave its place. */
export interface UpdateModel {
  /** `INC-12` */
  name: string;
  /** In one line, for headings. */
  title: string;
  /** The affected service, or nothing. */
  service: string;
  /** The label of the severity: `Outage`. */
  severity: string;
  status: string;
  /** It is resolved. */
  over: boolean;
  /** `2i2c` */
  team: string;
  /** The community or stakeholder whom this one is for, or nothing. */
  recipient: string;
  /** `1` for the first update. */
  number: string;
  first: boolean;
  /** These are other words for what was sent before. */
  correction: boolean;
  /** Markdown blocks; the last two may be nothing. */
  state: string;
  tried: string;
  next: string;
  /** When it was written, and when the next is promised: `19:15 BST (18:15 UTC)`, or nothing. */
  at: string;
  nextAt: string;
}

/** Those beyond the team read of people by their role, and so do all who read a public page. */
export function updateModel(input: UpdateInput): UpdateModel {
  const { incident, update, team, zone } = input;
  const { state, tried, next } = update.words;
  const callings = callingsFor(input);
  const calm = (text: string | undefined) => (text ? calmMarkdown(text, callings).trim() : '');
  const line = (text: string) => escapeLine(callings.inWords(text));
  return {
    name: incidentName(incident.number),
    title: line(bareTitle(incident.title)),
    service: incident.service === undefined ? '' : line(incident.service),
    severity: line(team.severities[incident.severity]?.label ?? incident.severity),
    status: incident.status,
    over: !isOpen(incident),
    team: line(team.name),
    recipient: input.recipient === undefined ? '' : line(input.recipient),
    number: update.id,
    first: update.id === '1',
    correction: update.version > 1,
    state: calm(state),
    tried: calm(tried),
    next: calm(next),
    at: timeWords(update.at, zone, update.at),
    nextAt: update.nextAt === undefined ? '' : timeWords(update.nextAt, zone, update.at),
  };
}

function callingsFor({ incident, update, entries, team, names, audience }: UpdateInput) {
  if (audience === 'announcements') return ownNames(names);
  const texts = Object.values(update.words).filter((text) => typeof text === 'string');
  const mentioned = texts.flatMap((text) => mentionedIn(parseMarkdown(text)));
  return publicCallings({ incident, entries, mentioned, team, names });
}

/** Readers live anywhere, so the hour of UTC stands beside the team's. */
function timeWords(at: number, zone: string, near: number): string {
  const ours = localDate(at, zone) === localDate(near, zone) ? clockTime(at, zone) : dayAndTime(at, zone);
  const utc = clockTime(at, 'UTC');
  return ours.endsWith(utc) ? ours : `${ours} (${utc})`;
}

/** What those outside read of a private incident. */
export function privateWords(incident: Pick<Incident, 'number'>): string {
  const name = `Private incident ${incidentName(incident.number)}`;
  return `# ${name}\n\n${name}: there is an update.\n`;
}
