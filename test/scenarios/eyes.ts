import { expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, wordsOf } from '../harness/scenario.ts';
import {
  checkCallsAgainstContracts,
  HAS_CONTRACTS,
  WITHOUT_CONTRACTS,
} from '../stand-ins/slack/contracts.ts';

/** Somebody declares; answers the id of the channel that opened for it. */
export async function declared(scenario: Scenario, user: string, line: string): Promise<string> {
  const before = new Set(scenario.slack.channels().map(({ id }) => id));
  const answer = await scenario.incident(user, 'incidents', `declare ${line}`);
  const made = scenario.slack.channels().find(({ id }) => !before.has(id));
  if (!made) throw new Error(`no channel opened for “${line}”: ${answer}`);
  return made.id;
}

/** All that stands in a channel, as everybody there reads it. */
export function read(scenario: Scenario, channel: string): string {
  return scenario.slack.messages(channel).map(wordsOf).join('\n');
}

/** The message in which `words` stand, latest first. */
export function messageWith(scenario: Scenario, channel: string, words: string) {
  const found = scenario.slack.messages(channel).findLast((message) => wordsOf(message).includes(words));
  if (!found) throw new Error(`nobody said “${words}” in:\n${read(scenario, channel)}`);
  return found;
}

export function cardOf(scenario: Scenario, channel: string): string {
  return wordsOf(scenario.slack.pins(channel)[0]);
}

/** The bot's direct messages to somebody, oldest first. */
export function told(scenario: Scenario, user: string): string[] {
  return scenario.slack.directMessages(user).map(wordsOf);
}

/** What only this person saw last. */
export function lastAnswer(scenario: Scenario, user: string): string {
  return wordsOf(scenario.slack.ephemerals(user).at(-1));
}

/** Presses a button of the latest message of a channel that has it. */
export async function press(
  scenario: Scenario,
  user: string,
  channel: string,
  action: string,
): Promise<void> {
  const message = scenario.slack.messages(channel).findLast((one) => hasButton(one.blocks, action));
  if (!message) throw new Error(`nothing in ${channel} has the button ${action}`);
  await scenario.slack.press(user, { channel, ts: message.ts }, action);
  await scenario.quiet();
}

/** Presses a button in the latest direct message that has it. */
export function pressInDirect(scenario: Scenario, user: string, action: string): Promise<void> {
  return press(scenario, user, scenario.slack.directChannel(user), action);
}

/** Presses a button of what only this person saw last; `value` tells apart several of one name. */
export async function pressInAnswer(
  scenario: Scenario,
  user: string,
  action: string,
  value?: string,
): Promise<void> {
  const shown = scenario.slack.ephemerals(user).at(-1);
  if (!shown) throw new Error(`${user} was answered nothing`);
  await scenario.slack.press(user, { ephemeral: shown.id }, action, value === undefined ? {} : { value });
  await scenario.quiet();
}

/** The form that this person looks at. */
export function form(scenario: Scenario, user: string) {
  return scenario.slack.until(() => scenario.slack.views(user).at(-1));
}

async function comes(scenario: Scenario, user: string, channel: string): Promise<void> {
  const { name, members } = scenario.slack.channel(channel);
  if (members.includes(user)) return;
  scenario.slack.join(user, name);
  await scenario.quiet();
}

/** Somebody writes, and the bot has heard of it. Who is not in the channel joins it first. */
export async function says(
  scenario: Scenario,
  user: string,
  channel: string,
  words: string,
  threadTs?: string,
): Promise<string> {
  await comes(scenario, user, channel);
  const { ts } = scenario.slack.say(user, channel, words, threadTs === undefined ? {} : { threadTs });
  await scenario.quiet();
  return ts;
}

export async function reacts(
  scenario: Scenario,
  user: string,
  channel: string,
  ts: string,
  emoji: string,
): Promise<void> {
  await comes(scenario, user, channel);
  scenario.slack.react(user, channel, ts, emoji);
  await scenario.quiet();
}

export function hasButton(blocks: unknown, action: string): boolean {
  return JSON.stringify(blocks ?? []).includes(`"action_id":"${action}"`);
}

/** Two tests at the end of a story: Slack would have shown all of it, and its documentation allows each call. */
export function endsWell(scenario: () => Scenario): void {
  test('nothing that was said is refused by Slack', () => {
    expect(scenario().slack.problems).toEqual([]);
  });

  test.skipIf(!HAS_CONTRACTS)(
    `every call is one that Slack documents${HAS_CONTRACTS ? '' : ` (${WITHOUT_CONTRACTS})`}`,
    () => {
      const { calls } = scenario().slack;
      expect(calls.length).toBeGreaterThan(0);
      expect(checkCallsAgainstContracts(calls)).toEqual([]);
    },
  );
}

/** The whole timeline as this person sees it, all pages of it. */
export async function timelineOf(scenario: Scenario, user: string, channel: string): Promise<string> {
  const pages = [await scenario.incident(user, channel, 'timeline')];
  for (let left = 20; left > 0; left -= 1) {
    const shown = scenario.slack.ephemerals(user).at(-1);
    const value = earlierPage(shown?.blocks);
    if (!shown || value === undefined) break;
    await scenario.slack.press(user, { ephemeral: shown.id }, ACTIONS.showTimelinePage, { value });
    await scenario.quiet();
    pages.unshift(lastAnswer(scenario, user));
  }
  return pages.join('\n');
}

function earlierPage(blocks: unknown): string | undefined {
  return new RegExp(`"action_id":"${ACTIONS.showTimelinePage}","value":"([^"]*)"`).exec(
    JSON.stringify(blocks ?? []),
  )?.[1];
}
