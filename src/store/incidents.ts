import { entryOfMessage } from '../domain/entries.ts';
import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import type { MessageRef } from '../domain/words.ts';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { factOfRow, incidentOfRow } from './rows.ts';

const OPEN = ['investigating', 'identified', 'monitoring'];

/** What reading needs of the database: the client, or a transaction of it. */
export type Reader = Pick<PrismaClient, 'incident' | 'fact' | '$queryRaw'>;

export async function incidentByNumber(db: Reader, number: number): Promise<Incident | undefined> {
  const row = await db.incident.findUnique({ where: { number }, select: { state: true } });
  return row ? incidentOfRow(row) : undefined;
}

export async function incidentByUid(db: Reader, uid: string): Promise<Incident | undefined> {
  const row = await db.incident.findUnique({ where: { uid }, select: { state: true } });
  return row ? incidentOfRow(row) : undefined;
}

export async function incidentOfChannel(db: Reader, channelId: string): Promise<Incident | undefined> {
  const row = await db.incident.findUnique({ where: { channelId }, select: { state: true } });
  return row ? incidentOfRow(row) : undefined;
}

/** Newest first. */
export async function openIncidents(db: Reader): Promise<Incident[]> {
  const rows = await db.incident.findMany({
    where: { status: { in: OPEN } },
    orderBy: { number: 'desc' },
    take: 200,
    select: { state: true },
  });
  return rows.map(incidentOfRow);
}

/** What a list is narrowed down to. */
export interface Wanted {
  status?: readonly string[];
  severity?: string;
  declaredSince?: Date;
  declaredBefore?: Date;
  /** Private ones are left out. */
  publicOnly?: boolean;
  /** Only those with a smaller number. */
  below?: number;
  limit: number;
}

/** Newest first. */
export async function incidentsWanted(db: Reader, wanted: Wanted): Promise<Incident[]> {
  const { status, severity, declaredSince, declaredBefore, publicOnly, below, limit } = wanted;
  const rows = await db.incident.findMany({
    where: {
      ...(status ? { status: { in: [...status] } } : {}),
      ...(severity ? { severity } : {}),
      ...(publicOnly ? { private: false } : {}),
      ...(below === undefined ? {} : { number: { lt: below } }),
      declaredAt: {
        ...(declaredSince ? { gte: declaredSince } : {}),
        ...(declaredBefore ? { lt: declaredBefore } : {}),
      },
    },
    orderBy: { number: 'desc' },
    take: limit,
    select: { state: true },
  });
  return rows.map(incidentOfRow);
}

/** Those in whose channels something may still be added to the timeline: open ones, and those resolved since. */
export async function listeningIncidents(db: Reader, resolvedSince: Date): Promise<Incident[]> {
  const rows = await db.incident.findMany({
    where: {
      status: { in: [...OPEN, 'resolved'] },
      channelId: { not: null },
    },
    orderBy: { number: 'desc' },
    select: { state: true },
  });
  return rows
    .map(incidentOfRow)
    .filter(({ resolvedAt }) => resolvedAt === undefined || resolvedAt > resolvedSince.getTime());
}

/** Those that are open, and those to which anything happened since then, newest first. */
export async function openOrTouchedSince(db: Reader, since: Date): Promise<Incident[]> {
  const rows = await db.incident.findMany({
    where: {
      OR: [{ status: { in: OPEN } }, { facts: { some: { recordedAt: { gt: since } } } }],
    },
    orderBy: { number: 'desc' },
    take: 200,
    select: { state: true },
  });
  return rows.map(incidentOfRow);
}

/** The latest of those that everybody may know of, newest first. */
export async function publicIncidents(db: Reader, count: number): Promise<Incident[]> {
  const rows = await db.incident.findMany({
    where: { private: false },
    orderBy: { number: 'desc' },
    take: count,
    select: { state: true },
  });
  return rows.map(incidentOfRow);
}

/** When somebody last wrote in a channel, as far as it was seen. */
export async function lastWordsOf(
  db: Reader,
  channelId: string,
  person: string,
): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ ts: string | null }[]>`
    SELECT max(ts) AS ts FROM message WHERE channel_id = ${channelId} AND body->>'user' = ${person}`;
  return row?.ts ? Math.floor(Number(row.ts) * 1000) : undefined;
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

/** The channels of the duplicates that were merged into this one, and of theirs. */
export async function channelsOfDuplicates(db: Reader, number: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ channel: string }[]>`
    WITH RECURSIVE duplicates AS (
      SELECT number, channel_id FROM incident WHERE status = 'merged' AND (state ->> 'mergedInto')::int = ${number}
      UNION
      SELECT i.number, i.channel_id FROM incident i JOIN duplicates d ON (i.state ->> 'mergedInto')::int = d.number
        WHERE i.status = 'merged'
    )
    SELECT channel_id AS channel FROM duplicates WHERE channel_id IS NOT NULL ORDER BY number`;
  return rows.map(({ channel }) => channel);
}

/** The incident that a message counts for: its channel's, or the one that has it in its timeline; of a duplicate, the other one. */
export async function incidentWithSource(db: Reader, source: MessageRef): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ number: number }[]>`
    WITH RECURSIVE found AS (
      (SELECT number FROM incident WHERE channel_id = ${source.channel}
        UNION ALL SELECT incident_number AS number FROM fact WHERE entry_id = ${entryOfMessage(source)} LIMIT 1)
    ), counts AS (
      SELECT i.number, (i.state ->> 'mergedInto')::int AS into_number FROM incident i JOIN found ON i.number = found.number
      UNION ALL
      SELECT i.number, (i.state ->> 'mergedInto')::int FROM incident i JOIN counts ON i.number = counts.into_number
    )
    SELECT number FROM counts WHERE into_number IS NULL LIMIT 1`;
  return row?.number;
}
