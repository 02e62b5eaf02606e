import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOfCase, numbered } from '../../src/domain/case/facts-of-case.ts';
import { readCase } from '../../src/domain/case/read-case.ts';
import { describer } from '../../src/domain/describe.ts';
import { foldIncident } from '../../src/domain/incident.ts';
import { nameOf } from '../../src/domain/people.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { reportMarkdown } from '../../src/report/report-markdown.ts';
import { type Outside, startOutside } from '../../src/stand-ins/outside.ts';
import { lockDirectory } from '../../src/store/directory-lock.ts';
import { migrationNames } from '../../src/store/migrate.ts';
import { type BotProcess, type Ended, runDaywatch, startBot } from '../harness/bot-process.ts';
import { freshDatabase, type TestDatabase } from '../harness/database.ts';
import { PEOPLE, testTeam } from '../harness/team.ts';

const LEAP = fileURLToPath(new URL('../../src/demo/leap.json', import.meta.url));
const EMBEDDED = process.env.TEST_DATABASE_URL === undefined;

let outside: Outside;
let alone: TestDatabase;
let shared: TestDatabase;
let bot: BotProcess;

beforeAll(async () => {
  [outside, alone, shared] = await Promise.all([
    startOutside({ people: PEOPLE, channels: [{ name: 'incidents', members: ['UDAYWATCH'] }] }),
    freshDatabase(),
    freshDatabase(),
  ]);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  for (const one of [outside, alone, shared]) await one?.[Symbol.asyncDispose]();
});

/** A machine in Kathmandu that speaks German, beside a running bot; and one in Los Angeles without one. */
const MACHINES = {
  beside: { TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
  alone: { TZ: 'America/Los_Angeles', LANG: 'C' },
};

function daywatch(where: 'alone' | 'beside', ...args: string[]): Promise<Ended> {
  const database = where === 'alone' ? alone : shared;
  return runDaywatch(args, { directory: database.dataDir, env: { ...database.env, ...MACHINES[where] } });
}

describe('a case goes in, and its report and the case come out', () => {
  test('without a bot: once, however often, and the case that comes out is the same incident', async () => {
    const first = await daywatch('alone', 'import', LEAP, '--json');
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const told = JSON.parse(first.stdout);
    expect(told).toMatchObject({ incident: 'INC-1', status: 'resolved', known: false, warnings: [] });
    expect(told.path).toContain(join(alone.dataDir, 'reports', '2025-08-12-inc-1-'));
    expect(await readFile(told.path, 'utf8')).toContain('### 5:00 PM');

    const out = await daywatch('alone', 'export', 'INC-1', '--out', 'out.json');
    expect(out.stdout).toBe('INC-1 is in out.json.\n');
    const text = await readFile(join(alone.dataDir, 'out.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      source: expect.stringContaining('2025-08-12-leap-outage'),
      severity: 'sev1',
    });
    const again = await daywatch('alone', 'import', 'out.json', '--template', 'binder', '--out', 'again.md');
    expect(again.stdout).toContain('INC-1 is this case already; nothing changed.');
    expect(await readFile(join(alone.dataDir, 'again.md'), 'utf8')).toContain('All times in BST (UTC+1)');
  });

  test('beside a running bot: the same bytes in another zone and language, and nobody hears of it', async () => {
    bot = await startBot({
      directory: shared.dataDir,
      env: { ...outside.environment, ...shared.env, ...MACHINES.beside },
    });
    if (EMBEDDED) {
      const hatch = await stat(join(shared.dataDir, 'daywatch.hatch'));
      expect(hatch.mode & 0o777).toBe(0o600);
      const { url } = JSON.parse(await readFile(join(shared.dataDir, 'daywatch.hatch'), 'utf8'));
      expect((await fetch(`${url}/export-case`, { method: 'POST', body: '{"number":1}' })).status).toBe(401);
    }
    const calls = outside.slack.calls.filter(({ method }) =>
      /^(chat|conversations\.create)/.test(method),
    ).length;
    const told = await daywatch('beside', 'import', LEAP);
    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(told.stdout).toMatch(/^INC-1 is imported\.\nIts report: .*\.md\n$/);
    for (const args of [
      ['export', 'INC-1'],
      ['report', 'INC-1', '--template', 'standard', '--timezone', 'America/New_York', '--public'],
    ]) {
      const here = await daywatch('beside', ...args);
      expect(here).toMatchObject({ status: 0, stderr: '' });
      expect(here.stdout).toBe((await daywatch('alone', ...args)).stdout);
    }
    expect(
      outside.slack.calls.filter(({ method }) => /^(chat|conversations\.create)/.test(method)),
    ).toHaveLength(calls);
    expect(outside.pagerduty.incidents()).toEqual([]);
  });

  test('beside it: the database is up to date', async () => {
    const told = await daywatch('beside', 'migrate');
    const kind = EMBEDDED ? 'embedded' : 'postgres';
    expect(told).toEqual({ status: 0, stdout: `The ${kind} database is up to date.\n`, stderr: '' });
    const asked = await daywatch('beside', 'migrate', '--json');
    expect(JSON.parse(asked.stdout)).toMatchObject({ database: kind, applied: await migrationNames() });
  });

  test('after the bot was killed the command opens the database itself', async () => {
    await bot.kill();
    const told = await daywatch('beside', 'report', 'inc-1', '--json');
    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(told.stdout)).toMatchObject({
      incident: 'INC-1',
      markdown: expect.stringContaining('LEAP'),
    });
  });
});

test.runIf(EMBEDDED)('beside a bot of an older version: it is to be started again', async () => {
  await using old = await freshDatabase();
  await using _held = await lockDirectory(old.dataDir);
  const hatch = createServer((_, response) => response.end('{"database":"embedded","applied":["0_init"]}'));
  hatch.listen(0, '127.0.0.1');
  await once(hatch, 'listening');
  const address = hatch.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await writeFile(
    join(old.dataDir, 'daywatch.hatch'),
    JSON.stringify({ url: `http://127.0.0.1:${port}`, secret: 's' }),
  );
  const told = await runDaywatch(['migrate'], { directory: old.dataDir, env: old.env });
  hatch.close();
  expect(told).toMatchObject({ status: 1, stderr: expect.stringContaining('is an older one and lacks') });
});

test('another machine, another database: the case that came out makes the same reports, byte for byte', async () => {
  await using other = await freshDatabase();
  const there = {
    directory: other.dataDir,
    env: { ...other.env, TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8' },
  };
  const file = join(alone.dataDir, 'out.json');
  const how = ['--template', '2i2c', '--timezone', 'Asia/Kathmandu', '--public'];
  const told = await runDaywatch(['import', file, ...how, '--out', 'there.md'], there);
  expect(told).toMatchObject({ status: 0, stderr: '' });
  const bytes = await readFile(join(other.dataDir, 'there.md'), 'utf8');
  expect(`${(await daywatch('alone', 'report', 'INC-1', ...how)).stdout}`).toBe(bytes);
  const text = await readFile(LEAP, 'utf8');
  expect(bytes).toBe(await withoutDatabase(text, { template: '2i2c', zone: 'Asia/Kathmandu' }));
});

/** The same, in this process and with nothing stored: whatever the database, its bytes are these. */
async function withoutDatabase(text: string, how: { template: string; zone: string }): Promise<string> {
  const read = readCase(text, 'case.json');
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const facts = numbered(factsOfCase(read.case, 0), 0);
  return reportMarkdown({
    incident: foldIncident({ number: 1, uid: 'case' }, facts),
    entries: timeline(facts, describer()),
    team: testTeam(),
    names: { person: (id) => nameOf(testTeam(), id) },
    public: true,
    ...how,
  });
}

test('the numbers over time are counted from what was imported', async () => {
  const told = await daywatch('alone', 'stats', '--from', '2025-08-12', '--to', '2025-08-12');
  expect(told).toMatchObject({ status: 0, stderr: '' });
  expect(told.stdout).toMatch(/\nall +1 +0 % +0 s .* 1h 11m/);
  expect(await daywatch('alone', 'stats', '--from', '2025-13-12')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--from 2025-13-12 is no day; write one such as 2025-08-12.'),
  });
});

describe('a mistake says what is right, and nothing is written', () => {
  test.each([
    [['import', 'none.json'], 1, 'none.json cannot be read (ENOENT). Nothing was imported.'],
    [['import', LEAP, '--timezone', 'BST'], 2, 'such as Europe/London'],
    [['report', '2'], 1, 'There is no INC-2 in this database.'],
    [['export', 'twelve'], 2, '“twelve” is no incident; name one, such as INC-12.'],
  ] as const)('%j', async (args, status, words) => {
    const told = await daywatch('alone', ...args);
    expect(told.status).toBe(status);
    expect(told.stderr).toContain(words);
  });

  test('in the file: every place at once', async () => {
    const file = join(alone.dataDir, 'wrong.json');
    await writeFile(
      file,
      JSON.stringify({ title: ' ', timezone: 'BST', entries: [{ at: 'noon', kind: 'x', text: 'y' }] }),
    );
    const told = await daywatch('alone', 'import', 'wrong.json');
    expect(told.status).toBe(1);
    expect(told.stderr.trim().split('\n')).toHaveLength(4);
    expect(told.stderr).toContain('wrong.json:1: entries[0].kind must be one of message, alert');
    const checked = await daywatch('alone', 'import', 'wrong.json', '--dry-run', '--json');
    expect(checked.status).toBe(1);
    expect(JSON.parse(checked.stdout).problems).toHaveLength(4);
    expect(await daywatch('alone', 'import', LEAP, '--dry-run')).toMatchObject({ status: 0 });
  });

  test('an export of Slack is asked which channel, and its case is imported', async () => {
    const json = (value: unknown) => strToU8(JSON.stringify(value));
    const message = { user: 'U1', ts: '1755014410.000100', text: 'I deleted *prod*' };
    const zip = zipSync({
      'channels.json': json([
        { id: 'C1', name: 'general' },
        { id: 'C2', name: 'leap-is-down' },
      ]),
      'users.json': json([{ id: 'U1', real_name: 'Zaphod' }]),
      'leap-is-down/2025-08-12.json': json([message]),
    });
    await writeFile(join(alone.dataDir, 'export.zip'), zip);
    const asked = await daywatch('alone', 'import', 'export.zip');
    expect(asked).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--channel: general, leap-is-down.'),
    });
    const told = await daywatch(
      'alone',
      'import',
      'export.zip',
      '--channel',
      'leap-is-down',
      '--out',
      'zip.md',
    );
    expect(told).toMatchObject({ status: 0, stderr: '' });
    expect(await readFile(join(alone.dataDir, 'zip.md'), 'utf8')).toContain('> I deleted **prod**');
  });

  test('in a template of one’s own: its file and line', async () => {
    await writeFile(join(alone.dataDir, 'mine.md'), '# {{ titleMarkdown }}\n\n{{ sumary }}\n');
    const story = JSON.parse(await readFile(LEAP, 'utf8'));
    await writeFile(
      join(alone.dataDir, 'other.json'),
      JSON.stringify({ ...story, title: 'Another', colour: 'red' }),
    );
    const told = await daywatch('alone', 'import', 'other.json', '--template', './mine.md');
    expect(told.status).toBe(1);
    expect(told.stderr).toMatch(/mine\.md:3.*sumary.*summary/s);
    await writeFile(join(alone.dataDir, 'mine.md'), '# {{ titleMarkdown }}\n');
    const mended = await daywatch(
      'alone',
      'import',
      'other.json',
      '--template',
      './mine.md',
      '--out',
      'mine-out.md',
    );
    expect(mended.stdout).toContain('INC-3 is imported.');
    expect(mended.stderr).toContain('colour is not a field of a case and is left out');
    expect(await readFile(join(alone.dataDir, 'mine-out.md'), 'utf8')).toBe('# Another\n');
  });
});
