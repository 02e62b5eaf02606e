import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { entriesOf } from './entries.ts';
import { expectDeclaredOnce, onlyChannel } from './whole-incident.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({
    team: ALWAYS_ON_DUTY,
    socketMode: true,
    movedTime: false,
    rateLimits: false,
  });
});
afterAll(() => scenario?.[Symbol.asyncDispose]());

const texts = async (channel: string) =>
  (await entriesOf(scenario, channel)).map(({ content }) => content.text);

test('a declare and a reaction work without a public address', async () => {
  const { slack } = scenario;
  expect(await scenario.incident('U0BEN', 'incidents', 'declare sev1 By socket')).toMatch(
    /^INC-1 is declared/,
  );
  await eventually(() => expectDeclaredOnce(scenario, 'By socket'));
  const channel = onlyChannel(scenario, 'By socket');
  const said = slack.say('U0BEN', channel, 'Heard by socket');
  slack.react('U0BEN', channel, said.ts, 'pushpin');
  await scenario.quiet();
  expect(await texts(channel)).toEqual(['Heard by socket']);
});

test('Slack hangs up; what happens in the gap comes again and is kept once', async () => {
  const { slack } = scenario;
  const channel = onlyChannel(scenario, 'By socket');
  const said = slack.say('U0BEN', channel, 'Said in the gap');
  slack.disconnectSockets('refresh_requested');
  await eventually(() => expect(slack.socketConnections).toBe(0));
  slack.react('U0BEN', channel, said.ts, 'pushpin');
  await slack.settled();
  await eventually(() => expect(slack.socketConnections).toBe(1));
  await slack.retryPending();
  await slack.retryPending();
  await scenario.quiet();
  expect(await texts(channel)).toEqual(['Heard by socket', 'Said in the gap']);
  expect(slack.pendingRetries).toBe(0);
});

test('what Slack never sends again is read when the connection stands, and told in one line', async () => {
  const { slack } = scenario;
  const channel = onlyChannel(scenario, 'By socket');
  const told = () =>
    slack
      .messages(channel)
      .map(wordsOf)
      .filter((words) => words.includes('Recovered'));
  // Of the gap before, where it was read sooner than Slack sent it again.
  const before = told().length;
  slack.hold(() => true);
  slack.disconnectSockets('refresh_requested');
  const said = slack.say('U0BEN', channel, 'Never sent');
  const reply = slack.say('U0BEN', channel, 'Nor this', { threadTs: said.ts });
  for (const { ts } of [said, reply]) slack.react('U0BEN', channel, ts, 'pushpin');
  slack.release(() => []);
  await eventually(async () =>
    expect((await texts(channel)).sort()).toEqual([
      'Heard by socket',
      'Never sent',
      'Nor this',
      'Said in the gap',
    ]),
  );
  await scenario.quiet();
  await eventually(() =>
    expect(told().slice(before)).toEqual([expect.stringMatching(/^Recovered 2 entries from while/)]),
  );
});

test('one delivery four times over is one entry', async () => {
  const { slack } = scenario;
  await slack.redeliver('last', 4);
  await scenario.quiet();
  expect(await texts(onlyChannel(scenario, 'By socket'))).toHaveLength(4);
});

test('being told of a limit on events ends nothing', async () => {
  expect((await scenario.slack.limitEvents()).status).toBe(200);
  expect(await scenario.incident('U0BEN', onlyChannel(scenario, 'By socket'), 'status identified')).toContain(
    'identified',
  );
});
