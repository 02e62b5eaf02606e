import { isoWithOffset } from '../clock-words.ts';
import type { Person, Roster, Team } from '../team.ts';
import type { SeverityName } from '../words.ts';
import { DAY_MS, MINUTE_MS, type Span } from '../zone-offsets.ts';
import { ENOUGH_TIME_MS, mayBeWoken, membersOf, nextToComeOn } from './choose-next.ts';
import { dutySpansIn, isAway } from './duty.ts';
import { firstEndingAfter } from './spans.ts';
import { minutesToWindowInOrder } from './unsocial.ts';

export interface FirstChoice {
  from: Date;
  to: Date;
  person: string | null;
  /** Who comes on next and when, in their own zone: `Ben 2025-08-13T09:00:00+03:00`. */
  next: string | null;
}

/**
 * Who would be paged first at each instant of `[from, to)`, from the team's file alone: no pager's schedule, no
 * pages before. Judged at the start of each minute, and joined where nothing changes. Without a severity nobody is woken.
 * Throws a `RangeError` when the team has no such roster.
 */
export function firstChoiceOverTime(
  team: Pick<Team, 'people' | 'rosters'>,
  rosterName: string,
  from: Date,
  to: Date,
  severity?: SeverityName,
): FirstChoice[] {
  const roster = Object.hasOwn(team.rosters, rosterName) ? team.rosters[rosterName] : undefined;
  if (!roster) throw new RangeError(`there is no roster called ${rosterName}`);
  const range = { from: from.getTime(), to: to.getTime() };
  const members = membersOf(roster, team.people);
  const duties = members.map((person) => dutyOf(person, roster, range));
  const wake = makeWake(members, roster, range, severity);
  const nextAt = makeNextAt(duties, roster, range);
  const choices: FirstChoice[] = [];
  for (const piece of piecesOf(range, duties, roster, wake !== undefined)) {
    const person = (firstInHours(duties, piece.from) ?? wake?.(piece.from))?.name ?? null;
    const next = nextAt(piece.from);
    const last = choices.at(-1);
    if (last && last.person === person && last.next === next) last.to = new Date(piece.to);
    else choices.push({ from: new Date(piece.from), to: new Date(piece.to), person, next });
  }
  return choices;
}

interface Duty {
  person: Person;
  spans: Span[];
}

/** A day more at each end shows whether a span really starts or ends at the edge of the range. */
function dutyOf(person: Person, roster: Roster, { from, to }: Span): Duty {
  return { person, spans: dutySpansIn(person, { from: from - DAY_MS, to: to + DAY_MS }, roster.overrides) };
}

/** Cuts the range where the answer may change; inside a piece it cannot. */
function piecesOf(range: Span, duties: readonly Duty[], roster: Roster, wakes: boolean): Span[] {
  const edges = duties.flatMap(({ spans }) =>
    spans.flatMap((span) => [span.from, firstShortMinute(span), span.to]),
  );
  const absences = roster.overrides.flatMap((override) => [override.from, override.to]);
  const pieces = cut(range, [...edges, ...absences]);
  if (!wakes) return pieces;
  // How unsocial a time is changes by the minute.
  return pieces.flatMap((piece) =>
    firstInHours(duties, piece.from) ? [piece] : cut(piece, minutesIn(piece)),
  );
}

/** At exactly 30 minutes before the end there is enough time left, a minute later there is not. */
function firstShortMinute({ to }: Span): number {
  return Math.floor((to - ENOUGH_TIME_MS) / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
}

function cut(range: Span, edges: readonly number[]): Span[] {
  const inside = edges.filter((edge) => edge > range.from && edge < range.to);
  const starts = [...new Set([range.from, ...inside])].sort((a, b) => a - b);
  return starts
    .map((from, index) => ({ from, to: starts[index + 1] ?? range.to }))
    .filter((piece) => piece.from < piece.to);
}

function minutesIn({ from, to }: Span): number[] {
  const minutes: number[] = [];
  for (let at = Math.ceil(from / MINUTE_MS) * MINUTE_MS; at < to; at += MINUTE_MS) minutes.push(at);
  return minutes;
}

function firstInHours(duties: readonly Duty[], at: number): Person | undefined {
  let short: Person | undefined;
  for (const { person, spans } of duties) {
    const span = spans[firstEndingAfter(spans, at)];
    if (!span || span.from > at) continue;
    if (span.to - at >= ENOUGH_TIME_MS) return person;
    short ??= person;
  }
  return short;
}

/** Who is woken at instants asked for in rising order; `undefined` when nobody ever is. */
function makeWake(
  members: readonly Person[],
  roster: Roster,
  range: Span,
  severity: SeverityName | undefined,
): ((at: number) => Person | undefined) | undefined {
  const wakeable = members
    .filter((person) => mayBeWoken(person, severity))
    .map((person) => ({ person, distance: minutesToWindowInOrder(person, range, roster.overrides) }));
  if (wakeable.length === 0) return undefined;
  return (at) => {
    let least: { person: Person; minutes: number } | undefined;
    for (const { person, distance } of wakeable) {
      if (isAway(person, at, roster.overrides)) continue;
      const minutes = distance(at);
      if (!least || minutes < least.minutes) least = { person, minutes };
    }
    return least?.person;
  };
}

/** `next` at instants asked for in rising order: from the known spans, beyond them by looking further. */
function makeNextAt(duties: readonly Duty[], roster: Roster, range: Span): (at: number) => string | null {
  const members = duties.map(({ person }) => person);
  const starts = duties
    .flatMap(({ person, spans }) => spans.map(({ from }) => ({ person, from })))
    .filter(({ from }) => from > range.from - DAY_MS)
    // Of those who start at once the first of the roster stays the first.
    .sort((a, b) => a.from - b.from);
  let passed = 0;
  let current: { until: number; words: string | null } = { until: Number.NEGATIVE_INFINITY, words: null };
  return (at) => {
    if (at < current.until) return current.words;
    while ((starts[passed]?.from ?? Number.POSITIVE_INFINITY) <= at) passed += 1;
    const next = starts[passed] ?? nextToComeOn(members, roster, new Date(at));
    const from = Number(next?.from ?? Number.POSITIVE_INFINITY);
    const words = next ? `${next.person.name} ${isoWithOffset(from, next.person.timezone)}` : null;
    current = { until: from, words };
    return words;
  };
}
