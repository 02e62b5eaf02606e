import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outside, startOutside } from '../../src/stand-ins/outside.ts';
import { type Ended, runDaywatch, startBot } from '../harness/bot-process.ts';
import { freshDatabase } from '../harness/database.ts';
import { ROOM } from '../harness/room.ts';
import { PEOPLE, TEAM_YAML } from '../harness/team.ts';

const SECRETS = ['xoxb-not-a-token-at-all', 'signing-secret', 'xapp-not-a-token', 'hunter2', 'pd-token'];

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside({ people: PEOPLE, channels: [{ name: 'incidents', members: ['UDAYWATCH'] }] });
});
afterAll(() => outside?.[Symbol.asyncDispose]());

interface Trial {
  env?: Record<string, string | undefined>;
  team?: string;
  args?: string[];
}

/** Runs a command beside a database of its own, everything in order but what is given. */
async function attempt({ env = {}, team = TEAM_YAML, args = ['serve'] }: Trial): Promise<Ended> {
  await using database = await freshDatabase();
  return await runDaywatch(args, {
    directory: database.dataDir,
    team,
    env: { ...outside.environment, ...database.env, ...env },
  });
}

async function emptyDirectory(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(ROOM, 'daywatch-start-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  await using taken = await takenPort();
  return taken.port;
}

async function takenPort(): Promise<AsyncDisposable & { port: number }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port was to be had');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

function expectCalmRefusal({ status, stdout, stderr }: Ended, sentence: string): void {
  expect(stderr).toBe(`${sentence}\n`);
  expect(status).toBe(1);
  expectNoInnards(`${stdout}${stderr}`);
}

function expectNoInnards(said: string): void {
  expect(said).not.toMatch(/^\s+at /m);
  for (const secret of SECRETS) expect(said).not.toContain(secret);
}

describe('a bot that cannot start says why in one sentence', { timeout: 60_000 }, () => {
  test('wrong bot token', async () => {
    const ended = await attempt({ env: { SLACK_BOT_TOKEN: 'xoxb-not-a-token-at-all' } });
    expectCalmRefusal(
      ended,
      "Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy the Bot User OAuth Token from your app's page, under OAuth & Permissions.",
    );
  });

  test('wrong app token in Socket Mode', async () => {
    const ended = await attempt({ env: { SLACK_APP_TOKEN: 'xapp-not-a-token' } });
    expectCalmRefusal(
      ended,
      "Slack does not accept SLACK_APP_TOKEN (invalid_auth). Make an app-level token with the scope connections:write on your app's page, under Basic Information.",
    );
  });

  test('nobody answers at the address of Slack', async () => {
    const port = await closedPort();
    const ended = await attempt({ env: { SLACK_API_URL: `http://127.0.0.1:${port}/api/` } });
    expectCalmRefusal(
      ended,
      'Slack cannot be reached. Slack did not answer auth.test (ECONNREFUSED). Check the network and SLACK_API_URL.',
    );
  });

  test('several settings are not right, and each is named', async () => {
    const env = { SLACK_BOT_TOKEN: undefined, PORT: 'http', PAGERDUTY_FROM: undefined, LOG_LEVEL: 'loud' };
    const { status, stdout, stderr } = await attempt({ env });
    expect(status).toBe(1);
    const [head, ...problems] = stderr.trimEnd().split('\n');
    expect(head).toBe('4 settings are not right:');
    expect(problems.map((line) => line.split(' ')[1]).toSorted()).toEqual([
      'LOG_LEVEL',
      'PAGERDUTY_FROM',
      'PORT',
      'SLACK_BOT_TOKEN',
    ]);
    expectNoInnards(`${stdout}${stderr}`);
  });

  test('mistakes in the team’s file are all named, with their lines', async () => {
    const team = TEAM_YAML.replace('timezone: Europe/Bucharest', 'timezone: Europe/Bukarest').replace(
      'acknowledge_within: 5m',
      'acknowledge_within: soon',
    );
    const lines = team.split('\n');
    const { status, stdout, stderr } = await attempt({ team });
    expect(status).toBe(1);
    for (const mistake of ['Europe/Bukarest', 'acknowledge_within: soon']) {
      const line = lines.findIndex((text) => text.includes(mistake)) + 1;
      expect(stderr).toContain(`daywatch.yaml:${line}`);
    }
    expectNoInnards(`${stdout}${stderr}`);
  });

  test('the team’s file is no YAML', async () => {
    const { status, stdout, stderr } = await attempt({ team: 'team: [\n  "never closed' });
    expect(status).toBe(1);
    expect(stderr).toContain('daywatch.yaml');
    expectNoInnards(`${stdout}${stderr}`);
  });

  test('there is no team’s file', async () => {
    const ended = await attempt({ env: { DAYWATCH_CONFIG: '/nowhere/daywatch.yaml' } });
    expectCalmRefusal(
      ended,
      "The team's file /nowhere/daywatch.yaml is not there. Copy daywatch.example.yaml there, or set DAYWATCH_CONFIG.",
    );
  });

  test('no database is at its address', async () => {
    const port = await closedPort();
    const ended = await attempt({
      env: { DATABASE_URL: `postgres://bot:hunter2@127.0.0.1:${port}/daywatch` },
    });
    expectCalmRefusal(
      ended,
      `The database at 127.0.0.1:${port}/daywatch cannot be used (connect ECONNREFUSED 127.0.0.1:${port}). Check DATABASE_URL, and that PostgreSQL runs and the database exists.`,
    );
  });

  test('the port is taken', async () => {
    await using taken = await takenPort();
    const ended = await attempt({ env: { PORT: String(taken.port) } });
    expectCalmRefusal(
      ended,
      `Port ${taken.port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT.`,
    );
  });

  test('the data directory cannot be made', async () => {
    await using place = await emptyDirectory();
    const file = join(place.path, 'a-file');
    await writeFile(file, '');
    const ended = await attempt({ env: { DATA_DIR: join(file, 'data'), DATABASE_URL: undefined } });
    expectCalmRefusal(
      ended,
      `The data directory ${file}/data cannot be used (ENOTDIR: not a directory, mkdir '${file}/data'). Check that it can be written, or set DATA_DIR.`,
    );
  });

  test('another one works in the same directory, and goes on undisturbed', async () => {
    await using place = await emptyDirectory();
    const env = { ...outside.environment, DATA_DIR: place.path };
    await using first = await startBot({ directory: place.path, env });
    const second = await runDaywatch(['serve'], { directory: place.path, env });
    expect(second.stderr).toMatch(
      /^\S+ is in use by another Daywatch \(process \d+ on .+\)\. Stop that one first, or give this one its own DATA_DIR\.\n$/,
    );
    expect(second.status).toBe(1);
    expectNoInnards(`${second.stdout}${second.stderr}`);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    const { status, stderr } = await first.stop();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('the command line', { timeout: 60_000 }, () => {
  test('an unknown command is named, and says where the others are', async () => {
    const { status, stderr } = await attempt({ args: ['sevre'] });
    expect(stderr).toBe('daywatch: there is no command “sevre”. `daywatch help` lists them.\n');
    expect(status).toBe(2);
  });

  test.each([['serve'], ['migrate'], ['manifest'], ['check'], ['stats'], ['demo']])(
    '%s with an option that it does not have is used wrongly',
    async (name) => {
      const { status, stderr } = await attempt({ args: [name, '--frobnicate'] });
      expect(stderr).toContain(`Usage: daywatch ${name}`);
      expect(stderr).toContain('--frobnicate');
      expect(status).toBe(2);
    },
  );

  test.each(['--help', 'help'])('%s lists the commands, with nothing set', async (word) => {
    const { status, stdout, stderr } = await attempt({ args: [word], env: { SLACK_BOT_TOKEN: undefined } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of ['serve', 'demo', 'on-duty', 'manifest', 'migrate']) {
      expect(stdout).toContain(`daywatch ${name}`);
    }
  });
});
