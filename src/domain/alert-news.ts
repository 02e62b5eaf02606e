import type { Effect } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './words.ts';

/** Something that the channel of an incident hears about an alert. */
export interface News {
  what: 'opened' | 'closed';
  notice: string;
  title: string;
  /** Markdown, when it is told alone. */
  text: string;
}

/** One message in place of many: how many alerts opened and ended since, and which. */
export interface AlertSummary {
  id: string;
  since: Instant;
  lastAt: Instant;
  opened: number;
  closed: number;
  /** How often each title; those beyond the first few dozen are counted together. */
  kinds: Record<string, number>;
  others: number;
}

/** How the alerts of an incident were told of last. */
export interface AlertNews {
  lastAt: Instant;
  summary?: AlertSummary;
}

export type AlertNewsFact =
  | { type: 'alert-news'; summary?: undefined }
  | {
      type: 'alert-news';
      summary: string;
      opened: number;
      closed: number;
      kinds: Record<string, number>;
    };

/** Two alerts closer together than this are a flood: they share a message. */
export const FLOOD_GAP_MS = 10_000;
/** A flood is over when nothing came for so long. */
export const FLOOD_ENDS_MS = 5 * 60_000;
/** The shared message is drawn anew at most so often. */
export const REDRAW_MS = 5_000;
const KINDS_MAX = 30;

/** Tells the channel: a line of its own for one alert, one message for many, which then says what is behind it. */
export function tellNews(
  incident: Incident,
  news: readonly News[],
  now: Instant,
): { facts: NewFact[]; effects: Effect[] } {
  const [only] = news;
  if (!only) return { facts: [], effects: [] };
  const by = { kind: 'daywatch' } as const;
  const { alertNews } = incident;
  const standing = alertNews?.summary;
  const isFlood = standing !== undefined && now - standing.lastAt < FLOOD_ENDS_MS;
  const isApart = alertNews === undefined || now - alertNews.lastAt >= FLOOD_GAP_MS;
  if (!isFlood && isApart && news.length === 1) {
    return {
      facts: [{ type: 'alert-news', by, at: now }],
      effects: [{ do: 'say', notice: only.notice, text: only.text }],
    };
  }
  const summary = isFlood ? standing.id : `${incident.seq + 1}`;
  const opened = news.filter(({ what }) => what === 'opened');
  const kinds: Record<string, number> = {};
  for (const { title } of opened) kinds[title] = (kinds[title] ?? 0) + 1;
  const counts = { opened: opened.length, closed: news.length - opened.length, kinds };
  return {
    facts: [{ type: 'alert-news', summary, ...counts, by, at: now }],
    effects: [{ do: 'show', message: `alerts:${summary}`, at: nextDrawing(now) }],
  };
}

/** Everything of the next seconds is in one drawing, and that is at least a second after the last line. */
export function nextDrawing(now: Instant): Instant {
  return Math.ceil((now + 1_000) / REDRAW_MS) * REDRAW_MS;
}

export function changeAlertNews(
  before: AlertNews | undefined,
  fact: AlertNewsFact & { at: Instant },
): AlertNews {
  const { at } = fact;
  if (fact.summary === undefined) return { ...before, lastAt: at };
  const { summary: id, opened, closed } = fact;
  const same = before?.summary?.id === id ? before.summary : undefined;
  const kinds = { ...same?.kinds };
  let others = same?.others ?? 0;
  for (const [title, count] of Object.entries(fact.kinds)) {
    if (Object.hasOwn(kinds, title) || Object.keys(kinds).length < KINDS_MAX) {
      kinds[title] = (kinds[title] ?? 0) + count;
    } else others += count;
  }
  const summary: AlertSummary = {
    id,
    since: same?.since ?? at,
    lastAt: at,
    opened: (same?.opened ?? 0) + opened,
    closed: (same?.closed ?? 0) + closed,
    kinds,
    others,
  };
  return { lastAt: at, summary };
}
