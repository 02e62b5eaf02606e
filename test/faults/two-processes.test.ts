import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { notificationBody } from '../../src/stand-ins/google/notification.ts';
import { type Outside, startOutside } from '../../src/stand-ins/outside.ts';
import { signedHeaders } from '../../src/stand-ins/slack/signature.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { type BotProcess, startBot } from '../harness/bot-process.ts';
import { freshDatabase, type TestDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { PEOPLE } from '../harness/team.ts';
import { strikeAt } from './points.ts';
import { expectDeclaredOnce, onlyChannel, ownMessages } from './whole-incident.ts';

const ALERTS_DECLARE = `
alerts:
  - match: { host: "*.both.example.org" }
    do: declare
    severity: sev3
`;
const ON_POSTGRESQL = process.env.TEST_DATABASE_URL !== undefined;

describe.skipIf(!ON_POSTGRESQL)('two processes on one database (needs TEST_DATABASE_URL)', () => {
  let database: TestDatabase;
  let outside: Outside;
  let bots: [BotProcess, BotProcess];
  beforeAll(async () => {
    database = await freshDatabase();
    outside = await startOutside({
      people: PEOPLE,
      channels: [{ name: 'incidents', members: [...PEOPLE.map(({ id }) => id), 'UDAYWATCH'] }],
      rateLimits: false,
    });
    const options = {
      directory: database.dataDir,
      env: { ...outside.environment, ...database.env },
      team: `${ALWAYS_ON_DUTY}${ALERTS_DECLARE}`,
    };
    bots = await Promise.all([startBot(options), startBot(options)]);
    outside.connect(bots[0].url);
  }, 60_000);
  afterAll(async () => {
    for (const bot of bots ?? []) await bot.kill();
    await outside?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  /** The same request at both at once; what each answered. */
  async function atBoth(form: URLSearchParams): Promise<string[]> {
    const body = form.toString();
    return Promise.all(
      bots.map(async ({ url }) => {
        const answer = await fetch(`${url}/slack/events`, {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            ...signedHeaders(outside.environment.SLACK_SIGNING_SECRET ?? '', body),
          },
        });
        expect(answer.status).toBe(200);
        return answer.text();
      }),
    );
  }

  test('the same command at both is one incident', async () => {
    const announcements = outside.slack.channel('incidents').id;
    const form = new URLSearchParams({
      command: '/incident',
      text: 'declare sev1 Heard by both',
      user_id: 'U0BEN',
      channel_id: announcements,
      trigger_id: 'the-same-trigger',
      response_url: `${outside.slack.url}/response/none`,
    });
    const answers = await atBoth(form);
    expect(answers.filter((answer) => answer.includes('is declared'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('taken already'))).toHaveLength(1);
    await eventually(() => expectDeclaredOnce(outside, 'Heard by both'));
  });

  test('the same alert at both, and others of its service, are one incident', async () => {
    const told = ['a', 'b'].map((name) =>
      JSON.stringify(
        notificationBody({
          incidentId: `0.${name}`,
          state: 'open',
          project: 'p',
          host: 'hub.both.example.org',
          cluster: 'twin',
          startedAt: new Date(),
          durationSeconds: 0,
          severity: 'No severity',
        }),
      ),
    );
    // As Google does: what was not taken is sent again.
    const deliver = (url: string, body: string) =>
      eventually(async () => {
        const answer = await fetch(outside.googleWebhook(url), { method: 'POST', body });
        expect(answer.status).toBe(200);
      });
    await Promise.all(bots.flatMap(({ url }) => [...told, ...told].map((body) => deliver(url, body))));
    const made = () => outside.slack.channels().filter(({ name }) => name.includes('both-example-org'));
    await eventually(() => expect(made()).toHaveLength(1));
    const said = () =>
      ownMessages(outside, made()[0]?.id ?? '').filter((one) => one.startsWith('notice:alert'));
    await eventually(() => expect(said()).toHaveLength(1));
  });

  test('the same button at both is one acknowledgement', async () => {
    const { slack } = outside;
    const channel = onlyChannel(outside, 'Heard by both');
    const [page] = slack.directMessages('U0ANA');
    const dm = slack.directChannel('U0ANA');
    const payload = {
      type: 'block_actions',
      user: { id: 'U0ANA' },
      team: { id: slack.teamId },
      channel: { id: dm },
      container: { type: 'message', channel_id: dm, message_ts: page?.ts },
      trigger_id: 'one-press',
      actions: [{ type: 'button', action_id: 'page_have_it', block_id: 'b', value: '1:1', action_ts: '1.1' }],
    };
    await atBoth(new URLSearchParams({ payload: JSON.stringify(payload) }));
    await eventually(() => expect(ownMessages(outside, channel)).toContain('notice:acknowledged:1'));
    await eventually(() => expect(outside.pagerduty.incidents()[0]?.status).toBe('acknowledged'));
    expect(ownMessages(outside, channel).filter((message) => message.includes('acknowledged'))).toHaveLength(
      1,
    );
    expect(outside.pagerduty.calls.filter(({ name }) => name.startsWith('PUT '))).toHaveLength(1);
  });

  test('one dies in the middle of six declares, and the other finishes them', async () => {
    const titles = [1, 2, 3, 4, 5, 6].map((nr) => `Orphan ${nr}`);
    const held = titles.map((title) =>
      strikeAt(outside, { label: 'chat.postMessage card', when: 'after' }, title),
    );
    for (const title of titles) {
      const answer = await outside.slack.command('U0BEN', 'incidents', '/incident', `declare sev1 ${title}`);
      expect(answer.text).toContain('is declared');
    }
    await Promise.all(held);
    await bots[0].kill();
    outside.slack.deliverTo(`${bots[1].url}/slack/events`);
    await outside.slack.retryPending();
    for (const title of titles) await eventually(() => expectDeclaredOnce(outside, title), 60_000);
    const answer = await outside.slack.command(
      'U0BEN',
      'incidents',
      '/incident',
      'declare sev2 The survivor',
    );
    expect(answer.text).toContain('is declared');
  }, 90_000);
});

test.runIf(!ON_POSTGRESQL)(
  'two processes need PostgreSQL: this is tried with TEST_DATABASE_URL',
  ({ skip }) => skip('set TEST_DATABASE_URL to try two processes on one database'),
);
