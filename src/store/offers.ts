import { randomBytes } from 'node:crypto';
import type { PersonId } from '../domain/words.ts';
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts';
import { jsonOf } from './rows.ts';

type Db = Pick<PrismaClient, 'offer' | 'alert' | '$queryRaw' | '$executeRaw'>;

/** What was decided about an offer: by whoever pressed, or because all of it turned out to be an incident's. */
export type OfferDecision =
  | { what: 'declared' | 'attached' | 'ignored'; by: PersonId; incident?: number }
  | { what: 'joined'; incident: number };

/** A message of the alerts channel that offers one alert, or many at once. */
export interface Offer {
  id: number;
  uid: string;
  madeAt: Date;
  lastAt: Date;
  dueAt: Date;
  many: boolean;
  decision: OfferDecision | null;
  channel: string | null;
  ts: string | null;
  digest: string | null;
}

type Row = NonNullable<Awaited<ReturnType<PrismaClient['offer']['findUnique']>>>;

function offerOf(row: Row): Offer {
  // Written by `decideOffer` and by nothing else.
  return { ...row, decision: row.decision as unknown as OfferDecision | null };
}

export async function offerById(db: Db, id: number): Promise<Offer | undefined> {
  const row = await db.offer.findUnique({ where: { id } });
  return row ? offerOf(row) : undefined;
}

/** Those that there are, by id. */
export async function offersById(db: Db, ids: readonly number[]): Promise<Map<number, Offer>> {
  if (ids.length === 0) return new Map();
  const rows = await db.offer.findMany({ where: { id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, offerOf(row)]));
}

export async function lockOffer(db: Db, id: number): Promise<Offer | undefined> {
  await db.$queryRaw`SELECT 1 FROM offer WHERE id = ${id} FOR UPDATE`;
  return offerById(db, id);
}

/** The alerts of an offer, locked before it: whoever tells of one takes the locks in that order too. */
export async function lockOfferWithAlerts(db: Db, id: number): Promise<Offer | undefined> {
  await db.$queryRaw`SELECT 1 FROM alert WHERE offer_id = ${id} ORDER BY fingerprint FOR UPDATE`;
  return lockOffer(db, id);
}

export async function lastOffer(db: Db): Promise<Offer | undefined> {
  const row = await db.offer.findFirst({ orderBy: { id: 'desc' } });
  return row ? offerOf(row) : undefined;
}

export async function makeOffer(db: Db, offer: { now: Date; dueAt: Date; many: boolean }): Promise<number> {
  const { now, dueAt, many } = offer;
  const { id } = await db.offer.create({
    data: {
      uid: randomBytes(6).toString('hex'),
      madeAt: now,
      lastAt: now,
      dueAt,
      many,
    },
  });
  return id;
}

export async function changeOffer(
  db: Db,
  id: number,
  change: Partial<Pick<Offer, 'lastAt' | 'dueAt' | 'channel' | 'ts' | 'digest'>>,
): Promise<void> {
  await db.offer.update({ where: { id }, data: change });
}

export async function decideOffer(db: Db, id: number, decision: OfferDecision): Promise<void> {
  await db.offer.update({ where: { id }, data: { decision: jsonOf(decision) } });
}

/** Alerts wait for their message while this is held, and are found one when it is had alone. */
const WAITING_LOCK = 7_061_994;
/** Whoever is to find them a message has failed for good after so long, and is sent for again. */
const STUCK_MS = 60_000;

/** From here to the end of the transaction nobody finds messages for alerts that wait, so that more may begin to. */
export async function holdWaiting(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock_shared(${WAITING_LOCK}::bigint)`;
}

/** Whether somebody is on the way already to find a message for alerts that wait; while `holdWaiting` holds. */
export async function isGathering(db: Db, now: Date): Promise<boolean> {
  const waiting = await db.alert.findFirst({
    where: { standing: 'offered', offerId: null, placedAt: { gt: new Date(now.getTime() - STUCK_MS) } },
    select: { fingerprint: true },
  });
  return waiting !== null;
}

/** From here to the end of the transaction no alert begins to wait: what waits is all there is. */
export async function lockWaiting(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(${WAITING_LOCK}::bigint)`;
}

/** Alerts that wait for a message which offers them, oldest first. */
export async function alertsToOffer(db: Db, most: number): Promise<{ fingerprint: string }[]> {
  return db.alert.findMany({
    where: { standing: 'offered', offerId: null },
    orderBy: [{ startedAt: 'asc' }, { fingerprint: 'asc' }],
    take: most,
    select: { fingerprint: true },
  });
}

export async function putInOffer(db: Db, id: number, fingerprints: readonly string[]): Promise<void> {
  await db.alert.updateMany({
    where: { fingerprint: { in: [...fingerprints] }, offerId: null },
    data: { offerId: id },
  });
}

/** Undecided offers since then, the latest in front. */
export async function undecidedOffers(db: Db, since: Date, most: number): Promise<number[]> {
  const rows = await db.offer.findMany({
    where: { decision: { equals: Prisma.DbNull }, madeAt: { gte: since } },
    orderBy: { id: 'desc' },
    take: most,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Alerts that have joined an incident leave the offer to those about which nobody has decided. Answers whether there are any. */
export async function leaveOffer(db: Db, id: number): Promise<boolean> {
  const left = await db.alert.count({ where: { offerId: id, standing: 'offered' } });
  if (left === 0) return false;
  await db.alert.updateMany({ where: { offerId: id, standing: 'joined' }, data: { offerId: null } });
  return true;
}

/** All alerts of an offer go where somebody decided. */
export async function settleAlerts(
  db: Db,
  id: number,
  where: { standing: 'joined'; incident: number } | { standing: 'ignored' },
): Promise<void> {
  await db.alert.updateMany({
    where: { offerId: id, standing: 'offered' },
    data: {
      standing: where.standing,
      ...(where.standing === 'joined' ? { incidentNumber: where.incident } : {}),
    },
  });
}

/** An offer's alerts in a few words: how many, how many are over, and which there are most of. */
export interface OfferContents {
  count: number;
  over: number;
  since: Date;
  kinds: { title: string; count: number }[];
}

/** What only relays another alert of the offer is not counted. */
const NO_RELAY = Prisma.sql`NOT (source = 'pagerduty' AND family IS NOT NULL AND EXISTS (
  SELECT 1 FROM alert AS direct WHERE direct.offer_id = alert.offer_id AND direct.family = alert.family
    AND direct.source <> 'pagerduty'))`;

/** Titles come from the best report of each alert, as a message of one alert shows them. */
export async function offerContents(db: Db, id: number, most: number): Promise<OfferContents> {
  const [sum] = await db.$queryRaw<{ count: number; over: number; since: Date | null }[]>`
    SELECT count(*)::int AS count, count(ended_at)::int AS over, min(started_at) AS since
    FROM alert WHERE offer_id = ${id} AND ${NO_RELAY}`;
  const kinds = await db.$queryRaw<{ title: string; count: number }[]>`
    SELECT body->'reports'->source->'words'->>'title' AS title, count(*)::int AS count
    FROM alert WHERE offer_id = ${id} AND ${NO_RELAY} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}`;
  return { count: sum?.count ?? 0, over: sum?.over ?? 0, since: sum?.since ?? new Date(0), kinds };
}
