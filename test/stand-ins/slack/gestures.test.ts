import type { KnownBlock, View } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import { clientOf, ListeningBot, openWorkspace } from './workspace-fixture.ts';

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

function answerOnce(body: unknown): void {
  bot.answer = () => ({ status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

describe('a slash command', () => {
  it('travels as a form, mentions with their names, and shows its answer to one person', async () => {
    answerOnce({ text: 'Only you see this' });
    const seen = await workspace.command('U0ANA', 'incidents', '/incident', 'page @ben about a < b');
    expect(seen).toMatchObject({ status: 200, text: 'Only you see this' });
    const form = new URLSearchParams(bot.received[0]?.raw);
    expect(form.get('text')).toBe('page <@U0BEN|ben> about a &lt; b');
    expect(Object.fromEntries(form)).toMatchObject({
      command: '/incident',
      channel_name: 'incidents',
      user_name: 'ana',
    });
    expect(bot.received[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(workspace.ephemerals('U0ANA').map(({ text }) => text)).toEqual(['Only you see this']);
    expect(workspace.ephemerals('U0BEN')).toEqual([]);
  });

  it('hides the name of a private channel and shows plain words', async () => {
    answerOnce('Plain words');
    expect((await workspace.command('U0ANA', 'secret', '/incident', '')).text).toBe('Plain words');
    expect(new URLSearchParams(bot.received[0]?.raw).get('channel_name')).toBe('privategroup');
    await expect(workspace.command('U0BEN', 'secret', '/incident', '')).rejects.toThrow('cannot see');
  });

  it('shows nothing of blocks that Slack would refuse, and keeps why', async () => {
    answerOnce({ blocks: [{ type: 'nonsense' }] });
    const seen = await workspace.command('U0ANA', 'incidents', '/incident', '');
    expect(seen.blocks).toBeUndefined();
    expect(workspace.ephemerals('U0ANA')).toEqual([]);
    expect(workspace.problems).toHaveLength(1);
  });
});

describe('a response_url', () => {
  async function commandUrl(): Promise<string> {
    await workspace.command('U0ANA', 'incidents', '/incident', '');
    return new URLSearchParams(bot.received.at(-1)?.raw).get('response_url') ?? '';
  }

  async function respond(url: string, body: unknown): Promise<number> {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    };
    return (await fetch(url, init)).status;
  }

  it('works five times, for one person or for all, and not when it is old', async () => {
    const url = await commandUrl();
    expect(await respond(url, { text: 'for you' })).toBe(200);
    expect(await respond(url, { text: 'for all', response_type: 'in_channel' })).toBe(200);
    expect(await respond(url, {})).toBe(400);
    expect(await respond(url, { blocks: [{ type: 'nonsense' }] })).toBe(400);
    expect(await respond(url, { text: 'fifth' })).toBe(200);
    expect(await respond(url, { text: 'sixth' })).toBe(404);
    expect(workspace.ephemerals('U0ANA').map(({ text }) => text)).toEqual(['for you', 'fifth']);
    expect(workspace.messages('incidents').map(({ text }) => text)).toEqual(['for all']);
    const old = await commandUrl();
    workspace.expireTickets();
    expect(await respond(old, { text: 'late' })).toBe(404);
  });

  it('replaces and deletes what the button stood in', async () => {
    const button: KnownBlock = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
    };
    answerOnce({ text: 'Sure?', blocks: [button] });
    await workspace.command('U0ANA', 'incidents', '/incident', '');
    bot.answer = () => ({ status: 200 });
    const [shown] = workspace.ephemerals('U0ANA');
    await workspace.press('U0ANA', { ephemeral: shown?.id ?? '' }, 'go');
    const url = String(bot.lastPayload.response_url);
    await respond(url, { replace_original: true, text: 'Done' });
    expect(workspace.ephemerals('U0ANA')).toMatchObject([{ id: shown?.id, text: 'Done', blocks: [] }]);
    await respond(url, { delete_original: true });
    expect(workspace.ephemerals('U0ANA')).toEqual([]);
  });
});

describe('pressing', () => {
  const row = (value: string): KnownBlock => ({
    type: 'section',
    block_id: `row-${value}`,
    text: { type: 'mrkdwn', text: value },
    accessory: { type: 'button', action_id: 'take', value, text: { type: 'plain_text', text: 'Take' } },
  });

  async function post(blocks: KnownBlock[]): Promise<{ channel: string; ts: string }> {
    const channel = workspace.channel('incidents').id;
    const { ts = '' } = await clientOf(workspace).chat.postMessage({ channel, text: 'x', blocks });
    return { channel, ts };
  }

  it('sends the pressed button with the message around it', async () => {
    const where = await post([row('a'), row('b')]);
    await workspace.press('U0BEN', where, 'take', { value: 'b' });
    expect(bot.lastPayload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0BEN', username: 'ben' },
      container: { type: 'message', message_ts: where.ts, channel_id: where.channel, is_ephemeral: false },
      message: { ts: where.ts, bot_id: workspace.botId },
      actions: [{ type: 'button', action_id: 'take', block_id: 'row-b', value: 'b' }],
    });
  });

  it('is refused for what is not there or not clear', async () => {
    const where = await post([row('a'), row('b')]);
    await expect(workspace.press('U0BEN', where, 'give')).rejects.toThrow('nothing called give');
    await expect(workspace.press('U0BEN', where, 'take')).rejects.toThrow('2 things are called take');
    await expect(workspace.press('U0BEN', where, 'take', { value: 'c' })).rejects.toThrow(
      'nothing called take',
    );
  });

  it('chooses only what a menu offers', async () => {
    const text = { type: 'plain_text' as const, text: 'Sev 1' };
    const menu = { type: 'static_select' as const, action_id: 'sev', options: [{ text, value: 'sev1' }] };
    const where = await post([{ type: 'actions', block_id: 'menu', elements: [menu] }]);
    await workspace.press('U0ANA', where, 'sev', { selected: 'Sev 1' });
    expect(bot.lastPayload.actions).toMatchObject([{ selected_option: { value: 'sev1' } }]);
    await expect(workspace.press('U0ANA', where, 'sev', { selected: 'sev9' })).rejects.toThrow(
      'does not offer sev9',
    );
  });
});

const FORM: View = {
  type: 'modal',
  callback_id: 'declare',
  private_metadata: 'kept',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'Declare' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: { type: 'plain_text', text: 'Title' },
      element: { type: 'plain_text_input', action_id: 'words', max_length: 10 },
    },
    {
      type: 'input',
      block_id: 'people',
      optional: true,
      label: { type: 'plain_text', text: 'People' },
      element: { type: 'multi_users_select', action_id: 'chosen', initial_users: ['U0ANA'] },
    },
  ],
};

describe('a form', () => {
  async function open(): Promise<string> {
    await workspace.command('U0ANA', 'incidents', '/incident', '');
    const trigger_id = new URLSearchParams(bot.received.at(-1)?.raw).get('trigger_id') ?? '';
    const opened = await clientOf(workspace).views.open({ trigger_id, view: FORM });
    return opened.view?.id ?? '';
  }

  it('is held back by Slack’s client until it is complete', async () => {
    const id = await open();
    const before = bot.received.length;
    expect((await workspace.submit('U0ANA', id)).errors).toHaveProperty('title');
    expect((await workspace.submit('U0ANA', id, { title: 'far too long' })).errors).toHaveProperty('title');
    expect(bot.received).toHaveLength(before);
  });

  it('sends what was typed beside what stood there, and closes', async () => {
    const id = await open();
    expect(await workspace.submit('U0ANA', id, { title: 'LEAP' })).toEqual({ status: 200 });
    expect(bot.lastPayload).toMatchObject({
      type: 'view_submission',
      view: {
        id,
        callback_id: 'declare',
        private_metadata: 'kept',
        state: {
          values: {
            title: { words: { type: 'plain_text_input', value: 'LEAP' } },
            people: { chosen: { type: 'multi_users_select', selected_users: ['U0ANA'] } },
          },
        },
      },
    });
    expect(workspace.views('U0ANA')).toEqual([]);
  });

  it('stays open with what was typed when it is refused', async () => {
    const id = await open();
    answerOnce({ response_action: 'errors', errors: { title: 'Taken' } });
    const refused = await workspace.submit('U0ANA', id, { title: 'LEAP', people: ['U0BEN'] });
    expect(refused.errors).toEqual({ title: 'Taken' });
    bot.answer = () => ({ status: 200 });
    await workspace.submit('U0ANA', id);
    const { view } = bot.lastPayload as { view: { state: { values: unknown } } };
    expect(view.state.values).toMatchObject({
      title: { words: { value: 'LEAP' } },
      people: { chosen: { selected_users: ['U0BEN'] } },
    });
  });

  it('notes errors for fields that it does not have', async () => {
    const id = await open();
    answerOnce({ response_action: 'errors', errors: { nonsense: 'No' } });
    await workspace.submit('U0ANA', id, { title: 'LEAP' });
    expect(workspace.problems.join()).toContain('nonsense');
  });

  it('can be followed by another, redrawn, or cleared away', async () => {
    const id = await open();
    answerOnce({ response_action: 'push', view: { ...FORM, callback_id: 'second' } });
    const pushed = await workspace.submit('U0ANA', id, { title: 'LEAP' });
    expect(workspace.views('U0ANA').map(({ body }) => body.callback_id)).toEqual(['declare', 'second']);
    expect(pushed.view?.rootId).toBe(id);
    answerOnce({ response_action: 'update', view: { ...FORM, callback_id: 'third' } });
    const updated = await workspace.submit('U0ANA', pushed.view?.id ?? '', { title: 'LEAP' });
    expect(updated.view?.body.callback_id).toBe('third');
    answerOnce({ response_action: 'clear' });
    await workspace.submit('U0ANA', pushed.view?.id ?? '', { title: 'LEAP' });
    expect(workspace.views('U0ANA')).toEqual([]);
  });

  it('tells the bot that it was closed, where the bot asked', async () => {
    const id = await open();
    await workspace.close('U0ANA', id);
    expect(bot.lastPayload).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id } });
    await expect(workspace.submit('U0ANA', id)).rejects.toThrow('does not look at');
  });
});

describe('the Home tab and message shortcuts', () => {
  it('reach the bot, and the published Home is seen', async () => {
    const view: View = { type: 'home', blocks: [{ type: 'divider' }] };
    await clientOf(workspace).views.publish({ user_id: 'U0ANA', view });
    const home = await workspace.openHome('U0ANA');
    expect(home?.blocks).toMatchObject([{ type: 'divider' }]);
    expect(bot.events.at(-1)).toMatchObject({ type: 'app_home_opened', tab: 'home', view: { id: home?.id } });
    const said = workspace.say('U0BEN', 'incidents', 'It is down');
    await workspace.settled();
    await workspace.shortcut('U0ANA', 'declare_incident', 'incidents', said.ts);
    expect(bot.lastPayload).toMatchObject({
      type: 'message_action',
      callback_id: 'declare_incident',
      message: { ts: said.ts, user: 'U0BEN', text: 'It is down' },
    });
  });
});
