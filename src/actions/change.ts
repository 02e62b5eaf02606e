import { randomBytes } from 'node:crypto';
import type { PrismaTransactionLike } from 'pg-boss';
import { type Changes, type Decision, type Effect, isRefusal, type Refusal } from '../domain/decision.ts';
import type { Fact, NewFact } from '../domain/facts.ts';
import { applyFact, beginIncident, type Incident } from '../domain/incident.ts';
import { type Entry, foldEntry } from '../domain/timeline.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { jobFor } from '../jobs/routes.ts';
import type { Queue } from '../queue.ts';
import type { Database } from '../store/database.ts';
import { factsOfEntry } from '../store/incidents.ts';
import { incidentOfRow, jsonOf, rowOfFact, rowOfIncident } from '../store/rows.ts';

/** What the door to the database is made of. */
export interface Store {
  database: Database;
  queue: Queue;
  now: () => Date;
}

export type Which = { number: number } | { channelId: string };

/** What a rule may still look up while it decides, under the incident's lock. */
export interface Reads {
  entry(id: string): Promise<Entry | undefined>;
}

export type Outcome =
  | { kind: 'done'; incident: Incident; facts: Fact[]; answer?: string }
  | { kind: 'refused'; sentence: string }
  /** The same delivery was taken before; nothing happened now. */
  | { kind: 'repeated'; answer?: string }
  | { kind: 'no-incident' };

interface Options {
  /** What this delivery is, when its sender may send it again. */
  delivery?: string;
}

const TRANSACTION = { maxWait: 1_500, timeout: 2_500 };

/**
 * The only way to change an incident: locks it, lets the rule decide, and commits facts, the folded row and the
 * jobs together. A refusal changes nothing.
 */
export async function changeIncident(
  store: Store,
  which: Which,
  decide: (incident: Incident, reads: Reads) => Decision | Promise<Decision>,
  options: Options = {},
): Promise<Outcome> {
  return store.database.prisma.$transaction(async (tx): Promise<Outcome> => {
    const incident = await lockIncident(tx, which);
    if (!incident) return { kind: 'no-incident' };
    const repeated = await takeDelivery(tx, options.delivery, store.now());
    if (repeated) return repeated;
    const reads: Reads = {
      entry: async (id) => foldEntry(await factsOfEntry(tx, incident.number, id)),
    };
    const decision = await decide(incident, reads);
    if (isRefusal(decision)) return refused(tx, options.delivery, decision);
    const facts = numbered(decision.facts, incident.seq, store.now());
    const next = facts.reduce(applyFact, incident);
    await commit(tx, store, next, facts, withReport(next, decision));
    await answerDelivery(tx, options.delivery, decision.answer);
    return done(next, facts, decision.answer);
  }, TRANSACTION);
}

/** Starts an incident: its first fact is `declared`. */
export async function beginIncidentWith(
  store: Store,
  decide: () => Decision,
  options: Options = {},
): Promise<Outcome> {
  return store.database.prisma.$transaction(async (tx): Promise<Outcome> => {
    const repeated = await takeDelivery(tx, options.delivery, store.now());
    if (repeated) return repeated;
    const decision = decide();
    if (isRefusal(decision)) return refused(tx, options.delivery, decision);
    const [first, ...rest] = numbered(decision.facts, 0, store.now());
    if (first?.type !== 'declared') throw new Error('an incident starts with declared');
    const uid = randomBytes(6).toString('hex');
    const draft = beginIncident({ number: 0, uid }, first);
    const { number } = await tx.incident.create({
      data: { ...(rowOfIncident(draft) as Prisma.IncidentUncheckedCreateInput), uid },
      select: { number: true },
    });
    const incident = rest.reduce(applyFact, { ...draft, number });
    await commit(tx, store, incident, [first, ...rest], decision);
    await answerDelivery(tx, options.delivery, decision.answer);
    return done(incident, [first, ...rest], decision.answer);
  }, TRANSACTION);
}

function done(incident: Incident, facts: Fact[], answer: string | undefined): Outcome {
  return { kind: 'done', incident, facts, ...(answer === undefined ? {} : { answer }) };
}

async function lockIncident(tx: Prisma.TransactionClient, which: Which): Promise<Incident | undefined> {
  const condition =
    'number' in which ? Prisma.sql`number = ${which.number}` : Prisma.sql`channel_id = ${which.channelId}`;
  const rows = await tx.$queryRaw<{ state: Prisma.JsonValue }[]>(
    Prisma.sql`SELECT state FROM incident WHERE ${condition} FOR UPDATE`,
  );
  return rows[0] ? incidentOfRow(rows[0]) : undefined;
}

function numbered(facts: readonly NewFact[], seq: number, now: Date): Fact[] {
  return facts.map((fact, index) => ({ ...fact, seq: seq + index + 1, recordedAt: now.getTime() }));
}

/** What is written down after the incident was resolved belongs into the report that stands already. */
function withReport(incident: Incident, { facts, effects }: Changes): Changes {
  const told = facts.some((fact) => !QUIET.has(fact.type));
  const asked = effects.some((effect) => effect.do === 'make-report');
  if (incident.resolvedAt === undefined || !told || asked) return { facts, effects };
  return { facts, effects: [...effects, { do: 'make-report' } satisfies Effect] };
}

const QUIET: ReadonlySet<string> = new Set([
  'placed',
  'report-made',
  'page-sent',
  'joined',
  'channel-opened',
]);

async function commit(
  tx: Prisma.TransactionClient,
  store: Store,
  incident: Incident,
  facts: readonly Fact[],
  changes: Changes,
): Promise<void> {
  if (facts.length > 0) {
    await tx.fact.createMany({ data: facts.map((fact) => rowOfFact(incident.number, fact)) });
    await tx.incident.update({ where: { number: incident.number }, data: rowOfIncident(incident) });
  }
  const jobs = changes.effects.map((effect) => jobFor(incident, effect));
  // A transaction of Prisma has the one raw method that the queue asks for; the types say less.
  await store.queue.send(tx as unknown as PrismaTransactionLike, jobs);
}

/** Remembers the delivery, or answers as it was answered the first time. */
async function takeDelivery(
  tx: Prisma.TransactionClient,
  key: string | undefined,
  now: Date,
): Promise<Outcome | undefined> {
  if (key === undefined) return undefined;
  const taken = await tx.delivery.createMany({ data: [{ key, takenAt: now }], skipDuplicates: true });
  if (taken.count === 1) return undefined;
  const before = await tx.delivery.findUnique({ where: { key } });
  const answer = before?.answer;
  return typeof answer === 'string' ? { kind: 'repeated', answer } : { kind: 'repeated' };
}

/** What was refused was not taken: a form that is mended and sent again is heard. */
async function refused(
  tx: Prisma.TransactionClient,
  key: string | undefined,
  { refused: sentence }: Refusal,
): Promise<Outcome> {
  if (key !== undefined) await tx.delivery.delete({ where: { key } });
  return { kind: 'refused', sentence };
}

async function answerDelivery(
  tx: Prisma.TransactionClient,
  key: string | undefined,
  answer: string | undefined,
): Promise<void> {
  if (key === undefined || answer === undefined) return;
  await tx.delivery.update({ where: { key }, data: { answer: jsonOf(answer) } });
}
