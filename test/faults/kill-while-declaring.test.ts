import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { startScenario } from '../harness/scenario.ts';
import { type Doom, type KilledBot, startKilledBot } from './killed-bot.ts';
import { callsSoFar, labelOf, labelsAbout, type Point, pointsOf } from './points.ts';
import { expectDeclaredOnce, expectNothing, timelinesOf } from './whole-incident.ts';

/** These do not name the incident, so their incident is killed alone, by a declarer whom nobody knows yet. */
const ANONYMOUS = ['conversations.open', 'users.info'];
/** Held at once in one life of the bot; more would wait for each other's workers. */
const TOGETHER = 6;
const TOLD_OF_A_DECLARE = [
  'channel-opened',
  'declared',
  'page-asked',
  'page-sent',
  'page-sent',
  'paged',
  'placed',
  'placed',
  'placed',
];

/** Every call of one declare without faults, by what it is for. */
async function countCalls(): Promise<string[]> {
  await using scenario = await startScenario({ team: ALWAYS_ON_DUTY, movedTime: false, rateLimits: false });
  await eventually(() => {
    const names = callsSoFar(scenario).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['users.conversations', 'GET /priorities']));
  });
  scenario.slack.calls.length = 0;
  scenario.pagerduty.calls.length = 0;
  const title = 'Nothing happens to this one';
  await scenario.incident('U0BEN', 'incidents', `declare sev1 ${title}`);
  await eventually(() => expectDeclaredOnce(scenario, title));
  await eventually(() => expect(callsSoFar(scenario).map(({ name }) => name)).toContain('users.info'));
  // What Slack shows of people is looked at by a chore, whatever is declared.
  const calls = callsSoFar(scenario).filter(({ name }) => name !== 'dnd.teamInfo');
  const labels = new Set(calls.map((call) => labelOf(scenario, call)));
  const known = labelsAbout(scenario, title);
  expect([...labels].filter((label) => !known.has(label)).toSorted()).toEqual(ANONYMOUS);
  // Whether the card stood before the page was sent, or the channel before the notice, is a matter of milliseconds.
  return [...labels].filter((label) => !/^(chat\.update|conversations\.history)/.test(label));
}

describe('killed while declaring', () => {
  let labels: string[];
  let killed: KilledBot;
  const titles: string[] = [];
  const unanswered = new Map<string, { answer: string }>();
  beforeAll(async () => {
    [labels, killed] = await Promise.all([countCalls(), startKilledBot()]);
  }, 120_000);
  afterAll(() => killed?.[Symbol.asyncDispose]());

  function declare(title: string, by: string) {
    return killed.outside.slack.command(by, 'incidents', '/incident', `declare sev1 ${title}`);
  }

  function declaring(points: Point[], by = 'U0BEN', alone = false): Doom {
    const title = `Doomed outage ${String(titles.length + 1).padStart(2, '0')}`;
    titles.push(title);
    return { title, points, act: () => declare(title, by), alone };
  }

  test('at any call, before or after it took effect, everything is there once', async () => {
    const points = pointsOf(labels);
    const struck: string[] = [];
    const strike = async (dooms: Doom[]) => {
      await killed.killAt(dooms);
      struck.push(...dooms.flatMap((doom) => doom.points).map(({ label, when }) => `${when} ${label}`));
    };
    for (const [when, by] of [
      ['before', 'U0DORA'],
      ['after', 'U0SAR'],
    ] as const) {
      const mine = points.filter((point) => point.when === when && ANONYMOUS.includes(point.label));
      await strike([declaring(mine, by, true)]);
      await eventually(() => expectDeclaredOnce(killed.outside, titles.at(-1) ?? '', by));
    }
    const named = points.filter(({ label }) => !ANONYMOUS.includes(label));
    // A notice comes a moment after all else, and PagerDuty is not waited for so long; the bot would say so.
    const apart = [/notice:/, /^POST /].map((kind) => named.filter(({ label }) => kind.test(label)));
    for (const mine of apart) await strike(mine.map((point) => declaring([point])));
    const prompt = named.filter((point) => !apart.flat().includes(point));
    const groups = Math.ceil(prompt.length / TOGETHER);
    // Neighbours wait in one lane, so they are dealt to different lives.
    for (let group = 0; group < groups; group += 1) {
      await strike(prompt.filter((_, index) => index % groups === group).map((point) => declaring([point])));
    }
    expect(struck.toSorted()).toEqual(points.map(({ label, when }) => `${when} ${label}`).toSorted());
  }, 240_000);

  test('before the commands were answered, some just sent, some on the way', async () => {
    await killed.killDuring(async () => {
      for (const aheadMs of [60, 20, 5, 0]) {
        const fate = { answer: '' };
        const title = `Unheard of ${unanswered.size + 1}`;
        unanswered.set(title, fate);
        void declare(title, 'U0BEN').then(({ text = '' }) => {
          fate.answer = text;
        });
        await sleep(aheadMs);
      }
    });
    await killed.outside.slack.settled();
  }, 90_000);

  test('what was answered is kept, no number is left out, and no timeline says a thing twice', async () => {
    const app = await killed.examine();
    const told = await timelinesOf(app);
    const kept = told.map(({ title }) => title);
    expect(kept).toEqual(expect.arrayContaining(titles));
    for (const [title, { answer }] of unanswered) {
      if (answer !== '') expect(answer).toMatch(/^INC-\d+ is declared/);
      if (answer !== '') expect(kept).toContain(title);
      if (!kept.includes(title)) expectNothing(killed.outside, title);
    }
    for (const [index, { number, title, types }] of told.entries()) {
      expect(number, title).toBe(index + 1);
      await eventually(() => expectDeclaredOnce(killed.outside, title, ''));
      expect(types.toSorted(), title).toEqual(TOLD_OF_A_DECLARE);
    }
    expect(killed.outside.slack.problems).toEqual([]);
  }, 120_000);
});
