import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { entriesOf } from '../faults/entries.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { PEOPLE } from '../harness/team.ts';
import { endsWell, form, lastAnswer, messageWith, press, read, timelineOf } from './eyes.ts';

const MESSAGES = 5_000;
const THREADS = 45;

let s: Scenario;
beforeAll(async () => {
  s = await startScenario({
    rateLimits: true,
    people: [...PEOPLE, { id: 'U0PD', name: 'PagerDuty', realName: 'PagerDuty', tz: 'Etc/UTC', bot: true }],
  });
});
afterAll(() => s[Symbol.asyncDispose]());

/** A channel that PagerDuty made: people talked for long before the bot came. */
function longTalk(): string {
  const { slack } = s;
  const { id } = slack.create('U0BEN', 'inc-hub-is-down');
  slack.invite('U0BEN', id, 'U0ANA');
  const parents: string[] = [];
  for (let index = 0; index < MESSAGES; index += 1) {
    const threadTs = index % 10 === 9 ? parents[Math.floor(index / 10) % THREADS] : undefined;
    const { ts } = slack.say('U0BEN', id, `Words ${index}`, threadTs === undefined ? {} : { threadTs });
    if (threadTs === undefined && parents.length < THREADS) parents.push(ts);
    if (index % 500 === 3 || index === 4_999) slack.react('U0ANA', id, ts, 'pushpin');
    if (index === 1_234) slack.react('U0ANA', id, ts, 'eyes');
  }
  return id;
}

test('a channel with 5,000 messages is adopted within the limits, with its threads and reactions, and progress is shown in one message', async () => {
  const { slack } = s;
  const channel = longTalk();
  expect(await s.incident('U0BEN', channel, 'adopt sev3')).toContain('Type `/invite @daywatch` here');
  slack.invite('U0BEN', channel, 'UDAYWATCH');
  await s.pass(1);
  const from = slack.calls.length;
  expect(await s.incident('U0BEN', channel, 'adopt sev3')).toBe(
    'INC-1 is declared (sev3), and this is its channel now. I am reading its history.',
  );
  const shown = messageWith(s, channel, 'I am reading what was said in this channel before INC-1');
  expect(wordsOf(shown)).toMatch(/[\d,]+ messages so far, \d+ entries\./);
  await s.pass(2);
  const done = slack.messages(channel).find(({ ts }) => ts === shown.ts);
  expect(wordsOf(done)).toContain(
    'I have read what was said in this channel: 5000 messages. 11 bore one of our reactions and are in the timeline.',
  );
  expect(slack.calls.slice(from).filter(({ error }) => error === 'ratelimited')).toEqual([]);
  expect(slack.calls.filter(({ method }) => method === 'conversations.history').length).toBeLessThan(30);
  const entries = await entriesOf(s, channel);
  expect(entries.map(({ content }) => content.text).sort()).toEqual(
    [...Array.from({ length: 10 }, (_, index) => `Words ${index * 500 + 3}`), 'Words 4999'].sort(),
  );
  expect(read(s, channel)).not.toContain('Recovered');
  expect(await s.incident('U0BEN', channel, 'adopt')).toMatch(/^This is the channel of INC-1 already\./);
}, 180_000);

test('the other messages are offered page by page, and those chosen become entries', async () => {
  const channel = s.slack.channel('inc-hub-is-down').id;
  await press(s, 'U0BEN', channel, ACTIONS.chooseEntries);
  const first = await form(s, 'U0BEN');
  const options = JSON.stringify(first.blocks);
  expect(options).toContain('"text":"Words 0"');
  expect(options).not.toContain('"text":"Words 3"');
  expect(options).toMatch(/After these come 4939 messages more\./);
  const [ts = ''] = /"value":"(\d+\.\d+)"/.exec(options)?.slice(1) ?? [];
  await s.slack.submit('U0BEN', first.id, { 'choices-0': [ts] });
  await s.quiet();
  expect(lastAnswer(s, 'U0BEN')).toContain('Added to the timeline: 1. There are 4939 later messages.');
  const texts = (await entriesOf(s, channel)).map(({ content }) => content.text);
  expect(texts).toHaveLength(12);
  expect(texts).toContain('Words 0');
});

test('a private channel becomes a private incident; a shared or archived one is refused kindly', async () => {
  const { slack } = s;
  const { id } = slack.create('U0BEN', 'quiet-talk', { private: true });
  expect(await s.incident('U0BEN', id, 'adopt')).toContain('Type `/invite @daywatch` here');
  slack.invite('U0BEN', id, 'UDAYWATCH');
  await s.quiet();
  expect(await s.incident('U0BEN', id, 'adopt sev3 A secret matter')).toMatch(/^INC-2 is declared/);
  expect(read(s, 'incidents')).not.toContain('secret matter');
  expect(slack.channel(id).topic).toContain('A secret matter');

  const adopt = (channel: string) => s.incident('U0BEN', channel, 'adopt');
  for (const name of ['shared-talk', 'old-talk', 'general']) {
    slack.create('U0BEN', name);
    slack.invite('U0BEN', name, 'UDAYWATCH');
  }
  slack.share('shared-talk');
  expect(await adopt('shared-talk')).toMatch(/^This channel is shared with another workspace.*declare/);
  slack.archive('U0BEN', 'old-talk');
  expect(await adopt('old-talk')).toMatch(/^This channel is archived\. Unarchive it first/);
  expect(await adopt('general')).toMatch(/^#general is for more than one incident.*declare/);
  expect(await adopt('incidents')).toMatch(/^#incidents is for more than one incident/);
  expect(await adopt(slack.directChannel('U0BEN'))).toMatch(/^A direct message cannot become/);
  expect(await s.incident('U0BEN', 'incidents', 'list')).not.toMatch(/talk|general/);
});

test.each([
  ['was told of before', true],
  ['happened before the bot was there', false],
])('an incident of PagerDuty’s that %s is joined where its own channel is adopted', async (what, isTold) => {
  const { slack, pagerduty } = s;
  if (!isTold) pagerduty.deliverTo('http://127.0.0.1:9/nobody', 'x');
  const title = `LEAP hub: ${what}`;
  const booked = pagerduty.openByIntegration({ title, details: '', serviceId: 'PSVC01', urgency: 'high' });
  await pagerduty.settled();
  s.connect(s.app.url);
  await s.pass(1);
  const { id } = slack.create('U0PD', `server_start_inc_${booked.number}`);
  slack.invite('U0PD', id, 'U0BEN');
  const link = (incident: string) => `https://2i2c.pagerduty.com/incidents/${incident}`;
  slack.say('U0PD', id, '', { attachments: [{ title: `#1 ${title}`, title_link: link(booked.id) }] });
  slack.say('U0PD', id, `See also <${link('QANOTHER1')}|another one>`);
  slack.invite('U0PD', id, 'UDAYWATCH');
  await s.incident('U0BEN', id, `adopt sev2 Adopted: ${what}`);
  await s.pass(1);
  expect(await timelineOf(s, 'U0BEN', id)).toContain(title);
  pagerduty.resolveAs('PANA01', booked.id);
  await s.pass(1);
  expect(await timelineOf(s, 'U0BEN', id)).toMatch(
    new RegExp(`\\(until \\d\\d:\\d\\d BST\\)[^\\n]*${title}`),
  );
});

endsWell(() => s);
