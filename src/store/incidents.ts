import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { factOfRow, incidentOfRow } from './rows.ts';

/** What reading needs of the database: the client, or a transaction of it. */
export type Reader = Pick<PrismaClient, 'incident' | 'fact' | '$queryRaw'>;

export async function incidentByNumber(db: Reader, number: number): Promise<Incident | undefined> {
  const row = await db.incident.findUnique({ where: { number }, select: { state: true } });
  return row ? incidentOfRow(row) : undefined;
}

export async function incidentOfChannel(db: Reader, channelId: string): Promise<Incident | undefined> {
  const row = await db.incident.findUnique({ where: { channelId }, select: { state: true } });
  return row ? incidentOfRow(row) : undefined;
}

/** Newest first. */
export async function openIncidents(db: Reader): Promise<Incident[]> {
  const rows = await db.incident.findMany({
    where: { status: { in: ['investigating', 'identified', 'monitoring'] } },
    orderBy: { number: 'desc' },
    take: 200,
    select: { state: true },
  });
  return rows.map(incidentOfRow);
}

/** The whole log of an incident, in order. */
export async function factsOf(db: Reader, number: number): Promise<Fact[]> {
  const rows = await db.fact.findMany({ where: { incidentNumber: number }, orderBy: { seq: 'asc' } });
  return rows.map(factOfRow);
}

export async function factsOfEntry(db: Reader, number: number, entryId: string): Promise<Fact[]> {
  const rows = await db.fact.findMany({
    where: { incidentNumber: number, entryId },
    orderBy: { seq: 'asc' },
  });
  return rows.map(factOfRow);
}

/** How often each person was paged since then, over all incidents. */
export async function pagesSince(db: Reader, since: Date): Promise<Record<string, number>> {
  const rows = await db.$queryRaw<{ person: string; count: bigint }[]>`
    SELECT data->>'person' AS person, count(*) AS count
    FROM fact WHERE type = 'paged' AND at > ${since} GROUP BY 1`;
  return Object.fromEntries(rows.map(({ person, count }) => [person, Number(count)]));
}
