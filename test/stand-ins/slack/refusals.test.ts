import type { KnownBlock } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import {
  APP_TOKEN,
  BOT_TOKEN,
  clientOf,
  ListeningBot,
  openWorkspace,
  refusalOf,
} from './workspace-fixture.ts';

let workspace: SlackWorkspace;
const bot = new ListeningBot();
/** Names that stand for ids known only once the workspace is open. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  workspace = await openWorkspace({ appToken: APP_TOKEN });
  workspace.deliverTo(await bot.listen());
  const slack = clientOf(workspace);
  for (const name of ['general', 'incidents', 'secret']) ids[`#${name}`] = workspace.channel(name).id;
  ids['#old'] = (await slack.conversations.create({ name: 'old' })).channel?.id ?? '';
  await slack.conversations.archive({ channel: ids['#old'] });
  ids['#own-private'] =
    (await slack.conversations.create({ name: 'own-private', is_private: true })).channel?.id ?? '';
  ids['@ana'] = (await slack.conversations.open({ users: 'U0ANA' })).channel?.id ?? '';
  const said = workspace.say('U0ANA', 'incidents', 'Said by Ana');
  ids['ts:ana'] = said.ts;
  ids['ts:reply'] = workspace.say('U0BEN', 'incidents', 'Reply', { threadTs: said.ts }).ts;
  const own = await slack.chat.postMessage({ channel: ids['#incidents'] ?? '', text: 'Own' });
  ids['ts:own'] = own.ts ?? '';
  await slack.pins.add({ channel: ids['#incidents'] ?? '', timestamp: ids['ts:own'] });
  await slack.reactions.add({ channel: ids['#incidents'] ?? '', timestamp: ids['ts:own'], name: 'eyes' });
  ids['ts:join'] = workspace.messages('old')[0]?.ts ?? '';
});

afterAll(async () => {
  bot.close();
  await workspace.close();
});

const LONG = 'x'.repeat(251);
const TOO_MANY_BLOCKS: KnownBlock[] = Array.from({ length: 51 }, () => ({ type: 'divider' }));
const TOO_MUCH: KnownBlock[] = Array.from({ length: 5 }, () => ({
  type: 'section',
  text: { type: 'mrkdwn', text: 'x'.repeat(2700) },
}));

const CASES: [method: string, args: Record<string, unknown>, error: string][] = [
  ['conversations.create', {}, 'invalid_arguments'],
  ['conversations.create', { name: 'a', colour: 'red' }, 'invalid_arguments'],
  ['conversations.create', { name: 'Upper' }, 'invalid_name_specials'],
  ['conversations.create', { name: 'two words' }, 'invalid_name_specials'],
  ['conversations.create', { name: '---' }, 'invalid_name_punctuation'],
  ['conversations.create', { name: 'x'.repeat(81) }, 'invalid_name_maxlength'],
  ['conversations.create', { name: '' }, 'invalid_name_required'],
  ['conversations.create', { name: 'old' }, 'name_taken'],
  ['conversations.create', { name: 'secret' }, 'name_taken'],
  ['conversations.canvases.create', { channel_id: '#secret' }, 'restricted_action'],
  [
    'conversations.canvases.create',
    { channel_id: '#incidents', document_content: { type: 'markdown', markdown: '#### Deep' } },
    'canvas_creation_failed',
  ],
  ['canvases.edit', { canvas_id: 'F0NONE', changes: [] }, 'canvas_not_found'],
  ['conversations.rename', { channel: '#incidents', name: 'other' }, 'not_authorized'],
  ['conversations.rename', { channel: '#old', name: 'older' }, 'is_archived'],
  ['conversations.rename', { channel: '#own-private', name: 'general' }, 'name_taken'],
  ['conversations.setTopic', { channel: '#incidents', topic: LONG }, 'too_long'],
  ['conversations.setTopic', { channel: '#general', topic: 'x' }, 'not_in_channel'],
  ['conversations.setPurpose', { channel: '#secret', purpose: 'x' }, 'channel_not_found'],
  ['conversations.archive', { channel: '#old' }, 'already_archived'],
  ['conversations.archive', { channel: '#general' }, 'cant_archive_general'],
  ['conversations.unarchive', { channel: '#incidents' }, 'not_archived'],
  ['conversations.join', { channel: '#secret' }, 'channel_not_found'],
  ['conversations.join', { channel: '@ana' }, 'method_not_supported_for_channel_type'],
  ['conversations.leave', { channel: '#own-private' }, 'last_member'],
  ['conversations.open', {}, 'users_list_not_supplied'],
  ['conversations.open', { users: 'U0GONE' }, 'user_disabled'],
  ['conversations.open', { users: 'UNOBODY' }, 'user_not_found'],
  ['conversations.invite', { channel: '#incidents', users: 'U0ANA' }, 'already_in_channel'],
  ['conversations.invite', { channel: '#incidents', users: 'UDAYWATCH' }, 'cant_invite_self'],
  ['conversations.invite', { channel: '#incidents', users: 'U0GUEST' }, 'user_is_restricted'],
  ['conversations.invite', { channel: '#incidents', users: 'U0GONE' }, 'user_not_found'],
  ['conversations.invite', { channel: '#general', users: 'U0ANA' }, 'not_in_channel'],
  ['conversations.invite', { channel: '#old', users: 'U0ANA' }, 'is_archived'],
  ['conversations.kick', { channel: '#incidents', user: 'UDAYWATCH' }, 'cant_kick_self'],
  ['conversations.info', { channel: '#secret' }, 'channel_not_found'],
  ['conversations.info', { channel: '#incidents-by-name' }, 'channel_not_found'],
  ['conversations.list', { types: 'rooms' }, 'invalid_types'],
  ['conversations.list', { limit: 5000 }, 'invalid_limit'],
  ['conversations.list', { cursor: 'nonsense' }, 'invalid_cursor'],
  ['conversations.history', { channel: '#general' }, 'not_in_channel'],
  ['conversations.history', { channel: '#secret' }, 'channel_not_found'],
  ['conversations.history', { channel: '#incidents', oldest: 'yesterday' }, 'invalid_ts_oldest'],
  ['conversations.history', { channel: '#incidents', latest: 'now' }, 'invalid_ts_latest'],
  ['conversations.history', { channel: '#incidents', cursor: 'x' }, 'invalid_cursor'],
  ['conversations.replies', { channel: '#incidents', ts: '1.000001' }, 'thread_not_found'],
  ['chat.postMessage', { channel: '#incidents' }, 'no_text'],
  ['chat.postMessage', { channel: '#general', text: 'x' }, 'not_in_channel'],
  ['chat.postMessage', { channel: '#secret', text: 'x' }, 'channel_not_found'],
  ['chat.postMessage', { channel: '#no-such', text: 'x' }, 'channel_not_found'],
  ['chat.postMessage', { channel: '#old', text: 'x' }, 'is_archived'],
  ['chat.postMessage', { channel: '#incidents', blocks: TOO_MANY_BLOCKS }, 'invalid_blocks'],
  ['chat.postMessage', { channel: '#incidents', blocks: 'nonsense' }, 'invalid_blocks_format'],
  ['chat.postMessage', { channel: '#incidents', blocks: TOO_MUCH }, 'msg_blocks_too_long'],
  [
    'chat.postMessage',
    { channel: '#incidents', text: 'x', metadata: { event_type: 'x' } },
    'invalid_metadata_format',
  ],
  [
    'chat.postMessage',
    { channel: '#incidents', text: 'x', thread_ts: 'ts:reply' },
    'cannot_reply_to_message',
  ],
  ['chat.update', { channel: '#incidents', ts: 'ts:ana', text: 'x' }, 'cant_update_message'],
  ['chat.update', { channel: '#incidents', ts: '1.000001', text: 'x' }, 'message_not_found'],
  ['chat.update', { channel: '#incidents', ts: 'ts:own', text: 'x'.repeat(40_001) }, 'msg_too_long'],
  ['chat.delete', { channel: '#incidents', ts: 'ts:ana' }, 'cant_delete_message'],
  ['chat.postEphemeral', { channel: '#incidents', user: 'U0GONE', text: 'x' }, 'user_not_in_channel'],
  ['pins.add', { channel: '#incidents', timestamp: 'ts:own' }, 'already_pinned'],
  ['pins.add', { channel: '#incidents' }, 'no_item_specified'],
  ['pins.add', { channel: '#incidents', timestamp: 'x' }, 'bad_timestamp'],
  ['pins.remove', { channel: '#incidents', timestamp: 'ts:ana' }, 'no_pin'],
  ['reactions.add', { channel: '#incidents', timestamp: 'ts:own', name: 'eyes' }, 'already_reacted'],
  ['reactions.add', { channel: '#incidents', timestamp: 'ts:own', name: ':eyes:' }, 'invalid_name'],
  ['reactions.add', { channel: '#incidents', timestamp: '1.000001', name: 'eyes' }, 'message_not_found'],
  ['reactions.add', { channel: '#general', timestamp: '1.000001', name: 'eyes' }, 'no_access'],
  ['reactions.remove', { channel: '#incidents', timestamp: 'ts:ana', name: 'eyes' }, 'no_reaction'],
  [
    'bookmarks.add',
    { channel_id: '#incidents', title: 'x', type: 'link', link: 'javascript:x' },
    'invalid_link',
  ],
  [
    'bookmarks.add',
    { channel: '#incidents', title: 'x', type: 'link', link: 'https://a' },
    'invalid_arguments',
  ],
  ['bookmarks.remove', { channel_id: '#incidents', bookmark_id: 'Bk1' }, 'not_found'],
  ['users.info', { user: 'UNOBODY' }, 'user_not_found'],
  ['users.lookupByEmail', { email: 'nobody@example.org' }, 'users_not_found'],
  ['views.open', { view: { type: 'modal' }, trigger_id: 'x' }, 'invalid_arguments'],
  ['views.publish', { user_id: 'UNOBODY', view: { type: 'home', blocks: [] } }, 'invalid_arguments'],
  ['files.completeUploadExternal', { files: [{ id: 'F1' }] }, 'file_not_found'],
  ['files.info', { file: 'F1' }, 'file_not_found'],
  ['chat.shout', {}, 'unknown_method'],
];

function shortened(args: Record<string, unknown>): string {
  return JSON.stringify(args).slice(0, 60);
}

/** What Slack refuses, the stand-in refuses: a bot that passes here cannot be sloppy. */
describe('a refused call', () => {
  const titled = CASES.map(([method, args, error]) => ({ method, args, error, shown: shortened(args) }));
  it.each(titled)('$method $shown → $error', async ({ method, args, error }) => {
    const known = Object.entries(args).map(([key, value]) => [key, ids[String(value)] ?? value]);
    const before = JSON.stringify(workspace.channels());
    expect(await refusalOf(clientOf(workspace).apiCall(method, Object.fromEntries(known)))).toBe(error);
    expect(JSON.stringify(workspace.channels())).toBe(before);
  });

  it('has no token, a wrong one, or one of the other kind', async () => {
    const bare = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
    expect(await refusalOf(clientOf(workspace, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await refusalOf(clientOf(workspace, APP_TOKEN).auth.test())).toBe('not_allowed_token_type');
    expect(await refusalOf(clientOf(workspace, BOT_TOKEN).apps.connections.open())).toBe(
      'not_allowed_token_type',
    );
  });

  it('says why, where Slack does', async () => {
    const args = { channel: ids['#incidents'], blocks: [{ type: 'nonsense' }], text: 'x' };
    const refused = clientOf(workspace).apiCall('chat.postMessage', args);
    await expect(refused).rejects.toMatchObject({
      data: { response_metadata: { messages: [expect.any(String)] } },
    });
    expect(workspace.calls.at(-1)).toMatchObject({ ok: false, error: 'invalid_blocks', args: { text: 'x' } });
  });
});

describe('inviting several at once', () => {
  it('fails for all without force, and names the bad ones', async () => {
    const slack = clientOf(workspace);
    const channel = ids['#own-private'] ?? '';
    const refused = slack.conversations.invite({ channel, users: 'U0BEN,U0GONE' });
    await expect(refused).rejects.toMatchObject({
      data: { errors: [{ user: 'U0GONE', error: 'user_not_found' }] },
    });
    expect(workspace.members(channel)).not.toContain('U0BEN');
    const forced = await slack.conversations.invite({ channel, users: 'U0BEN,U0GONE', force: true });
    expect(forced.errors).toEqual([{ ok: false, error: 'user_not_found', user: 'U0GONE' }]);
    expect(workspace.members(channel)).toContain('U0BEN');
  });
});

describe('a trigger_id', () => {
  const view = {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: 'T' },
    blocks: [{ type: 'divider' as const }],
  };

  async function newTrigger(): Promise<string> {
    await workspace.command('U0ANA', 'incidents', '/incident', '');
    return String(workspace.deliveries.at(-1)?.body.trigger_id);
  }

  it('works once and not when it is old', async () => {
    const slack = clientOf(workspace);
    const trigger_id = await newTrigger();
    await slack.views.open({ trigger_id, view });
    expect(await refusalOf(slack.views.open({ trigger_id, view }))).toBe('exchanged_trigger_id');
    expect(await refusalOf(slack.views.open({ trigger_id: 'made-up', view }))).toBe('invalid_trigger_id');
    const old = await newTrigger();
    workspace.expireTickets();
    expect(await refusalOf(slack.views.open({ trigger_id: old, view }))).toBe('expired_trigger_id');
  });

  it('pushes up to three forms', async () => {
    const slack = clientOf(workspace);
    await slack.views.open({ trigger_id: await newTrigger(), view });
    for (let depth = 2; depth <= 3; depth += 1)
      await slack.views.push({ trigger_id: await newTrigger(), view });
    const fourth = slack.views.push({ trigger_id: await newTrigger(), view });
    expect(await refusalOf(fourth)).toBe('push_limit_reached');
    expect(workspace.views('U0ANA')).toHaveLength(3);
  });

  it('does not let an old hash overwrite a newer form', async () => {
    const slack = clientOf(workspace);
    const opened = await slack.views.open({ trigger_id: await newTrigger(), view });
    const { id: view_id = '', hash = '' } = opened.view ?? {};
    await slack.views.update({ view_id, hash, view });
    expect(await refusalOf(slack.views.update({ view_id, hash, view }))).toBe('hash_conflict');
  });
});
