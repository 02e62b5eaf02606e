import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import { clientOf, openWorkspace } from './workspace-fixture.ts';

const NOON = new Date('2025-08-12T12:00:00Z');

let workspace: SlackWorkspace;
let channel: string;

beforeAll(async () => {
  workspace = await openWorkspace({ now: () => NOON });
  channel = workspace.channel('incidents').id;
});

afterAll(() => workspace.close());

describe('the history of a channel', () => {
  it('has rising time stamps while the clock stands still', () => {
    const stamps = Array.from({ length: 20 }, (_, index) => workspace.say('U0ANA', channel, `m${index}`).ts);
    expect(stamps[0]).toMatch(/^1755000000\.\d{6}$/);
    expect([...new Set(stamps)].sort()).toEqual(stamps);
  });

  it('comes newest first, in pages that new messages do not shift, without replies', async () => {
    const slack = clientOf(workspace);
    const [first] = workspace.messages(channel);
    const reply = workspace.say('U0BEN', channel, 'reply', { threadTs: first?.ts ?? '' });
    const broadcast = workspace.say('U0BEN', channel, 'to all', {
      threadTs: first?.ts ?? '',
      broadcast: true,
    });
    const expected = workspace
      .messages(channel)
      .map(({ ts }) => ts)
      .reverse();
    expect(expected).toContain(broadcast.ts);
    expect(expected).not.toContain(reply.ts);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await slack.conversations.history({ channel, limit: 6, ...(cursor ? { cursor } : {}) });
      seen.push(...(page.messages ?? []).map(({ ts }) => ts ?? ''));
      cursor = page.response_metadata?.next_cursor;
      workspace.say('U0ANA', channel, 'written meanwhile');
    } while (cursor);
    expect(seen).toEqual(expected);
  });

  it('takes oldest and latest as exclusive unless told', async () => {
    const slack = clientOf(workspace);
    const [a, b, c] = workspace.messages(channel).map(({ ts }) => ts);
    const range = { channel, oldest: a ?? '', latest: c ?? '' };
    const between = await slack.conversations.history(range);
    expect(between.messages?.map(({ ts }) => ts)).toEqual([b]);
    const all = await slack.conversations.history({ ...range, inclusive: true });
    expect(all.messages?.map(({ ts }) => ts)).toEqual([c, b, a]);
  });

  it('tells a parent from its thread, and shows metadata only when asked', async () => {
    const slack = clientOf(workspace);
    const metadata = { event_type: 'card', event_payload: { incident: 3 } };
    const { ts = '' } = await slack.chat.postMessage({ channel, text: 'card', metadata });
    const plain = await slack.conversations.history({ channel, limit: 1 });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    const whole = await slack.conversations.history({ channel, limit: 1, include_all_metadata: true });
    expect(whole.messages?.[0]).toMatchObject({ ts, metadata });
    const parent = (await slack.conversations.history({ channel, limit: 999 })).messages?.at(-1);
    expect(parent).toMatchObject({ thread_ts: parent?.ts, reply_count: 2, reply_users: ['U0BEN'] });
  });
});

describe('conversations.replies', () => {
  it('answers the reply alone when it is asked for a reply', async () => {
    const slack = clientOf(workspace);
    const parent = workspace.say('U0ANA', channel, 'parent');
    const reply = workspace.say('U0BEN', channel, 'reply', { threadTs: parent.ts });
    workspace.say('U0BEN', channel, 'second', { threadTs: parent.ts });
    const alone = await slack.conversations.replies({ channel, ts: reply.ts, limit: 1, inclusive: true });
    expect(alone.messages?.map(({ text, thread_ts }) => [text, thread_ts])).toEqual([['reply', parent.ts]]);
    const thread = await slack.conversations.replies({ channel, ts: parent.ts });
    expect(thread.messages?.map(({ text }) => text)).toEqual(['parent', 'reply', 'second']);
    const link = await slack.chat.getPermalink({ channel, message_ts: reply.ts });
    expect(link.permalink).toContain(`?thread_ts=${parent.ts}`);
  });
});

describe('direct messages', () => {
  it('go to the conversation when a person is named', async () => {
    const posted = await clientOf(workspace).chat.postMessage({ channel: 'U0BEN', text: 'Are you there?' });
    expect(posted.channel).toMatch(/^D/);
    expect(workspace.directMessages('U0BEN').map(({ text }) => text)).toEqual(['Are you there?']);
  });
});

describe('files', () => {
  it('come by upload, are seen in the channel, and are read with the token only', async () => {
    const slack = clientOf(workspace);
    const content = '# Report\nWords with é';
    await slack.filesUploadV2({ channel_id: channel, filename: 'report.md', title: 'Report', content });
    const [file] = workspace.files();
    expect(file).toMatchObject({ name: 'report.md', title: 'Report', text: content });
    expect(workspace.messages(channel).at(-1)).toMatchObject({
      subtype: 'file_share',
      ts: file?.shares[0]?.ts,
    });
    const shared = await slack.files.info({ file: file?.id ?? '' });
    const address = shared.file?.url_private_download ?? '';
    const read = await fetch(address, { headers: { Authorization: 'Bearer xoxb-test' } });
    expect(await read.text()).toBe(content);
    expect((await fetch(address)).headers.get('content-type')).toContain('text/html');
  });
});
