import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import { loadTeam } from './load.ts';

/** Runs the bot until it is told to stop. */
export async function serve(args: string[]): Promise<void> {
  parseArgs({ args });
  const env = withDotEnv(process.env);
  const settings = readEnvironment(env);
  const team = await loadTeam(settings);
  const log = pino({ level: settings.logLevel });
  const told = untilSignal();
  // Most of the program, which nobody should wait for to hear of a mistake in a setting.
  const { createApp } = await import('../app.ts');
  await using app = await createApp(settings, team, log, { secretNamed: (name) => env[name] });
  log.info({ url: app.url, socketMode: settings.slack?.appToken !== undefined }, 'Daywatch is ready');
  const off = switchedOff(settings);
  if (off.length > 0) log.info({ off }, 'these are not configured; what they do is missing');
  const signal = await told;
  log.info({ signal }, 'stopping: what is under way is finished first');
}

function switchedOff(settings: ReturnType<typeof readEnvironment>): string[] {
  const parts = {
    'PagerDuty (pages go by Slack only)': settings.pagerduty?.rest,
    'PagerDuty webhooks (answers given there are not seen)': settings.pagerduty?.webhookSecret,
    'Google Cloud Monitoring (no alerts from it)': settings.google?.webhookToken,
    'GitHub (no issues for action items)': settings.github,
    'the HTTP API (API_TOKEN)': settings.apiToken,
    'SMTP_URL, MAIL_FROM (no updates by e-mail)': settings.smtp,
  };
  return Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [name] : []));
}

function untilSignal(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  return promise;
}
