import type { Fact } from './facts.ts';
import type { Instant } from './words.ts';

/** What went out to the community or stakeholders, as the timeline has it. */
export interface Updates {
  count: number;
  firstAt?: Instant;
  lastAt?: Instant;
  /** Entries that are updates, also those taken out of the timeline, so that they can come back. */
  entries: Record<string, { at: Instant; removed: boolean }>;
}

export const NO_UPDATES: Updates = { count: 0, entries: {} };

/** Follows the entries that are updates; anything else changes nothing. */
export function changeUpdates(updates: Updates, fact: Fact): Updates {
  const entries = changeEntries(updates.entries, fact);
  if (entries === updates.entries) return updates;
  const sent = Object.values(entries).flatMap(({ at, removed }) => (removed ? [] : [at]));
  if (sent.length === 0) return { count: 0, entries };
  return { count: sent.length, firstAt: Math.min(...sent), lastAt: Math.max(...sent), entries };
}

function changeEntries(entries: Updates['entries'], fact: Fact): Updates['entries'] {
  switch (fact.type) {
    case 'entry-recorded':
      if (fact.content.kind !== 'update') return entries;
      return { ...entries, [fact.entry]: { at: fact.moment.at, removed: false } };
    case 'entry-kind-changed': {
      const { [fact.entry]: _, ...others } = entries;
      if (fact.kind !== 'update') return others;
      return { ...entries, [fact.entry]: { at: fact.moment.at, removed: false } };
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
