import { dayWords, hourMinute, localDate } from '../domain/clock-words.ts';
import { zonesOf } from '../domain/report/report-clock.ts';
import type { Instant } from '../domain/words.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, wallClock } from '../domain/zone-offsets.ts';
import { element, verticalLine, widthOf, words } from './svg.ts';

/** Time from left to right. */
export interface Scale {
  from: Instant;
  to: Instant;
  left: number;
  right: number;
}

export function xOf({ from, to, left, right }: Scale, at: Instant): number {
  const inside = Math.min(Math.max(at, from), to);
  return left + ((inside - from) / Math.max(1, to - from)) * (right - left);
}

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7].map((days) => days * DAY_MS),
];
const MOST_TICKS = 13;

/** Instants at which the wall clock of the zone shows round times, far enough apart to be read. */
export function ticksOf(
  { from, to }: Pick<Scale, 'from' | 'to'>,
  zone: string,
): { at: Instant; step: number }[] {
  const step = STEPS.find((one) => (to - from) / one < MOST_TICKS) ?? 7 * DAY_MS;
  // Every offset of a zone is a multiple of a quarter of an hour.
  const stride = Math.min(step, 15 * MINUTE_MS);
  const ticks = [];
  for (let at = Math.ceil(from / stride) * stride; at <= to; at += stride) {
    const isRound = step < HOUR_MS ? at % step === 0 : wallClock(zone, at) % step === 0;
    if (isRound) ticks.push({ at, step });
  }
  return ticks;
}

const QUIET = '#616061';

/** The lines through the picture, the times under it, the day where it changes, and whose clock it is. */
export function drawAxis(
  scale: Scale,
  zone: string,
  { top, bottom }: { top: number; bottom: number },
): string[] {
  const ticks = ticksOf(scale, zone);
  let day = localDate(scale.from, zone);
  let lastLabelEnd = Number.NEGATIVE_INFINITY;
  const parts = ticks.flatMap(({ at, step }) => {
    const x = xOf(scale, at);
    const label = step >= DAY_MS ? dayWords(at, zone) : hourMinute(at, zone);
    const date = localDate(at, zone);
    const isNewDay = date !== day && step < DAY_MS;
    day = date;
    const half = widthOf(label, 15) / 2;
    const fits = x - half > lastLabelEnd + 6;
    if (fits) lastLabelEnd = x + half;
    return [
      verticalLine(x, top, bottom, { stroke: isNewDay ? '#9a9a9a' : '#e4e4e4' }),
      fits ? words(label, x, bottom + 22, 15, { 'text-anchor': 'middle', fill: QUIET }) : '',
      isNewDay
        ? words(dayWords(at, zone), x, bottom + 42, 14, { 'text-anchor': 'middle', 'font-weight': 'bold' })
        : '',
    ];
  });
  const clocks = zonesOf([scale.from, ...ticks.map(({ at }) => at), scale.to], zone);
  return [
    ...parts,
    element('line', { x1: scale.left, x2: scale.right, y1: bottom, y2: bottom, stroke: '#616061' }),
    words(clocks, scale.left - 34, bottom + 22, 15, {
      'text-anchor': 'end',
      'font-weight': 'bold',
      fill: QUIET,
    }),
  ];
}
