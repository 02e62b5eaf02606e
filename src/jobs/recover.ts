import { filesAwaited } from '../actions/await-files.ts';
import { freshReading, type Reading, readingOf, saveReading } from '../actions/recover.ts';
import { recoverPage, type Stretch } from '../actions/recover-page.ts';
import { nowOf } from '../core.ts';
import { historyRead } from '../domain/adopt.ts';
import type { Effect } from '../domain/decision.ts';
import { ADOPTING } from '../domain/declare.ts';
import type { NewFact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { tellRecovered } from '../domain/recovery.ts';
import { incidentName, type PersonId } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { threadsSeen } from '../store/heard.ts';
import { channelsOfDuplicates } from '../store/incidents.ts';
import type { PastMessage } from '../world.ts';
import { type Job, record, type Task } from './context.ts';

const PAUSE_MS = 60_000;
const BEGINNING = '0';
const END = '9';

/**
 * Reads the incident's channel with its threads and reactions, page by page, and tells of what was missed. Where the
 * chat wants a pause, it goes on after that; where the process died, from the last page.
 */
export const recover: Job<'recover'> = async (task) => {
  const { core, incident, effect, attempt } = task;
  if (!incident.channel) return;
  let reading = (await readingOf(core, incident)) ?? (await beginning(task));
  while (reading && reading.run === effect.run) {
    attempt.signal.throwIfAborted();
    const next = await readOrPause(task, reading.place ?? incident.channel.id, reading);
    // A newer run may have begun meanwhile; its progress is not ours to overwrite.
    const isCurrent = (await readingOf(core, incident))?.run === effect.run;
    if (!isCurrent || next === 'paused') return;
    if (!next) await tell(task, reading);
    if (!next && incident.history && !incident.history.done) {
      await record(task, (now) => historyRead(now, { messages: 0, entries: 0, done: true }, nowOf(core)));
    }
    await saveReading(core, incident, next ?? null);
    reading = next;
  }
};

/** An adopted channel is read for the first time without having been asked for apart. */
async function beginning({ core, incident, effect }: Task<'recover'>): Promise<Reading | undefined> {
  if (effect.run !== ADOPTING || !incident.history || incident.history.done) return undefined;
  const reading = freshReading(ADOPTING);
  await saveReading(core, incident, reading);
  return reading;
}

async function readOrPause(
  task: Task<'recover'>,
  channel: string,
  reading: Reading,
): Promise<Reading | undefined | 'paused'> {
  try {
    return await readOn(task, channel, reading);
  } catch (error) {
    if (isServiceError(error) && error.code === 'invalid_cursor') return fromTheEnd(reading);
    if (!isServiceError(error, 'rate-limited')) throw error;
    const at = nowOf(task.core) + (error.retryAfterMs ?? PAUSE_MS);
    await record(task, () => ({ facts: [], effects: [{ do: 'recover', run: reading.run, at }] }));
    return 'paused';
  }
}

/** A page more. Answers how far it has come, or nothing when all was read. */
async function readOn(
  task: Task<'recover'>,
  channel: string,
  reading: Reading,
): Promise<Reading | undefined> {
  if (!reading.threads) return readChannel(task, channel, reading);
  const [parent] = reading.threads;
  if (parent === undefined) return elsewhere(task, reading);
  return readThread(task, { ...reading, threads: reading.threads }, { channel, parent });
}

/** What is marked in the channels of duplicates counts here too, so they are read after its own. */
async function elsewhere(
  { core, incident }: Task<'recover'>,
  reading: Reading,
): Promise<Reading | undefined> {
  const more = reading.more ?? (await channelsOfDuplicates(core.store.database.prisma, incident.number));
  const [place, ...rest] = more;
  const { threads: _, ...read } = reading;
  return place === undefined ? undefined : { ...read, parents: [], place, more: rest };
}

async function readChannel(task: Task<'recover'>, channel: string, reading: Reading): Promise<Reading> {
  const { chat } = task.core.world;
  const page = await chat.history({ channel, ...(reading.cursor ? { cursor: reading.cursor } : {}) });
  const oldest = page.messages.at(-1)?.ts ?? BEGINNING;
  const lastMark = await take(task, reading, page.messages, {
    channel,
    after: page.cursor ? oldest : BEGINNING,
    before: reading.edge ?? END,
  });
  const parents = page.messages.filter(({ replies }) => replies > 0).map(({ ts }) => ts);
  // Who came into a duplicate's channel takes no part in this one by that.
  const came = reading.place === undefined ? page.messages : [];
  const joined = came.flatMap(({ ts, joined: person }) => (person ? [{ ts, person }] : []));
  const { cursor: _, ...rest } = reading;
  const next: Reading = {
    ...rest,
    parents: [...reading.parents, ...parents],
    joined: [...reading.joined, ...joined],
    lastMark,
  };
  if (page.cursor) return { ...next, cursor: page.cursor, edge: oldest };
  // In a thread whose parent is gone replies may be gone as well, so all that were ever seen are looked at.
  const seen = await threadsSeen(task.core.store.database.prisma, channel);
  const { edge: _edge, ...whole } = next;
  return { ...whole, threads: [...new Set([...next.parents, ...seen])].sort(), parents: [] };
}

async function readThread(
  task: Task<'recover'>,
  reading: Reading & { threads: string[] },
  { channel, parent }: { channel: string; parent: string },
): Promise<Reading> {
  const { chat } = task.core.world;
  const page = await chat.thread({
    channel,
    ts: parent,
    ...(reading.cursor ? { cursor: reading.cursor } : {}),
  });
  const replies = (page?.messages ?? []).filter(({ ts }) => ts !== parent);
  const newest = replies.at(-1)?.ts ?? BEGINNING;
  const lastMark = await take(task, reading, replies, {
    channel,
    parent,
    after: reading.edge ?? BEGINNING,
    before: page?.cursor ? newest : END,
  });
  const { cursor: _, edge: _edge, ...rest } = reading;
  if (page?.cursor) return { ...rest, lastMark, cursor: page.cursor, edge: newest };
  return { ...rest, lastMark, threads: reading.threads.slice(1) };
}

function take(
  { core, incident }: Task<'recover'>,
  { run, lastMark }: Reading,
  page: readonly PastMessage[],
  stretch: Stretch,
): Promise<number> {
  return recoverPage(core, incident, run, page, stretch, lastMark);
}

/** The line in the channel, once for all that was recovered; a person who asked hears in any case. */
async function tell(task: Task<'recover'>, { run, joined, asked }: Reading): Promise<void> {
  const { core } = task;
  const files = await filesAwaited(core, task.incident);
  await record(task, (now) => {
    const { facts, effects } = tellRecovered(now, run, nowOf(core));
    const missed = facts.length + effects.length > 0;
    const said: Effect[] = missed || asked === undefined ? effects : [nothingMissing(now, run, asked)];
    return { facts: [...joinedFacts(now, joined, nowOf(core)), ...facts], effects: [...said, ...files] };
  });
}

function nothingMissing({ number }: Incident, run: string, person: PersonId): Effect {
  const text = `I have read the channel of ${incidentName(number)} again, threads and reactions included. Nothing was missing.`;
  return { do: 'say-to', notice: `nothing-recovered:${run}`, person, text };
}

/** Who came while nobody listened took part all the same, in the order of coming. */
function joinedFacts(incident: Incident, joined: Reading['joined'], at: number): NewFact[] {
  const people = new Set(incident.people);
  const facts: NewFact[] = [];
  for (const { person } of joined.toSorted((a, b) => Number(a.ts) - Number(b.ts))) {
    if (people.has(person)) continue;
    people.add(person);
    facts.push({ type: 'joined', person, by: { kind: 'person', id: person }, at });
  }
  return facts;
}

function fromTheEnd({ cursor: _, edge: _edge, ...rest }: Reading): Reading {
  return rest;
}
