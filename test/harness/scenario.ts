import { TestClock } from 'pg-boss';
import { type Logger, pino } from 'pino';
import { type App, createApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { type Outside, type OutsideOptions, startOutside } from '../../src/stand-ins/outside.ts';
import { untilQuiet } from '../../src/stand-ins/quiet.ts';
import { freshDatabase } from './database.ts';
import { PEOPLE, TEAM_YAML, testTeam } from './team.ts';

/** A busy machine must not fail a test: how fast the bot answers is for the bench to say. */
const SLACK_PATIENCE_MS = 20_000;

/** The day of the LEAP outage, a minute before it. */
const START = Date.parse('2025-08-12T16:59:00+01:00');

export interface ScenarioOptions extends Partial<OutsideOptions> {
  team?: string;
  start?: number;
  /** Variables on top of those of the stand-ins; `undefined` switches one off. */
  env?: Record<string, string | undefined>;
  /** Where the bot writes its log, if not to nowhere. */
  log?: Logger;
  /** False: the bot lives on real time. */
  movedTime?: boolean;
  /** Where the keys for Pub/Sub pushes are. */
  googleKeysUrl?: string;
}

/** A running bot in a workspace, on a clock that is moved by hand. */
export interface Scenario extends Outside {
  readonly app: App;
  dataDir: string;
  now(): number;
  /** Moves the bot's and everybody's time forward, and lets what becomes due happen. */
  pass(minutes: number): Promise<void>;
  /** Sets everybody's clock forward, or back, in one leap, as a machine's clock may be. */
  jump(minutes: number): Promise<void>;
  /** The same, and the bot need not be done, before or after. */
  leap(minutes: number): Promise<void>;
  /** Stops the bot, lets time go by without it, and starts it again. */
  away(minutes: number): Promise<void>;
  /** The same, and somebody does something so many minutes into it. */
  awayWhile(minutes: number, after: number, act: () => unknown): Promise<void>;
  /** Copies the database. What it answers stops the bot, puts the copy back, and starts it again. */
  keepCopy(): Promise<() => Promise<void>>;
  /** Starts a second bot on the same database, by the same clock. Only PostgreSQL takes it. */
  another(): Promise<App>;
  /** Lets the bot finish what is due now. */
  quiet(): Promise<void>;
  /** What `user` typed after `/incident`; answers what they alone see. */
  incident(user: string, channel: string, text: string): Promise<string>;
}

export async function startScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const {
    team = TEAM_YAML,
    start = START,
    env = {},
    log: given,
    movedTime = true,
    googleKeysUrl,
    ...outsideOptions
  } = options;
  await using stack = new AsyncDisposableStack();
  const clock = movedTime ? new TestClock(start) : undefined;
  const now = () => clock?.now() ?? Date.now();
  const database = stack.use(await freshDatabase());
  const outside = stack.use(
    await startOutside({
      ...(clock ? { now } : {}),
      people: PEOPLE,
      channels: [{ name: 'incidents', members: ['U0BEN', 'U0ANA', 'U0CHI', 'U0DORA', 'UDAYWATCH'] }],
      repositories: ['2i2c-org/infrastructure'],
      slackPatienceMs: SLACK_PATIENCE_MS,
      ...outsideOptions,
    }),
  );
  const settings = readEnvironment({ ...outside.environment, ...database.env, ...env });
  const log = given ?? pino({ level: process.env.TEST_LOG ?? 'silent' });
  const secretNamed = (name: string) => env[name];
  const startBot = () =>
    createApp(settings, testTeam(team), log, {
      secretNamed,
      ...(clock ? { clock } : {}),
      ...(googleKeysUrl === undefined ? {} : { googleKeysUrl }),
    });
  let app = await startBot();
  stack.defer(() => app[Symbol.asyncDispose]());
  outside.connect(app.url);
  const quiet = () => untilQuiet(outside, app.core.store.queue, now);
  async function awayWhile(minutes: number, after: number, act: () => unknown): Promise<void> {
    await quiet();
    await app[Symbol.asyncDispose]();
    await clock?.setTime(clock.now() + after * 60_000);
    await act();
    await clock?.setTime(clock.now() + (minutes - after) * 60_000);
    app = await startBot();
    outside.connect(app.url);
    // The queue looks for what was due before this instant.
    await clock?.tick(1);
    await app.core.store.queue.wake();
    await quiet();
  }

  async function leap(minutes: number): Promise<void> {
    await clock?.setTime(clock.now() + minutes * 60_000);
    await clock?.tick(1);
    await app.core.store.queue.wake();
  }

  const owned = stack.move();
  return {
    ...outside,
    get app() {
      return app;
    },
    dataDir: database.dataDir,
    now,
    quiet,
    async pass(minutes) {
      for (let minute = 0; minute < minutes; minute += 1) {
        await quiet();
        await clock?.setTime(clock.now() + 60_000);
        await clock?.tick(1);
        // Who looked during the jump may have looked a moment too early.
        if ((await app.core.store.queue.due(new Date(now()))) > 0) await app.core.store.queue.wake();
      }
      await quiet();
    },
    async jump(minutes) {
      await quiet();
      await leap(minutes);
      await quiet();
    },
    leap,
    async another() {
      const second = await startBot();
      owned.use(second);
      return second;
    },
    away: (minutes) => awayWhile(minutes, 0, () => {}),
    awayWhile,
    async keepCopy() {
      let putBack = async () => {};
      await awayWhile(0, 0, async () => {
        putBack = await database.keep();
      });
      return () => awayWhile(0, 0, () => putBack());
    },
    async incident(user, channel, text) {
      const answer = await outside.slack.command(user, channel, '/incident', text);
      await quiet();
      return wordsOf(answer);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** All that a message says, blocks included. */
export function wordsOf(message: { text?: string | undefined; blocks?: unknown } | undefined): string {
  if (!message) return '';
  const texts: string[] = [];
  collect(message.blocks, texts);
  return texts.length > 0 ? texts.join('\n') : (message.text ?? '');
}

function collect(value: unknown, texts: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, texts);
  } else if (typeof value === 'object' && value !== null) {
    if ('text' in value && typeof value.text === 'string') texts.push(value.text);
    else for (const item of Object.values(value)) collect(item, texts);
  }
}
