import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readEnvironment, SettingsError, withDotEnv } from '../../src/config/env.ts';
import { Variables } from '../../src/config/variables.ts';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shh' };

function problemsOf(env: NodeJS.ProcessEnv, purpose?: 'serve' | 'offline'): string[] {
  try {
    readEnvironment(env, purpose);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  test('needs no more than Slack', () => {
    expect(readEnvironment(SLACK)).toEqual({
      slack: { botToken: 'xoxb-1', signingSecret: 'shh' },
      http: { port: 3000, host: '127.0.0.1' },
      database: {},
      dataDir: './data',
      fileLimit: 50_000_000,
      configFile: './daywatch.yaml',
      logLevel: 'info',
      nodeEnv: 'development',
    });
  });

  test('is read in groups', () => {
    const settings = readEnvironment({
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:4010/api/',
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://daywatch.example.org/',
      DATABASE_URL: 'postgres://u:p@127.0.0.1/daywatch',
      PAGERDUTY_TOKEN: 't',
      PAGERDUTY_FROM: 'bot@example.org',
      PAGERDUTY_API_URL: 'http://127.0.0.1:4011',
      PAGERDUTY_WEBHOOK_SECRET: 's',
      GOOGLE_CLOUD_PROJECT: 'p',
      GOOGLE_MONITORING_ENDPOINT: '127.0.0.1:4012',
      GOOGLE_PUBSUB_AUDIENCE: 'a',
      GOOGLE_PUBSUB_SERVICE_ACCOUNT: 'push@p.iam.gserviceaccount.com',
      ALERTMANAGER_WEBHOOK_TOKEN: 'am',
      GITHUB_APP_ID: '12',
      GITHUB_APP_PRIVATE_KEY: '-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----',
      SMTP_URL: 'smtp://mail.example.org',
      MAIL_FROM: 'Daywatch <daywatch@example.org>',
      API_TOKEN: 'api',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
    });
    expect(settings).toMatchObject({
      slack: { appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:4010/api/' },
      http: { port: 0, host: '0.0.0.0', publicUrl: 'https://daywatch.example.org' },
      database: { url: 'postgres://u:p@127.0.0.1/daywatch' },
      pagerduty: {
        rest: { token: 't', from: 'bot@example.org', apiUrl: 'http://127.0.0.1:4011' },
        webhookSecret: 's',
      },
      google: {
        project: 'p',
        endpoint: '127.0.0.1:4012',
        pubsub: { audience: 'a', serviceAccount: 'push@p.iam.gserviceaccount.com' },
      },
      alertmanager: { webhookToken: 'am' },
      github: { auth: { kind: 'app', appId: '12' } },
      smtp: { url: 'smtp://mail.example.org', from: 'Daywatch <daywatch@example.org>' },
      apiToken: 'api',
      logLevel: 'debug',
      nodeEnv: 'production',
    });
    expect(settings.github?.auth).toMatchObject({ privateKey: expect.stringContaining('\nabc\n') });
  });

  test('names all that is wrong at once, and no secret', () => {
    const problems = problemsOf({
      SLACK_BOT_TOKEN: 'hunter2',
      SLACK_API_URL: 'https://slack.com/',
      PORT: '70000',
      PUBLIC_URL: 'daywatch.example.org',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      PAGERDUTY_TOKEN: 'hunter2',
      PAGERDUTY_API_URL: 'https://api.pagerduty.com/v2',
      GOOGLE_MONITORING_ENDPOINT: 'localhost',
      GITHUB_APP_ID: '7',
      SMTP_URL: 'hunter2',
      LOG_LEVEL: 'loud',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'SLACK_BOT_TOKEN',
      'SLACK_API_URL',
      'PORT',
      'PUBLIC_URL',
      'DATABASE_URL',
      'PAGERDUTY_API_URL',
      'GOOGLE_MONITORING_ENDPOINT',
      'SMTP_URL',
      'LOG_LEVEL',
      'PAGERDUTY_FROM',
      'GOOGLE_CLOUD_PROJECT',
      'GITHUB_APP_PRIVATE_KEY',
      'MAIL_FROM',
      'SLACK_SIGNING_SECRET',
    ]);
    expect(problems.join('\n')).not.toContain('hunter2');
    expect(problems[2]).toBe('PORT is "70000"; allowed are whole numbers from 0 (any free port) to 65535');
  });

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['nothing at all', {}, 'SLACK_BOT_TOKEN is not set'],
    ['Socket Mode without the bot token', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is not set'],
    ['no signing secret over HTTP', { SLACK_BOT_TOKEN: 'xoxb-1' }, 'set SLACK_APP_TOKEN (xapp-…) instead'],
    ['tokens swapped', { ...SLACK, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN does not look right'],
    ['two ways into GitHub', { ...SLACK, GITHUB_TOKEN: 'a', GITHUB_APP_ID: '1' }, 'leave one of them out'],
    ['a service without a key', { ...SLACK, PAGERDUTY_SERVICE: 'P1' }, 'PAGERDUTY_SERVICE needs it'],
    ['a port that is no number', { ...SLACK, PORT: '3e3' }, 'PORT is "3e3"'],
  ])('refuses %s', (_, env, words) => {
    expect(problemsOf(env).join('\n')).toContain(words);
  });

  test('serving needs Slack, and offline commands do not', () => {
    expect(problemsOf({ API_TOKEN: 'x' }).join('\n')).toContain('SLACK_BOT_TOKEN is not set');
    expect(problemsOf({}, 'offline')).toEqual([]);
  });

  test('an empty variable is an unset one', () => {
    expect(readEnvironment({ ...SLACK, PORT: '', HOST: ' ', PAGERDUTY_TOKEN: '' }).http).toEqual({
      port: 3000,
      host: '127.0.0.1',
    });
  });
});

describe('.env', () => {
  test('is read if it is there, and the real environment wins', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'daywatch-env-')), '.env');
    expect(withDotEnv({ PORT: '1' }, file)).toEqual({ PORT: '1' });
    writeFileSync(file, 'PORT=2\nHOST="0.0.0.0" # all\nAPI_TOKEN=t\n');
    expect(withDotEnv({ PORT: '1', API_TOKEN: '' }, file)).toEqual({
      PORT: '1',
      HOST: '0.0.0.0',
      API_TOKEN: 't',
    });
  });

  test('that cannot be read is named', () => {
    expect(() => withDotEnv({}, tmpdir())).toThrow(SettingsError);
  });

  test('its example names every variable and no other', () => {
    const example = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));
    expect(Object.keys(example).sort()).toEqual([...Variables.keyof().options].sort());
  });
});
