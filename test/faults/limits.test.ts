import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultAct } from '../../src/stand-ins/faults.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { expectDeclaredOnce, onlyChannel, ownMessages } from './whole-incident.ts';

const ENOUGH_S = 4;

function limited(headers: Record<string, string>): FaultAct {
  return { kind: 'answer', status: 429, headers, body: JSON.stringify({ ok: false, error: 'ratelimited' }) };
}

/** Everything that is not a page comes under a limit; of posting, only in the announcement channel. */
const COSMETIC = [
  'conversations.setTopic',
  'bookmarks.list',
  'bookmarks.add',
  'pins.add',
  'conversations.invite',
];

describe('Slack limits what is decoration in the middle of a declare', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ team: ALWAYS_ON_DUTY, movedTime: false, rateLimits: false });
  });
  afterAll(() => scenario?.[Symbol.asyncDispose]());

  test('the page goes out and commands are answered before any of the limits has passed; nothing is dropped', async () => {
    const { slack } = scenario;
    const announcements = slack.channel('incidents').id;
    const act = limited({ 'retry-after': String(ENOUGH_S) });
    for (const method of COSMETIC)
      slack.faults.add({ when: 'before', act, match: ({ name }) => name === method });
    slack.faults.add({
      when: 'before',
      act,
      match: ({ name, args }) => name === 'chat.postMessage' && args.channel === announcements,
    });
    const command = await slack.command('U0BEN', 'incidents', '/incident', 'declare sev1 Under limits');
    expect(command.text).toMatch(/^INC-\d+ is declared/);
    await eventually(() => {
      expect(ownMessages(scenario, slack.directChannel('U0ANA'), 'Under limits')).toEqual(['page:1']);
      expect(scenario.pagerduty.incidents().map(({ assignees }) => assignees)).toEqual([['PANA01']]);
      expect(ownMessages(scenario, onlyChannel(scenario, 'Under limits'))).toContain('card');
    });
    const channel = onlyChannel(scenario, 'Under limits');
    const log = await slack.command('U0BEN', channel, '/incident', 'log Looking into it');
    expect(log.status).toBe(200);
    const limits = slack.calls.filter(
      ({ method, ok }) => !ok && [...COSMETIC, 'chat.postMessage'].includes(method),
    );
    expect(limits.length).toBeGreaterThanOrEqual(4);
    // So far nothing was let through: all of this came while the limits stood.
    expect(slack.channel(channel).topic).toBe('');
    expect(ownMessages(scenario, 'incidents', 'Under limits')).toEqual([]);
    await eventually(() => {
      expect(ownMessages(scenario, 'incidents', 'Under limits')).toEqual(['announcement']);
      expect(slack.channel(channel).topic).toContain('Under limits');
      expect(slack.pins(channel)).toHaveLength(1);
      expect(slack.bookmarks(channel)).toHaveLength(2);
      expect(slack.members(channel)).toContain('U0BEN');
    });
  }, 40_000);

  test('the order of notices in a channel is kept through a limit', async () => {
    const { slack } = scenario;
    await slack.command('U0BEN', 'incidents', '/incident', 'declare sev2 In order');
    const channel = await eventually(() => {
      const id = onlyChannel(scenario, 'In order');
      expect(ownMessages(scenario, id)).toContain('card');
      expect(slack.members(id)).toContain('U0BEN');
      return id;
    });
    const act = limited({ 'retry-after': '1' });
    slack.faults.add({
      when: 'before',
      act,
      match: ({ name, args }) => name === 'chat.postMessage' && args.channel === channel,
    });
    for (const word of ['first', 'second', 'third', 'fourth']) {
      await slack.command('U0BEN', channel, '/incident', `log the ${word} of four`);
    }
    const told = () =>
      slack
        .messages(channel)
        .map(wordsOf)
        .join('\n')
        .match(/the \w+ of four/g);
    await eventually(() => expect(told()).toHaveLength(4));
    expect(told()).toEqual([
      'the first of four',
      'the second of four',
      'the third of four',
      'the fourth of four',
    ]);
  }, 40_000);

  test('that paging fails is said before what waits for a limit of the same channel', async () => {
    const { slack } = scenario;
    await slack.command('U0BEN', 'incidents', '/incident', 'declare sev2 Loud and clear');
    const channel = await eventually(() => {
      const id = onlyChannel(scenario, 'Loud and clear');
      expect(ownMessages(scenario, id)).toContain('card');
      return id;
    });
    const words = () => slack.messages(channel).map(wordsOf).join('\n');
    const isPost = (name: string, args: object) =>
      name === 'chat.postMessage' && 'channel' in args && args.channel === channel;
    slack.faults.add({
      when: 'before',
      act: limited({ 'retry-after': String(ENOUGH_S) }),
      match: ({ name, args }) => isPost(name, args),
    });
    await slack.command('U0BEN', channel, '/incident', 'log a quiet word');
    await eventually(() =>
      expect(slack.calls.filter(({ method, args, ok }) => !ok && isPost(method, args))).toHaveLength(1),
    );
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'POST /incidents',
      when: 'before',
      act: { kind: 'answer', status: 403, body: '{}' },
    });
    await slack.command('U0BEN', channel, '/incident', 'page tech-lead');
    await eventually(() => expect(words()).toContain('Paging <@U0ANA> by PagerDuty *failed*'));
    expect(words()).not.toContain('a quiet word');
    await eventually(() => expect(words()).toContain('a quiet word'));
  }, 40_000);

  test.each<[string, FaultAct]>([
    ['hangs', { kind: 'hang' }],
    ['asks to wait for half a minute', limited({ 'retry-after': '30' })],
  ])(
    'a page is tried again soon where Slack %s',
    async (how, act) => {
      const { slack } = scenario;
      const direct = slack.directChannel('U0ANA');
      slack.faults.add({
        when: 'before',
        act,
        match: ({ name, args }) => name === 'chat.postMessage' && args.channel === direct,
      });
      await slack.command('U0BEN', 'incidents', '/incident', `declare sev1 Slack ${how}`);
      await eventually(() => expect(ownMessages(scenario, direct, how)).toEqual(['page:1']), 9_000);
    },
    20_000,
  );

  test('a limit without a time is waited out as well', async () => {
    const { slack } = scenario;
    slack.faults.add({
      when: 'before',
      act: limited({}),
      match: ({ name }) => name === 'conversations.setTopic',
    });
    await slack.command('U0BEN', 'incidents', '/incident', 'declare sev1 Untimed limit');
    await eventually(() => expectDeclaredOnce(scenario, 'Untimed limit'), 25_000);
  }, 40_000);
});
