import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { wordsOf } from '../harness/scenario.ts';
import { entriesOf } from './entries.ts';
import { type KilledBot, startKilledBot } from './killed-bot.ts';
import type { Point } from './points.ts';
import { onlyChannel } from './whole-incident.ts';

const TITLE = 'Read in pieces';

let killed: KilledBot;
let channel: string;
beforeAll(async () => {
  killed = await startKilledBot();
  await slack().command('U0BEN', 'incidents', '/incident', `declare sev3 ${TITLE}`);
  channel = await eventually(() => onlyChannel(killed.outside, TITLE));
  await eventually(() => expect(slack().pins(channel)).toHaveLength(1));
  slack().invite('U0BEN', channel, 'U0ANA');
  await slack().settled();
}, 60_000);
afterAll(() => killed?.[Symbol.asyncDispose]());

const slack = () => killed.outside.slack;
const expected: string[] = [];

/** Said and marked while no event comes through, in more than a page of the channel and in threads. */
function missed(round: string): void {
  slack().hold(() => true);
  for (let index = 0; index < 210; index += 1) {
    const { ts } = slack().say('U0BEN', channel, `${round} ${index}`);
    if (index % 70 !== 0) continue;
    slack().react('U0ANA', channel, ts, 'pushpin');
    const files = [{ name: `${round}-${index}.txt`, content: `${round} ${index}` }];
    const reply = slack().say('U0ANA', channel, `${round} ${index} reply`, { threadTs: ts, files });
    slack().react('U0BEN', channel, reply.ts, 'pushpin');
    expected.push(`${round} ${index}`, `${round} ${index} reply`);
  }
  slack().release(() => []);
}

const ROUNDS: [string, Point[]][] = [
  ['second page', [{ label: 'conversations.history', when: 'after', skip: 1 }]],
  [
    'thread and file',
    [
      { label: 'conversations.replies', when: 'after', skip: 1 },
      { label: 'files-pri', when: 'before' },
    ],
  ],
  ['telling', [{ label: 'the line', when: 'after', like: /chat\.postMessage notice:recovered/ }]],
];

test.each(ROUNDS)(
  'killed at the %s, the bot goes on and tells of it once',
  async (round, points) => {
    missed(round);
    const act = () => slack().command('U0BEN', channel, '/incident', 'timeline recover');
    await killed.killAt([{ title: TITLE, act, points, alone: true }]);
    const told = () =>
      slack()
        .messages(channel)
        .map(wordsOf)
        .filter((words) => words.includes('Recovered'));
    const rounds = ROUNDS.findIndex(([name]) => name === round) + 1;
    await eventually(() => expect(told()).toHaveLength(rounds));
    expect(told().at(-1)).toContain('Recovered 6 entries');
  },
  60_000,
);

test('the timeline is that of a bot that was there, every file is whole, and each line was said once', async () => {
  const app = await killed.examine();
  const entries = await entriesOf({ app }, channel);
  expect(entries.map(({ content }) => content.text).sort()).toEqual(expected.toSorted());
  const files = entries.flatMap(({ content, kept = {} }) =>
    (content.files ?? []).map(({ id, name }) => ({ id, name, state: kept[id] })),
  );
  expect(files).toHaveLength(9);
  for (const { id, name, state } of files) {
    expect(state).toEqual({ kept: true });
    const place = join(app.core.reportsDir, 'files', `${id}-${name.replaceAll(' ', '-')}`);
    expect(await readFile(place, 'utf8')).toBe(name.replace(/-(\d+)\.txt$/, ' $1'));
  }
  expect(killed.deaths).toBe(3);
  expect(slack().problems).toEqual([]);
}, 60_000);
