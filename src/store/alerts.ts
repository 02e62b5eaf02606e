import type { IncomingAlert } from '../domain/alert.ts';
import type { KnownAlert } from '../domain/alert-merge.ts';
import { mergeAlert, viewAlert } from '../domain/alert-merge.ts';
import type { KnownIncident } from '../domain/alert-place.ts';
import type { Incident } from '../domain/incident.ts';
import { Prisma, type PrismaClient } from '../generated/prisma/client.ts';

type Db = Pick<PrismaClient, 'alert' | '$queryRaw' | '$executeRaw'>;

/** Whether an alert is kept only, ignored while it lasts, offered, or an incident's. */
export type Standing = 'kept' | 'ignored' | 'offered' | 'joined';

/** An alert as it is stored. */
export interface KeptAlert {
  known: KnownAlert;
  series: string;
  family?: string;
  standing: Standing;
  incident?: number;
  offer?: number;
  version: number;
}

type Row = Prisma.AlertGetPayload<object>;
type RawRow = Pick<Row, 'body' | 'series' | 'family' | 'standing' | 'incidentNumber' | 'offerId' | 'version'>;
/** `placed`: where it stands was decided just now. */
export type Written = Omit<KeptAlert, 'series' | 'family'> & { placed?: boolean };

function rowOf({ known, standing, incident, offer, version }: Written) {
  const view = viewAlert(known);
  return {
    fingerprint: known.fingerprint,
    source: view.source,
    series: view.series,
    family: view.family ?? null,
    startedAt: new Date(view.startedAt),
    endedAt: view.endedAt === undefined ? null : new Date(view.endedAt),
    body: known,
    standing,
    incidentNumber: incident ?? null,
    offerId: offer ?? null,
    version,
  };
}

function keptOf(row: RawRow): KeptAlert {
  return {
    known: knownOf(row.body),
    series: row.series,
    ...(row.family === null ? {} : { family: row.family }),
    // Only what the type holds is ever written there.
    standing: row.standing as Standing,
    ...(row.incidentNumber === null ? {} : { incident: row.incidentNumber }),
    ...(row.offerId === null ? {} : { offer: row.offerId }),
    version: row.version,
  };
}

/** What was written by an earlier version is one telling. */
function knownOf(body: Prisma.JsonValue): KnownAlert {
  if (typeof body === 'object' && body !== null && 'reports' in body) return body as unknown as KnownAlert;
  const told = body as unknown as IncomingAlert;
  return mergeAlert(undefined, told);
}

/** Those that there are, by fingerprint. */
export async function alertsCalled(db: Db, fingerprints: readonly string[]): Promise<Map<string, KeptAlert>> {
  const rows = await db.alert.findMany({ where: { fingerprint: { in: [...fingerprints] } } });
  return byFingerprint(rows.map(keptOf));
}

function byFingerprint(alerts: readonly KeptAlert[]): Map<string, KeptAlert> {
  return new Map(alerts.map((alert) => [alert.known.fingerprint, alert]));
}

/** The alert, nobody else's until the transaction ends. */
export async function lockAlert(db: Db, fingerprint: string): Promise<KeptAlert | undefined> {
  return (await lockAlerts(db, [fingerprint])).get(fingerprint);
}

/** These alerts, nobody else's until the transaction ends. */
export async function lockAlerts(db: Db, fingerprints: readonly string[]): Promise<Map<string, KeptAlert>> {
  await db.$queryRaw`SELECT 1 FROM alert WHERE fingerprint = ANY(${fingerprints}) ORDER BY fingerprint FOR UPDATE`;
  return alertsCalled(db, fingerprints);
}

/** Alerts of that time that are no incident's and that nobody ignores, the latest in front. */
export async function freeAlerts(db: Db, since: Date, most: number): Promise<KeptAlert[]> {
  const rows = await db.alert.findMany({
    where: {
      standing: { in: ['kept', 'offered'] },
      incidentNumber: null,
      version: { gt: CLAIMED },
      startedAt: { gte: since },
    },
    orderBy: [{ startedAt: 'desc' }, { fingerprint: 'asc' }],
    take: most,
  });
  return rows.map(keptOf);
}

/** Alerts of an incident that may be relayed by another way. */
export async function groupedAlerts(db: Db, incidentNumber: number): Promise<KeptAlert[]> {
  const rows = await db.alert.findMany({
    where: { incidentNumber, family: { not: null }, source: { not: 'pagerduty' } },
  });
  return rows.map(keptOf);
}

/** In version 0 an alert is claimed by the transaction that heard of it first, and nothing is decided yet. */
export const CLAIMED = 0;

/**
 * All of these alerts, nobody else's until the transaction ends; those that were not known are there now as
 * `CLAIMED`. Two processes that claim the same ones do so in one order.
 */
export async function claimAlerts(db: Db, known: readonly KnownAlert[]): Promise<Map<string, KeptAlert>> {
  const rows = known.map((alert) => {
    const { fingerprint, source, series, family, startedAt, endedAt } = rowOf({
      known: alert,
      standing: 'kept',
      version: CLAIMED,
    });
    return { fingerprint, source, series, family, started_at: startedAt, ended_at: endedAt, body: alert };
  });
  const claimed = await db.$queryRaw<RawRow[]>`
    INSERT INTO alert (fingerprint, source, series, family, started_at, ended_at, body, version)
    SELECT fingerprint, source, series, family, started_at, ended_at, body, ${CLAIMED}::int
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS told (fingerprint text, source text, series text, family text, started_at timestamptz, ended_at timestamptz, body jsonb)
    ORDER BY fingerprint
    ON CONFLICT (fingerprint) DO UPDATE SET version = alert.version
    RETURNING body, series, family, standing, incident_number AS "incidentNumber", offer_id AS "offerId", version`;
  return byFingerprint(claimed.map(keptOf));
}

/** Of each series the latest alert that is none of these, and of each family the latest told of directly and relayed. */
export async function siblingsOf(
  db: Db,
  { series, families }: { series: readonly string[]; families: readonly string[] },
  except: readonly string[],
): Promise<KeptAlert[]> {
  const columns = Prisma.sql`body, series, family, standing, incident_number AS "incidentNumber", offer_id AS "offerId", version`;
  const rows = await db.$queryRaw<RawRow[]>`
    (SELECT DISTINCT ON (series) ${columns}
     FROM alert WHERE series = ANY(${series}) AND fingerprint <> ALL(${except}) ORDER BY series, started_at DESC)
    UNION ALL
    (SELECT DISTINCT ON (family, source = 'pagerduty') ${columns}
     FROM alert WHERE family = ANY(${families}) AND fingerprint <> ALL(${except})
     ORDER BY family, source = 'pagerduty', started_at DESC)`;
  return rows.map(keptOf);
}

/** Writes what was decided of alerts that are claimed. */
export async function writeAlerts(db: Db, alerts: readonly Written[], placedAt: Date): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map((alert) => {
    const { startedAt, endedAt, incidentNumber, offerId, ...rest } = rowOf(alert);
    return {
      ...rest,
      started_at: startedAt,
      ended_at: endedAt,
      incident_number: incidentNumber,
      offer_id: offerId,
      placed: alert.placed ?? false,
    };
  });
  await db.$executeRaw`
    UPDATE alert SET source = told.source, series = told.series, family = told.family, started_at = told.started_at,
      ended_at = told.ended_at, body = told.body, standing = told.standing,
      incident_number = told.incident_number, offer_id = told.offer_id, version = told.version,
      placed_at = CASE WHEN told.placed THEN ${placedAt}::timestamptz ELSE placed_at END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS told (fingerprint text, source text, series text, family text, started_at timestamptz, ended_at timestamptz, body jsonb,
        standing text, incident_number int, offer_id int, version int, placed boolean)
    WHERE alert.fingerprint = told.fingerprint`;
}

/** Alerts of which the timeline of their incident does not yet say everything, oldest first. */
export async function alertsToJoin(db: Db, number: number, most: number): Promise<KeptAlert[]> {
  const rows = await db.$queryRaw<{ fingerprint: string }[]>`
    SELECT fingerprint FROM alert WHERE incident_number = ${number} AND version > joined_version
    ORDER BY started_at, fingerprint LIMIT ${most}`;
  const found = await db.alert.findMany({
    where: { fingerprint: { in: rows.map(({ fingerprint }) => fingerprint) } },
  });
  return found.map(keptOf);
}

/** All alerts of an incident that share a line with these, or may. */
export async function alertsBeside(
  db: Db,
  number: number,
  alerts: readonly KeptAlert[],
): Promise<KeptAlert[]> {
  const series = alerts.map((alert) => alert.series);
  const family = alerts.flatMap((alert) => alert.family ?? []);
  const near = await db.alert.findMany({
    where: { incidentNumber: number, OR: [{ series: { in: series } }, { family: { in: family } }] },
    select: { series: true },
  });
  const all = [...new Set(near.map((alert) => alert.series))];
  const rows = await db.alert.findMany({ where: { incidentNumber: number, series: { in: all } } });
  return rows.map(keptOf);
}

/** What was learnt since stays to be joined. */
export async function markJoined(db: Db, alerts: readonly KeptAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const pairs = alerts.map(({ known, version }) => Prisma.sql`(${known.fingerprint}, ${version}::int)`);
  await db.$executeRaw(Prisma.sql`UPDATE alert SET joined_version = greatest(joined_version, seen.version)
    FROM (VALUES ${Prisma.join(pairs)}) AS seen (fingerprint, version) WHERE alert.fingerprint = seen.fingerprint`);
}

const RESOLVED_LATELY_MS = 48 * 3_600_000;

type CandidateRow = KnownIncident & Pick<Incident, 'uid'>;

/** Incidents to which an alert may belong, retrospectives never, open ones first, newest first; of each only what is asked for. */
export async function candidateIncidents(db: Db, now: Date): Promise<CandidateRow[]> {
  const since = now.getTime() - RESOLVED_LATELY_MS;
  const rows = await db.$queryRaw<{ state: Prisma.JsonValue }[]>`
    SELECT jsonb_build_object('number', number, 'uid', uid, 'title', title, 'status', status, 'private', private,
      'declaredBy', state->'declaredBy', 'service', state->'service', 'declaredAt', state->'declaredAt', 'resolvedAt', state->'resolvedAt',
      'impact', state->'impact') AS state
    FROM incident WHERE state->'retrospective' IS NULL AND (status IN ('investigating', 'identified', 'monitoring')
      OR (status = 'resolved' AND (state->>'resolvedAt')::bigint > ${since}))
    ORDER BY (status = 'resolved'), number DESC LIMIT 200`;
  return rows.map(({ state }) => candidateOf(state as unknown as CandidateRow));
}

/** SQL has null where a field is absent. */
function candidateOf({ service, resolvedAt, ...rest }: CandidateRow): CandidateRow {
  return {
    ...rest,
    ...(service == null ? {} : { service }),
    ...(resolvedAt == null ? {} : { resolvedAt }),
  };
}

/** One at a time decides that an alert makes an incident, so that two alerts of one outage do not make two. */
export async function lockDeclaring(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(7061993)`;
}

/** The first alerts of an offer, by time. */
export async function alertsOfOffer(db: Db, offer: number, most: number): Promise<KeptAlert[]> {
  const rows = await db.alert.findMany({
    where: { offerId: offer },
    orderBy: [{ startedAt: 'asc' }, { fingerprint: 'asc' }],
    take: most,
  });
  return rows.map(keptOf);
}

/** The labels of each alert that joined an incident, the first to start in front. */
export async function labelsOfAlerts(db: Db, incidentNumber: number): Promise<Record<string, string>[]> {
  const rows = await db.alert.findMany({
    where: { incidentNumber },
    orderBy: [{ startedAt: 'asc' }, { fingerprint: 'asc' }],
    select: { body: true },
  });
  return rows.map(({ body }) => viewAlert(knownOf(body)).labels);
}

/** Fingerprints of a source's alerts that opened in that time and have not ended, by name. */
export async function openAlerts(
  db: Db,
  source: string,
  { from, to }: { from: Date; to: Date },
): Promise<string[]> {
  const rows = await db.alert.findMany({
    where: { source, endedAt: null, startedAt: { gte: from, lt: to } },
    orderBy: { fingerprint: 'asc' },
    take: 1_000,
    select: { fingerprint: true },
  });
  return rows.map(({ fingerprint }) => fingerprint);
}
