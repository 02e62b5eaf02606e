import { randomBytes } from 'node:crypto';
import type { PrismaTransactionLike } from 'pg-boss';
import { type Changes, type Decision, type Effect, isRefusal } from '../domain/decision.ts';
import type { Fact, NewFact } from '../domain/facts.ts';
import { applyFact, beginIncident, type Incident } from '../domain/incident.ts';
import { type Entry, foldEntry } from '../domain/timeline.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { jobFor } from '../jobs/routes.ts';
import type { Queue } from '../queue.ts';
import type { Database } from '../store/database.ts';
import { factsOfEntry } from '../store/incidents.ts';
import { incidentOfRow, jsonOf, rowOfFact, rowOfIncident } from '../store/rows.ts';
import { aboutToCommit, OutcomeUnknown } from './patience.ts';

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
  return once(store, options.delivery, async (tx): Promise<Outcome> => {
    const locked = await lockIncident(tx, which, options.delivery);
    if (!locked) return { kind: 'no-incident' };
    const { incident, repeated } = locked;
    if (repeated) return repeated;
    const reads: Reads = {
      entry: async (id) => foldEntry(await factsOfEntry(tx, incident.number, id)),
    };
    const decision = await decide(incident, reads);
    // What was refused was not taken: a form that is mended and sent again is heard.
    if (isRefusal(decision)) return { kind: 'refused', sentence: decision.refused };
    const facts = numbered(decision.facts, incident.seq, store.now());
    const next = facts.reduce(applyFact, incident);
    await commit(tx, store, next, facts, withReport(next, decision));
    await takeDelivery(tx, options.delivery, decision.answer, store.now());
    return done(next, facts, decision.answer);
  });
}

/** Whether this delivery brought something about before. */
export async function wasTaken(store: Store, delivery: string): Promise<boolean> {
  return (await store.database.prisma.delivery.findUnique({ where: { key: delivery } })) !== null;
}

/** Starts an incident: its first fact is `declared`. */
export async function beginIncidentWith(
  store: Store,
  decide: () => Decision,
  options: Options = {},
): Promise<Outcome> {
  return once(store, options.delivery, async (tx): Promise<Outcome> => {
    const decision = decide();
    if (isRefusal(decision)) return { kind: 'refused', sentence: decision.refused };
    await takeDelivery(tx, options.delivery, decision.answer, store.now());
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
    return done(incident, [first, ...rest], decision.answer);
  });
}

/** The same delivery is being taken, or was taken since: this attempt at it is rolled back. */
class AlreadyTaken extends Error {}

async function once(
  store: Store,
  key: string | undefined,
  change: (tx: Prisma.TransactionClient) => Promise<Outcome>,
): Promise<Outcome> {
  let decided = false;
  try {
    return await store.database.prisma.$transaction(async (tx) => {
      const outcome = await change(tx);
      aboutToCommit();
      decided = true;
      return outcome;
    }, TRANSACTION);
  } catch (error) {
    if (decided) throw new OutcomeUnknown('the database went away in the middle of a commit');
    if (!(error instanceof AlreadyTaken) || key === undefined) throw error;
    const before = await store.database.prisma.delivery.findUnique({ where: { key } });
    return repeatedAs(before?.answer);
  }
}

function done(incident: Incident, facts: Fact[], answer: string | undefined): Outcome {
  return { kind: 'done', incident, facts, ...(answer === undefined ? {} : { answer }) };
}

/** The incident, nobody else's until the transaction ends, and how this delivery was answered if it was taken before. */
async function lockIncident(
  tx: Prisma.TransactionClient,
  which: Which,
  key: string | undefined,
): Promise<{ incident: Incident; repeated?: Outcome } | undefined> {
  const condition =
    'number' in which
      ? Prisma.sql`i.number = ${which.number}`
      : Prisma.sql`i.channel_id = ${which.channelId}`;
  const rows = await tx.$queryRaw<{ state: Prisma.JsonValue; taken: boolean; answer: Prisma.JsonValue }[]>(
    Prisma.sql`SELECT i.state, d.key IS NOT NULL AS taken, d.answer
      FROM incident i LEFT JOIN delivery d ON d.key = ${key ?? null}
      WHERE ${condition} FOR UPDATE OF i`,
  );
  const [row] = rows;
  if (!row) return undefined;
  const incident = incidentOfRow(row);
  return row.taken ? { incident, repeated: repeatedAs(row.answer) } : { incident };
}

function repeatedAs(answer: Prisma.JsonValue | undefined): Outcome {
  return typeof answer === 'string' ? { kind: 'repeated', answer } : { kind: 'repeated' };
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

/** Remembers the delivery with its answer. Two at once: the second waits here for the first, and is rolled back. */
async function takeDelivery(
  tx: Prisma.TransactionClient,
  key: string | undefined,
  answer: string | undefined,
  now: Date,
): Promise<void> {
  if (key === undefined) return;
  const row = { key, takenAt: now, ...(answer === undefined ? {} : { answer: jsonOf(answer) }) };
  const taken = await tx.delivery.createMany({ data: [row], skipDuplicates: true });
  if (taken.count === 0) throw new AlreadyTaken();
}
