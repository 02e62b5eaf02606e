import type { RepositorySeed } from './github/repositories.ts';
import { type GitHubOptions, type GitHubStandIn, startGitHub } from './github/start-github.ts';
import { type GoogleStandIn, startGoogle } from './google/start-google.ts';
import type { PagerDutyAccount } from './pagerduty/account.ts';
import { type PagerDutyStandIn, startPagerDuty } from './pagerduty/start-pagerduty.ts';
import type { Person } from './slack/types.ts';
import { type SlackWorkspace, startSlack } from './slack/workspace.ts';

export interface OutsideOptions {
  /** Epoch milliseconds; the real time unless told. */
  now?: () => number;
  people: Person[];
  channels: { name: string; private?: boolean; members: string[] }[];
  pagerduty?: Partial<PagerDutyAccount>;
  repositories?: (string | RepositorySeed)[];
  /** Accounts on GitHub whose e-mail address everybody sees. */
  githubUsers?: GitHubOptions['users'];
  latencyMs?: number;
  /** How long Slack waits for an answer, and a form may be opened after a gesture; 3 s of real time unless told. */
  slackPatienceMs?: number;
  /** By the workspace's clock: where that is moved by hand, whoever must wait waits for the hand, so they are off unless told. */
  rateLimits?: boolean;
  /** The bot may ask Google: it polls alerts and reads what uptime checks saw. */
  googleApi?: boolean;
  /** Deliver by Socket Mode. */
  socketMode?: boolean;
}

/** Everything that Daywatch talks to, on loopback, with the settings that point a bot at it. */
export interface Outside extends AsyncDisposable {
  slack: SlackWorkspace;
  pagerduty: PagerDutyStandIn;
  google: GoogleStandIn;
  github: GitHubStandIn;
  /** Environment variables of a bot that works here. */
  environment: Record<string, string>;
  /** Tells the services where the bot listens. */
  connect(botUrl: string): void;
  /** The address of the bot's Google webhook. */
  googleWebhook(botUrl: string): string;
}

const SECRETS = {
  signing: 'signing-secret-of-the-stand-in',
  bot: 'xoxb-token-of-the-stand-in',
  app: 'xapp-token-of-the-stand-in',
  pagerduty: 'webhook-secret-of-the-stand-in',
  google: 'webhook-token-of-the-stand-in',
};

export async function startOutside(options: OutsideOptions): Promise<Outside> {
  const now = options.now ?? Date.now;
  await using stack = new AsyncDisposableStack();
  const slack = await startSlack({
    now: () => new Date(now()),
    signingSecret: SECRETS.signing,
    botToken: SECRETS.bot,
    ...(options.socketMode ? { appToken: SECRETS.app } : {}),
    rateLimits: options.rateLimits ?? options.now === undefined,
    people: options.people,
    channels: options.channels,
    ...(options.slackPatienceMs === undefined ? {} : { patienceMs: options.slackPatienceMs }),
    ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }),
  });
  stack.defer(() => slack.close());
  const pagerduty = await startPagerDuty({
    now,
    ...(options.pagerduty ? { account: options.pagerduty } : {}),
  });
  stack.defer(() => pagerduty.close());
  const google = await startGoogle({ now });
  stack.defer(() => google.close());
  const github = await startGitHub({
    now,
    repositories: (options.repositories ?? []).map((seed) =>
      typeof seed === 'string' ? { fullName: seed } : seed,
    ),
    ...(options.githubUsers ? { users: options.githubUsers } : {}),
  });
  stack.defer(() => github.close());
  const owned = stack.move();

  const environment: Record<string, string> = {
    SLACK_BOT_TOKEN: SECRETS.bot,
    SLACK_SIGNING_SECRET: SECRETS.signing,
    SLACK_API_URL: slack.apiUrl,
    ...(options.socketMode ? { SLACK_APP_TOKEN: SECRETS.app } : {}),
    PAGERDUTY_TOKEN: pagerduty.account.token,
    PAGERDUTY_FROM: 'daywatch@example.org',
    PAGERDUTY_API_URL: pagerduty.url,
    PAGERDUTY_WEBHOOK_SECRET: SECRETS.pagerduty,
    GOOGLE_WEBHOOK_TOKEN: SECRETS.google,
    ...(options.googleApi
      ? { GOOGLE_CLOUD_PROJECT: google.project, GOOGLE_MONITORING_ENDPOINT: google.endpoint }
      : {}),
    GITHUB_TOKEN: github.token,
    GITHUB_API_URL: github.url,
    PORT: '0',
    HOST: '127.0.0.1',
  };
  return {
    slack,
    pagerduty,
    google,
    github,
    environment,
    connect(botUrl) {
      if (!options.socketMode) slack.deliverTo(`${botUrl}/slack/events`);
      pagerduty.deliverTo(`${botUrl}/webhooks/pagerduty`, SECRETS.pagerduty);
    },
    googleWebhook: (botUrl) => `${botUrl}/webhooks/google-monitoring?token=${SECRETS.google}`,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
