import { isoWithOffset } from '../clock-words.ts';
import { present } from '../present.ts';
import { DAY_MS, instantsOfWallClock } from '../zone-offsets.ts';

/** A case as it is written into a file, or why there is none. */
export type ReadPostmortem = { text: string } | { problems: string[] };

type Section =
  | 'summary'
  | 'resolution'
  | 'lucky'
  | 'wentWell'
  | 'wentWrong'
  | 'actions'
  | 'timeline'
  | 'followUp';

const HEADINGS: [RegExp, Section][] = [
  [/^(?:overview|summary|what happened)$/i, 'summary'],
  [/^resolution$/i, 'resolution'],
  [/^where we got lucky$/i, 'lucky'],
  [/^what went well$/i, 'wentWell'],
  [/^what (?:didn['’]t go so well|went wrong|went badly)$/i, 'wentWrong'],
  [/^action items$/i, 'actions'],
  [/^timeline(?: \(.*\))?$/i, 'timeline'],
  [/^follow-?up timeline(?: \(.*\))?$/i, 'followUp'],
];
const ASIDE = /^(?:owner|impact time|duration|date|status|severity)\b/i;
const EMPTY = /^no comments added\.?$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DATE = /\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/;
const DATE_LINE = new RegExp(`^${DATE.source}$`);
const TIME = /^(?:(.*\d{4}),? )?(ca\. |~)?(\d{1,2}):(\d{2})(?::\d{2})? ?(AM|PM)?(?: [A-Z]{2,5})?$/i;
const EDGE = /([A-Z][a-z]{2}) (\d{1,2}),? (?:\d{4} )?at (\d{1,2}):(\d{2})/g;

interface Told {
  at: string;
  kind: 'status' | 'note';
  text: string;
  approximate?: boolean;
  followUp?: boolean;
}

/**
 * The text of a postmortem as PagerDuty exports it, or as it was published from there, as the text of a case. Times are
 * of the given zone; what is empty there ("No comments added") is left out.
 */
export function caseOfPostmortem(given: string, fileName: string, zone: string): ReadPostmortem {
  const lines = given
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const sections = sectionsOf(lines);
  const day = dayOf(given);
  const problems = [
    ...(sections.has('timeline') ? [] : ['has no heading “Timeline”']),
    ...(day === undefined ? ['names no date such as “Aug 12, 2025”'] : []),
  ];
  if (problems.length > 0 || day === undefined) {
    const sentence = `${fileName}: ${problems.join(', and ')}; the text of a postmortem has both. A case is JSON, an export of Slack a zip.`;
    return { problems: [sentence] };
  }
  const { entries, unread } = timelineOf(sections, day, zone);
  if (unread.length > 0) return { problems: unread.map((problem) => `${fileName}:${problem}`) };
  const resolved = entries.find(
    ({ text, kind, followUp }) => kind === 'status' && !followUp && /resolved/i.test(text),
  );
  const [startedAt, endedAt] = impactOf(given, day, zone);
  return {
    text: JSON.stringify(
      {
        title: titleOf(lines),
        timezone: zone,
        ...present({ startedAt, endedAt, resolvedAt: resolved?.at ?? endedAt ?? entries.at(-1)?.at }),
        entries,
        sections: {
          summary: paragraphs(sections.get('summary')).join('\n\n'),
          resolution: paragraphs(sections.get('resolution')).join('\n\n'),
          wentWell: items(sections.get('wentWell')),
          wentWrong: items(sections.get('wentWrong')),
          lucky: items(sections.get('lucky')),
        },
        actionItems: items(sections.get('actions')).map(actionOf),
      },
      null,
      2,
    ),
  };
}

interface Line {
  number: number;
  text: string;
}

function sectionsOf(lines: readonly string[]): Map<Section, Line[]> {
  const sections = new Map<Section, Line[]>();
  let current: Line[] | undefined;
  for (const [index, text] of lines.entries()) {
    const bare = text.replace(/^#+\s*/, '').replace(/\s*[#?:]+$/, '');
    const heading = HEADINGS.find(([pattern]) => pattern.test(bare))?.[1];
    if (heading) {
      current = sections.get(heading) ?? [];
      sections.set(heading, current);
    } else if (!EMPTY.test(text)) current?.push({ number: index + 1, text });
  }
  return sections;
}

/** The first line that is the report's own: words of a page around it are passed over. */
function titleOf(lines: readonly string[]): string {
  const words = lines
    .map((line) => line.replace(/^#+\s*/, ''))
    .filter((line) => line !== '' && !/^skip to /i.test(line));
  const own = words.find((line) => /incident report/i.test(line)) ?? words[0] ?? 'Incident';
  return [...own].slice(0, 200).join('');
}

/** Midnight of the first date that is named, as a wall clock. */
function dayOf(text: string): number | undefined {
  const found = DATE.exec(text);
  return found ? wallDay(found[1], found[2], found[3]) : undefined;
}

function wallDay(month = '', day = '', year = ''): number | undefined {
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  return index < 0 ? undefined : Date.UTC(Number(year), index, Number(day));
}

function timelineOf(
  sections: ReadonlyMap<Section, readonly Line[]>,
  first: number,
  zone: string,
): { entries: Told[]; unread: string[] } {
  const entries: Told[] = [];
  const unread: string[] = [];
  let day = first;
  let before = first;
  for (const section of ['timeline', 'followUp'] as const) {
    let moment: Pick<Told, 'at' | 'approximate'> | undefined;
    let isNew = true;
    for (const { number, text: written } of sections.get(section) ?? []) {
      const text = written.replace(/^#+\s*/, '').replace(/\s*#$/, '');
      const date = DATE_LINE.exec(text);
      const time = TIME.exec(text);
      if (date) day = wallDay(date[1], date[2], date[3]) ?? day;
      else if (time) {
        const named = DATE.exec(time[1] ?? '');
        if (named) day = wallDay(named[1], named[2], named[3]) ?? day;
        // A story goes on: an hour before the last one is of the next day.
        const minute = minuteOfDay(time[3], time[4], time[5]);
        if (!named && day + minute < before && before - (day + minute) > DAY_MS / 2) day += DAY_MS;
        before = day + minute;
        const at = instantAt(day + minute, zone);
        if (at === undefined) unread.push(`${number}: ${text} is no time of that day in ${zone}.`);
        else moment = { at, ...(time[2] ? { approximate: true } : {}) };
        isNew = true;
      } else if (text === '') isNew = true;
      else if (moment) {
        const last = entries.at(-1);
        if (last && !isNew) last.text += ` ${text}`;
        else
          entries.push({
            ...moment,
            kind: kindOf(text),
            text,
            ...(section === 'followUp' ? { followUp: true } : {}),
          });
        isNew = false;
      }
    }
  }
  return { entries, unread };
}

function kindOf(text: string): Told['kind'] {
  return /^incident (?:declared|resolved|triggered)\b/i.test(text) ? 'status' : 'note';
}

function minuteOfDay(hour = '', minute = '', half = ''): number {
  const twelve = half === '' ? Number(hour) : (Number(hour) % 12) + (/pm/i.test(half) ? 12 : 0);
  return (twelve * 60 + Number(minute)) * 60_000;
}

function instantAt(wall: number, zone: string): string | undefined {
  const [at] = instantsOfWallClock(zone, wall);
  return at === undefined ? undefined : isoWithOffset(at, zone);
}

/** `Impact Time Aug 12 at 17:00 to Aug 12 at 18:11`, which bears no year. */
function impactOf(text: string, day: number, zone: string): (string | undefined)[] {
  const [, row = ''] = /impact time[*\s|:]*([^\n]*)/i.exec(text) ?? [];
  const year = String(new Date(day).getUTCFullYear());
  return [...row.matchAll(EDGE)].map(([, month, date, hour, minute]) => {
    const wall = wallDay(month, date, year);
    return wall === undefined ? undefined : instantAt(wall + minuteOfDay(hour, minute), zone);
  });
}

function paragraphs(lines: readonly Line[] = []): string[] {
  const found: string[] = [];
  let isNew = true;
  for (const { text } of lines) {
    if (text === '' || ASIDE.test(text)) isNew = true;
    else if (isNew) {
      found.push(text);
      isNew = false;
    } else found[found.length - 1] += ` ${text}`;
  }
  return found;
}

/** A point of a list, or a paragraph. */
function items(lines: readonly Line[] = []): string[] {
  const apart = lines.flatMap((line) =>
    /^(?:[-*•]|\d+\.)\s/.test(line.text) ? [{ ...line, text: '' }, line] : [line],
  );
  return paragraphs(apart).map((text) => text.replace(/^(?:[-*•]|\d+\.)\s+/, ''));
}

function actionOf(text: string): object {
  const [, box, rest = text] = /^\[([ xX])\]\s*(.*)$/.exec(text) ?? [];
  const [, title = rest, link] = /^(.*?)\s*\(?(https?:\/\/[^\s)]+)\)?$/.exec(rest) ?? [];
  return { title: title || rest, ...present({ link }), ...(box === undefined ? {} : { done: box !== ' ' }) };
}
