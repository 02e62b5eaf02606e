import type { Figures } from '../report/figures.ts';
import { type Instant, SEVERITIES } from '../words.ts';
import type { IncidentNumbers } from './incident-numbers.ts';

/** A median, and of how many incidents it is: those of which the time is known. */
export interface Median {
  ms: number;
  of: number;
}

/** The numbers of some incidents together. Shares are from 0 to 1, and absent where there is nothing to share. */
export interface StatRow {
  name: string;
  incidents: number;
  foundByMachine?: number;
  medians: Partial<Record<keyof Figures, Median>>;
  actions: {
    count: number;
    done: number;
    doneShare?: number;
    open: number;
    medianAgeMs?: number;
    oldestMs?: number;
  };
}

export interface Stats {
  all: StatRow;
  bySeverity: StatRow[];
  byService: StatRow[];
  byMonth: StatRow[];
}

export const FIGURE_IDS = [
  'detect',
  'page',
  'acknowledge',
  'daylight',
  'firstUpdate',
  'mitigate',
  'resolve',
  'impact',
] as const satisfies readonly (keyof Figures)[];

/** What incidents have in common: by severity, by service (those of none last) and by month, the earliest first. */
export function stats(incidents: readonly IncidentNumbers[], now: Instant): Stats {
  const rows = (names: readonly string[], of: (incident: IncidentNumbers) => string) =>
    [...new Set(names)]
      .map((name) =>
        statRow(
          name,
          incidents.filter((incident) => of(incident) === name),
          now,
        ),
      )
      .filter((row) => row.incidents > 0);
  const service = (incident: IncidentNumbers) => incident.service ?? NO_SERVICE;
  const month = ({ date }: IncidentNumbers) => date.slice(0, 7);
  return {
    all: statRow('all', incidents, now),
    bySeverity: rows([...SEVERITIES, NO_SEVERITY], ({ severity }) => severity ?? NO_SEVERITY),
    byService: rows(
      [
        ...incidents
          .map(service)
          .filter((name) => name !== NO_SERVICE)
          .sort(),
        NO_SERVICE,
      ],
      service,
    ),
    byMonth: rows(incidents.map(month).sort(), month),
  };
}

const NO_SERVICE = '(no service)';
const NO_SEVERITY = '(not known)';

function statRow(name: string, incidents: readonly IncidentNumbers[], now: Instant): StatRow {
  const found = incidents.flatMap(({ foundBy }) => foundBy ?? []);
  const machine = share(found.filter((by) => by === 'machine').length, found.length);
  const medians: StatRow['medians'] = {};
  for (const id of FIGURE_IDS) {
    const known = incidents.flatMap(({ figures }) => figures[id] ?? []);
    const ms = median(known);
    if (ms !== undefined) medians[id] = { ms, of: known.length };
  }
  const count = incidents.reduce((sum, { actions }) => sum + actions.count, 0);
  const done = incidents.reduce((sum, { actions }) => sum + actions.done, 0);
  const ages = incidents.flatMap(({ actions }) => actions.openSince.map((at) => Math.max(0, now - at)));
  const doneShare = share(done, count);
  const medianAgeMs = median(ages);
  return {
    name,
    incidents: incidents.length,
    ...(machine === undefined ? {} : { foundByMachine: machine }),
    medians,
    actions: {
      count,
      done,
      ...(doneShare === undefined ? {} : { doneShare }),
      open: ages.length,
      ...(medianAgeMs === undefined ? {} : { medianAgeMs, oldestMs: ages.reduce((a, b) => Math.max(a, b)) }),
    },
  };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** The middle one, or the middle of the two in the middle. */
function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[half], sorted[half - 1]];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : Math.round((lower + upper) / 2);
}
