import type { CheckRun, CheckSeries } from '../domain/uptime/check-series.ts';
import type { Instant } from '../domain/words.ts';
import { type Scale, xOf } from './chart-axis.ts';
import { element, fitting, rectangle, words } from './svg.ts';

/** Failing looks have another shape besides, for colour-blind eyes. */
export const PASSING = '#1a7f37';
export const FAILING = '#c01c28';
const QUIET = '#616061';

/** How high the row of one place is. */
export const PLACE_ROW = 24;
/** So long may a look speak for the time after it. */
const HOLE = 2.5;

/** How many of the places the check passed from, between two instants. */
interface Step {
  from: Instant;
  to: Instant;
  passing: number;
  known: number;
}

/** Each look speaks until the next one from its place. Where no place has spoken nothing is known. */
export function stepsOf({ places, periodMs, from, to }: CheckSeries): Step[] {
  const spans = places.flatMap(({ runs }) =>
    runs.map((run, index) => ({
      passed: run.passed,
      from: run.from,
      to: Math.min(runs[index + 1]?.from ?? to, run.to + periodMs * HOLE, to),
    })),
  );
  const edges = [...new Set([from, to, ...spans.flatMap((span) => [span.from, span.to])])].sort(
    (a, b) => a - b,
  );
  const steps: Step[] = [];
  for (const [index, start] of edges.slice(0, -1).entries()) {
    const end = edges[index + 1] ?? to;
    const there = spans.filter((span) => span.from <= start && span.to > start);
    const step = {
      from: start,
      to: end,
      passing: there.filter(({ passed }) => passed).length,
      known: there.length,
    };
    const last = steps.at(-1);
    if (last && last.passing === step.passing && last.known === step.known) last.to = end;
    else steps.push(step);
  }
  return steps;
}

/** The part that passes, from the bottom, and the part that fails above it. */
export function drawPassing(
  series: CheckSeries,
  scale: Scale,
  { top, bottom }: { top: number; bottom: number },
): string[] {
  const height = bottom - top;
  return stepsOf(series).flatMap(({ from, to, passing, known }) => {
    const [x, width] = [xOf(scale, from), xOf(scale, to) - xOf(scale, from)];
    if (known === 0) return [rectangle(x, top, width, height, { fill: 'url(#nothing)' })];
    const passed = Math.round((passing / known) * height);
    return [
      rectangle(x, top, width, height - passed, { fill: FAILING, opacity: 0.72 }),
      rectangle(x, bottom - passed, width, passed, { fill: PASSING, opacity: 0.72 }),
    ];
  });
}

/** A row a place with its looks: a dot that passed, a cross that failed; bars where they would touch. */
export function drawPlaces(series: CheckSeries, scale: Scale, top: number): string[] {
  return series.places.flatMap(({ place, runs }, index) => {
    const y = top + index * PLACE_ROW + PLACE_ROW / 2;
    return [
      words(fitting(place, 14, scale.left - 36), scale.left - 16, y + 5, 14, {
        'text-anchor': 'end',
        fill: QUIET,
      }),
      element('line', { x1: scale.left, x2: scale.right, y1: y, y2: y, stroke: '#e4e4e4' }),
      ...runs.flatMap((run) => drawRun(run, scale, y)),
    ];
  });
}

const APART = 9;

function drawRun(run: CheckRun, scale: Scale, y: number): string[] {
  const [from, to] = [xOf(scale, run.from), xOf(scale, run.to)];
  const gap = run.count > 1 ? (to - from) / (run.count - 1) : APART;
  if (gap < APART) {
    return [
      rectangle(from - 2, y - (run.passed ? 3 : 6), to - from + 4, run.passed ? 6 : 12, {
        fill: run.passed ? PASSING : FAILING,
        rx: 2,
      }),
    ];
  }
  return Array.from({ length: run.count }, (_, count) => lookMark(from + count * gap, y, run.passed));
}

export function lookMark(x: number, y: number, passed: boolean): string {
  const at = Math.round(x * 100) / 100;
  if (passed) return element('circle', { cx: at, cy: y, r: 4, fill: PASSING });
  const [a, b, c, d] = [at - 4.5, at + 4.5, y - 4.5, y + 4.5].map((one) => Math.round(one * 100) / 100);
  return element('path', {
    d: `M${a} ${c}L${b} ${d}M${a} ${d}L${b} ${c}`,
    stroke: FAILING,
    'stroke-width': 3,
    'stroke-linecap': 'round',
  });
}
