import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import {
  cardOf,
  declared,
  endsWell,
  form,
  hasButton,
  lastAnswer,
  press,
  pressInAnswer,
  read,
  timelineOf,
  told,
} from './eyes.ts';

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T10:00:00+01:00') });
  channel = await declared(scenario, 'U0BEN', 'sev3 Menu of the day');
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function openMenu(): Promise<void> {
  await scenario.incident('U0BEN', channel, '');
}

async function pressInMenu(action: string): Promise<string> {
  await openMenu();
  await pressInAnswer(scenario, 'U0BEN', action);
  return lastAnswer(scenario, 'U0BEN');
}

async function fillIn(action: string, values: Record<string, string>): Promise<unknown> {
  await pressInMenu(action);
  const { id } = await form(scenario, 'U0BEN');
  const answer = await scenario.slack.submit('U0BEN', id, values);
  await scenario.quiet();
  return answer;
}

const offered = (action: string) => hasButton(scenario.slack.ephemerals('U0BEN').at(-1)?.blocks, action);

describe('what a command can do, a button of the menu can', () => {
  test('the card leads to the menu', async () => {
    await press(scenario, 'U0BEN', channel, ACTIONS.showMenu);
    expect(lastAnswer(scenario, 'U0BEN')).toContain('False alarm');
  });

  test('status: those that it does not have are offered', async () => {
    await openMenu();
    expect(offered(`${ACTIONS.setStatus}_1`)).toBe(false);
    expect(await pressInMenu(`${ACTIONS.setStatus}_2`)).toBe('Status: investigating → identified.');
    expect(await pressInMenu(`${ACTIONS.setStatus}_3`)).toBe('Status: identified → monitoring.');
  });

  test('title and severity, by one form that knows what stands', async () => {
    await pressInMenu(ACTIONS.changeForm);
    const { id, blocks } = await form(scenario, 'U0BEN');
    expect(JSON.stringify(blocks)).toContain('"initial_value":"Menu of the day"');
    await scenario.slack.submit('U0BEN', id, { title: 'Menu of the night', severity: 'sev2' });
    await scenario.quiet();
    const card = cardOf(scenario, channel);
    expect(card).toContain('INC-1 Menu of the night');
    expect(card).toContain('sev2 Degraded');
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain('renames the incident to “Menu of the night”');
    expect(timeline).toContain('changes the severity from sev3 to sev2');
  });

  test('a title that is none stays in the form, with what is wrong', async () => {
    const answer = await fillIn(ACTIONS.changeForm, { title: '   ', severity: 'sev4' });
    expect(answer).toMatchObject({ errors: { title: expect.stringContaining('1 to 200 characters') } });
    expect(cardOf(scenario, channel)).toContain('sev2 Degraded');
  });

  test('a line of the timeline, when users were hurt, an action item, a lesson', async () => {
    await fillIn(ACTIONS.logLine, { when: '09:55', text: 'The soup is cold' });
    await fillIn(ACTIONS.impactForm, { start: '09:50' });
    await fillIn(ACTIONS.addAction, { text: 'Buy a warmer plate' });
    await fillIn(ACTIONS.lessonsForm, { well: 'Everybody noticed' });
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline).toContain('*09:55 BST* <@U0BEN>: The soup is cold');
    expect(timeline).toContain('Action item: Buy a warmer plate');
    expect(timeline).toContain('Lesson, what went well: Everybody noticed');
    expect(cardOf(scenario, channel)).toContain('users hurt from 09:50 BST');
  });

  test('a person is paged; a bot is not, and the form says so', async () => {
    const answer = await fillIn(ACTIONS.pageForm, { person: 'UDAYWATCH' });
    expect(answer).toMatchObject({ errors: { person: 'I am here already. Page a person.' } });
    await scenario.slack.close('U0BEN', (await form(scenario, 'U0BEN')).id);
    await fillIn(ACTIONS.pageForm, { person: 'U0DORA' });
    expect(told(scenario, 'U0DORA').join()).toContain('INC-1: you are needed');
    expect(read(scenario, channel)).toContain('Paging <@U0DORA>');
  });

  test('a false alarm is cancelled, after a question of Slack’s own; then only reopening is left of all that', async () => {
    await openMenu();
    expect(JSON.stringify(scenario.slack.ephemerals('U0BEN').at(-1)?.blocks)).toContain('"confirm"');
    expect(await pressInMenu(ACTIONS.cancel)).toBe('INC-1 is cancelled: a false alarm.');
    await openMenu();
    for (const gone of [ACTIONS.cancel, ACTIONS.changeForm, ACTIONS.logLine, ACTIONS.pageForm, ACTIONS.close])
      expect(offered(gone)).toBe(false);
    expect(await pressInMenu(ACTIONS.reopen)).toBe('INC-1 is open again.');
  });

  test('what is resolved is closed, and the report is previewed from there', async () => {
    await pressInMenu(ACTIONS.resolve);
    expect(await pressInMenu(ACTIONS.previewReport)).toContain('The report of INC-1');
    expect(await pressInMenu(ACTIONS.showReview)).toContain('Review of INC-1');
    expect(await pressInMenu(ACTIONS.close)).toBe('INC-1 is closed.');
  });
});

endsWell(() => scenario);
