import { duration } from '../clock-words.ts';
import type { Figures } from '../report/figures.ts';
import { DAY_MS } from '../zone-offsets.ts';
import type { IncidentNumbers } from './incident-numbers.ts';
import { FIGURE_IDS, type StatRow, type Stats } from './stats.ts';

const HEADINGS: Record<keyof Figures, string> = {
  detect: 'detect',
  page: 'page',
  acknowledge: 'acknowledge',
  daylight: 'daylight',
  firstUpdate: 'first update',
  mitigate: 'mitigate',
  resolve: 'resolve',
  impact: 'impact',
};

/** A table for a terminal. Every time is a median, with `(3)` where it is known of three incidents only. */
export function statsTable({ all, bySeverity, byService, byMonth }: Stats): string {
  const headings = [
    '',
    'incidents',
    'found by machine',
    ...FIGURE_IDS.map((id) => HEADINGS[id]),
    'actions done',
    'oldest open',
  ];
  const blocks = [[all], bySeverity, byService, byMonth].filter((rows) => rows.length > 0);
  const cells = blocks.map((rows) => rows.map(cellsOf));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.flat().map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), ...cells.map((rows) => rows.map(line).join('\n'))].join('\n\n');
}

function cellsOf(row: StatRow): string[] {
  const { count, done, open, oldestMs } = row.actions;
  return [
    row.name,
    String(row.incidents),
    percent(row.foundByMachine),
    ...FIGURE_IDS.map((id) => {
      const median = row.medians[id];
      if (!median) return '–';
      return `${duration(median.ms)}${median.of === row.incidents ? '' : ` (${median.of})`}`;
    }),
    count === 0 ? '–' : `${done} of ${count}`,
    open === 0 || oldestMs === undefined ? '–' : `${Math.floor(oldestMs / DAY_MS)}d`,
  ];
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(share * 100)} %`;
}

/** The same for a spreadsheet: times in seconds, shares from 0 to 1, nothing where nothing is known. */
export function statsCsv({ all, bySeverity, byService, byMonth }: Stats): string {
  const heading = [
    ...['by', 'name', 'incidents', 'found_by_machine'],
    ...FIGURE_IDS.flatMap((id) => [`${column(id)}_median_s`, `${column(id)}_known`]),
    ...['actions', 'actions_done', 'actions_open', 'open_age_median_s', 'open_age_oldest_s'],
  ];
  const rows = Object.entries({ all: [all], severity: bySeverity, service: byService, month: byMonth });
  const lines = rows.flatMap(([by, of]) =>
    of.map((row) => [
      ...[by, row.name, row.incidents, row.foundByMachine],
      ...FIGURE_IDS.flatMap((id) => [seconds(row.medians[id]?.ms), row.medians[id]?.of ?? 0]),
      ...[row.actions.count, row.actions.done, row.actions.open],
      ...[seconds(row.actions.medianAgeMs), seconds(row.actions.oldestMs)],
    ]),
  );
  return csv([heading, ...lines]);
}

/** A line an incident, for those who reckon themselves. */
export function incidentsCsv(incidents: readonly IncidentNumbers[]): string {
  const heading = [
    ...['incident', 'date', 'title', 'severity', 'service', 'found_by'],
    ...FIGURE_IDS.map((id) => `${column(id)}_s`),
    ...['actions', 'actions_done'],
  ];
  const lines = incidents.map(({ name, date, title, severity, service, foundBy, figures, actions }) => [
    ...[name, date, title, severity, service, foundBy],
    ...FIGURE_IDS.map((id) => seconds(figures[id])),
    ...[actions.count, actions.done],
  ]);
  return csv([heading, ...lines]);
}

function column(id: keyof Figures): string {
  return HEADINGS[id].replaceAll(' ', '_');
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms / 1000);
}

function csv(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return rows
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** Spreadsheets take what begins with `=` and its like for a formula. */
function csvCell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
