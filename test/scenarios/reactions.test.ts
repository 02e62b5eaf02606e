import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHORTCUTS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { cardOf, declared, endsWell, form, reacts, read, says, timelineOf, told } from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T17:59:00+01:00') });
});
afterAll(() => scenario[Symbol.asyncDispose]());

/** Emoji on a message, by name, that the bot has put there. */
function botMarks(channel: string, ts: string, threadTs?: string): string[] {
  const messages = threadTs ? scenario.slack.replies(channel, threadTs) : scenario.slack.messages(channel);
  const found = messages.find((message) => message.ts === ts);
  return (found?.reactions ?? []).filter(({ users }) => users.includes('UDAYWATCH')).map(({ name }) => name);
}

describe('reactions', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(scenario, 'U0BEN', 'sev3 Marked words');
  });

  test('📌 puts a message into the timeline at its own time, and ✅ says so', async () => {
    const ts = await says(scenario, 'U0ANA', channel, 'The load balancer answers `502`');
    await scenario.pass(10);
    await reacts(scenario, 'U0BEN', channel, ts, 'pushpin');
    expect(botMarks(channel, ts)).toEqual(['white_check_mark']);
    expect(await timelineOf(scenario, 'U0BEN', channel)).toMatch(
      /\*17:59 BST\* <@U0ANA>: The load balancer answers `502`/,
    );
  });

  test('the last 📌 taken away takes the entry out and the ✅ off; put back, it is back', async () => {
    const ts = await says(scenario, 'U0ANA', channel, 'It was the certificate');
    await reacts(scenario, 'U0BEN', channel, ts, 'pushpin');
    await reacts(scenario, 'U0DORA', channel, ts, 'pushpin');
    scenario.slack.unreact('U0BEN', channel, ts, 'pushpin');
    await scenario.quiet();
    expect(botMarks(channel, ts)).toEqual(['white_check_mark']);
    scenario.slack.unreact('U0DORA', channel, ts, 'pushpin');
    await scenario.quiet();
    expect(botMarks(channel, ts)).toEqual([]);
    expect(await timelineOf(scenario, 'U0BEN', channel)).toContain('_Taken out:_ It was the certificate');
    await reacts(scenario, 'U0BEN', channel, ts, 'pushpin');
    expect(botMarks(channel, ts)).toEqual(['white_check_mark']);
    expect(await timelineOf(scenario, 'U0BEN', channel)).not.toContain('_Taken out:_ It was the certificate');
  });

  test('on a thread reply it is the reply that is recorded, not its neighbour', async () => {
    const parent = await says(scenario, 'U0ANA', channel, 'What do we know?');
    await says(scenario, 'U0ANA', channel, 'The first reply', parent);
    const reply = await says(scenario, 'U0BEN', channel, 'The second reply', parent);
    await says(scenario, 'U0ANA', channel, 'Something else');
    await reacts(scenario, 'U0BEN', channel, reply, 'pushpin');
    expect(botMarks(channel, reply, parent)).toEqual(['white_check_mark']);
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain('<@U0BEN>: The second reply');
    expect(timeline).not.toMatch(/What do we know|The first reply|Something else/);
  });

  test('🔨 makes an action item and an issue, once', async () => {
    const before = scenario.github.issues('2i2c-org/infrastructure').length;
    const ts = await says(scenario, 'U0ANA', channel, 'Renew certificates *by machine*');
    await reacts(scenario, 'U0BEN', channel, ts, 'hammer');
    await reacts(scenario, 'U0DORA', channel, ts, 'hammer');
    const issues = scenario.github.issues('2i2c-org/infrastructure').slice(before);
    expect(issues).toMatchObject([
      { title: '[Incident Action]: Renew certificates by machine', labels: ['incident-action-item'] },
    ]);
    expect(read(scenario, channel)).toContain(
      `🔨 Action item 1: <https://github.com/2i2c-org/infrastructure/issues/${issues[0]?.number}|Renew certificates by machine>`,
    );
    expect(cardOf(scenario, channel)).toContain('🔨 1 action item');
    expect(botMarks(channel, ts)).toEqual(['white_check_mark']);
  });

  test('🔨 taken away takes the action item back; put again, it is the same one and the same issue', async () => {
    const ts = await says(scenario, 'U0ANA', channel, 'Watch the expiry');
    await reacts(scenario, 'U0BEN', channel, ts, 'hammer');
    const issues = scenario.github.issues('2i2c-org/infrastructure');
    scenario.slack.unreact('U0BEN', channel, ts, 'hammer');
    await scenario.quiet();
    expect(read(scenario, channel)).toMatch(
      /Action item 2 is taken back; <https:\S+\|its issue> stays open until somebody closes it\./,
    );
    expect(cardOf(scenario, channel)).toContain('🔨 1 action item');
    expect(botMarks(channel, ts)).toEqual([]);
    await reacts(scenario, 'U0BEN', channel, ts, 'hammer');
    expect(cardOf(scenario, channel)).toContain('🔨 2 action items');
    expect(botMarks(channel, ts)).toEqual(['white_check_mark']);
    expect(scenario.github.issues('2i2c-org/infrastructure')).toEqual(issues);
  });

  test('💡 makes a lesson, 📣 an update that the card counts', async () => {
    const lesson = await says(scenario, 'U0ANA', channel, 'Nobody watched the expiry');
    await reacts(scenario, 'U0BEN', channel, lesson, 'bulb');
    expect(cardOf(scenario, channel)).toContain('💡 1 lesson');
    expect(cardOf(scenario, channel)).toContain('☐ community told');
    const update = await says(scenario, 'U0ANA', channel, 'We told the community');
    await reacts(scenario, 'U0BEN', channel, update, 'mega');
    expect(cardOf(scenario, channel)).toContain('☑ community told 18:09 BST');
    expect(botMarks(channel, update)).toEqual(['white_check_mark']);
  });

  test('📣 on a message that is in the timeline already counts as well, until it is taken away', async () => {
    const other = await declared(scenario, 'U0BEN', 'sev3 Told late');
    const ts = await says(scenario, 'U0BEN', other, 'Mail to everybody is out');
    await reacts(scenario, 'U0BEN', other, ts, 'pushpin');
    expect(cardOf(scenario, other)).toContain('☐ community told');
    await reacts(scenario, 'U0BEN', other, ts, 'mega');
    expect(cardOf(scenario, other)).toContain('☑ community told');
    scenario.slack.unreact('U0BEN', other, ts, 'mega');
    await scenario.quiet();
    expect(cardOf(scenario, other)).toContain('☐ community told');
    expect(botMarks(other, ts)).toEqual(['white_check_mark']);
  });

  test('delivered again, or with a skin tone or another emoji, changes nothing', async () => {
    const ts = await says(scenario, 'U0ANA', channel, 'Said once');
    await reacts(scenario, 'U0BEN', channel, ts, 'pushpin');
    await scenario.slack.redeliver('last', 3);
    await reacts(scenario, 'U0BEN', channel, ts, 'eyes');
    await scenario.quiet();
    expect((await timelineOf(scenario, 'U0BEN', channel)).match(/Said once/g)).toHaveLength(1);
  });

  test('outside an incident channel means nothing', async () => {
    const ts = await says(scenario, 'U0ANA', 'incidents', 'Lunch?');
    await reacts(scenario, 'U0BEN', 'incidents', ts, 'pushpin');
    expect(botMarks('incidents', ts)).toEqual([]);
  });

  test('links, code, quotes and lists are kept', async () => {
    const words = [
      'See <https://example.org/run|the run book> and `kubectl get pods`',
      '> it was fine yesterday',
      '• one',
      '• two',
      '```error: <none> & more```',
    ].join('\n');
    const ts = await says(scenario, 'U0ANA', channel, words);
    await reacts(scenario, 'U0BEN', channel, ts, 'pushpin');
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain('See <https://example.org/run|the run book> and `kubectl get pods`');
    expect(timeline).toContain('it was fine yesterday');
    expect(timeline).toContain('```\nerror: &lt;none&gt; &amp; more\n```');
  });
});

describe('the shortcut Add to timeline', () => {
  test('offers the message’s own time, and takes another', async () => {
    const channel = await declared(scenario, 'U0BEN', 'sev3 By shortcut');
    const own = await says(scenario, 'U0ANA', channel, 'Left as it is');
    const moved = await says(scenario, 'U0ANA', channel, 'Happened before it was said');
    await scenario.pass(3);
    await scenario.slack.shortcut('U0CHI', SHORTCUTS.addToTimeline, channel, own);
    const first = await form(scenario, 'U0CHI');
    expect(JSON.stringify(first.blocks)).toContain('2025-08-12 10:09');
    expect(JSON.stringify(first.blocks)).toContain('in the report it is 2025-08-12 18:09 BST');
    await scenario.slack.submit('U0CHI', first.id);
    await scenario.slack.shortcut('U0CHI', SHORTCUTS.addToTimeline, channel, moved);
    const second = await form(scenario, 'U0CHI');
    const refused = await scenario.slack.submit('U0CHI', second.id, { when: 'soonish' });
    expect(refused.errors?.when).toContain('17:32');
    await scenario.slack.submit('U0CHI', second.id, { when: 'ca. 09:30' });
    await scenario.quiet();
    // She is not in the channel, where nobody could answer to her alone.
    expect(told(scenario, 'U0CHI').at(-1)).toBe('It is in the timeline.');
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain('*18:09 BST* <@U0ANA>: Left as it is');
    expect(timeline).toContain('*ca. 17:30 BST* <@U0ANA>: Happened before it was said');
    expect(botMarks(channel, moved)).toEqual(['white_check_mark']);
  });
});

endsWell(() => scenario);
