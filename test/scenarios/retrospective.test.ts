import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportCase } from '../../src/actions/export-case.ts';
import { importCase } from '../../src/actions/import-case.ts';
import { reportOf } from '../../src/actions/report-of.ts';
import { statsOf } from '../../src/actions/stats.ts';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import {
  cardOf,
  declared,
  endsWell,
  form,
  hasButton,
  lastAnswer,
  messageWith,
  press,
  pressInAnswer,
  read,
  timelineOf,
  told,
} from './eyes.ts';

const REPORTS = '2i2c-org/incident-reports';
/** It pages on declare, as hard as it can, and asks for updates and handoffs. */
const TEAM = TEAM_YAML.replace('page_on_declare: []', 'page_on_declare: [tech-lead]').replace(
  '  public: true\n',
  `  public: true\n  repository: ${REPORTS}\n`,
);
const EVERYBODY = ['U0BEN', 'U0ANA', 'U0CHI', 'U0DORA', 'U0SAR'];
const REPORT = '2025-08-11-inc-1-leap-hub-is-down.md';

let s: Scenario;
let channel: string;
beforeAll(async () => {
  s = await startScenario({
    team: TEAM,
    repositories: ['2i2c-org/infrastructure', REPORTS],
    start: Date.parse('2025-08-12T16:40:00+01:00'),
  });
});
afterAll(() => s?.[Symbol.asyncDispose]());

/** Nobody but whoever writes it down has heard of anything. */
function nobodyHeard(): void {
  expect(EVERYBODY.map((user) => told(s, user))).toEqual(EVERYBODY.map(() => []));
  expect(s.pagerduty.incidents()).toEqual([]);
  expect(read(s, 'incidents')).not.toMatch(/INC-\d|LEAP/);
}

test('an outage that is over is declared for its report: a channel with whoever declares it, and nobody is paged or told', async () => {
  const answer = await s.incident('U0BEN', 'incidents', 'declare retrospective sev1 LEAP hub is down');
  expect(answer).toBe(
    'INC-1 is a retrospective (sev1): nobody is paged or told. Its channel opens now, and you alone are brought in. First say there when it was: `/incident impact start 2025-08-12 17:00`.',
  );
  channel = s.slack.channel('inc-1-leap-hub-is-down').id;
  expect(s.slack.members(channel).toSorted()).toEqual(['U0BEN', 'UDAYWATCH']);
  const card = cardOf(s, channel);
  expect(card).toContain('*sev1 Outage* · 📝 retrospective');
  expect(card).toContain('Nobody is paged or told; written down since Tue 12 Aug 16:40 BST');
  expect(card).not.toMatch(/investigating|☐|update is due|due at/i);
  expect(s.slack.channel(channel).topic).toContain('sev1 · retrospective');
  const [pinned] = s.slack.pins(channel);
  for (const action of [ACTIONS.pageTechLead, ACTIONS.writeUpdate, ACTIONS.openHandoff]) {
    expect(hasButton(pinned?.blocks, action)).toBe(false);
  }
  expect(hasButton(pinned?.blocks, ACTIONS.resolve)).toBe(true);
  expect(await s.incident('U0DORA', 'incidents', 'list')).toContain(
    'LEAP hub is down · sev1, retrospective · since',
  );
  nobodyHeard();
});

test('what would call somebody is refused, with what to do instead', async () => {
  const say = (text: string) => s.incident('U0BEN', channel, text);
  const page =
    'INC-1 is a retrospective: it is over, so nobody is paged for it. To ask somebody what they know, mention them in this channel. If it goes on after all, declare it: `/incident declare sev1 <title>`.';
  expect(await say('page @ana')).toBe(page.replaceAll(/<title>/g, '&lt;title&gt;'));
  expect(await say('page')).toContain('so nobody is paged for it');
  expect(await say('update It works again')).toContain('no update goes out from here');
  expect(await say('update')).toContain('no update goes out from here');
  expect(await say('handoff communications @dora')).toContain(
    '`/incident assign communications @person` gives it at once',
  );
  expect(await say('close')).toBe('INC-1 is still being written down. Type `/incident resolve` first.');
  expect(await say('report publish')).toContain('INC-1 is being written down, and its report is made when');
  expect(await say('status identified')).toContain('`/incident resolve` makes the report');
  nobodyHeard();
});

test('its lines are at their own times in every notation; a time without a day is one of its own day', async () => {
  const log = (text: string) => s.incident('U0BEN', channel, `log ${text}`);
  expect(await s.incident('U0BEN', channel, 'impact start 2025-08-11 23:40')).toBe(
    'Noted: users were hurt from Mon 11 Aug 2025 23:40 BST.',
  );
  expect(await log('23:41 the hub stops')).toBe('In the timeline at Mon 11 Aug 2025 23:41 BST.');
  expect(await log('ca. 00:10 Sarika cannot log in')).toBe(
    'In the timeline at ca. Tue 12 Aug 2025 00:10 BST.',
  );
  expect(await log('yesterday 23:20 Ben deletes a namespace')).toContain('Mon 11 Aug 2025 23:20 BST');
  expect(await log('2025-08-11T22:50Z Ana is asked')).toContain('Mon 11 Aug 2025 23:50 BST');
  expect(await log('2025-08-12 00:20-00:35 Ana restores the disk')).toContain('00:20–00:35 BST');
  expect(await log('9:30pm CEST nothing yet')).toContain('Mon 11 Aug 2025 20:30 BST');
  expect(await s.incident('U0BEN', channel, 'impact end 00:40')).toContain('until Tue 12 Aug 2025 00:40 BST');
  nobodyHeard();
});

test('hours, a night, a restart and an alert of its service later still nobody is paged, reminded, relieved or told', async () => {
  const before = read(s, channel);
  await s.jump(20);
  await s.away(60);
  // Ben's day ended at 17:30; Ana's and Dora's start in between.
  await s.jump(14 * 60);
  await s.pass(2);
  await s.jump(2 * 60);
  await s.pass(2);
  expect(read(s, channel)).toBe(before);
  nobodyHeard();
  const { status } = await s.google.notify(s.googleWebhook(s.app.url), {
    ...{ host: 'leap.2i2c.cloud', cluster: 'leap', incidentId: '0.abc1', state: 'open' },
    startedAt: new Date(s.now()),
  });
  expect(status).toBe(200);
  await s.pass(1);
  expect(read(s, channel)).toBe(before);
  const offer = messageWith(s, 'incidents', 'leap');
  expect(hasButton(offer.blocks, ACTIONS.declareAlert)).toBe(true);
  expect(wordsOf(offer)).not.toContain('INC-1');
  expect(JSON.stringify(offer.blocks)).not.toContain('Attach to INC-1');
  expect(await s.incident('U0SAR', 'incidents', 'catchup')).toBe(
    'No incident is open, so there is nothing to catch up on.',
  );
  const metrics = await (await fetch(`${s.app.url}/metrics`)).text();
  expect(metrics).toMatch(/^daywatch_open_incidents 0$/m);
});

test('resolved, it gives the report of that day, the review and the question for lessons', async () => {
  expect(await s.incident('U0BEN', channel, 'resolve 2025-08-11 23:00')).toBe(
    'It cannot have been resolved before users were first hurt. Mend the start first: `/incident impact start &lt;when&gt;`.',
  );
  expect(await s.incident('U0BEN', channel, 'resolve ca. 00:45')).toContain('Say one exact time');
  expect(await s.incident('U0BEN', channel, 'resolve 00:45 Ana restored the disk; logins work')).toBe(
    'INC-1 is resolved. The report comes into the channel.',
  );
  await s.pass(1);
  const report = await readFile(join(s.dataDir, 'reports', REPORT), 'utf8');
  expect(report).toContain('date: 2025-08-11\n');
  expect(report).toContain('# Incident report August 11 2025 - LEAP hub is down');
  expect(report).toContain('| **Impact Time** | Aug 11 at 23:40 to Aug 12 at 00:40 |');
  expect(report.match(/^### .*$/gm)).toEqual([
    '### August 11, 2025, 8:30 PM',
    '### 11:20 PM',
    '### 11:41 PM',
    '### 11:50 PM',
    '### August 12, 2025, ca. 12:10 AM',
    '### 12:20-12:35 AM',
    '### 12:45 AM',
  ]);
  expect(report).toContain('Incident resolved.');
  expect(report).not.toMatch(/declares? the incident|joins|16:40|Aug 12 at 16/);
  expect(report).toContain('Ana restored the disk; logins work'.replace('Ana', 'Tech lead'));
  expect(report).not.toMatch(/Time to (page|acknowledge|detect|first update)\*\* \| (?!unknown)/);
  expect(report).toContain('| **Time to resolve** | 1h 5m |');
  expect(read(s, channel)).toContain('*INC-1 is resolved*. The report is ready');
  expect(messageWith(s, channel, 'While you are all here')).toBeDefined();
  expect(cardOf(s, channel)).toMatch(
    /🟢 retrospective, resolved\n.*users hurt from Mon 11 Aug 2025 23:40 BST to Tue 12 Aug 2025 00:40 BST · resolved Tue 12 Aug 2025 00:45 BST/,
  );
  const review = await s.incident('U0BEN', channel, 'review');
  expect(review).toContain('That the community was told is not on record.');
  expect(review).not.toMatch(/first hurt is not known|no longer hurt is not known/);
});

test('a message kept at today’s time is asked about, and a form for it opens on the day of the outage', async () => {
  const { ts } = s.slack.say('U0BEN', channel, 'At 23:45 the pager of the old hub rang');
  await s.quiet();
  s.slack.react('U0BEN', channel, ts, 'pushpin');
  await s.pass(1);
  const review = await s.incident('U0BEN', channel, 'review');
  expect(review).toMatch(/“At 23:45 the pager.*when this was already being written down/);
  await pressInAnswer(s, 'U0BEN', ACTIONS.editEntry);
  const edit = await form(s, 'U0BEN');
  await s.slack.submit('U0BEN', edit.id, { when: '23:45' });
  await s.pass(1);
  expect(await s.incident('U0BEN', channel, 'review')).toMatch(/☑ ~“At 23:45 the pager/);
  expect(await readFile(join(s.dataDir, 'reports', REPORT), 'utf8')).toContain('### 11:45 PM');
});

test('it is published under the day of the outage, and counts in its month without the times that nobody knows', async () => {
  expect(await s.incident('U0DORA', channel, 'report publish')).toContain(`On its way to ${REPORTS}`);
  await s.pass(1);
  const path = 'reports/2025-08-11-leap-hub-is-down.md';
  expect(s.github.file(REPORTS, path, 'daywatch/inc-1-report')).toContain('date: 2025-08-11');
  const { incidents, stats } = await statsOf(s.app.core, { from: '2025-08-11', to: '2025-08-11' });
  expect(incidents).toMatchObject([{ name: 'INC-1', date: '2025-08-11' }]);
  expect(stats.all.medians).toEqual({
    mitigate: { ms: 3_600_000, of: 1 },
    impact: { ms: 3_600_000, of: 1 },
    resolve: { ms: 65 * 60_000, of: 1 },
  });
});

test('it goes out as a case and in again without loss, and is a retrospective there too', async () => {
  const { core } = s.app;
  const { text } = await exportCase(core, { number: 1 });
  expect(text).toContain('Written down afterwards: nobody was paged or told.');
  const choices = { template: '2i2c', public: true };
  const back = await importCase(core, { text, fileName: 'case.json', choices, save: false });
  const again = Number(back.incident.slice(4));
  expect(again).toBeGreaterThan(1);
  expect((await exportCase(core, { number: again })).text).toBe(text);
  const report = await reportOf(core, { number: 1, choices });
  expect((await reportOf(core, { number: again, choices })).markdown).toBe(report.markdown);
});

test('a new outage of the same is no duplicate of it: it is declared at once, and pages', async () => {
  await s.incident('U0BEN', channel, 'reopen');
  expect(cardOf(s, channel)).toContain('📝 retrospective');
  const live = await declared(s, 'U0DORA', 'sev1 LEAP hub is down');
  expect(live).not.toBe(channel);
  await s.pass(1);
  expect(s.pagerduty.incidents()).toHaveLength(1);
  expect(await s.incident('U0BEN', 'incidents', 'declare retrospective sev2 LEAP hub is down')).toMatch(
    /“LEAP hub is down” is open already.*Is it the same\?/s,
  );
  await pressInAnswer(s, 'U0BEN', ACTIONS.declareAnyway);
  expect(lastAnswer(s, 'U0BEN')).toMatch(/^INC-\d is a retrospective \(sev2\)/);
  await s.incident('U0DORA', live, 'cancel');
});

test('the form has a box for it, and the responder of the outage holds the role without being brought in', async () => {
  const before = told(s, 'U0SAR');
  await s.incident('U0CHI', 'incidents', 'declare retrospective sev3');
  const view = await form(s, 'U0CHI');
  expect(JSON.stringify(view.blocks)).toContain('It is over: nobody is paged or told');
  await s.slack.submit('U0CHI', view.id, { title: 'Mail was late', responder: 'U0SAR' });
  await s.quiet();
  expect(lastAnswer(s, 'U0CHI')).toMatch(/^INC-\d is a retrospective \(sev3\): nobody is paged or told\./);
  const made = s.slack.channels().find(({ name }) => name.endsWith('mail-was-late'));
  expect(s.slack.members(made?.id ?? '').toSorted()).toEqual(['U0CHI', 'UDAYWATCH']);
  expect(cardOf(s, made?.id ?? '')).toContain('*Responder:* <@U0SAR>');
  expect(await s.incident('U0CHI', made?.id ?? '', 'log it was the disk')).toMatch(
    /^In the timeline at [^.]*\. That is when this was already being written down/,
  );
  expect(told(s, 'U0SAR')).toEqual(before);
  await press(s, 'U0CHI', made?.id ?? '', ACTIONS.resolve);
  expect(read(s, made?.id ?? '')).toContain('is resolved*. The report is ready');
});

test('an ordinary channel in which it was handled is adopted: what was marked is in the report at its own time', async () => {
  const { slack } = s;
  const { id } = slack.create('U0BEN', 'hub-trouble');
  slack.invite('U0BEN', id, 'U0ANA');
  const first = slack.say('U0ANA', id, 'Nobody can start a server');
  await s.jump(10);
  const sent = slack.say('U0BEN', id, 'We told the community');
  await s.jump(30 * 60);
  slack.react('U0ANA', id, first.ts, 'pushpin');
  slack.react('U0BEN', id, sent.ts, 'mega');
  slack.invite('U0BEN', id, 'UDAYWATCH');
  const announced = read(s, 'incidents');
  const notes = told(s, 'U0ANA').length;
  expect(await s.incident('U0BEN', id, 'adopt retrospective sev1 Servers did not start')).toMatch(
    /^INC-\d is a retrospective \(sev1\): nobody is paged or told\. This is its channel now, and I am reading its history\./,
  );
  await s.jump(20);
  await s.pass(1);
  expect(read(s, 'incidents')).toBe(announced);
  expect(told(s, 'U0ANA')).toHaveLength(notes);
  expect(await timelineOf(s, 'U0BEN', id)).toContain('Nobody can start a server');
  await s.incident('U0BEN', id, 'resolve');
  await s.pass(1);
  const number = Number(/INC-(\d)/.exec(cardOf(s, id))?.[1]);
  const { markdown } = await reportOf(s.app.core, { number, choices: {} });
  const said = new Date(Number(first.ts) * 1000).toISOString().slice(0, 10);
  expect(markdown).toContain(`date: ${said}\n`);
  expect(markdown).toContain('Nobody can start a server');
  expect(markdown).toContain('The community was first told at');
  expect(markdown).not.toMatch(/declares the incident|Incident resolved/);
  expect(await s.incident('U0BEN', id, 'review')).toContain('When users were first hurt is not known.');
});

endsWell(() => s);
