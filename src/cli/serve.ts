import { pino } from 'pino';
import { createApp } from '../app.ts';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import { loadTeam } from './load.ts';

/** Runs the bot until it is told to stop. */
export async function serve(): Promise<void> {
  const settings = readEnvironment(withDotEnv(process.env));
  const team = await loadTeam(settings);
  const log = pino({ level: settings.logLevel });
  const told = untilSignal();
  await using app = await createApp(settings, team, log);
  log.info({ url: app.url, socketMode: settings.slack?.appToken !== undefined }, 'Daywatch is ready');
  const off = switchedOff(settings);
  if (off.length > 0) log.info({ off }, 'these are not configured; what they do is missing');
  const idle = withoutEffect(settings);
  if (idle.length > 0) log.warn({ idle }, 'these are set, and this version does nothing with them');
  const signal = await told;
  log.info({ signal }, 'stopping: what is under way is finished first');
}

function switchedOff(settings: ReturnType<typeof readEnvironment>): string[] {
  const parts = {
    'PagerDuty (pages go by Slack only)': settings.pagerduty?.rest,
    'PagerDuty webhooks (answers given there are not seen)': settings.pagerduty?.webhookSecret,
    'Google Cloud Monitoring (no alerts from it)': settings.google?.webhookToken,
    'GitHub (no issues for action items)': settings.github,
  };
  return Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [name] : []));
}

/** Settings that are understood and checked, and that nothing uses yet: whoever sets them must know. */
function withoutEffect(settings: ReturnType<typeof readEnvironment>): string[] {
  const parts = {
    'GOOGLE_CLOUD_PROJECT, GOOGLE_MONITORING_ENDPOINT': settings.google?.project ?? settings.google?.endpoint,
    'GOOGLE_PUBSUB_AUDIENCE, GOOGLE_PUBSUB_SERVICE_ACCOUNT': settings.google?.pubsub,
    ALERTMANAGER_WEBHOOK_TOKEN: settings.alertmanager,
    'GITHUB_APP_ID (set GITHUB_TOKEN instead)': settings.github?.auth.kind === 'app' ? true : undefined,
    'SMTP_URL, MAIL_FROM': settings.smtp,
    API_TOKEN: settings.apiToken,
  };
  return Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [] : [name]));
}

function untilSignal(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  return promise;
}
