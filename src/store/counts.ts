import type { Reader } from './incidents.ts';

/** How many facts of each of these types were ever written down. */
export async function countFacts(db: Reader, types: readonly string[]): Promise<Record<string, number>> {
  const rows = await db.fact.groupBy({ by: ['type'], where: { type: { in: [...types] } }, _count: true });
  return Object.fromEntries(rows.map(({ type, _count }) => [type, _count]));
}

export function countOpenIncidents(db: Reader): Promise<number> {
  return db.incident.count({ where: { status: { in: ['investigating', 'identified', 'monitoring'] } } });
}
