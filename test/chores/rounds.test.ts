import { setImmediate } from 'node:timers/promises';
import { TestClock } from 'pg-boss';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Queue, startQueue } from '../../src/queue.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { freshDatabase, type TestDatabase } from '../harness/database.ts';

const START = Date.parse('2025-08-12T16:00:00Z');
const CHORES = [
  { name: 'often', everyMinutes: 1 },
  { name: 'hourly', everyMinutes: 60 },
];

let clock: TestClock;
let place: TestDatabase;
let database: Database;
let stack: AsyncDisposableStack;
let runs: string[];

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  clock = new TestClock(START);
  runs = [];
  place = stack.use(await freshDatabase());
  database = stack.use(
    await openDatabase(
      place.url === undefined
        ? { kind: 'embedded', dataDir: place.dataDir }
        : { kind: 'postgres', url: place.url },
      { movedClock: true },
    ),
  );
});
afterEach(() => stack.disposeAsync());

/** A process' queue, at its chores; `name` says in `runs` who did one. */
async function worker(name: string, fails = false): Promise<Queue> {
  const queue = await startQueue(database, pino({ level: 'silent' }), clock);
  await queue.repeat(CHORES, async (chore) => {
    runs.push(`${name}: ${chore}`);
    if (fails) throw new Error('no luck');
  });
  return queue;
}

/** Lets what is due be done. */
async function settle(queue: Queue): Promise<void> {
  const givenUp = performance.now() + 5_000;
  while ((await queue.due(new Date(clock.now()))) > 0) {
    if (performance.now() > givenUp) throw new Error('chores that are due are not done');
    await setImmediate();
  }
}

async function pass(queue: Queue, minutes: number): Promise<void> {
  await clock.setTime(clock.now() + minutes * 60_000);
  await clock.tick(1);
  await settle(queue);
}

function times(chore: string): number {
  return runs.filter((run) => run.endsWith(`: ${chore}`)).length;
}

test('each is run at the start and when its time has come, at its own pace', async () => {
  const queue = stack.use(await worker('A'));
  await settle(queue);
  expect(runs.toSorted()).toEqual(['A: hourly', 'A: often']);
  for (let minute = 0; minute < 60; minute += 1) await pass(queue, 1);
  expect(times('often')).toBe(61);
  expect(times('hourly')).toBe(2);
});

test('two processes on one database do each due run once', async () => {
  const first = stack.use(await worker('A'));
  stack.use(await worker('B'));
  await settle(first);
  // The second one came while the first run was over or under way: one more at the most.
  runs = [];
  for (let minute = 0; minute < 10; minute += 1) await pass(first, 1);
  expect(times('often')).toBe(10);
  expect(times('hourly')).toBe(0);
});

test('what was missed while nobody was there is done once, late', async () => {
  const before = await worker('A');
  await settle(before);
  await before[Symbol.asyncDispose]();
  runs = [];
  await clock.setTime(clock.now() + 5 * 3_600_000);
  const after = stack.use(await worker('B'));
  await settle(after);
  expect(runs.toSorted()).toEqual(['B: hourly', 'B: often']);
});

test('a restart in between brings no run forward', async () => {
  const before = await worker('A');
  await settle(before);
  await before[Symbol.asyncDispose]();
  runs = [];
  const after = stack.use(await worker('B'));
  await settle(after);
  expect(runs).toEqual([]);
  await pass(after, 1);
  expect(runs).toEqual(['B: often']);
});

test('a run that fails is not repeated, and does not stop the next one', async () => {
  const queue = stack.use(await worker('A', true));
  await pass(queue, 1);
  await pass(queue, 1);
  expect(times('often')).toBe(3);
});

test('goes on when the clock is set back by an hour', async () => {
  const queue = stack.use(await worker('A'));
  await pass(queue, 60);
  runs = [];
  await clock.setTime(clock.now() - 3_600_000);
  await queue.wake();
  await settle(queue);
  expect(times('often')).toBe(1);
});
