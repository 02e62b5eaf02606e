import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseRelayedGroup } from '../alertmanager/relayed-text.ts';
import { parseAlertmanager } from '../alertmanager/webhook.ts';
import { readEnvironment, withDotEnv } from '../config/env.ts';
import type { IncomingAlert } from '../domain/alert.ts';
import { mergeAlert, viewAlert } from '../domain/alert-merge.ts';
import { explainAlert } from '../domain/explain-alert.ts';
import { soundAlert } from '../domain/sound-alert.ts';
import { readPush } from '../google-monitoring/pubsub.ts';
import { parseRelayedAlert } from '../google-monitoring/relayed-text.ts';
import { parseGoogleNotification } from '../google-monitoring/webhook.ts';
import { AskedAlert, alertAsked } from '../http/api/alerts.ts';
import { alertFromPagerDuty } from '../pagerduty/alert.ts';
import { parsePagerDutyWebhook } from '../pagerduty/webhook.ts';
import { StartupError } from '../startup-error.ts';
import { examine } from './doctor/examine.ts';
import { loadTeam } from './load.ts';

/**
 * `daywatch check`: the doctor, a line for each part with its mend. `daywatch check --alert FILE`: the dry run of the
 * alert rules. Nothing is sent, and nothing is kept.
 */
export async function check(args: string[]): Promise<number> {
  const options = { alert: { type: 'string' }, json: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args, options, strict: true });
  return values.alert === undefined
    ? doctor(values.json === true)
    : explain(values.alert, values.json === true);
}

const MARKS = { well: '✓', amiss: '✗', off: '–' };

async function doctor(asJson: boolean): Promise<number> {
  const findings = await examine(withDotEnv(process.env));
  const lines = findings.map(({ part, state, says }) => `${MARKS[state]} ${part}: ${says}\n`);
  process.stdout.write(asJson ? `${JSON.stringify(findings)}\n` : lines.join(''));
  return findings.some(({ state }) => state === 'amiss') ? 1 : 0;
}

async function explain(file: string, asJson: boolean): Promise<number> {
  const team = await loadTeam(readEnvironment(withDotEnv(process.env), 'offline'));
  const alerts = alertsIn(await readJson(file), new Date());
  if (typeof alerts === 'string') {
    process.stderr.write(`${file}: ${alerts}\n`);
    return 1;
  }
  const explained = alerts.map((alert) => {
    const view = viewAlert(mergeAlert(undefined, soundAlert(alert)));
    const { title, source, labels, open } = view;
    return { title, source, open, labels, ...explainAlert(view, team) };
  });
  process.stdout.write(asJson ? `${JSON.stringify(explained)}\n` : explained.map(inWords).join('\n'));
  return 0;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new StartupError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The alerts of a payload of any source, or a sentence that says why there are none. */
export function alertsIn(body: unknown, receivedAt: Date): IncomingAlert[] | string {
  const pushed = readPush(body);
  const google = parseGoogleNotification(pushed ?? body, receivedAt);
  if (google.kind === 'alert') return [google.alert];
  if (google.kind === 'test')
    return 'this is Google’s test notification: it is answered, and the alerts channel is told that it arrived.';
  const event = parsePagerDutyWebhook(body);
  if (event && 'title' in event) {
    return [alertFromPagerDuty(event, { alert: parseRelayedAlert, group: parseRelayedGroup })];
  }
  if (event) return `a PagerDuty event ${event.type} opens no alert.`;
  const group = parseAlertmanager(body, receivedAt);
  if (group && group.alerts.length > 0) return group.alerts;
  const asked = AskedAlert.safeParse(body);
  if (asked.success) return [alertAsked(asked.data, receivedAt)];
  return 'this is no alert that I can read: Google’s webhook or push, PagerDuty’s V3 webhook, an Alertmanager group, or what POST /api/v1/alerts takes.';
}

interface Explained {
  title: string;
  source: string;
  open: boolean;
  labels: Record<string, string>;
  rules: { rule: number; why: string }[];
  outcome: string;
}

function inWords({ title, source, open, labels, rules, outcome }: Explained): string {
  const told = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return [
    `${title} (${source}, ${open ? 'open' : 'over'})`,
    `  labels: ${told.join(', ') || 'none'}`,
    ...(rules.length === 0 ? ['  the team’s file has no rules for alerts'] : []),
    ...rules.map(({ rule, why }) => `  rule ${rule} ${why}`),
    ...(rules.length > 0 && !rules.some(({ why }) => why.includes('decides:')) ? ['  no rule fits'] : []),
    `  → ${outcome}`,
    '',
  ].join('\n');
}
