import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOf } from '../../src/store/incidents.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { wordsOf } from '../harness/scenario.ts';
import { type KilledBot, startKilledBot } from './killed-bot.ts';
import type { Point } from './points.ts';
import { onlyChannel, openedChannel, ownMessages } from './whole-incident.ts';

const REPORTS = 'acme/reports';
const ISSUES = 'acme/issues';
const HUB = 'Hub is away';
const MAIL = 'Mail is slow';

let killed: KilledBot;
beforeAll(async () => {
  killed = await startKilledBot({
    repositories: [REPORTS, ISSUES],
    // What is not public comes with all its files, and nobody is asked about each.
    team: `${ALWAYS_ON_DUTY.replace('public: true', 'public: false')}  repository: ${REPORTS}
  path: "reports/{slug}.md"
  issues: { repository: ${ISSUES}, labels: [outage] }
`,
  });
}, 120_000);
afterAll(() => killed?.[Symbol.asyncDispose]());

const slack = () => killed.outside.slack;
const github = () => killed.outside.github;
const typed = (channel: string, text: string) => slack().command('U0BEN', channel, '/incident', text);
const said = (channel: string) => slack().messages(channel).map(wordsOf).join('\n');
const pulls = () => github().issues(REPORTS);
const isOf = (what: string) => (point: Point) => point.label.startsWith(what);

async function standing(title: string): Promise<string> {
  await typed('incidents', `declare sev2 ${title}`);
  return eventually(() => openedChannel(killed.outside, title));
}

test('an action item: killed at each call, it has one issue, and everybody reads so once', async () => {
  const channel = await standing(HUB);
  const struck = await killed.killAlongGitHub(
    () => typed(channel, 'action technical Protect the namespaces'),
    () => expect(said(channel)).toContain('Action item 1: <'),
  );
  expect(struck.filter(isOf('POST'))).toEqual([
    { label: `POST /repos/${ISSUES}/issues`, when: 'before' },
    { label: `POST /repos/${ISSUES}/issues`, when: 'after' },
  ]);
  expect(github().issues(ISSUES)).toMatchObject([{ title: 'Protect the namespaces', labels: ['outage'] }]);
  expect(said(channel).split('Action item 1: <')).toHaveLength(2);
}, 120_000);

test('a report with a picture: killed at each call, it is one branch, one commit a file and one pull request', async () => {
  const channel = onlyChannel(killed.outside, HUB);
  const files = [{ name: 'load.png', content: Buffer.from('the load') }];
  const { ts } = slack().say('U0BEN', channel, 'The load', { files });
  const fetched = Promise.withResolvers<void>();
  slack().faults.add({
    match: ({ name }) => name === 'files-pri',
    when: 'before',
    act: { kind: 'delay', ms: 0 },
    onStrike: () => fetched.resolve(),
  });
  slack().react('U0BEN', channel, ts, 'pushpin');
  await fetched.promise;
  await typed(channel, 'resolve');
  await eventually(() => expect(ownMessages(killed.outside, channel)).toContain('resolution'));
  const struck = await killed.killAlongGitHub(
    () => typed(channel, 'report publish'),
    () => {
      expect(said(channel)).toContain('The report is in <');
      expect(github().issues(ISSUES)[0]?.body).toContain(`https://github.com/${REPORTS}/pull/1`);
    },
  );
  for (const [written, times] of [
    [`POST /repos/${REPORTS}/git/refs`, 1],
    [`PUT /repos/${REPORTS}/contents/reports`, 2],
    [`POST /repos/${REPORTS}/pulls`, 1],
    [`PATCH /repos/${ISSUES}/issues/1`, 1],
  ] as const) {
    const died = struck.filter(isOf(written)).map(({ when }) => when);
    expect(died.toSorted(), written).toEqual([...Array(times).fill('after'), ...Array(times).fill('before')]);
  }
  expect(github().branches(REPORTS)).toEqual(['main', 'daywatch/inc-1-report']);
  expect(pulls()).toMatchObject([{ head: 'daywatch/inc-1-report', state: 'open' }]);
  const report = github().file(REPORTS, 'reports/hub-is-away.md', 'daywatch/inc-1-report') ?? '';
  const [, picture = ''] = /!\[Picture\]\((files\/F\w+-load\.png)\)/.exec(report) ?? [];
  expect(github().file(REPORTS, `reports/${picture}`, 'daywatch/inc-1-report')).toBe('the load');
  expect(github().commits(REPORTS, 'daywatch/inc-1-report')).toHaveLength(2);
  expect(github().issues(ISSUES)).toHaveLength(1);
  expect(said(channel).split('The report is in <')).toHaveLength(2);
  expect(slack().problems).toEqual([]);
}, 400_000);

test('a person edits it where the answer to its writing is lost: their words stand, and so does the pull request', async () => {
  const channel = await standing(MAIL);
  await typed(channel, 'resolve');
  await eventually(() => expect(ownMessages(killed.outside, channel)).toContain('resolution'));
  const path = 'reports/mail-is-slow.md';
  const branch = 'daywatch/inc-2-report';
  await killed.killAlongGitHub(
    () => typed(channel, 'report publish'),
    () => expect(said(channel)).toContain('ana has <'),
    {
      only: { label: `PUT /repos/${REPORTS}/contents/${encodeURIComponent(path)}`, when: 'after' },
      meanwhile: () => github().commitAs('ana', REPORTS, { branch, path, text: 'Ana’s words\n' }),
    },
  );
  expect(github().file(REPORTS, path, branch)).toBe('Ana’s words\n');
  expect(pulls().map(({ head }) => head)).toEqual(['daywatch/inc-1-report', branch]);
  expect(said(channel)).toContain(`The report is in <https://github.com/${REPORTS}/pull/2|`);
}, 120_000);

test('published again over her edit, killed at each call: it is left alone, and she is named once', async () => {
  const channel = onlyChannel(killed.outside, HUB);
  const [path, branch] = ['reports/hub-is-away.md', 'daywatch/inc-1-report'];
  github().commitAs('ana', REPORTS, { branch, path, text: 'Ana knows better\n' });
  const struck = await killed.killAlongGitHub(
    () => typed(channel, 'report publish'),
    () => expect(said(channel)).toContain('ana has <'),
    { readings: /commits$|pulls$/ },
  );
  expect(struck.length).toBeGreaterThanOrEqual(2);
  expect(struck.filter(({ label }) => !label.startsWith('GET'))).toEqual([]);
  expect(github().file(REPORTS, path, branch)).toBe('Ana knows better\n');
  expect(said(channel).split('ana has <')).toHaveLength(2);
  expect(pulls()).toHaveLength(2);
  const app = await killed.examine();
  const facts = await factsOf(app.core.store.database.prisma, 1);
  const told = facts.map(({ type }) => type);
  expect(told.filter((type) => type === 'report-published')).toHaveLength(1);
  expect(told.filter((type) => type === 'action-linked')).toHaveLength(1);
  expect(slack().problems).toEqual([]);
}, 240_000);
