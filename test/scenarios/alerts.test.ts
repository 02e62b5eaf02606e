import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { cardOf, declared, endsWell, lastAnswer, press, read, timelineOf } from './eyes.ts';

const START = Date.parse('2025-08-12T17:00:00+01:00');
const HUB = { host: 'leap.2i2c.cloud', cluster: 'leap' };

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({ start: START + 32 * 60_000 });
  channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub outage');
});
afterAll(() => scenario[Symbol.asyncDispose]());

function hook(): string {
  return scenario.googleWebhook(scenario.app.url);
}

async function notified(fields: Parameters<Scenario['google']['notify']>[1]): Promise<number> {
  const { status } = await scenario.google.notify(hook(), fields);
  await scenario.quiet();
  return status;
}

function said(words: string): number {
  return read(scenario, channel).split(words).length - 1;
}

function relay(title: string): void {
  scenario.pagerduty.openByIntegration({ title, details: '', serviceId: 'PSVC01', urgency: 'high' });
}

const ALERT = { ...HUB, incidentId: '0.abc1', startedAt: new Date(START + 32 * 60_000) };

describe('Google Cloud Monitoring', () => {
  test('an alert joins the incident of its service by Google and by PagerDuty, as one line at the time at which it started', async () => {
    const told = scenario.google.notify(hook(), { ...ALERT, state: 'open' });
    relay(scenario.google.relayedText(scenario.google.alert({ ...ALERT, state: 'open' })));
    expect((await told).status).toBe(200);
    await scenario.quiet();
    expect(said('The check had then been failing for 31 minutes.')).toBe(1);
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline.match(/leap\.2i2c\.cloud/g)).toHaveLength(1);
    expect(timeline).toMatch(
      /\*17:32 BST\* Uptime check for leap\.2i2c\.cloud is failing\. The check had then been failing for 31 minutes\./,
    );
  });

  test('told again, it is still one line', async () => {
    expect(await notified({ ...ALERT, state: 'open' })).toBe(200);
    expect(said('🔴')).toBe(1 + 1); // the card's own red mark and the alert
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline.match(/leap\.2i2c\.cloud/g)?.length).toBe(1);
  });

  test('its end completes the same line', async () => {
    await scenario.pass(8);
    expect(await notified({ ...ALERT, state: 'closed', endedAt: new Date(START + 39 * 60_000) })).toBe(200);
    expect(await notified({ ...ALERT, state: 'closed', endedAt: new Date(START + 39 * 60_000) })).toBe(200);
    expect(said('🟢 Recovered:')).toBe(1);
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toMatch(/\*17:32 BST\* \(until 17:39 BST\) .*leap\.2i2c\.cloud/);
    expect(timeline.match(/leap\.2i2c\.cloud/g)?.length).toBe(1);
  });

  test('the impact start that its delay suggests is set by a button, once', async () => {
    expect(read(scenario, channel)).toContain('So perhaps users were hurt from *ca. 17:01 BST*');
    await press(scenario, 'U0BEN', channel, ACTIONS.confirmImpact);
    expect(lastAnswer(scenario, 'U0BEN')).toContain('users were hurt from ca. 17:01 BST');
    expect(cardOf(scenario, channel)).toContain('users hurt from ca. 17:01 BST');
    expect(read(scenario, channel)).toContain('☑ The impact start is ca. 17:01 BST.');
  });

  test('opened again, it is the same line with a count', async () => {
    await scenario.pass(1);
    await notified({ ...HUB, incidentId: '0.again', startedAt: new Date(START + 40 * 60_000) });
    expect(said('🔴 Again:')).toBe(1);
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toMatch(/\*17:32 BST\* Uptime check .* It opened 2 times\./);
    await notified({
      ...HUB,
      incidentId: '0.again',
      startedAt: new Date(START + 40 * 60_000),
      state: 'closed',
      endedAt: new Date(START + 41 * 60_000),
    });
  });

  test('closed before it opened, it is one line too', async () => {
    const other = {
      ...HUB,
      host: 'other.leap.2i2c.cloud',
      incidentId: '0.abc2',
      startedAt: new Date(START + 35 * 60_000),
    };
    await notified({ ...other, state: 'closed', endedAt: new Date(START + 36 * 60_000) });
    await notified({ ...other, state: 'open' });
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toMatch(/\*17:35 BST\* \(until 17:36 BST\)/);
    expect(timeline.match(/\*17:35 BST\*/g)).toHaveLength(1);
  });

  test('one of another service joins nothing', async () => {
    const before = read(scenario, channel);
    expect(await notified({ host: 'hub.other.org', cluster: 'other', state: 'open' })).toBe(200);
    expect(read(scenario, channel)).toBe(before);
  });

  test('the console’s test notification is answered and changes nothing', async () => {
    const before = read(scenario, channel);
    expect(await scenario.google.notifyTest(hook())).toBe(200);
    await scenario.quiet();
    expect(read(scenario, channel)).toBe(before);
  });

  test('a wrong token is refused', async () => {
    const before = read(scenario, channel);
    const forged = `${scenario.app.url}/webhooks/google-monitoring?token=wrong`;
    const { status } = await scenario.google.notify(forged, { ...HUB, state: 'open' });
    await scenario.quiet();
    expect(status).toBe(401);
    expect(read(scenario, channel)).toBe(before);
  });
});

describe('the same alert through PagerDuty', () => {
  test('is the one line that Google told already', async () => {
    const { alert } = await scenario.google.notify(hook(), {
      ...HUB,
      host: 'third.leap.2i2c.cloud',
      incidentId: '0.abc3',
      startedAt: new Date(START + 38 * 60_000),
    });
    relay(scenario.google.relayedText(alert));
    await scenario.quiet();
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline.match(/\*17:38 BST\*/g)).toHaveLength(1);
  });

  test('or it comes first, and Google’s own word joins it', async () => {
    const alert = scenario.google.alert({
      ...HUB,
      host: 'fourth.leap.2i2c.cloud',
      startedAt: new Date(START + 37 * 60_000),
    });
    relay(scenario.google.relayedText(alert));
    await scenario.quiet();
    expect((await timelineOf(scenario, 'U0BEN', channel)).match(/\*17:37 BST\*/g)).toHaveLength(1);
    await notified(alert);
    expect((await timelineOf(scenario, 'U0BEN', channel)).match(/\*17:37 BST\*/g)).toHaveLength(1);
  });
});

describe('what arrives after the incident was resolved', () => {
  let resolvedAt: number;
  const late = (host: string, startedAt: number) =>
    notified({
      ...HUB,
      host: `${host}.leap.2i2c.cloud`,
      incidentId: `0.${host}`,
      startedAt: new Date(startedAt),
    });

  test('joins at its own time when it began before that', async () => {
    await scenario.incident('U0BEN', channel, 'resolve');
    resolvedAt = scenario.now();
    await scenario.pass(5);
    await late('late', START + 34 * 60_000);
    expect(await timelineOf(scenario, 'U0BEN', channel)).toMatch(
      /\*17:34 BST\*[^\n]*late\.leap\.2i2c\.cloud/,
    );
  });

  test('is none of it when it began after that', async () => {
    await late('after', resolvedAt + 60_000);
    expect(await timelineOf(scenario, 'U0BEN', channel)).not.toContain('after.leap.2i2c.cloud');
    expect(read(scenario, scenario.slack.channel('incidents').id)).toContain('after.leap.2i2c.cloud');
  });

  test('is none of it two days later, whenever it began', async () => {
    await scenario.away(48 * 60);
    await late('much-later', START + 35 * 60_000);
    expect(await timelineOf(scenario, 'U0BEN', channel)).not.toContain('much-later');
    expect(read(scenario, scenario.slack.channel('incidents').id)).toContain('much-later.leap.2i2c.cloud');
  });
});

endsWell(() => scenario);
