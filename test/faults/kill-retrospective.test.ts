import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { PEOPLE } from '../harness/team.ts';
import { type KilledBot, startKilledBot } from './killed-bot.ts';
import type { Point } from './points.ts';
import { onlyChannel, ownMessages, timelinesOf } from './whole-incident.ts';

/** Where what is only written down may be cut off: making its channel, calling its declarer, showing its card. */
const POINTS: Point[] = ['conversations.create', 'conversations.invite', 'chat.postMessage card'].flatMap(
  (label): Point[] => [
    { label, when: 'before' },
    { label, when: 'after' },
  ],
);

let killed: KilledBot;
beforeAll(async () => {
  killed = await startKilledBot();
}, 60_000);
afterAll(() => killed?.[Symbol.asyncDispose]());

test('a retrospective that the bot died over is there once, with its declarer alone, and nobody was paged or told', async () => {
  const titles = POINTS.map((_, index) => `Bygone outage ${index + 1}`);
  await killed.killAt(
    titles.map((title, index) => ({
      title,
      points: POINTS.slice(index, index + 1),
      act: () =>
        killed.outside.slack.command(
          'U0BEN',
          'incidents',
          '/incident',
          `declare retrospective sev1 ${title}`,
        ),
    })),
  );
  const { slack, pagerduty } = killed.outside;
  for (const title of titles) {
    await eventually(() => {
      const id = onlyChannel(killed.outside, title);
      expect(slack.members(id).toSorted(), title).toEqual(['U0BEN', 'UDAYWATCH']);
      expect(ownMessages(killed.outside, id), title).toEqual(['card']);
      expect(slack.pins(id), title).toHaveLength(1);
    });
  }
  const told = await timelinesOf(await killed.examine());
  expect(told.map(({ types }) => types.toSorted())).toEqual(
    titles.map(() => ['channel-opened', 'declared', 'placed']),
  );
  expect(pagerduty.incidents()).toEqual([]);
  expect(ownMessages(killed.outside, 'incidents')).toEqual([]);
  expect(PEOPLE.flatMap(({ id }) => slack.directMessages(id))).toEqual([]);
  expect(killed.deaths).toBe(1);
}, 120_000);
