import { randomBytes } from 'node:crypto';
import type { PrismaTransactionLike } from 'pg-boss';
import { type Changes, type Decision, type Effect, isRefusal } from '../domain/decision.ts';
import type { Fact, NewFact } from '../domain/facts.ts';
import { applyFact, beginIncident, type Incident } from '../domain/incident.ts';
import { type Entry, foldEntry } from '../domain/timeline.ts';
import type { MessageRef } from '../domain/words.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { jobFor } from '../jobs/routes.ts';
import type { Queue, QueuedJob } from '../queue.ts';
import { isEndedForAnother } from '../store/conflict.ts';
import type { Database } from '../store/database.ts';
import { entriesOf } from '../store/entries.ts';
import { type Heard, heardOf } from '../store/heard.ts';
import { factsOfEntry } from '../store/incidents.ts';
import { incidentOfRow, jsonOf, rowOfFact, rowOfIncident } from '../store/rows.ts';
import { withFiles, withFollowing, withReport } from './consequences.ts';
import { aboutToCommit, OutcomeUnknown } from './patience.ts';

/** What the door to the database is made of. */
export interface Store {
  database: Database;
  queue: Pick<Queue, 'send' | 'committed'>;
  now: () => Date;
  /** What any change of an incident brings about, whatever made it. */
  follow: (before: Incident | undefined, after: Incident) => Effect[];
}

export type Which = { number: number } | { channelId: string };

/** What a rule may still look up while it decides, under the incident's lock. */
export interface Reads {
  entry(id: string): Promise<Entry | undefined>;
  /** All that was heard of messages until now. */
  heard(sources: readonly MessageRef[]): Promise<Heard[]>;
  /** Those that there are, by id. */
  entries(ids: readonly string[]): Promise<Map<string, Entry>>;
}

export type Outcome =
  | { kind: 'done'; incident: Incident; facts: Fact[]; answer?: string }
  | { kind: 'refused'; sentence: string }
  /** The same delivery was taken before; nothing happened now. */
  | { kind: 'repeated'; answer?: string; kept?: unknown }
  | { kind: 'no-incident' };

interface Options {
  /** What this delivery is, when its sender may send it again. */
  delivery?: string;
  /** What a repeat of it is answered with, where that is more than the rule's own words. */
  keep?: (incident: Incident, facts: readonly Fact[]) => object;
}

interface BeginOptions extends Options {
  /** What marks it outside; random unless it must be the same for the same thing. */
  uid?: string;
  /** It may have twenty thousand facts, and nobody waits in Slack. */
  patient?: boolean;
}

const PATIENT = { maxWait: 5_000, timeout: 60_000 };
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
  return together(store, options, ({ change }) => change(which, decide));
}

/** A transaction in which more changes than one incident. Locks are taken in one order: alerts, then incidents. */
export interface Door {
  tx: Prisma.TransactionClient;
  change(
    which: Which,
    decide: (incident: Incident, reads: Reads) => Decision | Promise<Decision>,
  ): Promise<Outcome>;
  begin(decide: () => Decision | Promise<Decision>): Promise<Outcome>;
  send(jobs: readonly QueuedJob[]): Promise<void>;
}

/**
 * Everything that `work` does, or nothing of it; once a delivery, which belongs to one change or beginning in it.
 * @param work is run again from its beginning where the database undid it for another's sake
 */
export async function together(
  store: Store,
  options: BeginOptions,
  work: (door: Door) => Promise<Outcome>,
): Promise<Outcome> {
  const run = (tx: Prisma.TransactionClient) =>
    work({
      tx,
      change: (which, decide) => changeIn(tx, store, which, decide, options),
      begin: (decide) => beginIn(tx, store, decide, options),
      send: (jobs) => send(tx, store, jobs),
    });
  const limits = options.patient ? PATIENT : TRANSACTION;
  try {
    return await once(store, options.delivery, run, limits);
  } catch (error) {
    if (!isEndedForAnother(error)) throw error;
    return once(store, options.delivery, run, limits);
  }
}

async function changeIn(
  tx: Prisma.TransactionClient,
  store: Store,
  which: Which,
  decide: (incident: Incident, reads: Reads) => Decision | Promise<Decision>,
  { delivery, keep }: Options,
): Promise<Outcome> {
  const locked = await lockIncident(tx, which, delivery);
  if (!locked) return { kind: 'no-incident' };
  const { incident, repeated } = locked;
  if (repeated) return repeated;
  const reads: Reads = {
    entry: async (id) => foldEntry(await factsOfEntry(tx, incident.number, id)),
    entries: (ids) => entriesOf(tx, incident.number, ids),
    heard: (sources) => heardOf(tx, sources),
  };
  const decision = await decide(incident, reads);
  // What was refused was not taken: a form that is mended and sent again is heard.
  if (isRefusal(decision)) return { kind: 'refused', sentence: decision.refused };
  const facts = numbered(decision.facts, incident.seq, store.now());
  const next = facts.reduce(applyFact, incident);
  await commit(
    tx,
    store,
    next,
    facts,
    withFollowing(store, incident, next, withReport(next, withFiles(decision))),
  );
  const answer = keep?.(next, facts) ?? decision.answer;
  await takeDelivery(tx, delivery, answer, store.now());
  return done(next, facts, decision.answer);
}

/** Whether this delivery brought something about before. */
export async function wasTaken(store: Store, delivery: string): Promise<boolean> {
  return (await answerBefore(store, delivery)) !== undefined;
}

/** How this delivery was answered when it was taken before. */
export async function answerBefore(
  store: Store,
  delivery: string,
): Promise<(Outcome & { kind: 'repeated' }) | undefined> {
  const row = await store.database.prisma.delivery.findUnique({ where: { key: delivery } });
  return row ? repeatedAs(row.answer) : undefined;
}

/** Starts an incident: its first fact is `declared`. */
export async function beginIncidentWith(
  store: Store,
  decide: () => Decision,
  options: BeginOptions = {},
): Promise<Outcome> {
  return together(store, options, ({ begin }) => begin(decide));
}

async function beginIn(
  tx: Prisma.TransactionClient,
  store: Store,
  decide: () => Decision | Promise<Decision>,
  { delivery, keep, uid: given }: BeginOptions,
): Promise<Outcome> {
  const decision = await decide();
  if (isRefusal(decision)) return { kind: 'refused', sentence: decision.refused };
  await takeDelivery(tx, delivery, decision.answer, store.now());
  const [first, ...rest] = numbered(decision.facts, 0, store.now());
  if (first?.type !== 'declared') throw new Error('an incident starts with declared');
  const uid = given ?? randomBytes(6).toString('hex');
  const draft = beginIncident({ number: 0, uid }, first);
  const { number } = await tx.incident.create({
    data: { ...(rowOfIncident(draft) as Prisma.IncidentUncheckedCreateInput), uid },
    select: { number: true },
  });
  const incident = rest.reduce(applyFact, { ...draft, number });
  await commit(
    tx,
    store,
    incident,
    [first, ...rest],
    withFollowing(store, undefined, incident, withFiles(decision)),
  );
  if (delivery !== undefined && keep) {
    const answer = jsonOf(keep(incident, [first, ...rest]));
    await tx.delivery.update({ where: { key: delivery }, data: { answer } });
  }
  return done(incident, [first, ...rest], decision.answer);
}

/** The same delivery is being taken, or was taken since: this attempt at it is rolled back. */
class AlreadyTaken extends Error {}

async function once(
  store: Store,
  key: string | undefined,
  change: (tx: Prisma.TransactionClient) => Promise<Outcome>,
  limits = TRANSACTION,
): Promise<Outcome> {
  let decided: PrismaTransactionLike | undefined;
  try {
    const outcome = await store.database.prisma.$transaction(async (tx) => {
      const made = await change(tx);
      aboutToCommit();
      decided = asSender(tx);
      return made;
    }, limits);
    if (decided) store.queue.committed(decided);
    return outcome;
  } catch (error) {
    if (decided) throw new OutcomeUnknown('the database went away in the middle of a commit');
    if (!(error instanceof AlreadyTaken) || key === undefined) throw error;
    return (await answerBefore(store, key)) ?? { kind: 'repeated' };
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

function repeatedAs(answer: Prisma.JsonValue): Outcome & { kind: 'repeated' } {
  if (typeof answer === 'string') return { kind: 'repeated', answer };
  return answer === null ? { kind: 'repeated' } : { kind: 'repeated', kept: answer };
}

function numbered(facts: readonly NewFact[], seq: number, now: Date): Fact[] {
  return facts.map((fact, index) => ({ ...fact, seq: seq + index + 1, recordedAt: now.getTime() }));
}

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
  await send(
    tx,
    store,
    changes.effects.map((effect) => jobFor(incident, effect)),
  );
}

async function send(tx: Prisma.TransactionClient, store: Store, jobs: readonly QueuedJob[]): Promise<void> {
  await store.queue.send(asSender(tx), jobs);
}

/** A transaction of Prisma has the one raw method that the queue asks for; the types say less. */
function asSender(tx: Prisma.TransactionClient): PrismaTransactionLike {
  return tx as unknown as PrismaTransactionLike;
}

/** Remembers the delivery with its answer. Two at once: the second waits here for the first, and is rolled back. */
async function takeDelivery(
  tx: Prisma.TransactionClient,
  key: string | undefined,
  answer: string | object | undefined,
  now: Date,
): Promise<void> {
  if (key === undefined) return;
  const row = { key, takenAt: now, ...(answer === undefined ? {} : { answer: jsonOf(answer) }) };
  const taken = await tx.delivery.createMany({ data: [row], skipDuplicates: true });
  if (taken.count === 0) throw new AlreadyTaken();
}
