import { clockTime, dayAndTime } from './clock-words.ts';
import { readTypedTime, type TypedDay, type TypedTime } from './typed-clock.ts';
import { offsetOfTyped, readTypedZone, type TypedZone } from './typed-zone.ts';
import { type Reading, readingsOf } from './wall-clock-readings.ts';
import { DAY_MS, MINUTE_MS, offsetAt } from './zone-offsets.ts';

export interface WhenOption {
  /** For a button: `Tue 12 Aug 17:32 BST`. */
  label: string;
  at: Date;
  until?: Date;
}

export type When =
  /** `rest` is the text after the time. */
  | { at: Date; until?: Date; approximate: boolean; rest: string }
  /** Not to be guessed: the person chooses one. */
  | { question: string; options: WhenOption[]; approximate: boolean; rest: string }
  /** It was meant as a time and cannot be one. */
  | { problem: string }
  /** It does not start with a time. */
  | { none: true };

export interface WhenContext {
  now: Date;
  /** The speaker's own zone. */
  zone: string;
  /** The team's, for abbreviations that mean one thing there. */
  teamZone?: string;
  /** The time lies ahead: the next one that the words can mean, this many days later at the earliest. */
  ahead?: { days: number };
  /** A time without a day is one of this story: from a quarter of a day before this instant to the rest after it. */
  story?: number;
}

// Clocks differ a little, and people round up.
const FUTURE_ALLOWED_MS = 5 * MINUTE_MS;

const TOMORROW = /^\s*(?:at\s+)?tomorrow,?\s+(?:at\s+)?\d{1,2}(?::\d\d|\s*[ap]m\b)/i;

/** Takes a leading time off `text`: `17:32`, `ca. 17:30`, `17:30-17:45 BST`, `yesterday 23:10`, `2025-08-12T17:32Z`, … */
export function readWhen(text: string, context: WhenContext): When {
  if (!context.ahead && TOMORROW.test(text))
    return { problem: 'tomorrow is still to come; a time in the timeline has passed' };
  const typed = readTypedTime(text);
  if (!typed) return { none: true };
  const zones = context.teamZone ? [context.zone, context.teamZone] : [context.zone];
  const read = readTypedZone(typed.rest, { zones, now: context.now.getTime() });
  const rest = read && read.kind !== 'unknown' ? read.rest : typed.rest;
  if (read?.kind !== 'unknown' && !/^(?:$|\s|[,;:.–—-]+(?:\s|$))/.test(rest)) return { none: true };

  if (typed.clock.problem !== undefined) return { problem: typed.clock.problem };
  if (typed.until?.clock.problem !== undefined) return { problem: typed.until.clock.problem };
  if (read?.kind === 'unknown')
    return { problem: `${read.name} is not a zone; write one such as Europe/London, UTC or +05:30` };

  const found = { approximate: typed.approximate, rest: rest.replace(/^[\s,;:.–—-]+/, '') };
  if (read?.kind === 'several') return askWhichZone(typed, read.abbreviation, read.zones, context, found);
  if (typed.untilOrOffset && !read) {
    const asked = askRangeOrOffset(typed, typed.untilOrOffset, context, found);
    if (asked) return asked;
  }
  const resolved = resolve(typed, read?.zone ?? { kind: 'place', zone: context.zone }, context);
  if ('problem' in resolved) return resolved;
  const [only, ...others] = resolved.options;
  if (only && others.length === 0 && resolved.question === undefined) {
    return only.until ? { at: only.at, until: only.until, ...found } : { at: only.at, ...found };
  }
  return {
    question: resolved.question ?? 'Which of these did you mean?',
    options: resolved.options,
    ...found,
  };
}

type Found = { approximate: boolean; rest: string };
type Resolved = { options: WhenOption[]; question?: string } | { problem: string };

function askWhichZone(
  typed: TypedTime,
  abbreviation: string,
  zones: readonly TypedZone[],
  context: WhenContext,
  found: Found,
): When {
  const readings = zones.map((zone) => ({ zone, resolved: resolve(typed, zone, context) }));
  // A place that has another abbreviation on that date was not meant.
  const plain = readings.filter(
    ({ resolved }) => !('problem' in resolved) && resolved.question === undefined,
  );
  const options = (plain.length > 0 ? plain : readings).flatMap(({ zone, resolved }) => {
    if ('problem' in resolved) return [];
    const place = zone.kind === 'offset' ? zone.label : zone.zone;
    return resolved.options.map((option) => ({ ...option, label: `${option.label} (${place})` }));
  });
  const problem = readings.map(({ resolved }) => resolved).find((resolved) => 'problem' in resolved);
  if (options.length === 0 && problem) return problem;
  return { question: `${abbreviation} means several zones; which one?`, options, ...found };
}

/** A "range" that would run over midnight may be an offset. */
function askRangeOrOffset(
  typed: TypedTime,
  suffix: string,
  context: WhenContext,
  found: Found,
): When | undefined {
  const { clock, until } = typed;
  if (clock.problem !== undefined || !until || until.clock.problem !== undefined) return undefined;
  if (until.clock.seconds > clock.seconds) return undefined;
  const { until: _, ...start } = typed;
  const offset = readTypedZone(suffix, { zones: [], now: 0 });
  if (offset?.kind !== 'read') return undefined;
  const readings = [
    resolve(typed, { kind: 'place', zone: context.zone }, context),
    resolve(start, offset.zone, context),
  ];
  const options = readings.flatMap((reading) => ('problem' in reading ? [] : reading.options));
  const question = `${clock.text}${suffix} may be a range over midnight or a time at UTC${suffix}; which one?`;
  return options.length > 0 ? { question, options, ...found } : undefined;
}

function resolve(typed: TypedTime, zone: TypedZone, context: WhenContext): Resolved {
  const now = context.now.getTime();
  const dates = datesOf(typed.day, zone, context);
  if (dates.length === 0) return { problem: `${dayText(typed.day)} is not a day of the calendar` };
  if (context.ahead) return resolveAhead(typed, dates, zone, context, context.ahead.days);
  if (context.story !== undefined && typed.day === undefined) {
    const told = resolveInStory(typed, zone, context, context.story);
    if (told) return told;
  }
  const perDate = dates.map((date) => readOn(typed, date, zone, context));
  const past = perDate.filter(({ options }) =>
    options.some(({ at }) => at.getTime() <= now + FUTURE_ALLOWED_MS),
  );
  const happened = typed.day === undefined ? past.slice(0, 1) : past;
  const [first] = happened;
  if (!first) return stillToCome(typed, dates, zone, context);
  const options = happened
    .flatMap((reading) => reading.options)
    .filter(({ at }) => at.getTime() <= now + FUTURE_ALLOWED_MS);
  const late = options.find(({ until }) => until && until.getTime() > now + FUTURE_ALLOWED_MS);
  if (late?.until && isBackwards(typed)) return { problem: backwards(typed) };
  if (late?.until)
    return { problem: `${clockTime(late.until, context.zone)} is still to come; log it when it is over` };
  const question = happened.length > 1 ? `Which day do you mean by ${dayText(typed.day)}?` : first.question;
  return question === undefined ? { options } : { options, question };
}

/** `15:45-15:30` in one day. */
function isBackwards({ clock, until }: TypedTime): boolean {
  if (clock.problem !== undefined || !until || until.clock.problem !== undefined) return false;
  return until.day === undefined && until.clock.seconds < clock.seconds;
}

function backwards({ clock, until }: TypedTime): string {
  const words = (one: typeof clock | undefined) => (one && 'text' in one ? one.text : '');
  const [start, end] = [words(clock), words(until?.clock)];
  return `${end} is before ${start}, and ${end} tomorrow is still to come; type the earlier one first, ${end}-${start}`;
}

function resolveAhead(
  typed: TypedTime,
  dates: readonly number[],
  zone: TypedZone,
  context: WhenContext,
  days: number,
): Resolved {
  const now = context.now.getTime();
  const first = Math.min(...dates) + days * DAY_MS;
  const named = typed.day !== undefined || days > 0;
  for (const date of named ? [first] : [first, first + DAY_MS, first + 2 * DAY_MS]) {
    const { options, question } = readOn(typed, date, zone, context);
    // A reading that the clocks skip is asked about, and so is one that they show twice.
    const coming = options.filter(({ at }) => at.getTime() > now);
    if (coming.length > 0)
      return question === undefined ? { options: coming } : { options: coming, question };
  }
  const said = typed.clock.problem === undefined ? typed.clock.text : '';
  return {
    problem: `${typed.day === undefined ? '' : `${dayText(typed.day)} `}${said} has passed; type a time to come`,
  };
}

function resolveInStory(
  typed: TypedTime,
  zone: TypedZone,
  context: WhenContext,
  begin: number,
): Resolved | undefined {
  const from = begin - DAY_MS / 4;
  const last = Math.min(from + DAY_MS, context.now.getTime() + FUTURE_ALLOWED_MS);
  const day = Math.floor((begin + offsetOfTyped(zone, begin)) / DAY_MS) * DAY_MS;
  for (const date of [day - DAY_MS, day, day + DAY_MS]) {
    const { options, question } = readOn(typed, date, zone, context);
    const inside = options.filter(({ at, until }) => at.getTime() >= from && (until ?? at).getTime() < last);
    if (inside.length > 0)
      return question === undefined ? { options: inside } : { options: inside, question };
  }
  return undefined;
}

function stillToCome(
  typed: TypedTime,
  dates: readonly number[],
  zone: TypedZone,
  context: WhenContext,
): Resolved {
  const said = typed.clock.problem === undefined ? typed.clock.text : '';
  if (typed.day !== undefined) {
    return { problem: `${dayText(typed.day)} ${said} is still to come; a time in the timeline has passed` };
  }
  const { options } = readOn(typed, Math.min(...dates) - DAY_MS, zone, context);
  return { question: `${said} is still to come today; did you mean yesterday ${said}?`, options };
}

/** Midnights of the days that may be meant, as wall clocks, the latest first. */
function datesOf(day: TypedDay | undefined, zone: TypedZone, { now, zone: speaker }: WhenContext): number[] {
  if (typeof day === 'object') {
    const date = Date.parse(`${day.date}T00:00:00Z`);
    const real = !Number.isNaN(date) && new Date(date).toISOString().startsWith(day.date);
    return real ? [date] : [];
  }
  const back = day === 'yesterday' ? DAY_MS : 0;
  const walls = [
    now.getTime() + offsetOfTyped(zone, now.getTime()),
    now.getTime() + offsetAt(speaker, now.getTime()),
  ];
  const midnights = walls.map((wall) => Math.floor(wall / DAY_MS) * DAY_MS - back);
  return [...new Set(midnights)].sort((a, b) => b - a);
}

function readOn(
  typed: TypedTime,
  date: number,
  zone: TypedZone,
  context: WhenContext,
): { options: WhenOption[]; question?: string } {
  if (typed.clock.problem !== undefined) return { options: [] };
  const near = context.now.getTime();
  const start = readingsOf(date + typed.clock.seconds * 1000, zone, typed.clock.text, near);
  const ends = endReadings(typed, date, zone, context);
  if (!ends)
    return withQuestion(
      start.instants.map((at) => option(at, undefined, start.zone, near)),
      [start],
    );
  const pairs = start.instants.flatMap((at) =>
    ends.instants.filter((until) => until > at).map((until) => option(at, until, start.zone, near)),
  );
  return withQuestion(pairs, [start, ends]);
}

function endReadings(
  typed: TypedTime,
  date: number,
  zone: TypedZone,
  context: WhenContext,
): Reading | undefined {
  const { clock, until } = typed;
  if (!until || until.clock.problem !== undefined || clock.problem !== undefined) return undefined;
  const [named] = until.day === undefined ? [] : datesOf(until.day, zone, context);
  // An end before the start lies in the next day.
  const over = until.clock.seconds <= clock.seconds ? DAY_MS : 0;
  return readingsOf(
    (named ?? date + over) + until.clock.seconds * 1000,
    zone,
    until.clock.text,
    context.now.getTime(),
  );
}

function withQuestion(
  options: WhenOption[],
  readings: readonly Reading[],
): { options: WhenOption[]; question?: string } {
  const question = readings.find((reading) => reading.question !== undefined)?.question;
  return question === undefined ? { options } : { options, question };
}

function option(at: number, until: number | undefined, zone: string, near: number): WhenOption {
  const label = dayAndTime(at, zone, near);
  if (until === undefined) return { label, at: new Date(at) };
  return { label: `${label} to ${clockTime(until, zone)}`, at: new Date(at), until: new Date(until) };
}

function dayText(day: TypedDay | undefined): string {
  return typeof day === 'object' ? day.date : (day ?? 'today');
}
