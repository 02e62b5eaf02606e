import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, hasButton, lastAnswer, messageWith, press, timelineOf, told } from './eyes.ts';

const START = Date.parse('2025-08-12T16:55:00+01:00');
const TOKEN = 'token-of-alertmanager';
const TEAM = TEAM_YAML.replace(
  'announcements: "#incidents"',
  'announcements: "#incidents"\n  alerts_channel: "#alerts"',
)
  .replace('page_on_declare: []', 'page_on_declare: [tech-lead]')
  .concat(`
alerts:
  - match: { source: pagerduty, title: "*early*" }
    do: ignore
  - match: { alertname: Asked }
    do: offer
  - match: { severity: critical }
    do: declare
`);

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({
    start: START,
    team: TEAM,
    env: { ALERTMANAGER_WEBHOOK_TOKEN: TOKEN },
    channels: [
      { name: 'incidents', members: ['U0BEN', 'U0ANA', 'U0CHI', 'U0DORA', 'UDAYWATCH'] },
      { name: 'alerts', members: ['U0BEN', 'U0ANA', 'UDAYWATCH'] },
    ],
  });
});
afterAll(() => scenario[Symbol.asyncDispose]());

type Told = Parameters<Scenario['google']['notify']>[1];

function alertOf(host: string, more: Partial<Told> = {}): Told {
  const startedAt = new Date(scenario.now());
  return { host, cluster: 'other', incidentId: `0.${host}`, startedAt, ...more } as Told;
}

async function tells(alert: Told): Promise<void> {
  const { status } = await scenario.google.notify(scenario.googleWebhook(scenario.app.url), alert);
  expect(status).toBe(200);
  await scenario.quiet();
}

async function relays(title: string): Promise<void> {
  scenario.pagerduty.openByIntegration({ title, details: '', serviceId: 'PSVC01', urgency: 'high' });
  await scenario.quiet();
}

async function fires(labels: Record<string, string>): Promise<void> {
  const { alertname } = labels;
  const body = {
    version: '4',
    groupKey: `{}:{alertname="${alertname}"}`,
    status: 'firing',
    receiver: 'daywatch',
    groupLabels: labels,
    commonLabels: labels,
    commonAnnotations: {},
    externalURL: 'https://alertmanager.example',
    alerts: [
      {
        status: 'firing',
        labels,
        annotations: { summary: `${alertname} of LEAP` },
        startsAt: new Date(scenario.now() - 20_000).toISOString(),
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: `${alertname}`,
      },
    ],
  };
  const url = `${scenario.app.url}/webhooks/alertmanager?token=${TOKEN}`;
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  expect(status).toBe(200);
  await scenario.quiet();
}

const inAlerts = () => scenario.slack.channel('alerts').id;
const offerOf = (words: string) => wordsOf(messageWith(scenario, inAlerts(), words));
const canDeclare = (words: string) =>
  hasButton(messageWith(scenario, inAlerts(), words).blocks, ACTIONS.declareAlert);
const incidents = () => scenario.slack.channels().filter(({ name }) => name.startsWith('inc-'));
const timeline = () => timelineOf(scenario, 'U0BEN', channel);

test('monitoring knew first: the incident that a person declares half an hour later has the alert, and its end', async () => {
  const began = new Date('2025-08-12T16:32:00+01:00');
  const leap = alertOf('leap.2i2c.cloud', { cluster: 'leap', startedAt: began });
  await tells(leap);
  await scenario.pass(1);
  await tells(alertOf('hub.other.org'));
  expect(canDeclare('leap.2i2c.cloud')).toBe(true);
  await scenario.pass(4);
  channel = await declared(scenario, 'U0BEN', 'sev1 Users of the LEAP hub cannot log in');
  await scenario.pass(1);
  expect(await timeline()).toMatch(/\*16:32 BST\* Uptime check for leap\.2i2c\.cloud is failing/);
  expect(offerOf('leap.2i2c.cloud')).toContain('It belongs to INC-1 and is in its timeline.');
  expect(canDeclare('leap.2i2c.cloud')).toBe(false);
  await tells({ ...leap, state: 'closed', endedAt: new Date(scenario.now()) } as Told);
  expect(await timeline()).toMatch(/\*16:32 BST\* \(until 17:01 BST\) Uptime check for leap\.2i2c\.cloud/);
});

test('an alert of something else stays offered, and may be attached to it now', async () => {
  expect(canDeclare('hub.other.org')).toBe(true);
  expect(offerOf('hub.other.org')).toContain('Attach to INC-1');
  expect(await timeline()).not.toContain('hub.other.org');
});

test('a private incident takes nothing from where everybody sees it, and is not named there', async () => {
  await declared(scenario, 'U0BEN', 'sev1 private Somebody is inside hub.other.org');
  await scenario.pass(1);
  expect(canDeclare('hub.other.org')).toBe(true);
  expect(offerOf('hub.other.org')).not.toContain('INC-2');
});

test('*Declare* for what is open already makes no second incident', async () => {
  const before = incidents().length;
  await fires({ alertname: 'Asked', cluster: 'leap', namespace: 'prod' });
  await press(scenario, 'U0ANA', inAlerts(), ACTIONS.declareAlert);
  expect(lastAnswer(scenario, 'U0ANA')).toBe(
    'INC-1 “Users of the LEAP hub cannot log in” is open already and speaks of the same. Press *Attach to INC-1*, or type `/incident declare sev1 &lt;title&gt;` if it is another one.',
  );
  expect(incidents()).toHaveLength(before);
  expect(offerOf('Asked of LEAP')).toContain('Attach to INC-1');
});

test('relayed by PagerDuty first, it joins with its relay as soon as Alertmanager itself tells of it', async () => {
  await scenario.pass(1);
  await relays('[FIRING:1] Homes leap prod (same day action needed)');
  await scenario.pass(1);
  expect(canDeclare('Homes leap prod')).toBe(true);
  await fires({ alertname: 'Homes', cluster: 'leap', namespace: 'prod' });
  await scenario.pass(1);
  const lines = await timeline();
  expect(lines.match(/Homes of LEAP/g)).toHaveLength(1);
  expect(lines).not.toContain('Homes leap prod');
  expect(offerOf('Homes leap prod')).toContain('It belongs to INC-1 and is in its timeline.');
});

test.each([
  ['offered', 'hub.late.org'],
  ['ignored by a rule', 'hub.early.org'],
])('relayed first and %s, it declares and pages when Google itself calls it critical', async (_, host) => {
  await scenario.pass(1);
  const before = incidents().length;
  const alert = alertOf(host, { severity: 'Critical' });
  const text = scenario.google.relayedText(scenario.google.alert(alert));
  await relays(text);
  await scenario.pass(1);
  expect(incidents()).toHaveLength(before);
  await tells(alert);
  await scenario.pass(1);
  expect(incidents()).toHaveLength(before + 1);
  expect(told(scenario, 'U0CHI').join('\n')).toContain(`Uptime check for ${host} is failing`);
  expect(await timelineOf(scenario, 'U0BEN', incidents().at(-1)?.id ?? '')).toContain(host);
});

endsWell(() => scenario);
