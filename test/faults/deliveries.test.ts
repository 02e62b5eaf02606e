import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import type { Delivery } from '../../src/stand-ins/slack/deliveries.ts';
import { signedHeaders } from '../../src/stand-ins/slack/signature.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { entriesOf } from './entries.ts';
import { onlyChannel, ownMessages } from './whole-incident.ts';

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({ team: ALWAYS_ON_DUTY });
  await scenario.incident('U0BEN', 'incidents', 'declare sev2 Hub is slow');
  channel = onlyChannel(scenario, 'Hub is slow');
  scenario.slack.invite('U0BEN', channel, 'U0ANA');
  await scenario.quiet();
});
afterAll(() => scenario?.[Symbol.asyncDispose]());

const eventsOf = (type: string) =>
  scenario.slack.deliveries.filter(({ kind, body }) => kind === 'event' && eventIn(body)?.type === type);

function eventIn(body: Record<string, unknown>): Record<string, unknown> | undefined {
  return body.event as Record<string, unknown> | undefined;
}

/** The very bytes of a delivery once more, signed now, as Slack's own retry or a recorded request. */
async function again({ kind, body }: Delivery): Promise<Response> {
  const form =
    kind === 'command'
      ? new URLSearchParams(
          Object.entries(body).map(([name, value]): [string, string] => [name, String(value)]),
        )
      : new URLSearchParams({ payload: JSON.stringify(body) });
  return fetch(`${scenario.app.url}/slack/events`, {
    method: 'POST',
    body: form.toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedHeaders(scenario.environment.SLACK_SIGNING_SECRET ?? '', form.toString()),
    },
  });
}

function lastOf(kind: Delivery['kind']): Delivery {
  const last = scenario.slack.deliveries.findLast((delivery) => delivery.kind === kind);
  if (!last) throw new Error(`there was no ${kind}`);
  return last;
}

const factCount = () => scenario.app.core.store.database.prisma.fact.count();

describe('events', () => {
  test('one reaction delivered four times, the first still being worked on, is one entry', async () => {
    const said = scenario.slack.say('U0BEN', channel, 'I look at the logs');
    scenario.slack.react('U0ANA', channel, said.ts, 'pushpin');
    const event = String(eventsOf('reaction_added').at(-1)?.body.event_id);
    await scenario.slack.redeliver(event, 3);
    await scenario.quiet();
    const entries = await entriesOf(scenario, channel);
    expect(entries.filter(({ content }) => content.text === 'I look at the logs')).toMatchObject([
      { marks: [{ mark: 'timeline', person: 'U0ANA' }] },
    ]);
  });

  test('a reaction on a thread reply records that reply, also when only its last delivery comes', async () => {
    const { slack } = scenario;
    const parent = slack.say('U0BEN', channel, 'Who has seen the disk?');
    const reply = slack.say('U0ANA', channel, 'The disk is full', { threadTs: parent.ts });
    slack.say('U0BEN', channel, 'Right after it');
    slack.hold((body) => eventIn(body)?.type === 'reaction_added');
    slack.react('U0BEN', channel, reply.ts, 'pushpin');
    await scenario.quiet();
    expect((await entriesOf(scenario, channel)).map(({ content }) => content.text)).not.toContain(
      'The disk is full',
    );
    slack.release();
    await scenario.quiet();
    const texts = (await entriesOf(scenario, channel)).map(({ content }) => content.text);
    expect(texts.filter((text) => /disk|Right after/.test(text))).toEqual(['The disk is full']);
    expect(slack.replies(channel, parent.ts)[0]?.reactions?.map(({ name }) => name)).toEqual([
      'pushpin',
      'white_check_mark',
    ]);
  });

  test('a reaction on a reply that was never heard is looked up, and is that reply', async () => {
    const { slack } = scenario;
    slack.hold((body) => eventIn(body)?.type === 'message');
    const parent = slack.say('U0BEN', channel, 'Unheard question');
    const reply = slack.say('U0ANA', channel, 'Unheard answer', { threadTs: parent.ts });
    slack.say('U0BEN', channel, 'Unheard neighbour');
    slack.react('U0BEN', channel, reply.ts, 'pushpin');
    await scenario.quiet();
    slack.release(() => []);
    const texts = (await entriesOf(scenario, channel)).map(({ content }) => content.text);
    expect(texts.filter((text) => text.startsWith('Unheard'))).toEqual(['Unheard answer']);
  });

  test('a reaction taken away, heard before it was heard of, leaves nothing', async () => {
    const { slack } = scenario;
    const said = slack.say('U0BEN', channel, 'Never mind this');
    await scenario.quiet();
    slack.hold((body) => String(eventIn(body)?.type).startsWith('reaction_'));
    slack.react('U0BEN', channel, said.ts, 'pushpin');
    slack.unreact('U0BEN', channel, said.ts, 'pushpin');
    slack.release((held) => held.toReversed());
    await scenario.quiet();
    const standing = (await entriesOf(scenario, channel)).filter(({ removed }) => !removed);
    expect(standing.map(({ content }) => content.text)).not.toContain('Never mind this');
    expect(slack.messages(channel).find(({ ts }) => ts === said.ts)?.reactions ?? []).toEqual([]);
  });
});

describe('gestures that come again', () => {
  test('a declaring command makes one incident, and does not offer its own', async () => {
    await scenario.incident('U0BEN', 'incidents', 'declare sev2 Twice heard');
    const replay = await again(lastOf('command'));
    expect(replay.status).toBe(200);
    expect(wordsOf(JSON.parse(await replay.text()))).toBe('That was taken already.');
    await scenario.quiet();
    onlyChannel(scenario, 'Twice heard');
  });

  test('a command in the channel is one change', async () => {
    await scenario.incident('U0BEN', channel, 'log The disk was cleared');
    const before = await factCount();
    expect((await again(lastOf('command'))).status).toBe(200);
    await scenario.quiet();
    expect(await factCount()).toBe(before);
  });

  test('a declare form is one incident', async () => {
    const { slack } = scenario;
    await scenario.incident('U0BEN', 'incidents', 'declare');
    const view = await slack.until(() => slack.views('U0BEN').at(-1));
    await slack.submit('U0BEN', view.id, { title: 'From a form' });
    await scenario.quiet();
    const before = await factCount();
    expect((await again(lastOf('interactive'))).status).toBe(200);
    await scenario.quiet();
    expect(await factCount()).toBe(before);
    onlyChannel(scenario, 'From a form');
  });

  test('two people press “I have it” at the same instant: one has it, the other is told', async () => {
    const { slack } = scenario;
    await scenario.incident('U0BEN', 'incidents', 'declare sev2 Who takes it');
    const own = onlyChannel(scenario, 'Who takes it');
    await scenario.incident('U0BEN', own, 'page tech-lead');
    const page = slack.directMessages('U0ANA').find((message) => wordsOf(message).includes('Who takes it'));
    const dm = slack.directChannel('U0ANA');
    const before = slack.ephemerals('U0BEN').length;
    const [press, command] = await Promise.all([
      slack.press('U0ANA', { channel: dm, ts: page?.ts ?? '' }, ACTIONS.haveIt),
      slack.command('U0BEN', own, '/incident', 'ack'),
    ]);
    await scenario.quiet();
    expect([press.status, command.status]).toEqual([200, 200]);
    // The answer to a press comes by an address of its own, after the press was answered.
    await slack.until(() => slack.ephemerals('U0ANA').at(-1));
    const told = [wordsOf(command), ...slack.ephemerals('U0ANA').map(wordsOf)].join('\n');
    expect(told.match(/You have it\. The channel knows/g)).toHaveLength(1);
    expect(told.match(/has it already/g)).toHaveLength(1);
    expect(slack.ephemerals('U0BEN').length).toBeGreaterThan(before);
    expect(
      ownMessages(scenario, own).filter((message) => message.startsWith('notice:acknowledged')),
    ).toHaveLength(1);

    const facts = await factCount();
    expect((await again(lastOf('interactive'))).status).toBe(200);
    await scenario.quiet();
    expect(await factCount()).toBe(facts);
  });
});

describe('webhooks that come again', () => {
  test('an acknowledgement in PagerDuty counts once', async () => {
    await scenario.incident('U0BEN', 'incidents', 'declare sev2 Taken in PagerDuty');
    const own = onlyChannel(scenario, 'Taken in PagerDuty');
    await scenario.incident('U0BEN', own, 'page tech-lead');
    const booked = scenario.pagerduty.incidents().find(({ title }) => title.includes('Taken in PagerDuty'));
    scenario.pagerduty.acknowledgeAs('PANA01', booked?.id ?? '');
    await scenario.quiet();
    expect(ownMessages(scenario, own)).toContain('notice:acknowledged:1');
    const before = await factCount();
    expect(await scenario.pagerduty.redeliverLast()).toBe(202);
    await scenario.quiet();
    expect(await factCount()).toBe(before);
  });
});
