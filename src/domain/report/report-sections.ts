import { hourMinute, hourMinuteAmPm, localDate } from '../clock-words.ts';
import type { Entry } from '../timeline.ts';
import type { Instant } from '../words.ts';
import { amPmHeading, monthAndDay, plainHeading, zonesOf, zonesWithOffsets } from './report-clock.ts';

/** One line of a report's timeline. */
interface ReportEntry {
  /** Markdown blocks: who, what, quote, code, picture. */
  markdown: string;
  kind: Entry['kind'];
  /** An alert that ended: `6:10 PM` and `18:10`, with the date when it is another day. Empty: not known. */
  endedAmPm: string;
  ended24: string;
}

/** What happened at one minute. */
interface ReportMinute {
  /** `5:00 PM`, `August 13, 2025, 11:20 AM` */
  headingAmPm: string;
  /** `17:00`, `2025-08-13 11:20` */
  heading24: string;
  entries: ReportEntry[];
}

export interface ReportSection {
  /** `BST`, `BST/GMT` */
  zone: string;
  /** `CEST (UTC+2)` */
  zoneOffsets: string;
  minutes: ReportMinute[];
}

/** An entry with its line. */
export interface Line {
  entry: Entry;
  markdown: string;
}

/**
 * The timeline and what followed it, by minute. The date stands where the day changes, and first of all in a story
 * of several days; the zone where the clocks change.
 */
export function reportSections(
  lines: { timeline: readonly Line[]; followUp: readonly Line[] },
  zone: string,
  fallback: Instant,
): { timeline: ReportSection; followUp: ReportSection } {
  const all = [...lines.timeline, ...lines.followUp];
  const days = new Set(all.map(({ entry }) => localDate(entry.moment.at, zone)));
  const dayShown: DayShown = days.size > 1 ? { several: true, day: '' } : { several: false };
  return {
    timeline: reportSection(lines.timeline, zone, fallback, dayShown),
    followUp: reportSection(lines.followUp, zone, fallback, dayShown),
  };
}

/** The day that the last heading stood for, in a story of several. */
type DayShown = { several: false } | { several: true; day: string };

function reportSection(
  lines: readonly Line[],
  zone: string,
  fallback: Instant,
  shown: DayShown,
): ReportSection {
  const instants = lines.length > 0 ? lines.map(({ entry }) => entry.moment.at) : [fallback];
  const zones = zonesOf(instants, zone);
  let shownZone = zones.includes('/') ? '' : zones;
  const minutes = minutesOf(lines).map(({ entry, lines: ofMinute }): ReportMinute => {
    const { moment } = entry;
    const day = localDate(moment.at, zone);
    const ownZone = zonesOf([moment.at], zone);
    const context = { zone, withDate: shown.several && shown.day !== day, withZone: shownZone !== ownZone };
    if (shown.several) shown.day = day;
    shownZone = ownZone;
    return {
      headingAmPm: amPmHeading(moment, context),
      heading24: plainHeading(moment, context),
      entries: ofMinute.map((line) => reportEntry(line, zone)),
    };
  });
  return { zone: zones, zoneOffsets: zonesWithOffsets(instants, zone), minutes };
}

interface MinuteGroup {
  entry: Entry;
  lines: Line[];
}

function minutesOf(lines: readonly Line[]): MinuteGroup[] {
  const groups = new Map<string, MinuteGroup>();
  for (const line of lines) {
    const { at, until, approximate = false } = line.entry.moment;
    const key = [minute(at), until === undefined ? '' : minute(until), approximate].join(' ');
    const group = groups.get(key);
    if (group) group.lines.push(line);
    else groups.set(key, { entry: line.entry, lines: [line] });
  }
  return [...groups.values()];
}

function minute(at: Instant): number {
  return Math.floor(at / 60_000);
}

function reportEntry({ entry, markdown }: Line, zone: string): ReportEntry {
  const { endedAt, moment, kind } = entry;
  if (endedAt === undefined) return { markdown, kind, endedAmPm: '', ended24: '' };
  const sameDay = localDate(endedAt, zone) === localDate(moment.at, zone);
  return {
    markdown,
    kind,
    endedAmPm: `${sameDay ? '' : `${monthAndDay(endedAt, zone)}, `}${hourMinuteAmPm(endedAt, zone)}`,
    ended24: `${sameDay ? '' : `${localDate(endedAt, zone)} `}${hourMinute(endedAt, zone)}`,
  };
}
