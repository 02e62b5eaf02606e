import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { wordsOf } from '../harness/scenario.ts';
import { type Doom, type KilledBot, startKilledBot } from './killed-bot.ts';
import { callsSoFar, concerns, labelOf, type Point, pointsOf, slugOf } from './points.ts';
import { onlyChannel, ownMessages, timelinesOf } from './whole-incident.ts';

/** What people do about an incident that stands already, and what must be there of it in the end. */
interface Story {
  name: string;
  prepare?: (channel: string) => void;
  act: (channel: string) => Promise<unknown>;
  expectDone: (channel: string, title: string) => void;
  told: string[];
  /** The calls at which it is killed; all of them unless said otherwise. */
  at?: RegExp;
  /** How many people come into the channel; one unless said otherwise. */
  come?: number;
}

/** Held at once in one life of the bot; more would wait for each other's workers. */
const TOGETHER = 5;
const DECLARED = ['channel-opened', 'declared', 'placed', 'placed'];

let killed: KilledBot;
beforeAll(async () => {
  killed = await startKilledBot();
}, 120_000);
afterAll(() => killed?.[Symbol.asyncDispose]());

const slack = () => killed.outside.slack;
const typed = (channel: string, text: string) => slack().command('U0BEN', channel, '/incident', text);
const said = (channel: string) =>
  slack()
    .messages(channel)
    .find(({ text }) => text.includes('I restart the hub'));

const STORIES: Story[] = [
  {
    name: 'page',
    act: (channel) => typed(channel, 'page tech-lead'),
    expectDone(channel, title) {
      expect(ownMessages(killed.outside, channel)).toContain('notice:paged:1');
      expect(ownMessages(killed.outside, slack().directChannel('U0ANA'), title)).toEqual(['page:1']);
      const booked = killed.outside.pagerduty.incidents().filter((page) => page.title.includes(title));
      expect(booked).toMatchObject([{ assignees: ['PANA01'], status: 'triggered' }]);
      const bookmarks = slack()
        .bookmarks(channel)
        .map((bookmark) => bookmark.title);
      expect(bookmarks).toEqual(['Incident card', 'PagerDuty page 1']);
      expect(wordsOf(slack().pins(channel)[0])).toContain('☑ paged');
    },
    told: ['page-asked', 'page-sent', 'page-sent', 'paged', 'placed'],
  },
  {
    name: 'mark',
    prepare: (channel) => void slack().say('U0BEN', channel, 'I restart the hub'),
    async act(channel) {
      slack().react('U0ANA', channel, said(channel)?.ts ?? '', 'pushpin');
    },
    expectDone(channel) {
      expect(said(channel)?.reactions).toEqual([
        { name: 'pushpin', users: ['U0ANA'], count: 1 },
        { name: 'white_check_mark', users: ['UDAYWATCH'], count: 1 },
      ]);
    },
    told: ['entry-marked', 'entry-recorded'],
  },
  {
    name: 'handoff',
    async act(channel) {
      await typed(channel, 'handoff responder <@U0ANA>');
      await slack().command('U0ANA', channel, '/incident', 'handoff decline');
    },
    expectDone(channel, title) {
      const own = ownMessages(killed.outside, channel).filter((message) => message.includes('handoff'));
      expect(own.toSorted()).toEqual(['handoff:1', 'handoff:2', 'notice:handoff-declined:1']);
      const direct = (who: string) => ownMessages(killed.outside, slack().directChannel(who), title);
      expect(direct('U0ANA').filter((message) => message.startsWith('offer'))).toEqual(['offer:1']);
      expect(direct('U0CHI')).toEqual(['offer:2']);
      expect(wordsOf(slack().pins(channel)[0])).toContain('(offered to <@U0CHI> until');
      expect(slack().members(channel)).toContain('U0CHI');
    },
    at: /(handoff|offer):2|notice:handoff/,
    come: 2,
    told: ['handoff-offered', 'handoff-declined', 'handoff-offered', 'placed', 'placed', 'placed', 'placed'],
  },
  {
    name: 'resolve',
    act: (channel) => typed(channel, 'resolve'),
    expectDone(channel, title) {
      const files = slack()
        .files()
        .filter((file) => file.name.includes(slugOf(title)));
      expect(files.flatMap(({ shares }) => shares).map((share) => share.channel)).toEqual([channel]);
      expect(files.every(({ text }) => text.includes(title))).toBe(true);
      expect(ownMessages(killed.outside, channel)).toContain('resolution');
      expect(ownMessages(killed.outside, channel).filter((message) => message === 'review')).toHaveLength(1);
      expect(ownMessages(killed.outside, 'incidents', title)).toEqual(['announcement']);
      expect(wordsOf(slack().pins(channel)[0])).toContain('resolved');
      const announced = slack()
        .messages('incidents')
        .map(wordsOf)
        .find((words) => words.includes(title));
      expect(announced).toContain('resolved');
      expect(slack().channel(channel).topic).toContain('resolved');
      expect(slack().canvas(channel)?.markdown).toContain(title);
    },
    told: ['gaps-found', 'placed', 'placed', 'report-made', 'status-changed'],
  },
];

/** Declared, with a person's message where the story needs one, and the bot at rest about it. */
async function standing(story: Story, title: string): Promise<string> {
  await slack().command('U0BEN', 'incidents', '/incident', `declare sev2 ${title}`);
  const id = await eventually(() => {
    const channel = onlyChannel(killed.outside, title);
    expect(slack().bookmarks(channel)).toHaveLength(1);
    expect(slack().channel(channel).topic).toContain(title);
    expect(slack().members(channel)).toContain('U0BEN');
    expect(ownMessages(killed.outside, 'incidents', title)).toHaveLength(1);
    return channel;
  });
  slack().invite('U0BEN', id, 'U0ANA');
  story.prepare?.(id);
  await slack().settled();
  return id;
}

describe.each(STORIES)('killed during a $name', (story) => {
  const dooms: (Doom & { channel: string })[] = [];

  async function doomed(points: Point[], alone = false) {
    const title = `Doomed ${story.name} ${String(dooms.length + 1).padStart(2, '0')}`;
    const channel = await standing(story, title);
    const doom = { title, points, act: () => story.act(channel), alone, channel };
    dooms.push(doom);
    return doom;
  }

  test('at any call, before or after it took effect, all of it is there once', async () => {
    const undisturbed = await doomed([]);
    slack().calls.length = 0;
    killed.outside.pagerduty.calls.length = 0;
    await undisturbed.act();
    await eventually(() => story.expectDone(undisturbed.channel, undisturbed.title));
    const calls = callsSoFar(killed.outside);
    const about = calls.filter((call) => concerns(killed.outside, undisturbed.title, call));
    const labels = new Set(about.map((call) => labelOf(killed.outside, call)));
    const points = pointsOf(labels).filter(
      ({ label }) => label !== 'conversations.history' && (story.at ?? /./).test(label),
    );
    expect(points.length).toBeGreaterThanOrEqual(2);
    const struck: Point[] = [];
    const groups = Math.ceil(points.length / TOGETHER);
    for (let group = 0; group < groups; group += 1) {
      const mine = [];
      for (const point of points.filter((_, index) => index % groups === group))
        mine.push(await doomed([point]));
      await killed.killAt(mine);
      struck.push(...mine.flatMap((doom) => doom.points));
    }
    expect(struck).toHaveLength(points.length);
    for (const { channel, title } of dooms) await eventually(() => story.expectDone(channel, title));
  }, 240_000);
});

test('no timeline says a thing twice', async () => {
  const told = await timelinesOf(await killed.examine());
  expect(told.length).toBeGreaterThan(STORIES.length);
  for (const { title, types } of told) {
    const story = STORIES.find(({ name }) => title.startsWith(`Doomed ${name}`));
    const people = types.filter((type) => type === 'joined');
    expect(people, title).toHaveLength(story?.come ?? 1);
    const rest = types.filter((type) => type !== 'joined');
    expect(rest.toSorted(), title).toEqual([...DECLARED, ...(story?.told ?? [])].toSorted());
    story?.expectDone(onlyChannel(killed.outside, title), title);
  }
  expect(slack().problems).toEqual([]);
}, 120_000);
