import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../src/cli/doctor/examine.ts';
import { SCOPES } from '../../src/slack/manifest.ts';
import { runDaywatch } from '../harness/bot-process.ts';
import { SERVER } from '../harness/postgres.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { startTargets, type Targets } from '../harness/targets.ts';
import { TEAM_YAML } from '../harness/team.ts';

const TEAM = TEAM_YAML.replace(
  'members: [Ana, Chitra]',
  'members: [Ana, Chitra], pagerduty_schedule: PSCHED1',
);

let scenario: Scenario;
let targets: Targets;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  [scenario, targets] = await Promise.all([
    startScenario({ movedTime: false, googleApi: true }),
    startTargets(),
  ]);
  scenario.slack.scopes = SCOPES;
  const config = join(scenario.dataDir, 'daywatch.yaml');
  await writeFile(config, TEAM);
  env = {
    ...scenario.environment,
    SMTP_URL: targets.env.SMTP_URL,
    MAIL_FROM: targets.env.MAIL_FROM,
    DATA_DIR: scenario.dataDir,
    DAYWATCH_CONFIG: config,
    PUBLIC_URL: scenario.app.url,
    ...(SERVER === undefined ? {} : { DATABASE_URL: SERVER }),
  };
});
afterAll(async () => {
  await scenario?.[Symbol.asyncDispose]();
  await targets?.[Symbol.asyncDispose]();
});

/** Every line of it, as it is printed. */
async function lines(changed: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const findings = await examine({ ...env, ...changed });
  return findings.map(({ part, state, says }) => `${state} ${part}: ${says}`);
}

/** What is amiss, and nothing else. */
async function amiss(changed: NodeJS.ProcessEnv = {}): Promise<string[]> {
  return (await lines(changed)).filter((line) => line.startsWith('amiss '));
}

async function amissInTeam(team: string): Promise<string[]> {
  const file = join(scenario.dataDir, 'other.yaml');
  await writeFile(file, team);
  return amiss({ DAYWATCH_CONFIG: file });
}

describe('the doctor', () => {
  test('finds each part well, in a line', async () => {
    const found = await lines();
    expect(found.filter((line) => !line.startsWith('well '))).toEqual([]);
    expect(found.map((line) => line.replace('well ', '').replace(/:.*/s, ''))).toEqual([
      'Settings',
      'Team’s file',
      'Database',
      'Slack',
      'Slack scopes',
      'Channels',
      'Clock',
      'Address',
      'PagerDuty',
      'PagerDuty webhook',
      'Alerts',
      'Google Cloud Monitoring',
      'GitHub',
      'E-mail',
    ]);
    const words = found.join('\n');
    expect(words).toContain('PagerDuty: pages as Daywatch <daywatch@example.org> on the service');
    expect(words).toContain('Channels: #incidents is there.');
    const secrets = Object.entries(env).filter(([name]) => /TOKEN|SECRET/.test(name));
    expect(secrets.filter(([, value]) => value && words.includes(value))).toEqual([]);
  });

  test('names what is amiss with its mend: tokens, scopes, channels, ids, address, database', async () => {
    scenario.slack.scopes = SCOPES.filter((scope) => scope !== 'dnd:read');
    expect(await amiss()).toEqual([
      'amiss Slack scopes: the app may not dnd:read. Paste `daywatch manifest` into the app’s manifest, and install the app again.',
    ]);
    scenario.slack.scopes = SCOPES;
    expect(await amiss({ SLACK_BOT_TOKEN: 'xoxb-wrong' })).toEqual([
      expect.stringMatching(
        /^amiss Slack: .*invalid_auth.* Copy the Bot User OAuth Token into SLACK_BOT_TOKEN/,
      ),
    ]);
    expect(await amiss({ PAGERDUTY_FROM: 'nobody@example.org' })).toEqual([
      expect.stringMatching(/^amiss PagerDuty: PagerDuty has no user with the e-mail nobody@example\.org/),
    ]);
    expect(await amiss({ GITHUB_TOKEN: 'ghp_wrong' })).toEqual([
      expect.stringMatching(/^amiss GitHub: .* Give GITHUB_TOKEN access to it/),
    ]);
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    expect(await amiss({ PUBLIC_URL: nowhere })).toEqual([
      expect.stringMatching(/^amiss Address: the bot does not answer at .*ECONNREFUSED.* Start it/),
    ]);
    expect(await amiss({ PUBLIC_URL: scenario.slack.apiUrl })).toEqual([
      expect.stringMatching(/^amiss Address: .*something else answers/),
    ]);
    expect(await amiss({ DATABASE_URL: `postgres://x:secret@127.0.0.1:${await freePort()}/y` })).toEqual([
      expect.stringMatching(
        /^amiss Database: The database at 127\.0\.0\.1:\d+\/y cannot be used .* Check DATABASE_URL/,
      ),
    ]);
    expect(await amiss({ SMTP_URL: `smtp://127.0.0.1:${await freePort()}` })).toEqual([
      expect.stringMatching(/^amiss E-mail: The mail server cannot be reached/),
    ]);
  });

  test('reads the team’s file with the eyes of the services', async () => {
    expect(await amissInTeam(TEAM.replace('PANA01', 'PGONE'))).toEqual([
      'amiss PagerDuty: knows no user PGONE, who is Ana in the team’s file. Copy the id from the end of their profile’s address.',
    ]);
    expect(await amissInTeam(TEAM.replace('"#incidents"', '"#nowhere"'))).toEqual([
      expect.stringContaining(
        'Channels: there is no channel #nowhere that the bot can see. Make it, or invite',
      ),
    ]);
    expect(await amissInTeam(TEAM.replace('members: [Ana, Chitra]', 'members: [Ana, Zoe]'))).toEqual([
      expect.stringMatching(
        /^amiss Team’s file: .*other\.yaml:\d+:\d+: .*members\[1\] is not one of the people/,
      ),
    ]);
  });

  test('says each wrong setting, and looks at the rest where that can be done', async () => {
    expect(await amiss({ PORT: 'many', PAGERDUTY_FROM: '' })).toEqual([
      expect.stringMatching(/^amiss Settings: PORT /),
      expect.stringMatching(/^amiss Settings: PAGERDUTY_FROM is not set/),
    ]);
    const without = await lines({ SLACK_BOT_TOKEN: '', GITHUB_TOKEN: '', GITHUB_API_URL: '' });
    expect(without[0]).toMatch(/^amiss Settings: SLACK_BOT_TOKEN is not set/);
    expect(without.join('\n')).toContain('well Database');
    expect(without.join('\n')).toMatch(
      /amiss GitHub: the team’s file names 2i2c-org\/infrastructure, but no issues/,
    );
  });
});

test('daywatch check prints it, with the exit status', async () => {
  const options = { directory: scenario.dataDir, env, team: TEAM };
  const [words, json] = await Promise.all([
    runDaywatch(['check'], options),
    runDaywatch(['check', '--json'], { ...options, env: { ...env, PAGERDUTY_TOKEN: 'wrong' } }),
  ]);
  expect(words.stdout).toContain('✓ Slack: the token works in');
  expect(words.status).toBe(0);
  expect(JSON.parse(json.stdout)).toContainEqual(
    expect.objectContaining({ part: 'PagerDuty', state: 'amiss' }),
  );
  expect(json.status).toBe(1);
});

/** Nobody listens there. */
async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  return port;
}
