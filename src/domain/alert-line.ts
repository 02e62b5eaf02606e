import { type AlertEvent, type AlertSource, impactProposal } from './alert.ts';
import { type AlertView, type KnownAlert, viewAlert } from './alert-merge.ts';
import { asTyped } from './sentence.ts';
import type { Instant } from './words.ts';

/** One line of a timeline: an alert with all the times that it opened. */
export interface AlertLine {
  series: string;
  /** Of all alerts in it. */
  fingerprints: string[];
  source: AlertSource;
  title: string;
  /** Markdown. */
  text: string;
  raw: string;
  link?: string;
  delaySeconds?: number;
  /** When it opened first. */
  at: Instant;
  /** When it ended last; absent while it is open. */
  endedAt?: Instant;
  /** How often it opened. */
  times: number;
  /** What people did about it elsewhere. */
  happened: AlertEvent[];
}

/** The lines of an incident's alerts: one for all that are the same thing opening again, and for what relays it. */
export function alertLines(alerts: readonly KnownAlert[]): AlertLine[] {
  const known = new Map(alerts.map((alert) => [alert.fingerprint, alert]));
  const all = alerts.map(viewAlert);
  const homes = new Map(all.map((view) => [view, relayedBy(view, all)]));
  const own = all.filter((view) => homes.get(view) === undefined);
  const happenedTo = ({ fingerprint }: AlertView) => Object.values(known.get(fingerprint)?.happened ?? {});
  return [...Map.groupBy(own, ({ series }) => series).values()].map((views) => {
    const relays = all.filter((view) => views.some((home) => homes.get(view) === home));
    return lineOf(views, relays, happenedTo);
  });
}

/** A relay begins a little before what it relays is told of, or while that lasts, or shortly after. */
const BEFORE_MS = 5 * 60_000;
const AFTER_MS = 15 * 60_000;

/** The alert that this one only relays: told by the service itself, of the same group and time; the nearest of several. */
export function relayedBy(view: AlertView, all: readonly AlertView[]): AlertView | undefined {
  if (!isRelay(view)) return undefined;
  const apart = (other: AlertView) => Math.abs(other.startedAt - view.startedAt);
  return all
    .filter(
      (other) =>
        !isRelay(other) &&
        other.family === view.family &&
        view.startedAt >= other.startedAt - BEFORE_MS &&
        view.startedAt <= (other.endedAt ?? Number.POSITIVE_INFINITY) + AFTER_MS,
    )
    .sort((a, b) => apart(a) - apart(b) || (a.fingerprint < b.fingerprint ? -1 : 1))[0];
}

/** Told of by PagerDuty alone, as the group that it came in. */
export function isRelay({ source, family }: Pick<AlertView, 'source' | 'family'>): boolean {
  return source === 'pagerduty' && family !== undefined;
}

/** Whether two alerts are one thing at two times, or one of them relays the other. */
export function isSameThing(one: AlertView, other: AlertView): boolean {
  if (one.series === other.series) return true;
  return one.family !== undefined && one.family === other.family && isRelay(one) !== isRelay(other);
}

function lineOf(
  views: AlertView[],
  relays: readonly AlertView[],
  happenedTo: (view: AlertView) => AlertEvent[],
): AlertLine {
  const inOrder = views.toSorted(
    (a, b) => a.startedAt - b.startedAt || (a.fingerprint < b.fingerprint ? -1 : 1),
  );
  const [first] = inOrder;
  if (!first) throw new Error('a line of no alerts');
  const ends = inOrder.map(({ endedAt }) => endedAt);
  const times = inOrder.reduce((sum, { spans }) => sum + spans.length, 0);
  const over = ends.every((end) => end !== undefined) ? Math.max(...ends) : undefined;
  return {
    series: first.series,
    fingerprints: [...inOrder, ...relays].map(({ fingerprint }) => fingerprint),
    source: first.source,
    title: first.title,
    text: [`${asTyped(first.title)}.`, delayWords(first), timesWords(times)].filter(Boolean).join(' '),
    raw: first.raw,
    ...(first.link === undefined ? {} : { link: first.link }),
    ...(first.delaySeconds === undefined ? {} : { delaySeconds: first.delaySeconds }),
    at: first.startedAt,
    ...(over === undefined ? {} : { endedAt: over }),
    times,
    happened: [...inOrder, ...relays]
      .flatMap(happenedTo)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  };
}

function timesWords(times: number): string {
  return times > 1 ? `It opened ${times} times.` : '';
}

/** An alert opens late by its own condition; the line says by how much. */
function delayWords(view: AlertView): string {
  if (!impactProposal(view)) return '';
  const minutes = Math.round((view.delaySeconds ?? 0) / 60);
  if (minutes === 0) return '';
  const what = /^uptime check/i.test(view.title)
    ? 'The check had then been failing'
    : 'The trouble had then lasted';
  return `${what} for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
}
