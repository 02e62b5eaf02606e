import { type Entry, foldEntry } from '../domain/timeline.ts';
import type { Reader } from './incidents.ts';
import { factOfRow } from './rows.ts';

/** Those of these entries that an incident has, by id. */
export async function entriesOf(
  db: Reader,
  number: number,
  ids: readonly string[],
): Promise<Map<string, Entry>> {
  const rows = await db.fact.findMany({
    where: { incidentNumber: number, entryId: { in: [...ids] } },
    orderBy: { seq: 'asc' },
  });
  const facts = Map.groupBy(rows, ({ entryId }) => entryId);
  const entries = [...facts.values()].flatMap((some) => foldEntry(some.map(factOfRow)) ?? []);
  return new Map(entries.map((entry) => [entry.id, entry]));
}
