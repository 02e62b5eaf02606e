import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared, endsWell, form, hasButton, lastAnswer, pressInAnswer, read, timelineOf } from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T17:59:00+01:00') });
});
afterAll(() => scenario[Symbol.asyncDispose]());

describe('log', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(scenario, 'U0BEN', 'sev3 Log book');
  });

  test.each([
    ['17:32 pods are gone', '17:32 BST', 'pods are gone'],
    ['5:33pm still gone', '17:33 BST', 'still gone'],
    ['ca. 16:30 UTC first complaint', 'ca. 17:30 BST', 'first complaint'],
    ['~17:31 somebody saw it', 'ca. 17:31 BST', 'somebody saw it'],
    ['17:30-17:45 nobody could log in', '17:30–17:45 BST', 'nobody could log in'],
    ['yesterday 23:10 the disk filled up', 'Mon 11 Aug 23:10 BST', 'the disk filled up'],
    ['2025-08-11 08:15 Europe/Bucharest a node left', 'Mon 11 Aug 06:15 BST', 'a node left'],
    ['no time at all', '17:59 BST', 'no time at all'],
  ])('“%s” stands at %s', async (typed, when, text) => {
    expect(await scenario.incident('U0BEN', channel, `log ${typed}`)).toBe(`In the timeline at ${when}.`);
    expect(read(scenario, channel)).toContain(`📝 ${when} <@U0BEN>: ${text}`);
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain(`*${when.replace('Mon 11 Aug ', '')}* <@U0BEN>: ${text}`);
  });

  test('a time without a zone is the speaker’s own', async () => {
    await scenario.incident('U0CHI', channel, 'log 09:41 seen from Los Angeles');
    expect(await timelineOf(scenario, 'U0BEN', channel)).toContain('*17:41 BST* <@U0CHI>: seen from');
    expect(await timelineOf(scenario, 'U0CHI', channel)).toContain('*09:41 PDT* <@U0CHI>: seen from');
  });

  test('is in order of time, with a line for each day', async () => {
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    const order = [
      '*Mon 11 Aug*',
      'a node left',
      'the disk filled up',
      '*Tue 12 Aug*',
      'first complaint',
      'pods are gone',
      'still gone',
    ];
    const places = order.map((words) => timeline.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test.each([
    ['', 'There is nothing to log. Type `/incident log 17:32 what happened`.'],
    ['17:32', 'There is nothing to log. Type `/incident log 17:32 what happened`.'],
    ['25:99 nonsense', '25:99 is not a time of day; hours go from 00 to 23 and minutes from 00 to 59.'],
    [
      '23:30 the future',
      /^23:30 is still to come today; did you mean yesterday 23:30\? Type it as `2025-08-11 23:30 \+01:00`/,
    ],
  ])('“%s” is refused with what to type', async (typed, sentence) => {
    const entries = await timelineOf(scenario, 'U0BEN', channel);
    const answer = await scenario.incident('U0BEN', channel, `log ${typed}`);
    if (typeof sentence === 'string') expect(answer).toBe(sentence);
    else expect(answer).toMatch(sentence);
    expect(await timelineOf(scenario, 'U0BEN', channel)).toBe(entries);
  });

  test('people’s words stay as typed: nobody is notified, no mark is lost', async () => {
    await scenario.incident(
      'U0BEN',
      channel,
      'log 17:50 said “no” to <!channel> & @ana, see https://example.org/a_b_c',
    );
    const line = read(scenario, channel).split('\n').at(-1);
    expect(line).toContain(
      'said “no” to @\u2060channel &amp; <@U0ANA>, see <https://example.org/a_b_c|https://example.org/a_b_c>',
    );
  });
});

describe('the view', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(scenario, 'U0BEN', 'sev3 Long story');
    for (let count = 1; count <= 14; count += 1) {
      await scenario.incident('U0BEN', channel, `log 17:${String(count).padStart(2, '0')} line ${count}`);
    }
  });

  test('turns its pages both ways', async () => {
    const latest = await scenario.incident('U0BEN', channel, 'timeline');
    expect(latest).toContain('line 14');
    expect(latest).not.toContain('line 2\n');
    await pressInAnswer(scenario, 'U0BEN', ACTIONS.showTimelinePage);
    const earlier = lastAnswer(scenario, 'U0BEN');
    expect(earlier).toContain('line 1');
    expect(earlier).not.toContain('line 14');
    await pressInAnswer(scenario, 'U0BEN', `${ACTIONS.showTimelinePage}_later`);
    expect(lastAnswer(scenario, 'U0BEN')).toBe(latest);
  });

  test('removes and restores, and stays on its page', async () => {
    await scenario.incident('U0BEN', channel, 'timeline');
    await pressInAnswer(scenario, 'U0BEN', ACTIONS.showTimelinePage);
    const entry = buttonsUnder('line 1');
    await pressInAnswer(scenario, 'U0BEN', ACTIONS.removeEntry, entry);
    expect(lastAnswer(scenario, 'U0BEN')).toContain('_Taken out:_ line 1');
    await pressInAnswer(scenario, 'U0BEN', ACTIONS.restoreEntry, entry);
    expect(lastAnswer(scenario, 'U0BEN')).not.toContain('Taken out');
    expect(lastAnswer(scenario, 'U0BEN')).toContain('line 1');
  });

  test('edits words and time, and keeps what was there', async () => {
    await scenario.incident('U0BEN', channel, 'timeline');
    await pressInAnswer(scenario, 'U0BEN', ACTIONS.editEntry, buttonsUnder('line 14'));
    const view = await form(scenario, 'U0BEN');
    const shown = JSON.stringify(view.blocks);
    expect(shown).toContain('2025-08-12 17:14');
    const empty = await scenario.slack.submit('U0BEN', view.id, { text: '  ' });
    expect(empty.errors).toEqual({ text: 'An entry needs words. To take it out, press Remove.' });
    const wrong = await scenario.slack.submit('U0BEN', view.id, { text: 'line fourteen', when: '99:99' });
    expect(wrong.errors?.when).toContain('is not a time of day');
    const sent = await scenario.slack.submit('U0BEN', view.id, {
      text: 'line fourteen',
      when: '17:20-17:25',
    });
    expect(sent.errors).toBeUndefined();
    await scenario.quiet();
    expect(lastAnswer(scenario, 'U0BEN')).toBe('Saved. `/incident timeline` shows it.');
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain('*17:20–17:25 BST* <@U0BEN>: line fourteen');
  });

  test('what Daywatch wrote itself cannot be edited away', async () => {
    const timeline = await scenario.incident('U0BEN', channel, 'timeline');
    expect(timeline).toContain('declares the incident');
    const shown = scenario.slack.ephemerals('U0BEN').at(-1);
    const blocks = shown?.blocks ?? [];
    const at = blocks.findIndex((block) => JSON.stringify(block).includes('declares the incident'));
    expect(hasButton(blocks[at + 1], ACTIONS.removeEntry)).toBe(false);
  });

  /** The value of the buttons under the entry that says so, in what Ben saw last. */
  function buttonsUnder(words: string): string {
    const blocks = scenario.slack.ephemerals('U0BEN').at(-1)?.blocks ?? [];
    const at = blocks.findIndex((block) => new RegExp(`${words}"`).test(JSON.stringify(block)));
    const value = /"value":"([^"]*)"/.exec(JSON.stringify(blocks.slice(at + 1, at + 3)))?.[1];
    if (value === undefined) throw new Error(`no buttons under “${words}”`);
    return value;
  }
});

endsWell(() => scenario);
