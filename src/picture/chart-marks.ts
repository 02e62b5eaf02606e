import type { ChartMark } from '../domain/uptime/chart-facts.ts';
import { ENTRY_KINDS, type EntryKind } from '../domain/words.ts';
import { type Scale, xOf } from './chart-axis.ts';
import { element, widthOf, words } from './svg.ts';

/** One look a kind, by shape and by colour. */
const LOOKS: Record<EntryKind, { path: string; fill: string; name: string }> = {
  alert: { path: 'M0 -7L7 6L-7 6Z', fill: '#c01c28', name: 'alert' },
  report: { path: 'M0 -7L7 6L-7 6Z', fill: '#e69f00', name: 'users report' },
  page: { path: 'M0 -7L7 0L0 7L-7 0Z', fill: '#8e5ea2', name: 'page' },
  update: { path: 'M-6 -6H6V6H-6Z', fill: '#0072b2', name: 'update' },
  status: { path: 'M-6 -6H6V6H-6Z', fill: '#1d1c1d', name: 'status' },
  role: { path: 'M0 -7L7 0L0 7L-7 0Z', fill: '#56b4e9', name: 'role' },
  action: { path: 'M-6 -6H6V6H-6Z', fill: '#8c564b', name: 'action item' },
  message: { path: 'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z', fill: '#616061', name: 'message' },
  note: { path: 'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z', fill: '#b5b5b5', name: 'note' },
};

const ROW = 17;
const WIDTH = 15;
const MOST_ROWS = 6;

/** Marks that would lie on each other are stacked, as they come. */
function stacked(marks: readonly ChartMark[], scale: Scale): (ChartMark & { x: number; row: number })[] {
  const ends: number[] = [];
  return marks.map((mark) => {
    const x = xOf(scale, mark.at);
    const free = ends.findIndex((end) => x - end >= WIDTH);
    const row = Math.min(free === -1 ? ends.length : free, MOST_ROWS - 1);
    ends[row] = x;
    return { ...mark, x, row };
  });
}

/** How high the lane of the marks is. */
export function heightOfMarks(marks: readonly ChartMark[], scale: Scale): number {
  return Math.max(1, ...stacked(marks, scale).map(({ row }) => row + 1)) * ROW + 8;
}

export function drawMarks(marks: readonly ChartMark[], scale: Scale, top: number): string[] {
  return stacked(marks, scale).map(({ kind, x, row }) => markOf(kind, x, top + row * ROW + ROW / 2 + 4));
}

function markOf(kind: EntryKind, x: number, y: number): string {
  const { path, fill } = LOOKS[kind];
  const place = `translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})`;
  return element('path', { d: path, fill, stroke: '#ffffff', 'stroke-width': 1, transform: place });
}

/** The kinds that are there, each with its mark. */
export function legendOfMarks(marks: readonly ChartMark[], x: number, y: number): string[] {
  const kinds = ENTRY_KINDS.filter((kind) => marks.some((mark) => mark.kind === kind));
  let left = x;
  return kinds.flatMap((kind) => {
    const { name } = LOOKS[kind];
    const parts = [markOf(kind, left + 7, y - 5), words(name, left + 20, y, 15)];
    left += widthOf(name, 15) + 44;
    return parts;
  });
}
