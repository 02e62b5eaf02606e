import { clockParts, dayWords, localDate, zoneAbbreviation, zonePlace } from '../domain/clock-words.ts';
import { clockChangeWords, inHours } from '../domain/on-duty/coverage-words.ts';
import type { DayOff } from '../domain/on-duty/days-off.ts';
import type { FirstChoice } from '../domain/on-duty/first-choice-over-time.ts';
import { clipSpans } from '../domain/on-duty/spans.ts';
import { localDays } from '../domain/on-duty/weeks.ts';
import type { Team } from '../domain/team.ts';
import { HOUR_MS, type Span, wallSpanToInstants } from '../domain/zone-offsets.ts';
import { FONT } from './png.ts';
import { element, fitting, rectangle, verticalLine, widthOf, words } from './svg.ts';
import { type PersonWeek, type WeekFacts, weekFacts } from './week-facts.ts';

const WIDTH = 1200;
const LEFT = 204;
const RIGHT = 1184;
const TOP = 104;
const FIRST_ROW = 46;
const ROW = 58;
const FOOT = 46;
const FOOT_LINE = 24;

// Told apart by colour-blind eyes too; red is kept for holes. On the light ones words are dark.
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#8e5ea2', '#56b4e9', '#8c564b', '#7f7f00', '#332288'];
const LIGHT = ['#e69f00', '#56b4e9'];
const INK = '#1d1c1d';
const QUIET = '#616061';
const HOLE = '#c01c28';
/** Keeps words readable on whatever they stand. */
const HALO = { stroke: '#ffffff', 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };

/** A roster's week as SVG: who is paged first, then a strip a person, on the team's clock. Holes are shaded. */
export function drawWeekStrip(team: Team, rosterName: string, week: Span): string {
  const facts = weekFacts(team, rosterName, week);
  const bottom = TOP + FIRST_ROW + facts.people.length * ROW;
  const footLines = footOf(facts);
  const height = bottom + FOOT + (footLines.length - 1) * FOOT_LINE;
  const parts = [
    rectangle(0, 0, WIDTH, height, { fill: '#ffffff' }),
    STRIPES,
    ...title(team, rosterName, week),
    ...days(team.timezone, week, bottom),
    ...holes(facts, bottom),
    ...firstRow(facts),
    ...facts.people.flatMap((person, index) => personRow(person, index, week)),
    ...clockLines(team, facts, bottom),
    ...footLines.map((line, index) =>
      words(fitting(line, 15, RIGHT - 20), 20, bottom + 29 + index * FOOT_LINE, 15, { fill: QUIET }),
    ),
  ];
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width: WIDTH, height, 'font-family': FONT, fill: INK },
    parts.join('\n'),
  );
}

const STRIPES = element(
  'defs',
  {},
  element(
    'pattern',
    { id: 'stripes', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    rectangle(0, 0, 8, 8, { fill: '#fdecec' }) + rectangle(0, 0, 3, 8, { fill: '#f5b5b9' }),
  ),
);

function xOf(week: Span, at: number): number {
  return LEFT + ((at - week.from) / (week.to - week.from)) * (RIGHT - LEFT);
}

function title(team: Team, rosterName: string, week: Span): string[] {
  const day = `${dayWords(week.from, team.timezone)} ${localDate(week.from, team.timezone).slice(0, 4)}`;
  const clock = `${zonePlace(team.timezone)} time (${zoneAbbreviation(week.from, team.timezone)})`;
  return [
    words(fitting(`${rosterName}, week of ${day}`, 26, 800), 20, 40, 26, { 'font-weight': 'bold' }),
    words(clock, RIGHT, 40, 18, { fill: QUIET, 'text-anchor': 'end' }),
  ];
}

function days(zone: string, week: Span, bottom: number): string[] {
  return localDays(zone, week).flatMap((day) => {
    const [from, to] = [xOf(week, day.from), xOf(week, day.to)];
    const { weekday, day: number } = clockParts(day.from, zone);
    const weekend = weekday === 'Sat' || weekday === 'Sun';
    return [
      weekend ? rectangle(from, TOP, to - from, bottom - TOP, { fill: '#f1f1f1' }) : '',
      words(`${weekday} ${number}`, (from + to) / 2, 76, 19, {
        'text-anchor': 'middle',
        'font-weight': 'bold',
        fill: weekend ? QUIET : INK,
      }),
      ...[6, 12, 18].flatMap((hour) => hourMark(zone, week, day, hour, bottom)),
      verticalLine(from, 60, bottom, { stroke: '#9a9a9a' }),
    ];
  });
}

/** An hour that the clocks left out that day has no mark. */
function hourMark(zone: string, week: Span, day: Span, hour: number, bottom: number): string[] {
  const wall = Date.parse(`${localDate(day.from, zone)}T00:00:00Z`) + hour * HOUR_MS;
  const at = wallSpanToInstants(zone, wall, wall + 1)[0]?.from;
  if (at === undefined) return [];
  const x = xOf(week, at);
  return [
    words(String(hour).padStart(2, '0'), x, 97, 13, { 'text-anchor': 'middle', fill: QUIET }),
    verticalLine(x, TOP, bottom, { stroke: '#e4e4e4' }),
  ];
}

function holes({ week, coverage }: WeekFacts, bottom: number): string[] {
  return coverage.holes.map((hole) => {
    const from = xOf(week, hole.from);
    return rectangle(from, TOP, xOf(week, hole.to) - from, bottom - TOP, {
      fill: 'url(#stripes)',
      opacity: 0.55,
    });
  });
}

function firstRow({ week, first, coverage, people }: WeekFacts): string[] {
  const middle = TOP + FIRST_ROW / 2;
  const turns = joined(first).flatMap(({ person, from, to }) => {
    const index = people.findIndex((one) => one.person.name === person);
    const [start, end] = [xOf(week, from), xOf(week, to)];
    const colour = colourOf(index);
    const [name = ''] = person.split(/\s/);
    const look = {
      'text-anchor': 'middle',
      'font-weight': 'bold',
      fill: LIGHT.includes(colour) ? INK : '#ffffff',
    };
    return [
      rectangle(start, TOP + 6, end - start, FIRST_ROW - 12, { fill: colour }),
      widthOf(name, 13) < end - start - 3 ? words(name, (start + end) / 2, middle + 5, 13, look) : '',
    ];
  });
  const gaps = coverage.holes.map((hole) => {
    const width = xOf(week, hole.to) - xOf(week, hole.from);
    const long = `nobody ${inHours(hole.to - hole.from)}`;
    const text = [long, inHours(hole.to - hole.from)].find((one) => widthOf(one, 15) < width - 4);
    const look = { 'text-anchor': 'middle', fill: HOLE, 'font-weight': 'bold', ...HALO };
    return text ? words(text, xOf(week, (hole.from + hole.to) / 2), middle + 5, 15, look) : '';
  });
  return [
    words('Paged first', 20, middle + 6, 18, { 'font-weight': 'bold' }),
    ...turns,
    ...gaps,
    element('line', { x1: 20, x2: RIGHT, y1: TOP + FIRST_ROW, y2: TOP + FIRST_ROW, stroke: '#9a9a9a' }),
  ];
}

/** That somebody else comes on next is no new turn. */
function joined(choices: readonly FirstChoice[]): (Span & { person: string })[] {
  const turns: (Span & { person: string })[] = [];
  for (const { person, from, to } of choices) {
    if (person === null) continue;
    const last = turns.at(-1);
    if (last?.person === person && last.to === from.getTime()) last.to = to.getTime();
    else turns.push({ person, from: from.getTime(), to: to.getTime() });
  }
  return turns;
}

function personRow({ person, spans, off, freeDays, ahead }: PersonWeek, index: number, week: Span): string[] {
  const top = TOP + FIRST_ROW + index * ROW;
  const colour = colourOf(index);
  const quiet = { fill: QUIET, 'text-anchor': 'middle' };
  const bars = spans.map(({ from, to }) =>
    rectangle(xOf(week, from), top + 13, xOf(week, to) - xOf(week, from), ROW - 26, { fill: colour, rx: 4 }),
  );
  const missed = off.flatMap((day) => missedDay(day, top, colour, week));
  const free = clipSpans(freeDays, week).map(({ from, to }) =>
    words('off', xOf(week, (from + to) / 2), top + ROW / 2 + 5, 14, quiet),
  );
  const line = top + ROW;
  return [
    rectangle(4, top + 12, 6, ROW - 24, { fill: colour }),
    words(fitting(person.name, 19, LEFT - 32), 20, top + 26, 19, { 'font-weight': 'bold' }),
    words(fitting(placeOf(person.timezone, ahead), 14, LEFT - 28), 20, top + 46, 14, { fill: QUIET }),
    ...free,
    ...bars,
    ...missed,
    element('line', { x1: 20, x2: RIGHT, y1: line, y2: line, stroke: '#dddddd' }),
  ];
}

/** When they would have been there, with one word for the day. */
function missedDay({ missed, why }: DayOff, top: number, colour: string, week: Span): string[] {
  const spans = clipSpans(missed, week);
  const [first, last] = [spans[0], spans.at(-1)];
  if (!first || !last) return [];
  const look = { fill: '#ffffff', stroke: colour, 'stroke-dasharray': '4 3', 'stroke-width': 2, rx: 4 };
  const boxes = spans.map(({ from, to }) => {
    const x = xOf(week, from) + 1;
    return rectangle(x, top + 14, xOf(week, to) - 1 - x, ROW - 28, look);
  });
  const middle = (xOf(week, first.from) + xOf(week, last.to)) / 2;
  const word = why === 'holiday' ? 'holiday' : 'away';
  return [...boxes, words(word, middle, top + ROW / 2 + 5, 13, { 'text-anchor': 'middle', ...HALO })];
}

/** `Bucharest, 2h ahead` */
function placeOf(zone: string, ahead: number): string {
  if (ahead === 0) return zonePlace(zone);
  const hours = inHours(Math.abs(ahead));
  return `${zonePlace(zone)}, ${hours} ${ahead > 0 ? 'ahead' : 'behind'}`;
}

/** A change of the team's clocks crosses the picture, one of somebody's own crosses their row. */
function clockLines(team: Team, { week, coverage, people }: WeekFacts, bottom: number): string[] {
  const look = { stroke: INK, 'stroke-width': 2, 'stroke-dasharray': '2 4' };
  const changes = coverage.weeks
    .flatMap((one) => one.changes)
    .filter(({ at }) => at >= week.from && at < week.to);
  return changes.flatMap(({ at, zone }) => {
    if (zone === team.timezone) return [verticalLine(xOf(week, at), TOP + FIRST_ROW, bottom, look)];
    return people.flatMap(({ person }, index) => {
      const top = TOP + FIRST_ROW + index * ROW;
      return person.timezone === zone ? [verticalLine(xOf(week, at), top, top + ROW, look)] : [];
    });
  });
}

/** What the marks mean, and which clocks change. */
function footOf({ week, coverage }: WeekFacts): string[] {
  const changes = coverage.weeks
    .flatMap((one) => one.changes)
    .filter(({ at }) => at >= week.from && at < week.to)
    // The font has no arrow.
    .map((change) => clockChangeWords(change).replace('→', 'to'));
  const marks = [
    coverage.holes.length > 0 ? 'Striped: nobody is in hours' : 'Somebody is in hours at every minute',
    'Dashed: holiday or away',
    ...(changes.length > 0 ? ['Dotted: clocks change'] : []),
  ];
  return [marks.join(' · '), ...(changes.length > 0 ? [`Clocks change: ${changes.join(', ')}`] : [])];
}

function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length] ?? INK;
}
