import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import { BOT_TOKEN, openWorkspace, SIGNING_SECRET } from './workspace-fixture.ts';

let workspace: SlackWorkspace;
let app: App;

beforeAll(async () => {
  workspace = await openWorkspace();
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, port: 0, logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: workspace.apiUrl };
  app = new App({ receiver, token: BOT_TOKEN, clientOptions, logLevel: LogLevel.ERROR });
  listen(app);
  const server = await app.start(0);
  workspace.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
});

afterAll(async () => {
  await app.stop();
  await workspace.close();
});

function listen(bot: App): void {
  bot.command('/incident', async ({ ack, command, client }) => {
    await ack({ text: 'One moment' });
    const title = { type: 'plain_text' as const, text: 'Declare' };
    const element = { type: 'plain_text_input' as const, action_id: 'words' };
    const blocks = [{ type: 'input' as const, block_id: 'title', label: title, element }];
    const view = { type: 'modal' as const, callback_id: 'declare', title, submit: title, blocks };
    await client.views.open({ trigger_id: command.trigger_id, view });
  });
  bot.view('declare', async ({ ack, view, body, client }) => {
    await ack();
    const name = `inc-${view.state.values.title?.words?.value}`;
    const made = await client.conversations.create({ name });
    const channel = made.channel?.id ?? '';
    await client.conversations.invite({ channel, users: body.user.id });
    const text = { type: 'plain_text' as const, text: 'I have it' };
    const button = { type: 'button' as const, action_id: 'take', text };
    await client.chat.postMessage({
      channel,
      text: 'Card',
      blocks: [{ type: 'actions', elements: [button] }],
    });
  });
  bot.action('take', async ({ ack, respond, body }) => {
    await ack();
    await respond({ replace_original: true, text: `Taken by ${body.user.id}` });
  });
  bot.event('reaction_added', async ({ event, client }) => {
    const { channel, ts } = event.item;
    if (event.reaction === 'pushpin')
      await client.reactions.add({ channel, timestamp: ts, name: 'white_check_mark' });
  });
}

it('a real Bolt app lives in the workspace as it would in Slack', async () => {
  expect(await workspace.command('U0ANA', 'incidents', '/incident', '')).toMatchObject({
    text: 'One moment',
  });
  const form = await workspace.until(() => workspace.views('U0ANA').at(-1));
  expect(await workspace.submit('U0ANA', form.id, { title: 'leap' })).toEqual({ status: 200 });
  const card = await workspace.until(
    () =>
      workspace.channels().some(({ name }) => name === 'inc-leap') &&
      workspace.messages('inc-leap').find(({ text }) => text === 'Card'),
  );
  expect(workspace.members('inc-leap')).toEqual([workspace.botUserId, 'U0ANA']);
  await workspace.press('U0ANA', { channel: 'inc-leap', ts: card.ts }, 'take');
  await workspace.until(() => workspace.messages('inc-leap').find(({ text }) => text === 'Taken by U0ANA'));
  const said = workspace.say('U0ANA', 'inc-leap', 'The hub is back');
  workspace.react('U0ANA', 'inc-leap', said.ts, 'pushpin');
  const marked = await workspace.until(() =>
    workspace.messages('inc-leap').find(({ ts, reactions }) => ts === said.ts && reactions?.length === 2),
  );
  expect(marked.reactions?.at(-1)).toEqual({
    name: 'white_check_mark',
    users: [workspace.botUserId],
    count: 1,
  });
  expect(workspace.problems).toEqual([]);
});

it('says what it waited for when that never comes', async () => {
  await expect(workspace.until(() => false, 1)).rejects.toThrow('Not seen in Slack');
});
