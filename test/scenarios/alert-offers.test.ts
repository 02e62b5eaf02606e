import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { endsWell, hasButton, lastAnswer, messageWith, press, read, timelineOf, told } from './eyes.ts';

const START = Date.parse('2025-08-12T17:00:00+01:00');
const RULES = `
alerts:
  - match: { severity: critical, host: "*.2i2c.cloud" }
    do: declare
    severity: sev1
  - match: { host: "noise*" }
    do: ignore
  - match: { host: quiet.example.org }
    do: attach
`;
const TEAM = TEAM_YAML.replace(
  'announcements: "#incidents"',
  'announcements: "#incidents"\n  alerts_channel: "#alerts"',
)
  .replace('page_on_declare: []', 'page_on_declare: [tech-lead]')
  .replace('services:', 'services:\n  - { name: Binder, match: { cluster: binder } }')
  .concat(RULES);

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({
    start: START,
    team: TEAM,
    channels: [
      { name: 'incidents', members: ['U0BEN', 'U0ANA', 'U0CHI', 'U0DORA', 'UDAYWATCH'] },
      { name: 'alerts', members: ['U0BEN', 'U0ANA', 'UDAYWATCH'] },
    ],
  });
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function notified(fields: Parameters<Scenario['google']['notify']>[1]): Promise<void> {
  const { status } = await scenario.google.notify(scenario.googleWebhook(scenario.app.url), fields);
  expect(status).toBe(200);
}

async function opens(host: string, more: object = {}): Promise<void> {
  await notified({
    host,
    cluster: 'other',
    incidentId: `0.${host}`,
    startedAt: new Date(scenario.now()),
    ...more,
  });
  await scenario.quiet();
}

function closes(host: string): Promise<void> {
  return opens(host, { state: 'closed', endedAt: new Date(scenario.now()) });
}

const inAlerts = () => scenario.slack.channel('alerts').id;
const offered = () => read(scenario, inAlerts());
const channelsOf = () => scenario.slack.channels().filter(({ name }) => name.startsWith('inc-'));

describe('an alert that no open incident is known for', () => {
  test('is offered in the alerts channel, and a repeat offers it no second time', async () => {
    await opens('hub.a.org');
    await opens('hub.a.org');
    expect(scenario.slack.messages(inAlerts())).toHaveLength(1);
    expect(offered()).toMatch(/🔴 \*Uptime check for hub\.a\.org is failing\*/);
    expect(offered()).toContain('Google Cloud Monitoring, since Tue 12 Aug 17:00 BST');
    expect(offered()).toContain('Ignore');
    expect(offered()).not.toContain('Attach');
  });

  test('*Declare* makes the incident of it, with the alert in its timeline at its own time', async () => {
    await scenario.pass(3);
    await press(scenario, 'U0BEN', inAlerts(), ACTIONS.declareAlert);
    expect(lastAnswer(scenario, 'U0BEN')).toContain('INC-1 is declared (sev1)');
    const [channel] = channelsOf();
    expect(channel?.members).toContain('U0BEN');
    expect(await timelineOf(scenario, 'U0BEN', channel?.id ?? '')).toMatch(
      /\*17:00 BST\* Uptime check for hub\.a\.org/,
    );
    expect(offered()).toContain('<@U0BEN> declared INC-1.');
    expect(hasButton(scenario.slack.messages(inAlerts())[0]?.blocks, ACTIONS.declareAlert)).toBe(false);
  });

  test('*Attach* puts it into an open incident; whoever presses later is told what stands', async () => {
    await scenario.pass(1);
    await opens('hub.b.org');
    const { ts, blocks } = messageWith(scenario, inAlerts(), 'hub.b.org');
    expect(wordsOf({ blocks })).toContain('Attach to INC-1');
    await press(scenario, 'U0ANA', inAlerts(), ACTIONS.attachAlert);
    expect(lastAnswer(scenario, 'U0ANA')).toBe('Attached to INC-1.');
    const channel = channelsOf()[0]?.id ?? '';
    expect(await timelineOf(scenario, 'U0BEN', channel)).toMatch(
      /\*17:04 BST\* Uptime check for hub\.b\.org/,
    );
    expect(wordsOf(scenario.slack.messages(inAlerts()).find((one) => one.ts === ts))).toContain(
      '<@U0ANA> attached it to INC-1.',
    );
    await scenario.pass(1);
    await closes('hub.b.org');
    expect(read(scenario, channel)).toContain('🟢 Recovered: Uptime check for hub.b.org is failing');
  });

  test('*Ignore* holds while it lasts and flaps; an hour after its end it is offered anew', async () => {
    await scenario.pass(1);
    await opens('hub.c.org');
    await press(scenario, 'U0BEN', inAlerts(), ACTIONS.ignoreAlert);
    const before = scenario.slack.messages(inAlerts()).length;
    await scenario.pass(1);
    await closes('hub.c.org');
    await opens('hub.c.org', { incidentId: '0.flap' });
    expect(scenario.slack.messages(inAlerts())).toHaveLength(before);
    await opens('hub.c.org', { incidentId: '0.flap', state: 'closed', endedAt: new Date(scenario.now()) });
    await scenario.away(35);
    await opens('hub.c.org', { incidentId: '0.later' });
    expect(scenario.slack.messages(inAlerts())).toHaveLength(before + 1);
  });

  test('what opens and ends shows on its offer', async () => {
    await scenario.pass(1);
    await closes('hub.c.org');
    await opens('hub.c.org', { incidentId: '0.later', state: 'closed', endedAt: new Date(scenario.now()) });
    await scenario.pass(1);
    expect(wordsOf(messageWith(scenario, inAlerts(), 'hub.c.org'))).toMatch(/🟢 .*over since 17:4\d BST/s);
  });
});

describe('the rules of the team’s file', () => {
  test('one that says declare makes one incident, which pages at once; the same by PagerDuty is no second one', async () => {
    await scenario.pass(1);
    const before = channelsOf().length;
    const fields = {
      host: 'leap.2i2c.cloud',
      cluster: 'leap',
      incidentId: '0.leap',
      severity: 'Critical' as const,
    };
    const hook = scenario.googleWebhook(scenario.app.url);
    const startedAt = new Date(scenario.now());
    await Promise.all([1, 2, 3].map(() => scenario.google.notify(hook, { ...fields, startedAt })));
    const alert = scenario.google.alert({ ...fields, startedAt });
    const relay = {
      title: scenario.google.relayedText(alert),
      details: '',
      serviceId: 'PSVC01',
      urgency: 'high' as const,
    };
    scenario.pagerduty.openByIntegration(relay);
    await notified({ ...fields, incidentId: '0.leap2', host: 'leap.2i2c.cloud' });
    await scenario.quiet();
    expect(channelsOf()).toHaveLength(before + 1);
    const channel = channelsOf().at(-1)?.id ?? '';
    expect(told(scenario, 'U0CHI').join('\n')).toContain('Uptime check for leap.2i2c.cloud is failing');
    const lines = await timelineOf(scenario, 'U0BEN', channel);
    expect(lines).toContain('Google Cloud Monitoring declares the incident');
    expect(lines.match(/Uptime check for leap\.2i2c\.cloud is failing\. The check/g)).toHaveLength(1);
    expect(read(scenario, scenario.slack.channel('incidents').id)).toContain('INC-2 Uptime check for leap');
    await press(scenario, 'U0CHI', scenario.slack.directChannel('U0CHI'), ACTIONS.haveIt);
    expect(read(scenario, channel)).toContain('*Responder:* <@U0CHI>');
  });

  test('ignore bothers nobody, and attach only the incident that it belongs to', async () => {
    const before = offered();
    await opens('noise.example.org');
    await opens('quiet.example.org');
    await scenario.pass(1);
    expect(offered()).toBe(before);
  });
});

test('*Declare* pressed at once under two offers of one service makes one incident', async () => {
  const before = channelsOf().length;
  const offers = [];
  for (const host of ['login.binder.org', 'builds.binder.org']) {
    await scenario.pass(3);
    await opens(host, { cluster: 'binder' });
    offers.push(messageWith(scenario, inAlerts(), host).ts);
  }
  await Promise.all(
    offers.map((ts, nr) =>
      scenario.slack.press(['U0BEN', 'U0ANA'][nr] ?? '', { channel: inAlerts(), ts }, ACTIONS.declareAlert),
    ),
  );
  await scenario.quiet();
  expect(channelsOf()).toHaveLength(before + 1);
  const answers = [lastAnswer(scenario, 'U0BEN'), lastAnswer(scenario, 'U0ANA')].toSorted();
  expect(answers.map((answer) => /is declared|is open already/.exec(answer)?.[0])).toEqual(
    expect.arrayContaining(['is declared', 'is open already']),
  );
});

describe('a flood', () => {
  const COUNT = 1_000;
  const AT_ONCE = 100;

  /** How many messages stand in the busiest second of a channel since then. */
  function busiestSecond(where: string, since: Date): number {
    const times = scenario.slack
      .messages(where)
      .map(({ ts }) => Number(ts) * 1_000)
      .filter((at) => at >= since.getTime());
    return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
  }

  test('is stored whole; the channel gets few messages, and one that says what is behind it', async () => {
    await scenario.away(10);
    const hook = scenario.googleWebhook(scenario.app.url);
    const before = scenario.slack.messages(inAlerts()).length;
    const calls = scenario.slack.calls.length;
    const startedAt = new Date(scenario.now());
    const tells = async (nr: number) => {
      const told = { host: `pod-${nr}.flood.org`, cluster: 'flood', incidentId: `0.flood${nr}`, startedAt };
      return (await scenario.google.notify(hook, told)).status;
    };
    for (let told = 0; told < COUNT; told += AT_ONCE) {
      const statuses = await Promise.all(Array.from({ length: AT_ONCE }, (_, nr) => tells(told + nr)));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
    await scenario.quiet();
    await scenario.pass(1);
    const { prisma } = scenario.app.core.store.database;
    expect(await prisma.alert.count({ where: { fingerprint: { startsWith: 'google:0.flood' } } })).toBe(
      COUNT,
    );
    const posted = scenario.slack.messages(inAlerts()).slice(before);
    expect(posted.length).toBeLessThanOrEqual(2);
    expect(wordsOf(posted.at(-1))).toMatch(/🔴 \*\d+ alerts since/);
    expect(wordsOf(posted.at(-1))).toMatch(/• \d+ × Uptime check for pod-\d+\.flood\.org is failing/);
    const drawn = scenario.slack.calls
      .slice(calls)
      .filter(({ method, args }) => /^chat\./.test(method) && args.channel === inAlerts());
    expect(drawn.length).toBeLessThanOrEqual(6);
    for (const { id } of scenario.slack.channels())
      expect(busiestSecond(id, startedAt)).toBeLessThanOrEqual(1);
    expect(busiestSecond(inAlerts(), startedAt)).toBe(1);
  });

  test('one button attaches all of it, and its incident’s channel gets one message too', async () => {
    const before = scenario.slack.messages(channelsOf()[0]?.id ?? '').length;
    await press(scenario, 'U0BEN', inAlerts(), ACTIONS.declareAlert);
    await scenario.pass(1);
    const channel = channelsOf().at(-1)?.id ?? '';
    expect(read(scenario, channel)).toMatch(/🔴 \*\d+ more alerts since/);
    expect(
      scenario.slack.messages(channel).filter((one) => wordsOf(one).includes('alert')).length,
    ).toBeLessThan(6);
    expect(scenario.slack.messages(channelsOf()[0]?.id ?? '')).toHaveLength(before);
  });
});

test('many that a rule declares for declare five incidents, and the others are offered in one message', async () => {
  await scenario.pass(1);
  const before = channelsOf().length;
  const startedAt = new Date(scenario.now());
  await Promise.all(
    Array.from({ length: 8 }, (_, nr) =>
      notified({
        host: `hub-${nr}.2i2c.cloud`,
        cluster: 'many',
        incidentId: `0.many${nr}`,
        severity: 'Critical',
        startedAt,
      }),
    ),
  );
  await scenario.quiet();
  await scenario.pass(1);
  expect(channelsOf()).toHaveLength(before + 5);
  expect(offered().match(/Alerts have declared 5 incidents within 10 min/g)).toHaveLength(1);
  expect(wordsOf(scenario.slack.messages(inAlerts()).at(-1))).toMatch(/3 alerts since.*hub-\d\.2i2c\.cloud/s);
});

endsWell(() => scenario);
