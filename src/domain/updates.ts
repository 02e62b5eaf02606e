import type { Fact } from './facts.ts';
import { authorOf } from './timeline.ts';
import type { Actor, Instant, PersonId } from './words.ts';
import { changeWritten, type WrittenUpdate } from './written-updates.ts';

/** What went out to the community or stakeholders, as the timeline has it. */
export interface Updates {
  count: number;
  firstAt?: Instant;
  firstBy?: Actor;
  lastAt?: Instant;
  /** Entries that are updates, also those taken out of the timeline, so that they can come back. */
  entries: Record<string, { at: Instant; removed: boolean; by?: Actor }>;
  /** Updates written here, oldest first. */
  written?: readonly WrittenUpdate[];
  /** The clock of updates: when it last started anew, and what was said of which due time. */
  reopenedAt?: Instant;
  reminded?: Record<string, Reminded>;
  snoozed?: { dueAt: Instant; until: Instant };
}

/** What was said of one due time: beforehand to somebody, and in the channel once it was late. */
export interface Reminded {
  soon?: { person: PersonId };
  late?: { person?: PersonId };
}

export const NO_UPDATES: Updates = { count: 0, entries: {} };

/** Follows updates and the entries that are some; anything else changes nothing. */
export function changeUpdates(updates: Updates, fact: Fact): Updates {
  const before = updates.written ?? [];
  const written = changeWritten(before, fact);
  const entries = changeEntries(updates.entries, fact);
  const clock = changeClock(updates, fact);
  if (entries === updates.entries && written === before && clock === updates) return updates;
  const { count: _count, firstAt: _first, firstBy: _by, lastAt: _last, ...rest } = clock;
  const next = { ...rest, entries, ...(written.length > 0 ? { written } : {}) };
  const told = [...markedUpdates(next), ...written.flatMap(toldAt)].toSorted((a, b) => a.at - b.at);
  const [first, last] = [told[0], told.at(-1)];
  if (!first || !last) return { count: 0, ...next };
  const firstBy = first.by === undefined ? {} : { firstBy: first.by };
  return { count: told.length, firstAt: first.at, ...firstBy, lastAt: last.at, ...next };
}

/** When outsiders were told, and by whom. */
interface Told {
  at: Instant;
  by?: Actor;
}

/** When messages went out that are marked as updates. The line of a written one proves nothing by itself. */
export function markedUpdates({ entries, written = [] }: Pick<Updates, 'entries' | 'written'>): Told[] {
  const own = new Set(written.map(({ entry }) => entry));
  return Object.entries(entries).flatMap(([id, { removed, ...told }]) =>
    removed || own.has(id) ? [] : [told],
  );
}

/** When somebody beyond the team had it first. */
function toldAt({ deliveries, by }: WrittenUpdate): Told[] {
  const sent = deliveries.flatMap((delivery) =>
    delivery.sent && delivery.audience !== 'announcements' ? [delivery.sent.at] : [],
  );
  return sent.length > 0 ? [{ at: Math.min(...sent), by }] : [];
}

function changeClock(updates: Updates, fact: Fact): Updates {
  switch (fact.type) {
    case 'status-changed': {
      const over = ['resolved', 'closed', 'cancelled', 'merged'];
      return over.includes(fact.from) && !over.includes(fact.to)
        ? { ...updates, reopenedAt: fact.at }
        : updates;
    }
    case 'update-reminded': {
      const { dueAt, stage, person } = fact;
      const said = { ...updates.reminded?.[dueAt], [stage]: person === undefined ? {} : { person } };
      return { ...updates, reminded: { ...updates.reminded, [dueAt]: said } };
    }
    case 'update-snoozed':
      return { ...updates, snoozed: { dueAt: fact.dueAt, until: fact.until } };
    default:
      return updates;
  }
}

function changeEntries(entries: Updates['entries'], fact: Fact): Updates['entries'] {
  switch (fact.type) {
    case 'entry-recorded':
      if (fact.content.kind !== 'update') return entries;
      return { ...entries, [fact.entry]: { at: fact.moment.at, removed: false, by: authorOf(fact) } };
    case 'entry-kind-changed': {
      const { [fact.entry]: _, ...others } = entries;
      if (fact.kind !== 'update') return others;
      return { ...entries, [fact.entry]: { at: fact.moment.at, removed: false, by: fact.by } };
    }
    case 'entry-retimed':
      return patched(entries, fact.entry, { at: fact.moment.at });
    case 'entry-removed':
      return patched(entries, fact.entry, { removed: true });
    case 'entry-restored':
      return patched(entries, fact.entry, { removed: false });
    default:
      return entries;
  }
}

function patched(
  entries: Updates['entries'],
  id: string,
  patch: Partial<Updates['entries'][string]>,
): Updates['entries'] {
  const entry = entries[id];
  return entry ? { ...entries, [id]: { ...entry, ...patch } } : entries;
}
