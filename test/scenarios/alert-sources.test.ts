import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { notificationBody, testBody } from '../../src/stand-ins/google/notification.ts';
import { signature } from '../../src/stand-ins/pagerduty/webhooks.ts';
import {
  ACCOUNT,
  AUDIENCE,
  type GooglePush,
  type PushClaims,
  type PushSigner,
  startGooglePush,
} from '../harness/google-push.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { ApiClient, TOKEN as TOKEN_OF_API } from '../http/api-client.ts';
import { declared, endsWell, lastAnswer, press, read, timelineOf } from './eyes.ts';

const START = Date.parse('2025-08-12T17:00:00+01:00');
const TOKEN = 'token-of-alertmanager';

let push: GooglePush;
let scenario: Scenario;
let channel: string;
let clock = () => START;
beforeAll(async () => {
  push = await startGooglePush(() => clock());
  scenario = await startScenario({
    start: START,
    googleKeysUrl: push.keysUrl,
    env: {
      API_TOKEN: TOKEN_OF_API,
      ALERTMANAGER_WEBHOOK_TOKEN: TOKEN,
      GOOGLE_PUBSUB_AUDIENCE: AUDIENCE,
      GOOGLE_PUBSUB_SERVICE_ACCOUNT: ACCOUNT,
    },
  });
  clock = scenario.now;
  channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub outage');
  await scenario.pass(1);
});
afterAll(async () => {
  await scenario[Symbol.asyncDispose]();
  await push[Symbol.asyncDispose]();
});

const timeline = () => timelineOf(scenario, 'U0BEN', channel);
const saidInIncidents = (words: RegExp) =>
  read(scenario, scenario.slack.channel('incidents').id).match(words)?.length ?? 0;
const stored = () => scenario.app.core.store.database.prisma.alert.count();

function google(incidentId: string, host: string): object {
  return notificationBody({
    incidentId,
    state: 'open',
    project: 'two-eye-two-see',
    host,
    cluster: 'leap',
    startedAt: new Date(scenario.now()),
    durationSeconds: 1860,
    severity: 'No severity',
  });
}

describe('Pub/Sub push', () => {
  const url = () => `${scenario.app.url}/webhooks/google-pubsub`;

  test('while Google’s keys cannot be had, nobody can tell: it must come again, and nothing is kept', async () => {
    const before = await stored();
    push.away(true);
    expect(await push.push(url(), google('0.push', 'push.leap.2i2c.cloud'))).toBe(503);
    push.away(false);
    expect(await stored()).toBe(before);
  });

  test('brings an alert, once however often, with keys that are asked for once', async () => {
    const asked = push.asked();
    const body = google('0.push', 'push.leap.2i2c.cloud');
    expect(await push.push(url(), body)).toBe(204);
    expect(await push.push(url(), body)).toBe(204);
    expect(await push.push(url(), body, { messageId: '2' })).toBe(204);
    await scenario.quiet();
    expect((await timeline()).match(/push\.leap\.2i2c\.cloud/g)).toHaveLength(1);
    expect(push.asked()).toBe(asked + 1);
    expect(await push.push(url(), body, { claims: { iss: 'accounts.google.com' } })).toBe(204);
  });

  test.each<[string, PushClaims, PushSigner]>([
    ['signed by nobody', {}, 'none'],
    ['signed by another', {}, 'another'],
    ['signed by Google’s public key as a secret', {}, 'hmac'],
    ['signed by Google, but cut short', {}, 'cut'],
    ['without an end', { exp: null }, 'google'],
    ['without an account', { email: null }, 'google'],
    ['of another issuer', { iss: 'https://accounts.example.org' }, 'google'],
    ['for another audience', { aud: 'https://other.example.org' }, 'google'],
    ['of another account', { email: 'mallory@example.org' }, 'google'],
    ['of an account that is not verified', { email_verified: false }, 'google'],
    ['expired', { iat: -4_000, exp: -60 }, 'google'],
    ['of the future', { iat: 600, exp: 4_000 }, 'google'],
    ['that lives too long', { iat: -90_000, exp: 90_000 }, 'google'],
  ])('%s is refused, and nothing changes', async (_, claims, sign) => {
    const before = await stored();
    expect(await push.push(url(), google('0.forged', 'x.leap.2i2c.cloud'), { claims, sign })).toBe(401);
    expect(await stored()).toBe(before);
  });

  test('without a token, or with half of one, it is refused', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer a.b', 'Bearer a.b.c', 'Basic YTpi']) {
      const answer = await fetch(url(), { method: 'POST', body: '{}', headers: { authorization } });
      expect(answer.status).toBe(401);
    }
  });

  test('what can never be read is acknowledged, so that it does not come again for days', async () => {
    const before = await stored();
    for (const raw of ['', '{', 'null', '[]', '{"incident":{}}']) {
      expect(await push.push(url(), undefined, { raw })).toBe(204);
    }
    expect(await stored()).toBe(before);
  });

  test('the test notification says in the alerts channel that it works', async () => {
    expect(await push.push(url(), testBody())).toBe(204);
    expect(await scenario.google.notifyTest(scenario.googleWebhook(scenario.app.url))).toBe(200);
    await scenario.quiet();
    expect(saidInIncidents(/The test notification of Google Cloud Monitoring has arrived/g)).toBe(1);
    await scenario.pass(1);
    expect(await scenario.google.notifyTest(scenario.googleWebhook(scenario.app.url))).toBe(200);
    await scenario.quiet();
    expect(saidInIncidents(/The test notification of Google Cloud Monitoring has arrived/g)).toBe(2);
  });
});

describe('Google’s webhook by basic auth', () => {
  const url = () => `${scenario.app.url}/webhooks/google-monitoring`;

  async function notify(authorization?: string): Promise<number> {
    const headers = authorization === undefined ? {} : { authorization };
    const body = JSON.stringify(google('0.basic', 'basic.leap.2i2c.cloud'));
    return (await fetch(url(), { method: 'POST', body, headers })).status;
  }

  test('the token as the password lets it in; another, or none, does not', async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const token = scenario.environment.GOOGLE_WEBHOOK_TOKEN ?? '';
    const before = await stored();
    for (const wrong of [
      undefined,
      'Basic',
      basic(''),
      basic('daywatch:wrong'),
      basic(`${token}:`),
      basic(token),
    ])
      expect(await notify(wrong)).toBe(401);
    expect(await stored()).toBe(before);
    expect(await notify(basic(`daywatch:${token}`))).toBe(200);
    expect(await stored()).toBe(before + 1);
    await scenario.quiet();
    expect(await timeline()).toContain('Uptime check for basic.leap.2i2c.cloud is failing');
  });
});

describe('Alertmanager', () => {
  const LABELS = { alertname: 'Two servers failed to start', cluster: 'leap', namespace: 'prod' };

  function firing(labels: object, more: object = {}): object {
    return {
      status: 'firing',
      labels: { ...LABELS, ...labels },
      annotations: { summary: 'Servers fail to start', description: 'Two servers *failed*' },
      startsAt: '2025-08-12T16:03:10.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://prometheus.example/graph?g0.expr=x',
      fingerprint: '1a30ba71cca2921f',
      ...more,
    };
  }

  async function send(alerts: unknown[], more: object = {}, query = `?token=${TOKEN}`, headers = {}) {
    const body = JSON.stringify({
      version: '4',
      groupKey: '{}:{alertname="x"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'daywatch',
      groupLabels: LABELS,
      commonLabels: LABELS,
      commonAnnotations: {},
      externalURL: 'https://alertmanager.example',
      alerts,
      ...more,
    });
    const answer = await fetch(`${scenario.app.url}/webhooks/alertmanager${query}`, {
      method: 'POST',
      body,
      headers,
    });
    await scenario.quiet();
    return { status: answer.status, says: await answer.text() };
  }

  test('each alert of a group joins at its own time; one that is none does not spoil the others', async () => {
    const group = [
      null,
      firing({}),
      { labels: 7 },
      firing({ hub: 'b' }, { fingerprint: 'bb', startsAt: 'odd' }),
      5,
    ];
    expect(await send(group)).toEqual({ status: 200, says: '2 taken, 3 unread' });
    const lines = await timeline();
    expect(lines).toMatch(/\*17:03 BST\* Servers fail to start/);
    expect(lines.match(/Servers fail to start/g)).toHaveLength(2);
  });

  test('repeated it is no second line; resolved it ends; firing again it counts', async () => {
    await send([firing({})]);
    await send([firing({}, { status: 'resolved', endsAt: '2025-08-12T16:20:00.000Z' })], {
      status: 'resolved',
    });
    expect(await timeline()).toMatch(/\*17:03 BST\* \(until 17:20 BST\) Servers fail to start/);
    await send([firing({}, { startsAt: '2025-08-12T16:25:00.000Z' })]);
    expect(await timeline()).toMatch(/\*17:03 BST\* Servers fail to start\. It opened 2 times\./);
  });

  test('relayed by PagerDuty too, it is one line with what people do about it there, whoever tells first', async () => {
    const group = { alertname: 'Homes are full', cluster: 'leap', namespace: 'prod' };
    const startsAt = (hub: string) =>
      firing(
        { ...group, hub },
        {
          fingerprint: hub,
          startsAt: new Date(scenario.now() - 20_000).toISOString(),
          annotations: { summary: `Homes of ${hub} are full` },
        },
      );
    const labels = (namespace: string) => ({ groupLabels: { ...group, namespace } });
    const relay = (title: string) =>
      scenario.pagerduty.openByIntegration({ title, details: '', serviceId: 'PSVC01', urgency: 'high' });
    await send([startsAt('direct')], labels('prod'));
    const first = relay('[FIRING:1] Homes are full leap prod (same day action needed)');
    await scenario.quiet();
    const second = relay('[FIRING:1] Homes are full cluster=leap namespace=late (provider=aws)');
    await scenario.quiet();
    await send([startsAt('late')], labels('late'));
    for (const { id } of [first, second]) scenario.pagerduty.acknowledgeAs('PANA01', id);
    await scenario.quiet();
    const lines = await timeline();
    expect(lines.match(/Homes of direct are full/g)).toHaveLength(1);
    expect(lines.match(/Homes of late are full/g)).toHaveLength(1);
    expect(lines).not.toContain('Homes are full');
    expect(lines.match(/<@U0ANA> acknowledges the alert in PagerDuty/g)).toHaveLength(2);
  });

  test('what Alertmanager left out is said', async () => {
    await send([firing({})], { truncatedAlerts: 12 });
    expect(read(scenario, scenario.slack.channel('incidents').id)).toContain(
      'Alertmanager left 12 alerts of',
    );
  });

  test('the token may be a bearer or a password; anything else is refused', async () => {
    const before = await stored();
    const basic = Buffer.from(`alertmanager:${TOKEN}`).toString('base64');
    expect((await send([], {}, '', { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await send([], {}, '', { authorization: `Basic ${basic}` })).status).toBe(200);
    for (const query of ['', '?token=', '?token=wrong', `?token=${TOKEN}&token=x`]) {
      expect((await send([firing({ new: 'one' }, { fingerprint: 'cc' })], {}, query)).status).toBe(401);
    }
    for (const body of ['', '{', 'null', '[]', '{"alerts":7}']) {
      const answer = await fetch(`${scenario.app.url}/webhooks/alertmanager?token=${TOKEN}`, {
        method: 'POST',
        body,
      });
      expect(answer.status).toBe(400);
    }
    expect(await stored()).toBe(before);
  });
});

describe('any other source, by the API', () => {
  test('opens, repeats and ends as one line; a private incident is not named', async () => {
    const api = await ApiClient.of(() => scenario.app.url);
    const backup = {
      fingerprint: 'backup',
      title: 'Backup of *LEAP* is late',
      labels: { cluster: 'leap' },
      startedAt: '2025-08-12T17:02:00+01:00',
    };
    const taken = await api.post('/alerts', backup, { key: 'k1' });
    expect(taken).toMatchObject({ status: 202, body: { incident: 'INC-1' } });
    expect((await api.post('/alerts', backup, { key: 'k1' })).body).toEqual(taken.body);
    expect((await api.post('/alerts', { ...backup, title: 'other' }, { key: 'k1' })).status).toBe(422);
    await api.post('/alerts', { ...backup, state: 'closed', endedAt: '2025-08-12T17:09:00+01:00' });
    await scenario.quiet();
    expect(await timeline()).toMatch(/\*17:02 BST\* \(until 17:09 BST\) Backup of \*LEAP\* is late/);
    expect((await api.post('/alerts', { title: '' })).status).toBe(422);
    expect((await api.post('/alerts', backup, { token: 'wrong' })).status).toBe(401);

    const { version } = (await stored1()) ?? {};
    await api.post('/alerts', { title: 'No times', labels: { cluster: 'leap' } });
    await scenario.pass(1);
    await api.post('/alerts', { title: 'No times', labels: { cluster: 'leap' } });
    await scenario.quiet();
    expect((await timeline()).match(/No times/g)).toHaveLength(1);
    expect(version).toBe(2);

    await scenario.incident('U0DORA', 'incidents', 'declare sev2 private secret.example.org leaks');
    const hidden = await api.post('/alerts', { title: 'x', labels: { host: 'secret.example.org' } });
    expect(hidden.body.incident).toBeUndefined();
  });

  function stored1() {
    return scenario.app.core.store.database.prisma.alert.findFirst({ where: { series: 'http:backup' } });
  }
});

describe('PagerDuty', () => {
  let count = 0;

  async function tell(type: string, data: object, more: object = {}): Promise<number> {
    count += 1;
    const event = {
      id: `E${count}`,
      event_type: type,
      resource_type: 'incident',
      occurred_at: new Date(START + count * 60_000).toISOString(),
      agent: { id: 'PANA01', type: 'user_reference', summary: 'Ana' },
      client: null,
      data,
      ...more,
    };
    return deliver(JSON.stringify({ event }));
  }

  async function deliver(body: string): Promise<number> {
    const secret = scenario.environment.PAGERDUTY_WEBHOOK_SECRET ?? '';
    const headers = {
      'x-pagerduty-signature': `v1=${'0'.repeat(64)},${signature(body, secret)}`,
      'x-webhook-id': 'W1',
    };
    const answer = await fetch(`${scenario.app.url}/webhooks/pagerduty`, { method: 'POST', body, headers });
    await scenario.quiet();
    return answer.status;
  }

  const incident = (more: object = {}) => ({
    id: 'PALERT',
    type: 'incident',
    html_url: 'https://acme.pagerduty.com/incidents/PALERT',
    number: 36,
    status: 'triggered',
    incident_key: 'somebody-else',
    created_at: '2025-08-12T16:01:00Z',
    title: '[FIRING:1] Nodes are full cluster=leap (same day action needed)',
    service: { id: 'PSVC01', type: 'service_reference', summary: 'Hubs' },
    assignees: [{ id: 'PCHI01', type: 'user_reference', summary: 'Chitra' }],
    escalation_policy: { id: 'PPOLICY', type: 'escalation_policy_reference', summary: 'Outages' },
    priority: { id: 'PP1', type: 'priority_reference', summary: 'P1' },
    urgency: 'high',
    ...more,
  });
  const note = (more: object) => ({ id: 'N1', incident: { id: 'PALERT', summary: 'x' }, ...more });

  test('each event is what it means in the timeline, under a second secret and once', async () => {
    expect(await tell('incident.triggered', incident(), { agent: null })).toBe(202);
    const answers = [
      await tell('incident.acknowledged', incident()),
      await tell('incident.unacknowledged', incident(), { agent: null }),
      await tell('incident.reassigned', incident()),
      await tell('incident.escalated', incident(), { agent: null }),
      await tell('incident.delegated', incident()),
      await tell('incident.priority_updated', incident()),
      await tell('incident.annotated', note({ content: 'Looking at *nodes* <!channel>' })),
      await tell('incident.status_update_published', note({ message: 'We are on it' })),
      await tell(
        'incident.responder.added',
        note({ user: { id: 'PBEN01', summary: 'Ben' }, state: 'pending' }),
      ),
      await tell(
        'incident.responder.replied',
        note({ user: { id: 'PBEN01', summary: 'Ben' }, state: 'accepted' }),
      ),
      await tell('incident.resolved', incident({ status: 'resolved' })),
      await tell('incident.reopened', incident()),
      await tell('incident.something_new', incident()),
      await tell('incident.annotated', {
        ...note({ content: 'nobody knows' }),
        incident: { id: 'PUNKNOWN' },
      }),
    ];
    expect(new Set(answers)).toEqual(new Set([202]));
    const lines = await timeline();
    for (const words of [
      /17:01 BST\* Nodes are full\. It opened 2 times/,
      /<@U0ANA> acknowledges the alert in PagerDuty/,
      /The acknowledgement lapses in PagerDuty/,
      /<@U0ANA> reassigns it in PagerDuty to <@U0CHI>/,
      /PagerDuty escalates it to <@U0CHI>/,
      /<@U0ANA> hands it over to the policy Outages/,
      /<@U0ANA> sets its priority to P1/,
      /<@U0ANA> notes in PagerDuty: Looking at \*nodes\* &lt;!channel&gt;/,
      /<@U0ANA> publishes a status update in PagerDuty: We are on it/,
      /<@U0ANA> asks <@U0BEN> to help/,
      /<@U0BEN> comes to help/,
      /<@U0ANA> resolves it in PagerDuty/,
      /<@U0ANA> reopens it in PagerDuty/,
    ]) {
      expect(lines).toMatch(words);
    }
    expect(lines).not.toContain('nobody knows');
  });

  test('what was told already, and what Daywatch did itself, is no news', async () => {
    const before = await timeline();
    count -= 3;
    expect(await tell('incident.reopened', incident())).toBe(202);
    const self = { id: 'PBOT01', type: 'user_reference', summary: 'Daywatch' };
    const bot = scenario.pagerduty.account.users.find(({ email }) => email === 'daywatch@example.org');
    count += 10;
    expect(
      await tell('incident.acknowledged', incident(), { agent: bot ? { ...self, id: bot.id } : self }),
    ).toBe(202);
    expect(await timeline()).toBe(before);
  });

  test('what is odd in an event does not keep the rest of it away', async () => {
    const made = incident({
      id: 'PODD',
      title: 'Homes of LEAP are full cluster=leap',
      number: '36',
      status: 5,
      created_at: 'today',
      assignees: [null, { id: 'PCHI01' }, 7],
      priority: 'P1',
      service: 'Hubs',
    });
    expect(await tell('incident.triggered', made, { agent: { name: 'no id' } })).toBe(202);
    expect(await tell('incident.triggered', { id: 'PBARE', title: 5, assignees: 'Ana' })).toBe(202);
    expect(
      await tell('incident.escalated', { ...made, assignees: [null, { id: 'PCHI01' }] }, { agent: 3 }),
    ).toBe(202);
    const noted = { incident: { id: 'PODD', summary: 7 }, content: 'Looking\0 again \ud800', trimmed: 'no' };
    expect(await tell('incident.annotated', noted)).toBe(202);
    expect(
      await scenario.app.core.store.database.prisma.alert.findMany({
        where: { fingerprint: { in: ['pagerduty:PODD', 'pagerduty:PBARE'] } },
        orderBy: { fingerprint: 'asc' },
        select: { fingerprint: true },
      }),
    ).toEqual([{ fingerprint: 'pagerduty:PBARE' }, { fingerprint: 'pagerduty:PODD' }]);
  });

  test('what is declared from one has the severity that its priority stands for', async () => {
    const incidents = scenario.slack.channel('incidents').id;
    // An alert shares the message of those that wait.
    await scenario.pass(1);
    await press(scenario, 'U0BEN', incidents, ACTIONS.ignoreAlert);
    const priority = { id: 'PP3', type: 'priority_reference', summary: 'P3' };
    const made = incident({ id: 'PSLOW', title: 'Builds are slow in Oslo', priority });
    expect(await tell('incident.triggered', made, { agent: null })).toBe(202);
    await scenario.pass(1);
    await press(scenario, 'U0BEN', incidents, ACTIONS.declareAlert);
    expect(lastAnswer(scenario, 'U0BEN')).toContain('is declared (sev3)');
  });

  test('a test of the webhook says in the alerts channel that it works', async () => {
    expect(saidInIncidents(/The test of PagerDuty’s webhook has arrived/g)).toBe(0);
    expect(await tell('pagey.ping', { message: 'Hello from your friend Pagey!' }, { agent: null })).toBe(202);
    expect(saidInIncidents(/The test of PagerDuty’s webhook has arrived/g)).toBe(1);
  });
});

endsWell(() => scenario);
