import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from './page-fixture.ts';

let desk: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  desk = await openPage();
});
afterAll(() => desk.close());

const button = { type: 'button', action_id: 'have_it', text: { type: 'plain_text', text: 'I have it' } };
const form = {
  type: 'modal',
  callback_id: 'declare',
  title: { type: 'plain_text', text: 'Declare' },
  submit: { type: 'plain_text', text: 'Declare' },
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: { type: 'plain_text', text: 'Title' },
      element: { type: 'plain_text_input', action_id: 'words' },
    },
  ],
} as const;

function channelId(name: string): string {
  return desk.slack.channel(name).id;
}

/** The last thing that the bot was sent as a form, its `payload` read. */
function lastPayload(): Record<string, unknown> {
  const sent = new URLSearchParams(desk.bot.received.at(-1)?.raw);
  return JSON.parse(sent.get('payload') ?? '{}');
}

describe('what a person sees', () => {
  it('is the channels that they may see, with their messages and threads', async () => {
    const channel = channelId('incidents');
    const { ts } = desk.slack.say('U0ANA', channel, 'The hub is down');
    desk.slack.say('U0BEN', channel, 'Looking', { threadTs: ts });

    const seen = await desk.see('U0BEN', channel);

    const message = seen.channel?.messages.find((each) => each.ts === ts);
    expect(message).toMatchObject({ name: 'Ana Pop', text: 'The hub is down', isBot: false });
    expect(message?.replies.map((reply) => reply.text)).toEqual(['Looking']);
    expect(seen.channels.map((each) => each.name)).toEqual(['general', 'incidents', 'Daywatch']);
  });

  it('leaves out private channels of others, asked for or not', async () => {
    const secret = channelId('secret');
    desk.slack.say('U0ANA', secret, 'not for Ben');
    const ben = await desk.see('U0BEN', secret);
    expect(ben.channel?.id).not.toBe(secret);
    expect(JSON.stringify(ben)).not.toContain('not for Ben');
    const ana = await desk.see('U0ANA', secret);
    expect(ana.channel?.messages.map((each) => each.text)).toContain('not for Ben');
  });

  it('has the local clock of everybody', async () => {
    const { people, now } = await desk.see('U0BEN');
    expect(people.map((person) => person.tz)).toContain('Europe/Bucharest');
    expect(people.find((person) => person.id === 'U0GONE')).toBeUndefined();
    expect(new Date(now).getTime()).toBeGreaterThan(0);
  });

  it('has ephemeral answers for their reader only', async () => {
    const channel = channelId('incidents');
    await desk.web.chat.postEphemeral({ channel, user: 'U0ANA', text: 'for Ana only' });
    expect(JSON.stringify(await desk.see('U0ANA', channel))).toContain('for Ana only');
    expect(JSON.stringify(await desk.see('U0BEN', channel))).not.toContain('for Ana only');
  });

  it('opens a file to those who see its channel, Markdown with its tree', async () => {
    const text = '# Report\n\n| a |\n|---|\n| <b>x</b> |\n';
    desk.slack.say('U0ANA', channelId('secret'), 'here', { files: [{ name: 'r.md', content: text }] });
    const file = desk.slack.files().at(-1);
    const answer = await desk.read(`/api/files/${file?.id}?user=U0ANA`);
    expect(JSON.parse(answer.text)).toMatchObject({ name: 'r.md', text, tree: { type: 'root' } });
    expect(answer.text).toContain('"type":"table"');
    expect((await desk.read(`/api/files/${file?.id}?user=U0BEN`)).status).toBe(404);
    expect((await desk.read(`/files/${file?.id}?user=U0BEN`)).status).toBe(404);
  });
});

describe('what a person does', () => {
  it('says, replies, edits, reacts and takes it back', async () => {
    const place = { user: 'U0ANA', channel: channelId('incidents') };
    const said = await desk.act({ kind: 'say', ...place, text: 'hello <world> & @ben' });
    const { ts } = JSON.parse(said.text);
    await desk.act({ kind: 'say', ...place, text: 'a reply', threadTs: ts });
    await desk.act({ kind: 'react', ...place, ts, name: 'pushpin' });

    const find = () => desk.slack.messages('incidents').find((message) => message.ts === ts);
    expect(find()?.text).toBe('hello &lt;world&gt; &amp; <@U0BEN>');
    expect(find()?.reactions).toMatchObject([{ name: 'pushpin', users: ['U0ANA'] }]);
    expect(desk.slack.replies('incidents', ts).map((reply) => reply.text)).toEqual(['a reply']);

    const seen = (await desk.see('U0ANA', place.channel)).channel?.messages.find(
      (message) => message.ts === ts,
    );
    expect(seen?.raw).toBe('hello <world> & @ben');

    await desk.act({ kind: 'unreact', ...place, ts, name: 'pushpin' });
    await desk.act({ kind: 'edit', ...place, ts, text: 'better' });
    expect(find()).toMatchObject({ text: 'better' });
    expect(find()?.reactions ?? []).toEqual([]);
  });

  it('presses a button of the bot', async () => {
    const channel = channelId('incidents');
    const blocks = [{ type: 'actions', block_id: 'page', elements: [button] }];
    const { ts } = await desk.web.chat.postMessage({ channel, text: 'page', blocks } as never);
    const target = { channel, ts };
    const pressed = {
      kind: 'press',
      user: 'U0BEN',
      target,
      blockId: 'page',
      actionId: 'have_it',
      value: null,
    };
    expect((await desk.act(pressed)).status).toBe(200);
    expect(lastPayload()).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0BEN' },
      actions: [{ action_id: 'have_it', block_id: 'page' }],
    });
  });

  it('types a command, gets the form, is told what is wrong in it, and sends it', async () => {
    const channel = channelId('incidents');
    desk.bot.answer = ({ raw }) => {
      const trigger = new URLSearchParams(raw).get('trigger_id');
      if (trigger) void desk.web.views.open({ trigger_id: trigger, view: form as never });
      return { status: 200 };
    };
    await desk.act({ kind: 'command', user: 'U0ANA', channel, command: '/incident', text: 'declare' });
    const [opened] = await desk.slack.until(
      () => desk.slack.views('U0ANA').length > 0 && desk.slack.views('U0ANA'),
    );
    expect(new URLSearchParams(desk.bot.received.at(-1)?.raw).get('text')).toBe('declare');
    expect((await desk.see('U0ANA', channel)).forms).toMatchObject([
      { id: opened?.id, title: 'Declare', submit: 'Declare' },
    ]);

    const errors = { title: 'Say what is broken, in a few words.' };
    desk.bot.answer = () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_action: 'errors', errors }),
    });
    const submit = { kind: 'submit', user: 'U0ANA', view: opened?.id, values: { title: 'x' } };
    expect(JSON.parse((await desk.act(submit)).text)).toEqual({ errors });

    desk.bot.answer = () => ({ status: 200 });
    await desk.act({ ...submit, values: { title: 'LEAP hub outage' } });
    expect(lastPayload()).toMatchObject({
      type: 'view_submission',
      view: { state: { values: { title: { words: { value: 'LEAP hub outage' } } } } },
    });
    expect((await desk.see('U0ANA', channel)).forms).toEqual([]);
  });

  it('uses a message shortcut', async () => {
    const { ts } = desk.slack.say('U0ANA', 'incidents', 'this one');
    const channel = channelId('incidents');
    await desk.act({ kind: 'shortcut', user: 'U0BEN', channel, ts, callbackId: 'add_to_timeline' });
    expect(lastPayload()).toMatchObject({
      type: 'message_action',
      callback_id: 'add_to_timeline',
      message: { ts },
    });
  });

  it('is told in words when it cannot be done, and by whom', async () => {
    const answer = await desk.act({
      kind: 'say',
      user: 'U0BEN',
      channel: channelId('secret'),
      text: 'let me in',
    });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text).error).toBe('Ben Wood is not in #secret');
  });

  it('is told when the app did not take it', async () => {
    desk.bot.answer = () => ({ status: 500 });
    const gesture = {
      kind: 'command',
      user: 'U0ANA',
      channel: channelId('incidents'),
      command: '/incident',
      text: '',
    };
    expect(JSON.parse((await desk.act(gesture)).text).error).toBe('/incident failed: the app answered 500.');
    desk.bot.answer = () => ({ status: 200 });
  });

  it.each([
    ['no JSON', '{'],
    ['an unknown gesture', { kind: 'format disk' }],
    ['a gesture without its person', { kind: 'say', channel: 'C1', text: 'x' }],
  ])('refuses %s', async (_, gesture) => {
    expect((await desk.act(gesture)).status).toBe(422);
  });
});

describe('who is kept out', () => {
  const gesture = { kind: 'say', user: 'U0ANA', channel: 'incidents', text: 'forged' };

  it.each([
    ['another site in the browser', { origin: 'https://evil.example' }],
    ['a page that hides where it is from', { origin: 'null' }],
    ['a form of another site', { 'content-type': 'text/plain' }],
  ])('%s', async (_, headers) => {
    expect((await desk.act(gesture, headers)).status).toBe(403);
    expect(desk.slack.messages('incidents').map((message) => message.text)).not.toContain('forged');
  });

  it('a foreign name that leads to loopback, for reading and for writing', async () => {
    const host = 'rebound.example';
    expect((await desk.read('/api/workspace', { host })).status).toBe(403);
    expect((await desk.act(gesture, { host, origin: `http://${host}` })).status).toBe(403);
    expect((await desk.read('/api/workspace')).status).toBe(200);
  });

  it('anybody who asks for other files', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/client/main.js', '/api/nothing']) {
      expect((await desk.read(path)).status).toBe(404);
    }
  });

  it('scripts and pictures from elsewhere', async () => {
    const { headers, text } = await desk.read('/');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/https?:|<script>|onload|style=/);
  });
});

it('serves every file that the page asks for, and no other lies in its folder', async () => {
  const folder = new URL('../../../../src/stand-ins/slack/page/client/', import.meta.url);
  for (const name of readdirSync(folder)) {
    const answer = await desk.read(name === 'index.html' ? '/' : `/${name}`);
    expect(answer.text, name).toBe(readFileSync(new URL(name, folder), 'utf8'));
  }
});

it('tells open pages of a change', async () => {
  const abort = new AbortController();
  const response = await fetch(`${desk.page.url}/api/changes`, { signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  desk.slack.say('U0ANA', 'incidents', 'something new');
  let heard = '';
  while (!heard.includes('event: change')) heard += (await reader?.read())?.value ?? '';
  expect(heard).toContain('event: change\ndata: {}\n\n');
  abort.abort();
});
