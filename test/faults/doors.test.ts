import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signature } from '../../src/stand-ins/pagerduty/webhooks.ts';
import { signedHeaders } from '../../src/stand-ins/slack/signature.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';

const FORM = 'application/x-www-form-urlencoded';
const DECLARE = new URLSearchParams({
  command: '/incident',
  text: 'declare sev2 Let in by the wrong door',
  user_id: 'U0BEN',
  channel_id: 'C000000001',
  trigger_id: '1.1.a',
  team_id: 'T0',
}).toString();
const FIVE_MINUTES_S = 5 * 60;

let scenario: Scenario;
let secret: string;
beforeAll(async () => {
  scenario = await startScenario();
  secret = scenario.environment.SLACK_SIGNING_SECRET ?? '';
  await scenario.incident('U0BEN', 'incidents', 'declare sev2 Here already');
});
afterAll(() => scenario?.[Symbol.asyncDispose]());

async function knock(path: string, body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${scenario.app.url}${path}`, { method: 'POST', body, headers });
}

function slackDoor(body: string, headers: Record<string, string>, type = FORM): Promise<Response> {
  return knock('/slack/events', body, { 'content-type': type, ...headers });
}

/** Everything that is kept. */
async function kept(): Promise<unknown> {
  const { prisma } = scenario.app.core.store.database;
  return Promise.all([
    prisma.incident.count(),
    prisma.fact.count(),
    prisma.delivery.count(),
    prisma.alert.count(),
    prisma.message.count(),
  ]);
}

async function expectNothingChanged(act: () => Promise<void>): Promise<void> {
  const before = await kept();
  const calls = scenario.slack.calls.length;
  await act();
  await scenario.quiet();
  expect(await kept()).toEqual(before);
  expect(scenario.slack.calls.length).toBe(calls);
  expect((await fetch(`${scenario.app.url}/readyz`)).status).toBe(200);
}

function shifted(seconds: number): Record<string, string> {
  return signedHeaders(secret, DECLARE, Date.now() + seconds * 1000);
}

const good = () => signedHeaders(secret, DECLARE);
const signatureOf = () => good()['X-Slack-Signature'] ?? '';
const withSignature = (value: string) => ({ ...good(), 'X-Slack-Signature': value });

const FORGERIES: Record<string, () => Record<string, string>> = {
  'no headers at all': () => ({}),
  'no time': () => ({ 'X-Slack-Signature': signatureOf() }),
  'no signature': () => ({ 'X-Slack-Request-Timestamp': good()['X-Slack-Request-Timestamp'] ?? '' }),
  'an empty signature': () => withSignature(''),
  'a signature of another secret': () => signedHeaders('another-secret', DECLARE),
  'a signature of other words': () => signedHeaders(secret, `${DECLARE}&text=other`),
  'a cut signature': () => withSignature(signatureOf().slice(0, -1)),
  'a signature without its version': () => withSignature(signatureOf().slice(3)),
  'a signature of another version': () => withSignature(signatureOf().replace('v0=', 'v1=')),
  'two signatures, one of them right': () => withSignature(`v0=${'0'.repeat(64)}, ${signatureOf()}`),
  'a time that is no number': () => ({ ...good(), 'X-Slack-Request-Timestamp': 'now' }),
  'another time than was signed': () => ({
    ...good(),
    'X-Slack-Request-Timestamp': String(Math.floor(Date.now() / 1000) - 7),
  }),
  'a time too long ago': () => shifted(-FIVE_MINUTES_S - 2),
  'a time too far ahead': () => shifted(FIVE_MINUTES_S + 2),
};

describe('Slack’s door', () => {
  test.each(Object.entries(FORGERIES))('%s: 401, and nothing changes', async (_, headers) => {
    await expectNothingChanged(async () => {
      expect((await slackDoor(DECLARE, headers())).status).toBe(401);
    });
  });

  test.each([
    ['null', 400],
    ['[]', 400],
    ['5', 400],
    ['"words"', 400],
    ['{', 400],
    ['', 400],
    ['{"__proto__":{"type":"event_callback"},"constructor":{"prototype":{"x":1}}}', 400],
    ['{"type":"event_callback"}', 400],
    ['{"type":"event_callback","event":null}', 400],
    ['{"type":"event_callback","event":{"type":"message","channel":{"__proto__":[]},"ts":7}}', undefined],
    [`{"type":"event_callback","event":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, undefined],
    [`{"a":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`, undefined],
  ])('a signed body harms nobody: %s', async (body, status) => {
    await expectNothingChanged(async () => {
      const answer = await slackDoor(body, signedHeaders(secret, body), 'application/json');
      if (status !== undefined) expect(answer.status).toBe(status);
      expect(answer.status).toBeLessThan(500);
      expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
    });
  });

  test.each([
    'payload=null',
    'payload=[]',
    'payload={',
    'payload={"type":"block_actions"}',
    'a=b',
    'command=%2Fincident',
  ])('a signed form of %s harms nobody', async (body) => {
    await expectNothingChanged(async () => {
      expect((await slackDoor(body, signedHeaders(secret, body))).status).toBeLessThan(500);
    });
  });

  test('four megabytes are not taken', async () => {
    const body = JSON.stringify({
      type: 'event_callback',
      event: { type: 'message', text: 'x'.repeat(4_000_000) },
    });
    await expectNothingChanged(async () => {
      expect((await slackDoor(body, signedHeaders(secret, body), 'application/json')).status).toBe(413);
    });
  });

  test('the content type may name its charset', async () => {
    const answer = await slackDoor(DECLARE.replace('wrong', 'right'), {
      ...signedHeaders(secret, DECLARE.replace('wrong', 'right')),
      'content-type': `${FORM}; charset=utf-8`,
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('INC-');
    await scenario.quiet();
  });

  test('reading it is no way in', async () => {
    expect((await fetch(`${scenario.app.url}/slack/events`)).status).toBe(405);
  });
});

const EVENT = JSON.stringify({ event: { id: '01', event_type: 'incident.acknowledged', data: {} } });

describe('PagerDuty’s door', () => {
  const door = (body: string, headers: Record<string, string>) => knock('/webhooks/pagerduty', body, headers);
  const right = (body: string) => signature(body, scenario.environment.PAGERDUTY_WEBHOOK_SECRET ?? '');

  test.each<[string, () => Record<string, string>]>([
    ['no signature', () => ({})],
    ['another secret', () => ({ 'x-pagerduty-signature': signature(EVENT, 'another') })],
    ['a cut signature', () => ({ 'x-pagerduty-signature': right(EVENT).slice(0, -2) })],
    ['another version', () => ({ 'x-pagerduty-signature': right(EVENT).replace('v1=', 'v2=') })],
    ['a signature of other words', () => ({ 'x-pagerduty-signature': right(`${EVENT} `) })],
  ])('%s: 401, and nothing changes', async (_, headers) => {
    await expectNothingChanged(async () => {
      expect((await door(EVENT, headers())).status).toBe(401);
    });
  });

  test.each(['null', '[]', '5', '{', '', '{"event":null}', '{"event":{"__proto__":{}}}'])(
    'a signed body of %s is refused',
    async (body) => {
      await expectNothingChanged(async () => {
        const answer = await door(body, { 'x-pagerduty-signature': right(body) });
        expect(answer.status).toBe(400);
      });
    },
  );

  test('four megabytes are not taken', async () => {
    const body = JSON.stringify({ event: 'x'.repeat(4_000_000) });
    expect((await door(body, { 'x-pagerduty-signature': right(body) })).status).toBe(413);
  });
});

describe('Google’s door', () => {
  const door = (query: string, body: string) => knock(`/webhooks/google-monitoring${query}`, body, {});
  const right = () => `?token=${scenario.environment.GOOGLE_WEBHOOK_TOKEN}`;

  test.each(['', '?token=', '?token=wrong', '?token=a&token=b', '?token[]=a', '?TOKEN=x'])(
    'with %s: 401, and nothing changes',
    async (query) => {
      await expectNothingChanged(async () => {
        expect(
          (await door(query, '{"incident":{"incident_id":"x","state":"open"},"version":"1.2"}')).status,
        ).toBe(401);
      });
    },
  );

  test.each(['null', '[]', '5', '{', '', '{"incident":null}', '{"__proto__":{"incident":{}}}'])(
    'a body of %s is refused',
    async (body) => {
      await expectNothingChanged(async () => {
        expect((await door(right(), body)).status).toBe(400);
      });
    },
  );

  test('four megabytes are not taken', async () => {
    expect((await door(right(), JSON.stringify({ incident: 'x'.repeat(4_000_000) }))).status).toBe(413);
  });
});
