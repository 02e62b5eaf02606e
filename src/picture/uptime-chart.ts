import { dayWords, localDate } from '../domain/clock-words.ts';
import { momentWords } from '../domain/moment-words.ts';
import { zonesOf } from '../domain/report/report-clock.ts';
import type { ChartFacts } from '../domain/uptime/chart-facts.ts';
import { chartAlt, failedWords, impactWords } from '../domain/uptime/chart-words.ts';
import { drawAxis, type Scale, xOf } from './chart-axis.ts';
import { drawMarks, heightOfMarks, legendOfMarks } from './chart-marks.ts';
import { drawPassing, drawPlaces, FAILING, lookMark, PASSING, PLACE_ROW } from './chart-passing.ts';
import { FONT } from './png.ts';
import { element, fitting, rectangle, verticalLine, widthOf, words } from './svg.ts';

const WIDTH = 1200;
const LEFT = 168;
const RIGHT = 1172;
const TOP = 128;
const PASSING_HEIGHT = 150;
const INK = '#1d1c1d';
const QUIET = '#616061';
const IMPACT = '#b35900';
/** Keeps words readable on whatever they stand. */
const HALO = { stroke: '#ffffff', 'stroke-width': 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };

/**
 * What an uptime check saw around an incident, as SVG: how many places reached the host, every look of each place, the
 * impact, and the timeline's entries as marks. The same facts make the same bytes.
 */
export function drawUptimeChart(facts: ChartFacts): string {
  const { series, zone } = facts;
  const scale: Scale = { from: series.from, to: series.to, left: LEFT, right: RIGHT };
  const placesTop = TOP + PASSING_HEIGHT + 10;
  const marksTop = placesTop + series.places.length * PLACE_ROW + 8;
  const bottom = marksTop + heightOfMarks(facts.marks, scale);
  const height = bottom + 112;
  const parts = [
    rectangle(0, 0, WIDTH, height, { fill: '#ffffff' }),
    PATTERNS,
    ...title(facts),
    ...drawAxis(scale, zone, { top: TOP, bottom }),
    ...impact(facts, scale, bottom),
    ...drawPassing(series, scale, { top: TOP, bottom: TOP + PASSING_HEIGHT }),
    ...impactEdges(facts, scale, bottom),
    ...percentages(),
    ...drawPlaces(series, scale, placesTop),
    words('timeline', LEFT - 16, marksTop + 18, 14, { 'text-anchor': 'end', fill: QUIET }),
    ...drawMarks(facts.marks, scale, marksTop),
    ...edges(facts, scale, bottom),
    ...legend(bottom + 68),
    ...legendOfMarks(facts.marks, 20, bottom + 96),
  ];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: WIDTH,
      height,
      viewBox: `0 0 ${WIDTH} ${height}`,
      role: 'img',
      'aria-label': chartAlt(facts),
      'font-family': `${FONT}, sans-serif`,
      fill: INK,
    },
    parts.join('\n'),
  );
}

const PATTERNS = element(
  'defs',
  {},
  element(
    'pattern',
    { id: 'nothing', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    rectangle(0, 0, 8, 8, { fill: '#f4f4f4' }) + rectangle(0, 0, 2, 8, { fill: '#d5d5d5' }),
  ),
);

function title({ name, series, outage, impact, zone }: ChartFacts): string[] {
  const day = `${dayWords(series.from, zone)} ${localDate(series.from, zone).slice(0, 4)}`;
  const right = `${name} · ${day}, ${zonesOf([series.from, series.to], zone)}`;
  const hurt = impact ? ` · impact ${impactWords(impact, zone, series.from)}` : '';
  const saw = `${failedWords(outage, zone, series.from)}${hurt}`;
  return [
    words(fitting(`Uptime check of ${series.host}`, 26, 1130 - widthOf(right, 17)), 20, 40, 26, {
      'font-weight': 'bold',
    }),
    words(right, RIGHT, 40, 17, { fill: QUIET, 'text-anchor': 'end' }),
    words(fitting(saw, 17, 1150), 20, 70, 17),
  ];
}

function percentages(): string[] {
  return [0, 50, 100].map((percent) => {
    const y = TOP + PASSING_HEIGHT * (1 - percent / 100);
    const look = { 'text-anchor': 'end', fill: QUIET };
    return words(percent === 100 ? '100 % pass' : `${percent} %`, LEFT - 16, y + 5, 14, look);
  });
}

function impactSpan({ impact: hurt }: ChartFacts, scale: Scale): { from: number; to: number } | undefined {
  if (!hurt || hurt.end.at < scale.from || hurt.start.at > scale.to) return undefined;
  return { from: xOf(scale, hurt.start.at), to: xOf(scale, hurt.end.at) };
}

/** A band behind all rows. */
function impact(facts: ChartFacts, scale: Scale, bottom: number): string[] {
  const span = impactSpan(facts, scale);
  if (!span) return [];
  const { from, to } = span;
  const look = { 'text-anchor': 'middle', 'font-weight': 'bold', fill: IMPACT };
  return [
    rectangle(from, TOP - 22, to - from, bottom - TOP + 22, { fill: '#f5a623', opacity: 0.2 }),
    widthOf('impact', 15) < to - from ? words('impact', (from + to) / 2, TOP - 6, 15, look) : '',
  ];
}

function impactEdges(facts: ChartFacts, scale: Scale, bottom: number): string[] {
  const span = impactSpan(facts, scale);
  if (!span) return [];
  const look = { stroke: IMPACT, 'stroke-width': 2 };
  return [span.from, span.to].map((x) => verticalLine(x, TOP - 22, bottom, look));
}

/** Declared and resolved, each named on the side away from the impact. */
function edges({ declaredAt, resolvedAt, zone }: ChartFacts, scale: Scale, bottom: number): string[] {
  const one = (at: number | undefined, name: string, anchor: 'start' | 'end') => {
    if (at === undefined || at < scale.from || at > scale.to) return [];
    const x = xOf(scale, at);
    const label = `${name} ${momentWords({ at }, zone).split(' ')[0]}`;
    const room = anchor === 'end' ? x - LEFT : RIGHT - x;
    const side = room > widthOf(label, 14) + 10 ? anchor : anchor === 'end' ? 'start' : 'end';
    return [
      verticalLine(x, TOP - 14, bottom, { stroke: INK, 'stroke-width': 2, 'stroke-dasharray': '5 4' }),
      words(label, x + (side === 'end' ? -7 : 7), TOP - 6, 14, { 'text-anchor': side, ...HALO }),
    ];
  };
  return [...one(declaredAt, 'declared', 'end'), ...one(resolvedAt, 'resolved', 'start')];
}

function legend(y: number): string[] {
  const box = (x: number, fill: string, opacity: number, text: string) => [
    rectangle(x, y - 13, 18, 16, { fill, opacity, stroke: '#9a9a9a' }),
    words(text, x + 26, y, 15),
  ];
  return [
    ...box(20, PASSING, 0.72, 'passes'),
    ...box(124, FAILING, 0.72, 'fails'),
    ...box(212, 'url(#nothing)', 1, 'nobody looked'),
    ...box(366, '#f5a623', 0.35, 'impact'),
    lookMark(480, y - 5, true),
    words('a look that passed', 492, y, 15),
    lookMark(656, y - 5, false),
    words('a look that failed', 668, y, 15),
  ];
}
