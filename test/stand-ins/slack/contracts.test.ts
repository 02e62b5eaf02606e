import type { KnownBlock, View } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS } from '../../../src/stand-ins/slack/methods/all.ts';
import { GENERAL_REFUSALS } from '../../../src/stand-ins/slack/web-api.ts';
import type { SlackWorkspace } from '../../../src/stand-ins/slack/workspace.ts';
import {
  checkAnswersAgainstContracts,
  checkCallsAgainstContracts,
  checkDeliveriesAgainstContracts,
  commonErrors,
  HAS_CONTRACTS,
  methodContract,
  shapeProblems,
  WITHOUT_CONTRACTS,
} from './contracts.ts';
import { APP_TOKEN, clientOf, ListeningBot, openWorkspace } from './workspace-fixture.ts';

if (!HAS_CONTRACTS) console.warn(WITHOUT_CONTRACTS);

describe.skipIf(!HAS_CONTRACTS)('the methods, held to their documentation', () => {
  it.each([...METHODS])('%s takes and refuses what Slack does', (name, method) => {
    const contract = methodContract(name);
    expect(contract).toBeDefined();
    const args = Object.entries(contract?.args ?? {});
    const required = args.filter(([, arg]) => arg.required).map(([key]) => key);
    expect([...method.required].sort()).toEqual(required.sort());
    const allowed = new Set(args.map(([key]) => key));
    expect(method.optional.filter((key) => !allowed.has(key))).toEqual([]);
    const errors = new Set([...Object.keys(contract?.errors ?? {}), ...commonErrors()]);
    expect(method.refusals.filter((error) => !errors.has(error))).toEqual([]);
    const documented = /(\d+)\+ per minute/.exec(contract?.rate_limit.label ?? '')?.[1];
    if (documented) expect(method.perMinute).toBe(Number(documented));
  });

  it('every general refusal is one that any method may give', () => {
    const known = commonErrors();
    expect(GENERAL_REFUSALS.filter((error) => !known.includes(error))).toEqual([]);
  });
});

describe.skipIf(!HAS_CONTRACTS)('the checks themselves', () => {
  it('see a missing, an unknown argument and an unknown method', () => {
    const calls = [
      { method: 'pins.add', args: { channel_id: 'C1' } },
      { method: 'chat.shout', args: {} },
    ];
    expect(checkCallsAgainstContracts(calls)).toEqual([
      'pins.add: no argument channel_id',
      'pins.add: argument channel is missing',
      'chat.shout: no such method',
    ]);
  });

  it('see a key too many and a wrong type', () => {
    const sample = { ok: false, list: [{ name: '' }], map: { C00000000: { ts: '' } }, any: {} };
    const actual = {
      ok: 'yes',
      list: [{ name: '', extra: 1 }],
      map: { C1: { ts: 1 } },
      any: { x: 1 },
      new: 1,
    };
    expect(shapeProblems(actual, sample, 'x')).toEqual([
      'x.ok: is string, not boolean',
      'x.list[]: has no extra',
      'x.map.*.ts: is number, not string',
      'x: has no new',
    ]);
  });
});

const BUTTONS: KnownBlock[] = [
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'take',
        value: '1',
        text: { type: 'plain_text', text: 'Take' },
        style: 'primary',
      },
      { type: 'users_select', action_id: 'who', placeholder: { type: 'plain_text', text: 'Who' } },
    ],
  },
];
const FORM: View = {
  type: 'modal',
  callback_id: 'form',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'A form' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'words',
      label: { type: 'plain_text', text: 'Words' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};
const HOME: View = { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Home' } }] };

describe.skipIf(!HAS_CONTRACTS)('a whole run, held to the samples', () => {
  let workspace: SlackWorkspace;
  const bot = new ListeningBot();

  beforeAll(async () => {
    workspace = await openWorkspace({ appToken: APP_TOKEN });
    workspace.keepsAnswers = true;
    workspace.deliverTo(await bot.listen());
    await callEverything(workspace);
    await doEverything(workspace);
    await workspace.settled();
  });

  afterAll(async () => {
    bot.close();
    await workspace.close();
  });

  it('called every method that the stand-in has, with success', () => {
    const good = new Set(workspace.calls.filter((call) => call.ok).map((call) => call.method));
    expect([...METHODS.keys()].filter((name) => !good.has(name))).toEqual([]);
    expect(workspace.calls.filter((call) => !call.ok)).toEqual([]);
    expect(checkCallsAgainstContracts(workspace.calls)).toEqual([]);
  });

  it('answers in the shape of the samples', () => {
    expect([...new Set(checkAnswersAgainstContracts(workspace.calls))]).toEqual([]);
  });

  it('sends events and payloads in the shape of the samples', () => {
    expect([...new Set(checkDeliveriesAgainstContracts(workspace.deliveries))]).toEqual([]);
    const kinds = new Set(bot.events.map(({ type, subtype }) => `${type}${subtype ? `.${subtype}` : ''}`));
    expect([...kinds].sort()).toEqual(EVENT_KINDS);
  });
});

const EVENT_KINDS = [
  'app_home_opened',
  'channel_archive',
  'channel_created',
  'channel_left',
  'channel_rename',
  'channel_unarchive',
  'file_shared',
  'group_archive',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'message',
  'message.bot_message',
  'message.channel_archive',
  'message.channel_join',
  'message.channel_leave',
  'message.channel_name',
  'message.channel_purpose',
  'message.channel_topic',
  'message.channel_unarchive',
  'message.file_share',
  'message.group_topic',
  'message.me_message',
  'message.message_changed',
  'message.message_deleted',
  'message.thread_broadcast',
  'pin_added',
  'pin_removed',
  'reaction_added',
  'reaction_removed',
];

async function callEverything(workspace: SlackWorkspace): Promise<void> {
  const slack = clientOf(workspace);
  await slack.auth.test();
  await slack.team.info();
  await slack.bots.info({ bot: workspace.botId });
  await slack.users.info({ user: 'U0ANA' });
  await slack.users.list({ limit: 2 });
  await slack.users.lookupByEmail({ email: 'ana@example.org' });
  await slack.users.profile.get({ user: 'U0BEN' });
  await slack.users.getPresence({ user: 'U0BEN' });
  await slack.dnd.info({ user: 'U0BEN' });
  await slack.dnd.teamInfo({ users: 'U0BEN,U0ANA' });
  await slack.usergroups.list();
  await clientOf(workspace, APP_TOKEN).apps.connections.open();
  const direct = await slack.conversations.open({ users: 'U0ANA', return_im: true });
  await slack.conversations.open({ users: 'U0ANA' });
  await slack.conversations.info({ channel: direct.channel?.id ?? '' });
  for (const isPrivate of [false, true]) await useChannel(workspace, isPrivate);
  const general = workspace.channel('general').id;
  await slack.conversations.join({ channel: general });
  await slack.conversations.join({ channel: general });
  workspace.kick('U0ANA', 'general', workspace.botUserId);
  const types = 'public_channel,private_channel,im';
  await slack.conversations.list({ types, limit: 2 });
  await slack.users.conversations({ types });
  await slack.views.publish({ user_id: 'U0ANA', view: HOME });
}

async function useChannel(workspace: SlackWorkspace, isPrivate: boolean): Promise<void> {
  const slack = clientOf(workspace);
  const name = isPrivate ? 'inc-private' : 'inc-public';
  const made = await slack.conversations.create({ name, is_private: isPrivate });
  const channel = made.channel?.id ?? '';
  await slack.conversations.invite({ channel, users: 'U0ANA,U0BEN' });
  await slack.conversations.invite({ channel, users: 'U0GONE,U0PAGER', force: true });
  await slack.conversations.kick({ channel, user: 'U0PAGER' });
  await slack.conversations.info({ channel, include_num_members: true });
  await slack.conversations.members({ channel });
  await slack.conversations.setTopic({ channel, topic: 'Topic' });
  await slack.conversations.setPurpose({ channel, purpose: 'Purpose' });
  const metadata = { event_type: 'card', event_payload: { incident: 1 } };
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'Card', blocks: BUTTONS, metadata });
  const reply = { channel, thread_ts: ts, text: 'Reply', reply_broadcast: true } as const;
  await slack.chat.postMessage(reply);
  await slack.chat.postEphemeral({ channel, user: 'U0ANA', text: 'Only you', blocks: BUTTONS });
  await slack.chat.getPermalink({ channel, message_ts: ts });
  await slack.pins.add({ channel, timestamp: ts });
  await slack.pins.list({ channel });
  await slack.reactions.add({ channel, timestamp: ts, name: 'eyes' });
  await slack.reactions.get({ channel, timestamp: ts, full: true });
  await shareFile(workspace, channel);
  await writeCanvas(workspace, channel);
  await slack.chat.update({ channel, ts, text: 'Card again', blocks: BUTTONS });
  await slack.conversations.history({ channel, include_all_metadata: true });
  await slack.conversations.history({ channel, limit: 2 });
  await slack.conversations.replies({ channel, ts, include_all_metadata: true });
  const bookmark = await slack.bookmarks.add({
    channel_id: channel,
    title: 'A',
    type: 'link',
    link: 'https://a.example',
  });
  const bookmark_id = bookmark.bookmark?.id ?? '';
  await slack.bookmarks.edit({ channel_id: channel, bookmark_id, title: 'B' });
  await slack.bookmarks.list({ channel_id: channel });
  await slack.bookmarks.remove({ channel_id: channel, bookmark_id });
  await slack.reactions.remove({ channel, timestamp: ts, name: 'eyes' });
  await slack.pins.remove({ channel, timestamp: ts });
  await pressAll(workspace, channel, ts);
  await slack.chat.delete({ channel, ts });
  await slack.conversations.rename({ channel, name: `${name}-renamed` });
  workspace.leave('U0BEN', channel);
  await slack.conversations.archive({ channel });
  await slack.conversations.unarchive({ channel });
  if (!isPrivate) await slack.conversations.leave({ channel });
}

async function shareFile(workspace: SlackWorkspace, channel: string): Promise<void> {
  const slack = clientOf(workspace);
  const upload = await slack.files.getUploadURLExternal({ filename: 'report.md', length: 5 });
  await fetch(upload.upload_url ?? '', { method: 'POST', body: 'words' });
  const file = upload.file_id ?? '';
  await slack.files.completeUploadExternal({ files: [{ id: file, title: 'Report' }], channel_id: channel });
  await slack.files.info({ file });
  await slack.files.delete({ file });
}

async function writeCanvas(workspace: SlackWorkspace, channel: string): Promise<void> {
  const slack = clientOf(workspace);
  const document_content = { type: 'markdown', markdown: '# Report' } as const;
  const canvas = await slack.conversations.canvases.create({ channel_id: channel, document_content });
  const canvas_id = canvas.canvas_id ?? '';
  await slack.canvases.edit({ canvas_id, changes: [{ operation: 'replace', document_content }] });
  await slack.conversations.info({ channel });
  await slack.files.info({ file: canvas_id });
}

async function pressAll(workspace: SlackWorkspace, channel: string, ts: string): Promise<void> {
  const slack = clientOf(workspace);
  await workspace.press('U0ANA', { channel, ts }, 'take');
  await workspace.press('U0ANA', { channel, ts }, 'who', { selected: 'U0BEN' });
  const shown = workspace.ephemerals('U0ANA').at(-1);
  await workspace.press('U0ANA', { ephemeral: shown?.id ?? '' }, 'take');
  await workspace.shortcut('U0ANA', 'declare', channel, ts);
  await workspace.command('U0ANA', channel, '/incident', 'log 17:30 @ben did it');
  const trigger = (): string =>
    String(workspace.deliveries.findLast(({ body }) => body.trigger_id)?.body.trigger_id);
  const opened = await slack.views.open({ trigger_id: trigger(), view: FORM });
  await slack.views.update({ view_id: opened.view?.id ?? '', view: FORM });
  await workspace.command('U0ANA', channel, '/incident', '');
  const pushed = await slack.views.push({ trigger_id: trigger(), view: FORM });
  await workspace.close('U0ANA', pushed.view?.id ?? '');
  await workspace.submit('U0ANA', opened.view?.id ?? '', { words: 'some' });
}

async function doEverything(workspace: SlackWorkspace): Promise<void> {
  const said = workspace.say('U0ANA', 'incidents', 'Hello @ben, see https://example.org');
  workspace.say('U0BEN', 'incidents', 'In the thread', { threadTs: said.ts });
  workspace.say('U0BEN', 'incidents', 'To all', { threadTs: said.ts, broadcast: true });
  workspace.say('U0PAGER', 'incidents', 'Triggered', { attachments: [{ text: 'Alert' }] });
  workspace.say('U0PAGER', 'incidents', 'Old style', { subtype: 'bot_message' });
  workspace.say('U0ANA', 'incidents', 'waves', { subtype: 'me_message' });
  workspace.say('U0ANA', 'incidents', 'A picture', {
    files: [{ name: 'a.png', content: Buffer.from('png') }],
  });
  workspace.react('U0BEN', 'incidents', said.ts, 'pushpin');
  workspace.unreact('U0BEN', 'incidents', said.ts, 'pushpin');
  workspace.edit('U0ANA', 'incidents', said.ts, 'Hello *again*');
  const lone = workspace.say('U0ANA', 'incidents', 'Not this');
  workspace.remove('U0ANA', 'incidents', lone.ts);
  workspace.remove('U0ANA', 'incidents', said.ts);
  await workspace.openHome('U0ANA');
  const slack = clientOf(workspace);
  await slack.conversations.history({ channel: workspace.channel('incidents').id });
  await slack.conversations.replies({ channel: workspace.channel('incidents').id, ts: said.ts });
}
