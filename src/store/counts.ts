import type { Reader } from './incidents.ts';

/** How many facts of each of these types were ever written down. */
export async function countFacts(db: Reader, types: readonly string[]): Promise<Record<string, number>> {
  const rows = await db.fact.groupBy({ by: ['type'], where: { type: { in: [...types] } }, _count: true });
  return Object.fromEntries(rows.map(({ type, _count }) => [type, _count]));
}

/** Those that go on: a retrospective is open only to be written. */
export async function countOpenIncidents(db: Reader): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM incident
    WHERE status IN ('investigating', 'identified', 'monitoring') AND state->'retrospective' IS NULL`;
  return Number(row?.count ?? 0);
}
