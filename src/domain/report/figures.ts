import { duration } from '../clock-words.ts';
import type { Incident } from '../incident.ts';
import { declaredInStory } from '../retrospective.ts';
import type { Entry } from '../timeline.ts';
import type { Instant } from '../words.ts';
import { MINUTE_MS } from '../zone-offsets.ts';
import { impactEnd, impactLasted } from './impact-lasted.ts';
import { nightWaited } from './night-waited.ts';

/** How long each thing took. Computed from the facts, never typed; absent where an end of it is not known. */
export interface Figures {
  /** Impact start → somebody or something noticed. */
  detect?: number;
  /** Declared → the first page. */
  page?: number;
  /** The first page → the first acknowledgement. */
  acknowledge?: number;
  /** Nobody who could be asked was in hours, or willing to be woken. */
  daylight?: number;
  /** Declared → the community was first told. */
  firstUpdate?: number;
  /** Impact start → impact end. */
  mitigate?: number;
  /** Impact start, or declared where that is not known → resolved. */
  resolve?: number;
  /** Impact start → impact end, or resolved where nobody ended it. */
  impact?: number;
}

const SECOND_MS = 1_000;

export interface FigureWords {
  id: keyof Figures;
  name: string;
  value: string;
}

const NAMES: Record<keyof Figures, string> = {
  detect: 'Time to detect',
  page: 'Time to page',
  acknowledge: 'Time to acknowledge',
  daylight: 'Time waiting for daylight',
  firstUpdate: 'Time to first update',
  mitigate: 'Time to mitigate',
  resolve: 'Time to resolve',
  impact: 'Total impact',
};

export function figures(incident: Incident, entries: readonly Entry[]): Figures {
  const { resolvedAt, impact, written } = incident;
  const declaredAt = declaredInStory(incident, entries);
  const start = impact.start?.at;
  const pages = Object.values(incident.pages);
  const paged = earliest([...pages.map((page) => page.pagedAt), written?.pagedAt]);
  const acknowledged = earliest([
    ...pages.flatMap((page) => (page.state === 'acknowledged' ? [page.settledAt] : [])),
    written?.acknowledgedAt,
  ]);
  return dropUnknown({
    detect: between(start, noticedAt(declaredAt, entries)),
    page: between(declaredAt, paged),
    acknowledge: between(paged, acknowledged),
    daylight: nightWaited(incident),
    firstUpdate: between(declaredAt, incident.updates.firstAt),
    mitigate: between(start, impact.end?.at),
    resolve: between(start ?? declaredAt, resolvedAt),
    impact: impactLasted(incident),
  });
}

/** Every figure in words: `12 min`, `ca. 1h 5m` where an edge of it is approximate, `unknown`. */
export function figureWords(
  known: Figures,
  incident: Pick<Incident, 'impact' | 'resolvedAt'>,
): FigureWords[] {
  const keys = Object.keys(NAMES) as (keyof Figures)[];
  return keys.map((id) => ({ id, name: NAMES[id], value: inWords(id, known[id], isAbout(id, incident)) }));
}

function inWords(id: keyof Figures, ms: number | undefined, about: boolean): string {
  if (ms === undefined) return 'unknown';
  if (ms < SECOND_MS) return id === 'daylight' ? 'none' : 'at once';
  return `${about ? 'ca. ' : ''}${duration(rounded(ms))}`;
}

/** The known ones as sentences, without what the same figure says twice. */
export function courseWords(known: Figures, incident: Pick<Incident, 'impact' | 'resolvedAt'>): string {
  const took = (id: keyof Figures) => {
    const words = inWords(id, known[id], isAbout(id, incident));
    return (known[id] ?? 0) < SECOND_MS ? words : `after ${words}`;
  };
  const { detect, firstUpdate, page, acknowledge, daylight, impact, resolve } = known;
  const went = [
    ...(detect === undefined ? [] : [`noticed ${took('detect')}`]),
    ...(resolve === undefined || resolve === impact ? [] : [`resolved ${took('resolve')}`]),
  ];
  const answered = acknowledge === undefined ? '' : ` and answered ${took('acknowledge')}`;
  return [
    impact === undefined
      ? ''
      : `Users were affected for ${inWords('impact', impact, isAbout('impact', incident))}.`,
    went.length === 0 ? '' : `It was ${went.join(' and ')}.`,
    page === undefined ? '' : `The first page was sent ${took('page')}${answered}.`,
    daylight ? `Paging waited ${inWords('daylight', daylight, false)} for daylight.` : '',
    firstUpdate === undefined ? '' : `The community was told ${took('firstUpdate')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** To whole minutes from the first one on, as the sentences of the timeline round. */
function rounded(ms: number): number {
  return ms < MINUTE_MS ? ms : Math.round(ms / MINUTE_MS) * MINUTE_MS;
}

function isAbout(id: keyof Figures, incident: Pick<Incident, 'impact' | 'resolvedAt'>): boolean {
  const start = incident.impact.start?.approximate ?? false;
  switch (id) {
    case 'detect':
    case 'resolve':
      return start;
    case 'mitigate':
    case 'impact':
      return start || (impactEnd(incident)?.approximate ?? false);
    default:
      return false;
  }
}

/** The first sign: an alert, somebody's report, or the declaration. */
function noticedAt(declaredAt: Instant | undefined, entries: readonly Entry[]): Instant | undefined {
  const signs = entries.filter(({ kind }) => kind === 'alert' || kind === 'report');
  return earliest([declaredAt, ...signs.map(({ moment }) => moment.at)]);
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
