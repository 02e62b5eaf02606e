import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { groupSettings, type Settings } from './settings.ts';
import { Variables } from './variables.ts';

export type { Settings } from './settings.ts';

/** Everything that is wrong with the environment, one sentence a problem; no secret is in any of them. */
export class SettingsError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
    super([`${count} not right:`, ...problems.map((problem) => `- ${problem}`)].join('\n'));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/**
 * Reads the settings. An empty variable counts as unset.
 * `serve` needs Slack; the other commands work without. Throws `SettingsError`.
 */
export function readEnvironment(env: NodeJS.ProcessEnv, purpose: 'serve' | 'offline' = 'serve'): Settings {
  const given = pickGiven(env);
  const parsed = Variables.safeParse(given);
  const problems = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []),
    ...missingPartners(given),
    ...(purpose === 'serve' ? missingWayIn(given) : []),
  ];
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  return groupSettings(parsed.data);
}

/** The environment over what a `.env` file says, if there is one: the real environment wins, unless it is empty. */
export function withDotEnv(env: NodeJS.ProcessEnv, file = '.env'): NodeJS.ProcessEnv {
  const merged: NodeJS.ProcessEnv = { ...readDotEnv(file) };
  for (const [name, value] of Object.entries(env)) if (value?.trim()) merged[name] = value;
  return merged;
}

function readDotEnv(file: string): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    const why = error instanceof Error ? error.message : String(error);
    throw new SettingsError([`${file} is there but cannot be read: ${why}`]);
  }
}

type Given = Partial<Record<keyof Variables, string>>;

function pickGiven(env: NodeJS.ProcessEnv): Given {
  const given: Given = {};
  for (const name of Variables.keyof().options) {
    const value = env[name]?.trim();
    if (value) given[name] = value;
  }
  return given;
}

/** What one variable needs beside it, and what for. */
const PARTNERS: [keyof Variables, keyof Variables, string][] = [
  [
    'PAGERDUTY_TOKEN',
    'PAGERDUTY_FROM',
    'the e-mail of a PagerDuty user of its own, in whose name Daywatch pages',
  ],
  ['PAGERDUTY_FROM', 'PAGERDUTY_TOKEN', 'a key of the PagerDuty REST API'],
  ['PAGERDUTY_SERVICE', 'PAGERDUTY_TOKEN', 'a key of the PagerDuty REST API'],
  ['PAGERDUTY_API_URL', 'PAGERDUTY_TOKEN', 'a key of the PagerDuty REST API'],
  ['GOOGLE_MONITORING_ENDPOINT', 'GOOGLE_CLOUD_PROJECT', 'the id of the project whose alerts are read'],
  [
    'GOOGLE_PUBSUB_AUDIENCE',
    'GOOGLE_PUBSUB_SERVICE_ACCOUNT',
    'the e-mail of the account that signs the pushes',
  ],
  [
    'GOOGLE_PUBSUB_SERVICE_ACCOUNT',
    'GOOGLE_PUBSUB_AUDIENCE',
    'the audience that the push subscription names',
  ],
  ['GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY', 'the private key of the GitHub app'],
  ['GITHUB_APP_PRIVATE_KEY', 'GITHUB_APP_ID', 'the id of the GitHub app'],
  ['SMTP_URL', 'MAIL_FROM', 'the address from which updates are sent'],
  ['MAIL_FROM', 'SMTP_URL', 'the mail server, such as smtps://user:password@mail.example.org'],
];

function missingPartners(given: Given): string[] {
  const problems = PARTNERS.filter(([name, partner]) => given[name] && !given[partner]).map(
    ([name, partner, what]) => `${partner} is not set, and ${name} needs it: ${what}`,
  );
  if (given.GITHUB_API_URL && !given.GITHUB_TOKEN && !given.GITHUB_APP_ID) {
    problems.push('GITHUB_TOKEN is not set, and GITHUB_API_URL needs it: a token, or an app with its key');
  }
  if (given.GITHUB_TOKEN && given.GITHUB_APP_ID) {
    problems.push('GITHUB_TOKEN and GITHUB_APP_ID are both set; leave one of them out');
  }
  return problems;
}

function missingWayIn(given: Given): string[] {
  const problems: string[] = [];
  if (!given.SLACK_BOT_TOKEN) {
    problems.push(
      'SLACK_BOT_TOKEN is not set; it starts with xoxb- and stands in the app under "OAuth & Permissions"',
    );
  }
  if (!given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) {
    problems.push(
      'SLACK_SIGNING_SECRET is not set; it stands in the app under "Basic Information". For Socket Mode, which needs no public address, set SLACK_APP_TOKEN (xapp-…) instead',
    );
  }
  return problems;
}
