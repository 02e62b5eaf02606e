import { present } from '../domain/present.ts';
import type { Variables } from './variables.ts';

/** The environment in groups. A group that is not there is switched off. */
export interface Settings {
  slack?: {
    botToken: string;
    /** Socket Mode when there is one, HTTP otherwise. */
    appToken?: string;
    signingSecret?: string;
    apiUrl?: string;
  };
  http: { port: number; host: string; publicUrl?: string };
  /** Without an address the embedded database in `dataDir`. */
  database: { url?: string };
  dataDir: string;
  /** Bytes of the largest file of a message that is kept. */
  fileLimit: number;
  configFile: string;
  /** `token` and `from` come together; without them only webhooks are taken. */
  pagerduty?: {
    rest?: { token: string; from: string; service?: string; apiUrl?: string };
    webhookSecret?: string;
  };
  google?: {
    project?: string;
    endpoint?: string;
    webhookToken?: string;
    pubsub?: { audience: string; serviceAccount: string };
  };
  alertmanager?: { webhookToken: string };
  github?: {
    auth: { kind: 'token'; token: string } | { kind: 'app'; appId: string; privateKey: string };
    apiUrl?: string;
  };
  smtp?: { url: string; from: string };
  apiToken?: string;
  logLevel: NonNullable<Variables['LOG_LEVEL']>;
  nodeEnv: string;
}

/** Groups variables that were read and found to fit together. */
export function groupSettings(given: Variables): Settings {
  return present({
    slack: slackSettings(given),
    http: present({
      port: given.PORT ?? 3000,
      host: given.HOST ?? '127.0.0.1',
      publicUrl: given.PUBLIC_URL,
    }),
    database: present({ url: given.DATABASE_URL }),
    dataDir: given.DATA_DIR ?? './data',
    fileLimit: (given.FILE_LIMIT_MB ?? 50) * 1_000_000,
    configFile: given.DAYWATCH_CONFIG ?? './daywatch.yaml',
    pagerduty: pagerdutySettings(given),
    google: googleSettings(given),
    alertmanager: given.ALERTMANAGER_WEBHOOK_TOKEN
      ? { webhookToken: given.ALERTMANAGER_WEBHOOK_TOKEN }
      : undefined,
    github: githubSettings(given),
    smtp: given.SMTP_URL && given.MAIL_FROM ? { url: given.SMTP_URL, from: given.MAIL_FROM } : undefined,
    apiToken: given.API_TOKEN,
    logLevel: given.LOG_LEVEL ?? 'info',
    nodeEnv: given.NODE_ENV ?? 'development',
  });
}

function slackSettings(given: Variables): Settings['slack'] {
  if (!given.SLACK_BOT_TOKEN) return undefined;
  return present({
    botToken: given.SLACK_BOT_TOKEN,
    appToken: given.SLACK_APP_TOKEN,
    signingSecret: given.SLACK_SIGNING_SECRET,
    apiUrl: given.SLACK_API_URL,
  });
}

function pagerdutySettings(given: Variables): Settings['pagerduty'] {
  const { PAGERDUTY_TOKEN: token, PAGERDUTY_FROM: from, PAGERDUTY_WEBHOOK_SECRET: webhookSecret } = given;
  const service = given.PAGERDUTY_SERVICE;
  const rest = token && from ? present({ token, from, service, apiUrl: given.PAGERDUTY_API_URL }) : undefined;
  return rest || webhookSecret ? present({ rest, webhookSecret }) : undefined;
}

function googleSettings(given: Variables): Settings['google'] {
  const { GOOGLE_PUBSUB_AUDIENCE: audience, GOOGLE_PUBSUB_SERVICE_ACCOUNT: serviceAccount } = given;
  const google = present({
    project: given.GOOGLE_CLOUD_PROJECT,
    endpoint: given.GOOGLE_MONITORING_ENDPOINT,
    webhookToken: given.GOOGLE_WEBHOOK_TOKEN,
    pubsub: audience && serviceAccount ? { audience, serviceAccount } : undefined,
  });
  return Object.keys(google).length > 0 ? google : undefined;
}

function githubSettings(given: Variables): Settings['github'] {
  const { GITHUB_TOKEN: token, GITHUB_APP_ID: appId, GITHUB_APP_PRIVATE_KEY: privateKey } = given;
  const apiUrl = given.GITHUB_API_URL;
  if (token) return present({ auth: { kind: 'token' as const, token }, apiUrl });
  if (appId && privateKey) return present({ auth: { kind: 'app' as const, appId, privateKey }, apiUrl });
  return undefined;
}
