import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import { clientOf, ListeningBot, openWorkspace, SIGNING_SECRET } from './workspace-fixture.ts';

let workspace: SlackWorkspace;
let bot: ListeningBot;

beforeEach(async () => {
  workspace = await openWorkspace();
  bot = new ListeningBot();
  workspace.deliverTo(await bot.listen());
});

afterEach(async () => {
  bot.close();
  await workspace.close();
});

describe('an event', () => {
  it('is signed over its very bytes, and says who it is for', async () => {
    workspace.say('U0ANA', 'incidents', 'Hello');
    await workspace.settled();
    const [{ headers, raw } = { headers: {}, raw: '' }] = bot.received;
    const timestamp = String(headers['x-slack-request-timestamp']);
    const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${raw}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
    expect(headers['content-type']).toBe('application/json');
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
    expect(JSON.parse(raw)).toMatchObject({
      type: 'event_callback',
      team_id: workspace.teamId,
      authorizations: [{ user_id: workspace.botUserId }],
      event: { type: 'message', user: 'U0ANA', text: 'Hello', channel_type: 'channel' },
    });
  });

  it('comes only from channels that the bot is in, the bot’s own doings too', async () => {
    workspace.say('U0ANA', 'general', 'Unheard');
    workspace.say('U0ANA', 'secret', 'Unheard');
    await clientOf(workspace).chat.postMessage({ channel: workspace.channel('incidents').id, text: 'Mine' });
    await workspace.settled();
    expect(bot.events).toMatchObject([{ type: 'message', bot_id: workspace.botId, text: 'Mine' }]);
  });

  it('is sent again at once, then after a minute and after five, with the same id, and then no more', async () => {
    bot.answer = () => ({ status: 500 });
    workspace.say('U0ANA', 'incidents', 'Hello');
    await workspace.settled();
    expect(bot.received).toHaveLength(2);
    await workspace.retryPending();
    await workspace.retryPending();
    await workspace.retryPending();
    const retries = bot.received.map(({ headers }) => headers['x-slack-retry-num']);
    expect(retries).toEqual([undefined, '1', '2', '3']);
    expect(bot.received[3]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(bot.received.map(({ raw }) => JSON.parse(raw).event_id)).size).toBe(1);
    expect(workspace.pendingRetries).toBe(0);
  });

  it('is not sent again when the bot says so', async () => {
    bot.answer = () => ({ status: 500, headers: { 'X-Slack-No-Retry': '1' } });
    workspace.say('U0ANA', 'incidents', 'Hello');
    await workspace.settled();
    expect(bot.received).toHaveLength(1);
    expect(workspace.pendingRetries).toBe(0);
  });

  it('waits for a bot that is away', async () => {
    bot.close();
    workspace.say('U0ANA', 'incidents', 'Hello');
    await workspace.settled();
    expect(workspace.deliveries.map(({ status }) => status)).toEqual([0, 0]);
    const back = new ListeningBot();
    workspace.deliverTo(await back.listen());
    await workspace.retryPending();
    expect(back.received[0]?.headers).toMatchObject({
      'x-slack-retry-num': '2',
      'x-slack-retry-reason': 'connection_failed',
    });
    back.close();
  });

  it('comes again while a slow bot still works on the first copy', async () => {
    const hasty = await openWorkspace({ patienceMs: 50 });
    const slow = new ListeningBot();
    slow.isMute = true;
    hasty.deliverTo(await slow.listen());
    hasty.say('U0ANA', 'incidents', 'Hello');
    await hasty.settled();
    expect(slow.received.map(({ headers }) => headers['x-slack-retry-reason'])).toEqual([
      undefined,
      'http_timeout',
    ]);
    slow.close();
    await hasty.close();
  });

  it('can be delivered twice, and in another order', async () => {
    const said = workspace.say('U0ANA', 'incidents', 'Hello');
    await workspace.settled();
    await workspace.redeliver('last', 2);
    expect(bot.received.map(({ raw }) => JSON.parse(raw).event_id)).toHaveLength(3);
    expect(new Set(bot.received.map(({ raw }) => JSON.parse(raw).event_id)).size).toBe(1);
    workspace.hold(() => true);
    workspace.react('U0BEN', 'incidents', said.ts, 'pushpin');
    workspace.unreact('U0BEN', 'incidents', said.ts, 'pushpin');
    await workspace.settled();
    expect(bot.received).toHaveLength(3);
    workspace.release((held) => held.toReversed());
    await workspace.settled();
    expect(bot.events.slice(3).map(({ type }) => type)).toEqual(['reaction_removed', 'reaction_added']);
  });
});

describe('what happens in a channel', () => {
  it('is told in Slack’s own kinds of event', async () => {
    const said = workspace.say('U0ANA', 'incidents', 'Frist');
    workspace.edit('U0ANA', 'incidents', said.ts, 'First');
    workspace.unfurl('incidents', said.ts, [{ title: 'A page' }]);
    workspace.remove('U0ANA', 'incidents', said.ts);
    workspace.join('U0GUEST', 'incidents');
    workspace.rename('U0ANA', 'incidents', 'incidents-2');
    workspace.kick('U0ANA', 'incidents-2', workspace.botUserId);
    await workspace.settled();
    expect(bot.events).toMatchObject([
      { text: 'Frist' },
      {
        subtype: 'message_changed',
        message: { text: 'First', ts: said.ts },
        previous_message: { text: 'Frist' },
      },
      { subtype: 'message_changed', message: { text: 'First' }, previous_message: { text: 'First' } },
      { subtype: 'message_deleted', deleted_ts: said.ts },
      { subtype: 'channel_join', user: 'U0GUEST' },
      { type: 'member_joined_channel', user: 'U0GUEST' },
      { subtype: 'channel_name', name: 'incidents-2', old_name: 'incidents' },
      { type: 'channel_rename', channel: { name: 'incidents-2' } },
      { type: 'channel_left' },
    ]);
    const [, edited, unfurled] = bot.events as { message: { edited?: unknown } }[];
    expect(unfurled?.message.edited).toEqual(edited?.message.edited);
  });

  it('leaves a tombstone where a thread hung', async () => {
    const parent = workspace.say('U0ANA', 'incidents', 'Parent');
    workspace.say('U0BEN', 'incidents', 'Reply', { threadTs: parent.ts });
    workspace.remove('U0ANA', 'incidents', parent.ts);
    expect(workspace.messages('incidents')).toMatchObject([
      { ts: parent.ts, subtype: 'tombstone', reply_count: 1 },
    ]);
    await workspace.settled();
    expect(bot.events.at(-1)).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone' },
    });
  });
});

describe('faults', () => {
  it('lose a call before it has done anything, or its answer after', async () => {
    const slack = clientOf(workspace);
    const channel = workspace.channel('incidents').id;
    const match = ({ name }: { name: string }): boolean => name === 'chat.postMessage';
    workspace.faults.add({ match, when: 'before', act: { kind: 'cut' } });
    await expect(slack.chat.postMessage({ channel, text: 'never' })).rejects.toThrow();
    workspace.faults.add({ match, when: 'after', act: { kind: 'cut' } });
    await expect(slack.chat.postMessage({ channel, text: 'lost answer' })).rejects.toThrow();
    expect(workspace.messages('incidents').map(({ text }) => text)).toEqual(['lost answer']);
    expect(workspace.calls.map(({ ok }) => ok)).toEqual([false, true]);
  });
});
