import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportCase } from '../../src/actions/export-case.ts';
import { importCase } from '../../src/actions/import-case.ts';
import { renderedIncident } from '../../src/actions/render-report.ts';
import { reportOf } from '../../src/actions/report-of.ts';
import { ACTIONS, encodeValue } from '../../src/slack/ids.ts';
import { incidentByNumber } from '../../src/store/incidents.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, lastAnswer, pressInAnswer, reacts, read } from './eyes.ts';

const REPORTS = '2i2c-org/incident-reports';
const BRANCH = 'daywatch/inc-1-report';
const PNG = (what: string) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(what)]);
const PUBLIC_NAME = /picture-[0-9a-f]{12}\.(?:png|jpg)/g;

let s: Scenario;
let channel: string;
beforeAll(async () => {
  const team = TEAM_YAML.replace('  public: true\n', `  public: true\n  repository: ${REPORTS}\n`);
  const repositories = ['2i2c-org/infrastructure', REPORTS];
  s = await startScenario({ team, repositories, start: Date.parse('2025-08-12T10:00:00+01:00') });
  channel = await declared(s, 'U0BEN', 'sev1 LEAP hub outage');
  s.slack.join('U0ANA', s.slack.channel(channel).name);
});
afterAll(() => s[Symbol.asyncDispose]());

const published = () => s.github.file(REPORTS, 'reports/2025-08-12-leap-hub-outage.md', BRANCH) ?? '';
const committed = (name: string) => s.github.bytes(REPORTS, `reports/${name}`, BRANCH);
const saved = async () =>
  (await readdir(join(s.dataDir, 'reports'))).filter((name) => name.includes('picture'));

async function buttonOf(picture: string): Promise<string> {
  const incident = await incidentByNumber(s.app.core.store.database.prisma, 1);
  if (!incident) throw new Error('there is no INC-1');
  const { findings } = await renderedIncident(s.app.core, incident);
  return encodeValue(1, findings.find(({ line }) => line.includes(picture))?.id ?? '');
}

async function share(words: string, files: { name: string; content: Buffer }[], where = channel) {
  const { ts } = s.slack.say('U0ANA', where, words, { files });
  await s.quiet();
  await reacts(s, 'U0BEN', where, ts, 'pushpin');
}

test('nobody has looked at a picture yet: it is left out, and the preview asks', async () => {
  await share('Memory before the crash', [
    { name: 'Ana Ionescu salary.png', content: PNG('memory') },
    { name: 'nodes.jpg', content: PNG('nodes') },
    { name: 'hub.log', content: Buffer.from('ana was here') },
  ]);
  await s.incident('U0BEN', channel, 'resolve');
  await s.incident('U0DORA', channel, 'report publish');
  await s.quiet();
  expect(published()).toContain('Memory before the crash');
  expect(published()).not.toMatch(/picture|salary|nodes|hub\.log|files\//i);
  expect(read(s, channel)).toContain('2 things are held back from it');
  const preview = await s.incident('U0DORA', channel, 'report');
  expect(preview).toContain('*a picture* in the entry of 10:00 BST is left out:');
  expect(preview).toContain('ana-ionescu-salary.png');
});

test('what somebody lets through is committed beside the report, by a name that says nothing', async () => {
  await pressInAnswer(s, 'U0DORA', ACTIONS.showFinding, await buttonOf('salary'));
  await s.incident('U0DORA', channel, 'report publish');
  await s.quiet();
  const [name = ''] = published().match(PUBLIC_NAME) ?? [];
  expect(published()).toContain(`![Picture](${name})`);
  expect(published().match(PUBLIC_NAME)).toHaveLength(1);
  expect(committed(name)).toEqual(PNG('memory'));
  expect(JSON.stringify(s.github.calls.map(({ name: call, args }) => [call, args]))).not.toMatch(/salary/i);
  expect(s.github.issues(REPORTS)).toHaveLength(1);
  expect(await saved()).toEqual([name]);
  expect(await readFile(join(s.dataDir, 'reports', name))).toEqual(PNG('memory'));
  const html = await readFile(join(s.dataDir, 'reports', '2025-08-12-inc-1-leap-hub-outage.html'), 'utf8');
  expect(html).toContain(`data:image/png;base64,${PNG('memory').toString('base64')}`);
});

test('the case carries the decision along: imported elsewhere it is the same public report', async () => {
  const report = (number: number) => reportOf(s.app.core, { number, choices: { public: true } });
  const { text } = await exportCase(s.app.core, { number: 1 });
  const back = await importCase(s.app.core, {
    text,
    fileName: 'case.json',
    choices: {},
    save: false,
  });
  const again = await report(Number(back.incident.slice(4)));
  const once = await report(1);
  expect(again.files).toEqual(once.files);
  expect(again.files).toHaveLength(1);
  expect(again.markdown).toBe(once.markdown);
});

test('all of them are let through at once by one who knows them', async () => {
  expect(await s.incident('U0DORA', channel, 'report')).not.toContain('Keep all');
  await share('Two more', [
    { name: 'load.png', content: PNG('load') },
    { name: 'queue.png', content: PNG('queue') },
  ]);
  expect(await s.incident('U0DORA', channel, 'report')).toContain('Keep all 3 pictures');
  await pressInAnswer(s, 'U0DORA', ACTIONS.showPictures);
  expect(lastAnswer(s, 'U0DORA')).not.toContain('is left out');
  await s.incident('U0DORA', channel, 'report publish');
  await s.quiet();
  const names = published().match(PUBLIC_NAME) ?? [];
  expect(names.map((name) => committed(name)?.subarray(8).toString()).toSorted()).toEqual([
    'load',
    'memory',
    'nodes',
    'queue',
  ]);
  for (const picture of ['load', 'queue', 'nodes']) {
    await s.incident('U0DORA', channel, 'report');
    await pressInAnswer(s, 'U0DORA', ACTIONS.holdFinding, await buttonOf(picture));
  }
});

test('taken back it is no longer shown, and what a person put in its place is left alone', async () => {
  const [name = ''] = published().match(PUBLIC_NAME) ?? [];
  s.github.commitAs('ana', REPORTS, { branch: BRANCH, path: `reports/${name}`, text: 'cropped' });
  await s.incident('U0BEN', channel, 'lesson well We were quick');
  await s.incident('U0BEN', channel, 'report publish');
  await s.quiet();
  expect(published()).toContain('We were quick');
  expect(committed(name)?.toString()).toBe('cropped');
  await s.incident('U0DORA', channel, 'report');
  await pressInAnswer(s, 'U0DORA', ACTIONS.holdFinding, await buttonOf('salary'));
  await s.incident('U0BEN', channel, 'report publish');
  await s.quiet();
  expect(published()).not.toMatch(PUBLIC_NAME);
});

test('a private incident shows no picture in a public form, whatever was decided', async () => {
  const secret = await declared(s, 'U0BEN', 'sev3 private Salary list leaked');
  s.slack.invite('U0BEN', secret, 'U0ANA');
  await share('see', [{ name: 'list.png', content: PNG('list') }], secret);
  await s.incident('U0BEN', secret, 'resolve');
  const { markdown, files } = await reportOf(s.app.core, { number: 3, choices: { public: true } });
  expect(markdown).not.toMatch(/picture|list\.png/i);
  expect(files).toEqual([]);
  expect(await s.incident('U0BEN', secret, 'report')).not.toContain('a picture');
  expect((await exportCase(s.app.core, { number: 3 })).text).toContain('list.png');
});

endsWell(() => s);
