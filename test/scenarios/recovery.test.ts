import { expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { entriesOf } from '../faults/entries.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { before, conversation } from './conversation.ts';
import { declared, timelineOf, told } from './eyes.ts';

/** A timeline as it is: what stands where, said by whom, how it reads, and what became of its messages. */
async function standing(scenario: Scenario, channel: string) {
  const entries = await entriesOf(scenario, channel);
  return entries
    .filter(({ removed }) => !removed)
    .map(({ moment, author, content, kind, marks, sourceDeleted = false, recordedBy }) => ({
      at: moment.at,
      author,
      content: { ...content },
      kind,
      marks: marks.map(({ mark, person }) => `${mark} ${person}`).sort(),
      sourceDeleted,
      recordedBy,
    }))
    .toSorted((a, b) => (a.content.text < b.content.text ? -1 : 1));
}

function recoveries({ slack }: Scenario, channel: string): string[] {
  return slack
    .messages(channel)
    .map(wordsOf)
    .filter((words) => /recovered/i.test(words));
}

/** The messages that bear a ✅. */
function marked({ slack }: Scenario, channel: string): string[] {
  const messages = slack.messages(channel);
  return [...messages, ...messages.flatMap(({ ts }) => slack.replies(channel, ts))]
    .filter(({ reactions }) => reactions?.some(({ name }) => name === 'white_check_mark'))
    .map(({ text }) => text)
    .sort();
}

test('a bot that was down for a long conversation comes back to the timeline of one that was up, within the limits', async () => {
  const expected = await (async () => {
    await using up = await startScenario();
    const channel = await declared(up, 'U0BEN', 'sev3 Long talk');
    const known = await before(up, channel);
    conversation(up, channel, known);
    await up.quiet();
    return { entries: await standing(up, channel), marked: marked(up, channel) };
  })();
  expect(expected.entries.length).toBeGreaterThan(40);

  await using down = await startScenario({ rateLimits: true });
  const channel = await declared(down, 'U0BEN', 'sev3 Long talk');
  const known = await before(down, channel);
  const from = down.slack.calls.length;
  await down.awayWhile(30, 0, () => conversation(down, channel, known));
  await down.pass(2);
  expect(await standing(down, channel)).toEqual(expected.entries);
  expect(marked(down, channel)).toEqual(expected.marked);
  expect(down.slack.calls.slice(from).filter(({ ok }) => !ok)).toEqual([]);
  const said = recoveries(down, channel);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    /^Recovered \d+ entries from while I was away; also 4 edited, 1 taken out, 5 whose message was deleted\./,
  );
  // Whoever recorded what was deleted is asked in one message.
  const asked = told(down, 'U0ANA');
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('5 messages that you put into the timeline of INC-1 were deleted in Slack.');
}, 180_000);

test('edits and deletions follow as they happen, and whoever recorded a deleted message decides', async () => {
  await using s = await startScenario();
  const channel = await declared(s, 'U0BEN', 'sev3 Follows');
  const { slack } = s;
  slack.join('U0ANA', slack.channel(channel).name);
  const typo = slack.say('U0ANA', channel, 'The pods are in crahsloop');
  const secret = slack.say('U0ANA', channel, 'The key is hunter2');
  const parent = slack.say('U0BEN', channel, 'Who deleted the namespace?');
  slack.say('U0ANA', channel, 'Me, sorry', { threadTs: parent.ts });
  await s.quiet();
  for (const { ts } of [typo, secret, parent]) slack.react('U0BEN', channel, ts, 'pushpin');
  await s.quiet();

  slack.edit('U0ANA', channel, typo.ts, 'The pods are in *crashloop*');
  slack.unfurl(channel, typo.ts, [{ from_url: 'https://a.example', text: 'a preview' }]);
  slack.remove('U0ANA', channel, secret.ts);
  slack.remove('U0BEN', channel, parent.ts);
  await s.quiet();
  let timeline = await timelineOf(s, 'U0BEN', channel);
  expect(timeline).toContain('<@U0ANA>: The pods are in *crashloop*');
  expect(timeline.match(/crahsloop/g)).toHaveLength(1);
  expect(timeline).toMatch(/The key is hunter2.*its message was deleted/);
  expect(timeline).toMatch(/Who deleted the namespace\?.*its message was deleted/);

  expect(told(s, 'U0BEN').join('\n')).toContain('“The key is hunter2”');
  await slack.press(
    'U0BEN',
    { channel: slack.directChannel('U0BEN'), ts: dm(s, 'hunter2') },
    ACTIONS.removeDeleted,
  );
  await s.quiet();
  await slack.press(
    'U0BEN',
    { channel: slack.directChannel('U0BEN'), ts: dm(s, 'namespace') },
    ACTIONS.keepDeleted,
  );
  await s.quiet();
  timeline = await timelineOf(s, 'U0BEN', channel);
  expect(timeline).toMatch(/_Taken out:_ The key is hunter2/);
  expect(timeline).not.toMatch(/_Taken out:_ Who deleted/);
  expect(told(s, 'U0BEN').join('\n')).not.toContain('hunter2');
  expect(told(s, 'U0BEN').join('\n')).toContain('It stays.');
});

function dm({ slack }: Scenario, words: string): string {
  return slack.directMessages('U0BEN').find((message) => wordsOf(message).includes(words))?.ts ?? '';
}

test('recording a message that was seen costs no call before the ✅, and reading again on demand finds what never came', async () => {
  await using s = await startScenario();
  const channel = await declared(s, 'U0BEN', 'sev3 On demand');
  const { slack } = s;
  const seen = slack.say('U0BEN', channel, 'Seen and pinned');
  await s.quiet();
  const from = slack.calls.length;
  slack.react('U0BEN', channel, seen.ts, 'pushpin');
  await s.quiet();
  expect(slack.calls.slice(from).map(({ method }) => method)).toEqual(['reactions.add']);

  expect(await s.incident('U0BEN', channel, 'timeline recover')).toContain('I am reading this channel again');
  expect(recoveries(s, channel)).toEqual([]);
  expect(told(s, 'U0BEN').at(-1)).toMatch(/channel of INC-1 again.*Nothing was missing/);

  slack.hold(() => true);
  const parent = slack.say('U0BEN', channel, 'Never heard of');
  const reply = slack.say('U0BEN', channel, 'Nor of this', { threadTs: parent.ts });
  slack.react('U0BEN', channel, parent.ts, 'pushpin');
  slack.react('U0BEN', channel, reply.ts, 'mega');
  slack.unreact('U0BEN', channel, seen.ts, 'pushpin');
  slack.release(() => []);
  await s.pass(1);
  await s.incident('U0BEN', channel, 'timeline recover');
  expect(recoveries(s, channel)).toEqual([
    'Recovered 2 entries from while I was away; also 1 taken out. `/incident timeline` shows the timeline.',
  ]);
  expect((await standing(s, channel)).map(({ content, kind }) => [content.text, kind])).toEqual([
    ['Never heard of', 'message'],
    ['Nor of this', 'update'],
  ]);
  // Nothing was missed this time, so nothing is said.
  await s.away(5);
  expect(recoveries(s, channel)).toHaveLength(1);
});
