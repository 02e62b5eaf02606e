import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportCase } from '../../src/actions/export-case.ts';
import { importCase } from '../../src/actions/import-case.ts';
import { reportOf } from '../../src/actions/report-of.ts';
import { incidentOfChannel } from '../../src/store/incidents.ts';
import { entriesOf } from '../faults/entries.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared, endsWell, reacts, read, timelineOf, told } from './eyes.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const LOG = 'Traceback (most recent call last):\n  File "hub.py", line 3\n';

let s: Scenario;
beforeAll(async () => {
  s = await startScenario({ env: { FILE_LIMIT_MB: '1' } });
});
afterAll(() => s?.[Symbol.asyncDispose]());

function share(
  channel: string,
  words: string,
  files: { name: string; content: Buffer | string }[],
  more = {},
) {
  const { name } = s.slack.channel(channel);
  if (!s.slack.members(channel).includes('U0ANA')) s.slack.join('U0ANA', name);
  return s.slack.say('U0ANA', channel, words, { files, ...more });
}

async function onDisk(): Promise<Record<string, Buffer>> {
  const folder = join(s.dataDir, 'reports', 'files');
  const names = await readdir(folder).catch(() => []);
  const read = names.map(async (name) => [name.replace(/^F\w+?-/, ''), await readFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(read)) as Record<string, Buffer>;
}

const reportIn = async (channel: string, isPublic: boolean) => {
  const incident = await incidentOfChannel(s.app.core.store.database.prisma, channel);
  const choices = { template: '2i2c', public: isPublic };
  return (await reportOf(s.app.core, { number: incident?.number ?? 0, choices })).markdown;
};

test('what comes with a message is kept with its bytes and linked for its team, and no public report knows of it', async () => {
  const channel = await declared(s, 'U0BEN', 'sev3 Files');
  const { slack } = s;
  const shared = share(channel, 'Memory *before* the crash', [
    { name: '../../grafana board.PNG', content: PNG },
    { name: 'hub.log', content: LOG },
  ]);
  const alone = share(channel, '', [{ name: 'second.png', content: PNG }]);
  await s.quiet();
  const from = slack.calls.length;
  slack.react('U0BEN', channel, shared.ts, 'pushpin');
  await s.quiet();
  // Nobody waits for the bytes: the ✅ needs no other call, and what fetches them comes beside it.
  const methods = slack.calls.slice(from).map(({ method }) => method);
  expect(methods.toSorted()).toEqual(['files.info', 'files.info', 'reactions.add']);
  await reacts(s, 'U0BEN', channel, alone.ts, 'pushpin');

  expect(await onDisk()).toEqual({
    'grafana-board.png': PNG,
    'hub.log': Buffer.from(LOG),
    'second.png': PNG,
  });
  const timeline = await timelineOf(s, 'U0BEN', channel);
  expect(timeline).toMatch(
    /Memory \*before\* the crash\n\n📎 <https:\S+\|\.\.\/\.\.\/grafana board\.PNG> · <https:\S+\|hub\.log>/,
  );
  expect(timeline).toMatch(/\(a picture\)\n\n📎 <https:\S+\|second\.png>/);

  const own = await reportIn(channel, false);
  expect(own).toMatch(
    /> \[hub\.log\]\(files\/F\w+-hub\.log\)\n\n!\[Picture\]\(files\/F\w+-grafana-board\.png\)/,
  );
  expect(own).toMatch(/> \(a picture\)\n\n!\[Picture\]\(files\/F\w+-second\.png\)/);
  const forAll = await reportIn(channel, true);
  expect(forAll).toContain('Memory **before** the crash');
  expect(forAll).not.toMatch(/files\/|grafana|hub\.log|second\.png|Picture/);

  const { core } = s.app;
  const { text } = await exportCase(core, { number: 1 });
  expect(text).toMatch(/"image": "files\/F\w+-grafana-board\.png"/);
  const back = await importCase(core, {
    text,
    fileName: 'case.json',
    choices: { template: '2i2c' },
    save: false,
  });
  const again = Number(back.incident.slice(4));
  expect((await exportCase(core, { number: again })).text).toBe(text);
  const choices = { template: '2i2c', public: false };
  expect((await reportOf(core, { number: again, choices })).markdown).toBe(own);
  const choicesForAll = { ...choices, public: true };
  expect((await reportOf(core, { number: again, choices: choicesForAll })).markdown).not.toMatch(
    /files\/|grafana|hub\.log|second\.png|Picture/,
  );
});

test('a login page is never taken for a file: the channel is told what to mend, and then it is fetched', async () => {
  const channel = await declared(s, 'U0BEN', 'sev3 Refused');
  const html = '<!DOCTYPE html><html><head><title>Login | Slack</title></head></html>';
  const act = { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: html } as const;
  s.slack.faults.add({ match: ({ name }) => name === 'files-pri', when: 'before', act, times: 2 });
  const { ts } = share(channel, 'see', [
    { name: 'page.html', content: '<p>A saved page</p>' },
    { name: 'graph.svg', content: '<svg/>' },
  ]);
  await s.quiet();
  await reacts(s, 'U0BEN', channel, ts, 'pushpin');
  expect(read(s, channel)).toContain(
    'I cannot keep the files that came with messages: Slack sent its login page instead of a file. The app needs the scope files:read; add it and reinstall the app.',
  );
  expect(await timelineOf(s, 'U0BEN', channel)).toContain('📎');
  await s.pass(2);
  const kept = await onDisk();
  expect(String(kept['page.html'])).toBe('<p>A saved page</p>');
  expect(String(kept['graph.svg'])).toBe('<svg/>');
  expect(Object.values(kept).map(String).join()).not.toContain('Login | Slack');
  expect(read(s, channel).match(/I cannot keep/g)).toHaveLength(1);
});

test('what is too large or deleted is said in the timeline, and what was kept outlives its deletion in Slack', async () => {
  const channel = await declared(s, 'U0BEN', 'sev3 Deleted');
  const { slack } = s;
  const big = share(channel, 'Everything', [{ name: 'core.dump', content: Buffer.alloc(1_000_001) }]);
  const early = share(channel, 'Look quickly', [{ name: 'early.png', content: PNG }]);
  const late = share(channel, 'Look later', [{ name: 'late.png', content: PNG }]);
  const only = share(channel, '', [{ name: 'only.png', content: PNG }]);
  await s.quiet();
  const hold =
    (id: string | undefined) =>
    ({ name, args }: { name: string; args: Record<string, unknown> }) =>
      name === 'files.info' && args.file === id;
  slack.faults.add({
    match: hold(early.files?.[0]?.id),
    when: 'before',
    act: { kind: 'delay', ms: 0 },
    onStrike: () => slack.removeFile('U0ANA', early.files?.[0]?.id ?? ''),
  });
  for (const { ts } of [big, early, late, only]) slack.react('U0BEN', channel, ts, 'pushpin');
  await s.quiet();
  slack.removeFile('U0ANA', late.files?.[0]?.id ?? '');
  slack.removeFile('U0ANA', only.files?.[0]?.id ?? '');
  await s.quiet();
  let timeline = await timelineOf(s, 'U0BEN', channel);
  expect(timeline).not.toContain('edited');
  expect(timeline).toMatch(/Everything\n\n📎 <\S+core\.dump> \(not kept: larger than 1 MB\)/);
  expect(timeline).toMatch(
    /Look quickly\n\n📎 early\.png \(deleted in Slack, not kept: deleted in Slack before it was fetched\)/,
  );
  expect(timeline).toMatch(/Look later\n\n📎 late\.png \(deleted in Slack\)/);
  expect(timeline).toMatch(/\(a picture\)\n\n📎 only\.png \(deleted in Slack\).*its message was deleted/);
  expect(told(s, 'U0BEN').at(-1)).toContain('(a picture)');
  const own = await reportIn(channel, false);
  expect(own).toMatch(/> Look later\n\n!\[Picture\]\(files\/F\w+-late\.png\)/);
  expect((await onDisk())['late.png']).toEqual(PNG);

  // Reading the channel again finds the same.
  await s.away(5);
  timeline = await timelineOf(s, 'U0BEN', channel);
  expect(timeline).toMatch(/Look later\n\n📎 late\.png \(deleted in Slack\)/);
  expect(read(s, channel)).not.toContain('Recovered');
});

test('what an attempt that died left behind whole is kept, and what is torn is fetched anew', async () => {
  const channel = await declared(s, 'U0BEN', 'sev3 Died');
  const { ts, files = [] } = share(channel, 'see', [
    { name: 'whole.txt', content: 'as Slack has it' },
    { name: 'torn.txt', content: 'as Slack has it' },
  ]);
  await s.quiet();
  const folder = join(s.dataDir, 'reports', 'files');
  await writeFile(join(folder, `${files[0]?.id}-whole.txt`), 'as it was fetched');
  await writeFile(join(folder, `.${files[1]?.id}-torn.txt.1`), 'as it wa');
  await reacts(s, 'U0BEN', channel, ts, 'pushpin');
  const kept = await onDisk();
  expect([String(kept['whole.txt']), String(kept['torn.txt'])]).toEqual([
    'as it was fetched',
    'as Slack has it',
  ]);
  expect(Object.keys((await entriesOf(s, channel))[0]?.kept ?? {})).toHaveLength(2);
  expect(Object.keys(kept).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('ten entries with all that an entry can hold are one page that Slack shows', async () => {
  const channel = await declared(s, 'U0BEN', 'sev3 Full page');
  const many = Array.from({ length: 4 }, (_, index) => ({
    name: `${'a very long name of a picture '.repeat(4)}${index}.png`,
    content: PNG,
  }));
  const long = 'words of *every* kind & more '.repeat(40);
  for (let index = 0; index < 10; index += 1) {
    const { ts } = share(channel, `${long}\n\`\`\`${'x <y> '.repeat(300)}\`\`\``, many);
    await s.quiet();
    s.slack.react('U0BEN', channel, ts, 'pushpin');
    s.slack.edit('U0ANA', channel, ts, `${long} ${index}\n\`\`\`${'z <y> '.repeat(300)}\`\`\``);
  }
  await s.quiet();
  const page = await s.incident('U0BEN', channel, 'timeline');
  expect(page).toContain('a very long name of a picture a…re 0.png');
  expect(page).toContain('and 1 more');
  expect(s.slack.problems).toEqual([]);
});

test('files come along when a channel is read after the bot was away, and when it is adopted', async () => {
  const { slack } = s;
  const channel = await declared(s, 'U0BEN', 'sev3 Away');
  await s.awayWhile(10, 0, () => {
    const { ts } = share(channel, 'While you were away', [{ name: 'away.txt', content: 'away' }]);
    slack.react('U0ANA', channel, ts, 'pushpin');
  });
  const { id } = slack.create('U0BEN', 'pd-made-this');
  slack.invite('U0BEN', id, 'U0ANA');
  const parent = share(id, 'Before you came', []);
  const { ts } = share(id, 'in a thread', [{ name: 'before.txt', content: 'before' }], {
    threadTs: parent.ts,
  });
  slack.react('U0BEN', id, ts, 'hammer');
  slack.invite('U0BEN', id, 'UDAYWATCH');
  await s.incident('U0BEN', id, 'adopt sev3');
  await s.pass(1);
  const kept = await onDisk();
  expect([String(kept['away.txt']), String(kept['before.txt'])]).toEqual(['away', 'before']);
  expect((await entriesOf(s, id))[0]?.kept).toEqual({ [messageFile(id, ts)]: { kept: true } });
});

function messageFile(channel: string, ts: string): string {
  const replies = s.slack.messages(channel).flatMap((message) => s.slack.replies(channel, message.ts));
  return replies.find((message) => message.ts === ts)?.files?.[0]?.id ?? '';
}

endsWell(() => s);
