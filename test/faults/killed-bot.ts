import { pino } from 'pino';
import { type App, createApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { type Outside, startOutside } from '../../src/stand-ins/outside.ts';
import { untilQuiet } from '../../src/stand-ins/quiet.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { type BotProcess, startBot } from '../harness/bot-process.ts';
import { freshDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { PEOPLE, testTeam } from '../harness/team.ts';
import { type Along, type Point, strikeAt, strikeAtNextOfGitHub } from './points.ts';

const PATIENCE_MS = 25_000;

/** Somebody does something about the incident of `title`; the bot dies when its calls have come to `points`. */
export interface Doom {
  title: string;
  act: () => Promise<unknown>;
  points: Point[];
  /** The calls do not tell whose they are, so nothing else may go on meanwhile. */
  alone?: boolean;
}

/** A bot in a process of its own, on one database and in one workspace, however often it dies. */
export interface KilledBot extends AsyncDisposable {
  outside: Outside;
  /** Where it listens in this life. */
  url(): string;
  /** How often it was killed. */
  deaths: number;
  /** Lets all of these come to their points, ends the process there with SIGKILL, and starts it again. */
  killAt(dooms: Doom[]): Promise<void>;
  /**
   * Lets it do what `act` asks, and kills it along its calls to GitHub, each life a call further, until `done` no
   * longer throws. Answers where it died.
   */
  killAlongGitHub(
    act: () => Promise<unknown>,
    done: () => void,
    along?: Along & { meanwhile?: () => void },
  ): Promise<Point[]>;
  /** Ends the process with SIGKILL while `act` is under way. */
  killDuring(act: () => Promise<void>): Promise<void>;
  /** Stops it in peace and opens the same data in here, with nothing left to do. */
  examine(): Promise<App>;
}

export interface KilledBotOptions {
  team?: string;
  env?: Record<string, string>;
  channels?: string[];
  repositories?: string[];
}

export async function startKilledBot(options: KilledBotOptions = {}): Promise<KilledBot> {
  const { team = ALWAYS_ON_DUTY, channels = [], repositories = [] } = options;
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await freshDatabase());
  const outside = stack.use(
    await startOutside({
      people: PEOPLE,
      channels: ['incidents', ...channels].map((name) => ({
        name,
        members: [...PEOPLE.map(({ id }) => id), 'UDAYWATCH'],
      })),
      rateLimits: false,
      repositories,
    }),
  );
  const env: Record<string, string> = { ...outside.environment, ...database.env, ...options.env };
  let bot: BotProcess;
  const start = async () => {
    bot = await startBot({ directory: database.dataDir, env, team });
    outside.connect(bot.url);
  };
  await start();
  stack.defer(() => bot.kill());
  const owned = stack.move();

  const killed: KilledBot = {
    outside,
    url: () => bot.url,
    deaths: 0,
    async killAt(dooms) {
      const arrivals = dooms.flatMap(({ title, points, alone }) =>
        points.map((point) => ({ point, arrived: strikeAt(outside, point, alone ? undefined : title) })),
      );
      const acts = dooms.map(({ act }) => act());
      for (const { point, arrived } of arrivals) await within(arrived, `${point.label} (${point.when})`);
      await bot.kill();
      await Promise.all(acts);
      await revive();
    },
    async killAlongGitHub(act, done, along = {}) {
      const struck: Point[] = [];
      let next = strikeAtNextOfGitHub(outside, struck, along);
      const acting = act();
      for (;;) {
        const point = await Promise.race([next, eventually(done, PATIENCE_MS).then(() => undefined)]);
        if (!point) break;
        struck.push(point);
        await bot.kill();
        await acting;
        along.meanwhile?.();
        // Armed before it lives again: what it left undone is what it does first.
        await revive(() => {
          next = strikeAtNextOfGitHub(outside, struck, along);
        });
      }
      outside.github.faults.clear();
      return struck;
    },
    async killDuring(act) {
      const acting = act();
      await bot.kill();
      await acting;
      await revive();
    },
    async examine() {
      await bot.stop();
      const settings = readEnvironment(env);
      const app = await createApp(settings, testTeam(team), pino({ level: 'silent' }), {
        secretNamed: (name) => env[name],
      });
      outside.connect(app.url);
      owned.use(app);
      await untilQuiet(outside, app.core.store.queue, Date.now);
      return app;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };

  async function revive(arm = () => {}): Promise<void> {
    killed.deaths += 1;
    for (const { faults } of [outside.slack, outside.pagerduty, outside.github]) faults.clear();
    arm();
    await start();
    await outside.slack.retryPending();
    await outside.pagerduty.retryWebhooks();
  }
  return killed;
}

/** A call that is no longer made must not look like one that was survived. */
async function within(arrived: Promise<void>, label: string): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`the bot never came to ${label}`)), PATIENCE_MS);
  try {
    await Promise.race([arrived, promise]);
  } finally {
    clearTimeout(timer);
  }
}
