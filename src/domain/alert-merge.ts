import { ALERT_SOURCES, type AlertEvent, type AlertSource, type IncomingAlert } from './alert.ts';
import type { Instant } from './words.ts';

/** The words of one way, as it told them while the alert was open, or at its end when that is all there is. */
interface AlertWords {
  state: 'open' | 'closed';
  title: string;
  labels: Record<string, string>;
  raw: string;
  link?: string;
  delaySeconds?: number;
  series?: string;
  family?: string;
}

/** What one way has told so far. Sets of instants, so that order and repetition make no difference. */
interface Report {
  opened: Instant[];
  closed: Instant[];
  words: AlertWords;
}

/** One alert, as all that was told of it adds up: in whatever order and however often, it is the same. */
export interface KnownAlert {
  fingerprint: string;
  reports: Partial<Record<AlertSource, Report>>;
  happened: Record<string, AlertEvent>;
}

/** One time that an alert was open. */
export interface Span {
  from: Instant;
  to?: Instant;
}

/** An alert as people are told of it: each thing from whoever knows it best. */
export interface AlertView {
  fingerprint: string;
  series: string;
  /** The group that it was told in. */
  family?: string;
  source: AlertSource;
  title: string;
  labels: Record<string, string>;
  raw: string;
  link?: string;
  delaySeconds?: number;
  /** By time; the last one is open when it has no end. */
  spans: Span[];
  open: boolean;
  startedAt: Instant;
  endedAt?: Instant;
}

/** Adds a telling to what is known. */
export function mergeAlert(known: KnownAlert | undefined, told: IncomingAlert): KnownAlert {
  const before: KnownAlert = known ?? { fingerprint: told.fingerprint, reports: {}, happened: {} };
  const { happened } = told;
  const report = mergeReport(before.reports[told.source], told);
  return {
    ...before,
    reports: { ...before.reports, [told.source]: report },
    happened: happened ? { ...before.happened, [happened.id]: happened } : before.happened,
  };
}

function mergeReport(known: Report | undefined, told: IncomingAlert): Report {
  const { state, title, labels, raw, link, delaySeconds, series, family } = told;
  const words: AlertWords = {
    state,
    title,
    labels,
    raw,
    ...(link === undefined ? {} : { link }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
    ...(series === undefined ? {} : { series }),
    ...(family === undefined ? {} : { family }),
  };
  const closed = state === 'closed' ? [Number(told.endedAt ?? told.startedAt)] : [];
  return {
    opened: instants([...(known?.opened ?? []), Number(told.startedAt)]),
    closed: instants([...(known?.closed ?? []), ...closed]),
    words: known ? better(known.words, words) : words,
  };
}

function instants(all: readonly Instant[]): Instant[] {
  return [...new Set(all)].sort((a, b) => a - b);
}

/** Words of the open alert rather than of its end, and those that tell more; of equals always the same, whichever came first. */
function better(one: AlertWords, other: AlertWords): AlertWords {
  if (one.state !== other.state) return one.state === 'open' ? one : other;
  const [some, more] = [Object.keys(one).length, Object.keys(other).length];
  if (some !== more) return some > more ? one : other;
  return canonical(one) <= canonical(other) ? one : other;
}

function canonical(words: AlertWords): string {
  const { labels, ...rest } = words;
  return JSON.stringify([Object.entries(rest).sort(), Object.entries(labels).sort()]);
}

export function viewAlert(known: KnownAlert): AlertView {
  const ways = ALERT_SOURCES.filter((source) => known.reports[source] !== undefined);
  const reports = ways.flatMap((way) => known.reports[way] ?? []);
  const [source] = ways;
  const [best] = reports;
  if (!source || !best) throw new Error('an alert that nobody told of');
  const first = <Key extends keyof AlertWords>(key: Key) =>
    reports.find(({ words }) => words[key] !== undefined)?.words[key];
  const link = first('link');
  const delaySeconds = first('delaySeconds');
  const family = first('family');
  // Whoever opened it says best when it ended; until then the word of another counts.
  const closed = best.closed.length > 0 ? best.closed : instants(reports.flatMap((report) => report.closed));
  const spans = spansOf(best.opened, closed);
  const last = spans.at(-1);
  return {
    fingerprint: known.fingerprint,
    series: first('series') ?? known.fingerprint,
    ...(family === undefined ? {} : { family }),
    source,
    title: best.words.title,
    labels: Object.assign({}, ...reports.toReversed().map(({ words }) => words.labels)),
    raw: best.words.raw,
    ...(link === undefined ? {} : { link }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
    spans,
    open: last?.to === undefined,
    startedAt: spans[0]?.from ?? 0,
    ...(last?.to === undefined ? {} : { endedAt: last.to }),
  };
}

/** Openings while it is open are repeats, and so are ends of what has ended. */
function spansOf(opened: readonly Instant[], closed: readonly Instant[]): Span[] {
  const edges = [
    ...opened.map((at) => ({ at, opens: true })),
    ...closed.map((at) => ({ at, opens: false })),
  ].sort((a, b) => a.at - b.at || Number(b.opens) - Number(a.opens));
  const spans: Span[] = [];
  for (const { at, opens } of edges) {
    const last = spans.at(-1);
    const isOpen = last !== undefined && last.to === undefined;
    if (opens && !isOpen) spans.push({ from: at });
    else if (!opens && isOpen) last.to = at;
  }
  return spans;
}
