import { followsUp } from '../case/importer.ts';
import { clockTime, compactDuration, localDate } from '../clock-words.ts';
import type { Incident } from '../incident.ts';
import { escapeLine, parseMarkdown } from '../markdown.ts';
import { createVeil, type Finding } from '../public-form/veil.ts';
import { asTold } from '../retrospective.ts';
import type { Entry } from '../timeline.ts';
import { incidentName, type LessonKind } from '../words.ts';
import { type Callings, ownNames, publicCallings } from './callings.ts';
import { entryLine, entryTree } from './entry-line.ts';
import { courseWords, type FigureWords, figures, figureWords } from './figures.ts';
import { impactEnd, impactLasted } from './impact-lasted.ts';
import { isStory } from './is-story.ts';
import { factualResolution, factualSummary, lastWordsBefore } from './own-words.ts';
import { calmMarkdown, mentionedIn } from './people-text.ts';
import { publicPictures, type ShownPicture } from './public-pictures.ts';
import { actionGroups, type ReportAction, type ReportActionGroup, reportActions } from './report-actions.ts';
import { dateWords, impactRow, zonesWithOffsets } from './report-clock.ts';
import { type ReportSection, reportSections } from './report-sections.ts';
import type { ReportNames, ReportTeam } from './report-team.ts';
import { bareTitle } from './report-title.ts';
import { veiled } from './veiled.ts';

/** What a report is made of. The same input makes the same report. */
export interface ReportInput {
  incident: Incident;
  entries: readonly Entry[];
  team: ReportTeam;
  names: ReportNames;
  /** IANA zone of every time in it. */
  zone: string;
  /** People by role instead of by name, and what must not be public held back. */
  public: boolean;
  /** Secrets that a detector has found in the texts; the rules of the public form find more. */
  secrets?: readonly string[];
  /** Kept files that cannot be shown where the report goes. */
  leftOut?: readonly string[];
  /** The picture of the uptime check, beside the report's file, and its words. */
  chart?: { image: string; alt: string };
}

/** Everything a template needs, as words. What people wrote is Markdown that cannot leave its place. */
export interface ReportModel {
  /** `INC-12` */
  name: string;
  /** As typed, for front matter. */
  title: string;
  /** For headings. */
  titleMarkdown: string;
  /** `2025-08-12` */
  date: string;
  /** `August 12 2025` */
  dateWords: string;
  severity: string;
  status: string;
  /** `Aug 12 at 17:00 to Aug 12 at 18:11` */
  impactTime: string;
  /** `1h 11m`, `17m 6s`, `Unknown` */
  duration: string;
  summary: string;
  resolution: string;
  /** `null` where no uptime check was read. `alt` is Markdown. */
  chart: { image: string; alt: string } | null;
  lessons: Record<LessonKind, string[]>;
  timeline: ReportSection;
  followUp: ReportSection;
  /** `CEST (UTC+2)`, for a report with one line about its times. */
  allZoneOffsets: string;
  hasLessons: boolean;
  actions: ReportAction[];
  actionGroups: ReportActionGroup[];
  figures: FigureWords[];
  /** The known ones of them as sentences; empty where none is known. */
  course: string;
}

/** The model of a report: pure, in one time zone, people called as the form of the report wants it. */
export function reportModel(input: ReportInput): ReportModel {
  return reportWithFindings(input).model;
}

/** The same, with an account of what the public form holds back; the private form holds nothing back. */
export function reportWithFindings(input: ReportInput): {
  model: ReportModel;
  findings: Finding[];
  pictures: ShownPicture[];
} {
  const { team, zone } = input;
  const incident = asTold(input.incident, input.entries);
  const entries = input.entries.filter(isStory);
  const mentioned = () => [
    ...entries.flatMap((entry) => (mayMention(entry.content.text) ? mentionedIn(entryTree(entry)) : [])),
    ...textsOf(incident).flatMap((text) => mentionedIn(parseMarkdown(text))),
  ];
  const veil = createVeil({
    known: input.secrets ?? [],
    kept: incident.shownInPublic ?? [],
    handlesFromOutside: team.report.namesFromOutside,
  });
  const callings = input.public
    ? veiled(publicCallings({ incident, entries, mentioned: mentioned(), team, names: input.names }), veil)
    : ownNames(input.names);

  const pictures = publicPictures(incident, veil, input.leftOut);
  const ofEntries = input.public
    ? { ...callings, picture: pictures.called }
    : { ...callings, lacks: (path: string) => input.leftOut?.includes(path) ?? false };
  const lines = entries
    .map((entry) => {
      veil.at(() => `the entry of ${clockTime(entry.moment.at, zone)}`);
      return { entry, markdown: entryLine(entry, ofEntries, input.public) };
    })
    .filter(({ markdown }) => markdown !== '');
  const begin = incident.impact.start?.at ?? incident.declaredAt;
  const { timeline, followUp } = reportSections(
    {
      timeline: lines.filter(({ entry }) => !followsUp(entry)),
      followUp: lines.filter(({ entry }) => followsUp(entry)),
    },
    zone,
    begin,
  );

  const lasted = impactLasted(incident);
  veil.at(() => 'the title');
  const title = callings.inWords(bareTitle(incident.title));
  const story = {
    ...input,
    incident,
    entries,
    title,
    callings,
    ...(lasted === undefined ? {} : { lastedMs: lasted }),
  };
  veil.at(() => 'the lessons');
  const lessons = lessonsOf(incident, callings);
  veil.at(() => 'the action items');
  const actions = reportActions(incident, callings);
  veil.at(() => 'the summary');
  const summary = written(incident.summary, callings) || factualSummary(story);
  veil.at(() => 'the resolution');
  const resolution =
    written(incident.resolution, callings) ||
    written(lastWordsBefore(entries, incident.resolvedAt)?.content.text, callings) ||
    factualResolution(story);
  const known = figures(incident, entries);
  const model: ReportModel = {
    name: incidentName(incident.number),
    title,
    titleMarkdown: escapeLine(title),
    date: localDate(begin, zone),
    dateWords: dateWords(begin, zone),
    severity: severityWords(incident, team),
    status: incident.status,
    impactTime: impactRow(incident.impact.start, impactEnd(incident), zone),
    duration: durationWords(incident, lasted),
    summary,
    resolution,
    chart: input.chart ? { image: input.chart.image, alt: escapeLine(input.chart.alt) } : null,
    lessons,
    hasLessons: Object.values(lessons).some((texts) => texts.length > 0),
    timeline,
    followUp,
    allZoneOffsets: zonesWithOffsets(
      lines.length > 0 ? lines.map(({ entry }) => entry.moment.at) : [begin],
      zone,
    ),
    actions,
    actionGroups: actionGroups(actions),
    figures: figureWords(known, incident),
    course: courseWords(known, incident),
  };
  return { model, findings: veil.findings(), pictures: pictures.shown };
}

/** Most lines hold no link, and need not be looked through. */
function mayMention(text: string): boolean {
  return text.includes('](') || text.includes('<');
}

function textsOf({ summary, resolution, lessons, actions }: Incident): string[] {
  const all = [summary, resolution, ...lessons.map(({ text }) => text), ...actions.map(({ title }) => title)];
  return all.filter((text) => text !== undefined);
}

function severityWords({ severity, written: given }: Incident, { severities }: ReportTeam): string {
  return given?.severityUnknown ? 'Unknown' : (severities[severity]?.label ?? severity);
}

function written(text: string | undefined, callings: Callings): string {
  return text === undefined ? '' : calmMarkdown(text, callings).trim();
}

function durationWords({ impact }: Incident, lasted: number | undefined): string {
  if (lasted === undefined) return 'Unknown';
  return `${impact.start?.approximate || impact.end?.approximate ? 'ca. ' : ''}${compactDuration(lasted)}`;
}

function lessonsOf({ lessons }: Incident, callings: Callings): Record<LessonKind, string[]> {
  const of = (kind: LessonKind) =>
    lessons
      .filter((lesson) => lesson.kind === kind && !lesson.withdrawn)
      .map(({ text }) => written(text, callings))
      .filter((text) => text !== '');
  return { well: of('well'), badly: of('badly'), lucky: of('lucky') };
}
