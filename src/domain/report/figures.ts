import { duration } from '../clock-words.ts';
import type { Incident } from '../incident.ts';
import type { Entry } from '../timeline.ts';
import type { Instant } from '../words.ts';

/** How long each thing took. Computed from the facts, never typed; absent where an end of it is not known. */
export interface Figures {
  /** Impact start → somebody or something noticed. */
  detect?: number;
  /** Declared → the first page. */
  page?: number;
  /** The first page → the first acknowledgement. */
  acknowledge?: number;
  /** Declared → the community was first told. */
  firstUpdate?: number;
  /** Impact start → impact end. */
  mitigate?: number;
  /** Impact start, or declared where that is not known → resolved. */
  resolve?: number;
}

export interface FigureWords {
  name: string;
  value: string;
}

const NAMES: Record<keyof Figures, string> = {
  detect: 'Time to detect',
  page: 'Time to page',
  acknowledge: 'Time to acknowledge',
  firstUpdate: 'Time to first update',
  mitigate: 'Time to mitigate',
  resolve: 'Time to resolve',
};

export function figures(incident: Incident, entries: readonly Entry[]): Figures {
  const { declaredAt, resolvedAt, impact } = incident;
  const start = impact.start?.at;
  const pages = Object.values(incident.pages);
  const paged = earliest(pages.map((page) => page.pagedAt));
  const acknowledged = earliest(
    pages.flatMap((page) => (page.state === 'acknowledged' ? [page.settledAt] : [])),
  );
  return dropUnknown({
    detect: between(start, noticedAt(incident, entries)),
    page: between(declaredAt, paged),
    acknowledge: between(paged, acknowledged),
    firstUpdate: between(declaredAt, incident.updates.firstAt),
    mitigate: between(start, impact.end?.at),
    resolve: between(start ?? declaredAt, resolvedAt),
  });
}

/** The figures that are known, as words. */
export function figureWords(known: Figures): FigureWords[] {
  const keys = Object.keys(NAMES) as (keyof Figures)[];
  return keys.flatMap((key) => {
    const ms = known[key];
    return ms === undefined ? [] : [{ name: NAMES[key], value: duration(ms) }];
  });
}

/** The first sign: an alert, somebody's report, or the declaration. */
function noticedAt(incident: Incident, entries: readonly Entry[]): Instant | undefined {
  const signs = entries.filter(({ kind }) => kind === 'alert' || kind === 'report');
  return earliest([incident.declaredAt, ...signs.map(({ moment }) => moment.at)]);
}

export function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  const known = instants.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.min(a, b));
}

function between(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}

function dropUnknown(given: { [Key in keyof Figures]: number | undefined }): Figures {
  return Object.fromEntries(Object.entries(given).filter(([, ms]) => ms !== undefined));
}
