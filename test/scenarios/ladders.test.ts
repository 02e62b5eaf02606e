import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import type { FaultAct } from '../../src/stand-ins/faults.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, pressInDirect, read, timelineOf, told } from './eyes.ts';

/** Ana, Ben and Dora are in hours; Chitra sleeps and has not agreed to be woken. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');
const TEAM = TEAM_YAML.replace('{ members: [Ana, Chitra] }', '{ members: [Ana, Ben, Dora, Chitra] }').replace(
  'name: Dora, slack: U0DORA,',
  'name: Dora, slack: U0DORA, pagerduty: PDOR01,',
);
const NAMES: Record<string, string> = { PANA01: 'U0ANA', PBEN01: 'U0BEN', PCHI01: 'U0CHI', PDOR01: 'U0DORA' };

let scenario: Scenario;
let title = '';
let channel = '';
beforeAll(async () => {
  scenario = await startScenario({ team: TEAM, start: MORNING });
  const { users } = scenario.pagerduty.account;
  users.push({ id: 'PDOR01', name: 'Dora', email: 'dora@example.org', timeZone: 'Europe/London' });
});
afterAll(() => scenario[Symbol.asyncDispose]());
afterEach(async () => {
  scenario.pagerduty.faults.clear();
  if (channel) await scenario.incident('U0SAR', channel, 'cancel');
  channel = '';
});

async function page(name: string): Promise<void> {
  title = name;
  channel = await declared(scenario, 'U0SAR', `sev1 ${name}`);
  await scenario.incident('U0SAR', channel, 'page tech-lead');
}

/** Whom the channel read of, in order: one for each step. */
function steps(): string[] {
  return [...read(scenario, channel).matchAll(/📟 Paging <@(\w+)>/g)].map(([, person = '']) => person);
}

/** Whom PagerDuty rang for this incident, in order. */
function rung(): string[] {
  const own = scenario.pagerduty.notified().filter((one) => one.title.includes(title));
  return own.map(({ userId }) => NAMES[userId] ?? userId);
}

/** The states of this incident's pages in PagerDuty, in order. */
function inPagerDuty(): string[] {
  const own = scenario.pagerduty.incidents().filter((one) => one.title.includes(title));
  return own.map(({ status }) => status);
}

/** Each step is one page by each way, and nobody is woken who did not agree. */
function expectOnePageAStep(): void {
  expect(rung()).toEqual(steps());
  for (const person of new Set(steps())) {
    const pages = told(scenario, person).filter((words) => words.includes(title));
    expect(pages).toHaveLength(steps().filter((one) => one === person).length);
  }
  expect(told(scenario, 'U0CHI')).toEqual([]);
  expect(rung()).not.toContain('U0CHI');
}

function ringing() {
  const last = scenario.pagerduty.incidents().at(-1);
  if (!last) throw new Error('PagerDuty has no page');
  return last;
}

describe('a ladder', () => {
  test('the first stays silent, the second declines, the third acknowledges in PagerDuty', async () => {
    await page('Three steps');
    await scenario.jump(5);
    const [, second = ''] = steps();
    expect(steps()).toHaveLength(2);
    await pressInDirect(scenario, second, ACTIONS.notMe);
    const [first = '', , third = ''] = steps();
    expectOnePageAStep();
    await scenario.pass(1);
    scenario.pagerduty.acknowledgeAs(ringing().assignees[0] ?? '', ringing().id);
    await scenario.quiet();
    await scenario.jump(6);
    expect(new Set([first, second, third])).toEqual(new Set(['U0ANA', 'U0BEN', 'U0DORA']));
    expectOnePageAStep();
    expect(inPagerDuty()).toEqual(['resolved', 'resolved', 'acknowledged']);
    const timeline = await timelineOf(scenario, 'U0SAR', channel);
    expect(timeline).toContain(`<@${first}> has not answered within 5 min.`);
    expect(timeline).toContain(`<@${second}> declines the page.`);
    expect(timeline).toContain(`<@${third}> acknowledges the page in PagerDuty, 1 min after it was sent`);
  });

  test('resolved or cancelled stops it and clears PagerDuty', async () => {
    for (const end of ['resolve', 'cancel']) {
      await page(`Ends by ${end}`);
      await scenario.jump(5);
      await scenario.incident('U0SAR', channel, end);
      await scenario.jump(6);
      expect(steps()).toHaveLength(2);
      expectOnePageAStep();
      expect(inPagerDuty()).toEqual(['resolved', 'resolved']);
    }
    channel = '';
  });
});

describe('a process that is down', () => {
  test('hears at its start what was acknowledged meanwhile, and the webhook that comes late adds nothing', async () => {
    await page('While it was down');
    const [first = ''] = steps();
    const { id, assignees } = ringing();
    await scenario.awayWhile(20, 3, () => scenario.pagerduty.acknowledgeAs(assignees[0] ?? '', id));
    await scenario.pagerduty.retryWebhooks();
    await scenario.quiet();
    const words = read(scenario, channel);
    expect(words.match(/has it in PagerDuty/g)).toHaveLength(1);
    expect(words).toContain(`✅ <@${first}> has it in PagerDuty, 3 min after the page.`);
    expect(steps()).toHaveLength(1);
    expectOnePageAStep();
  });

  test('takes at its start the one step that became due, once', async () => {
    await page('Due while it was down');
    await scenario.away(7);
    expect(steps()).toHaveLength(2);
    expectOnePageAStep();
  });
});

describe('the clock', () => {
  test('an hour forward: late by an hour, each step once', async () => {
    await page('An hour forward');
    await scenario.jump(60);
    expect(steps()).toHaveLength(2);
    expectOnePageAStep();
    await scenario.jump(5);
    expect(steps()).toHaveLength(3);
    expectOnePageAStep();
  });

  test('an hour back: the limit starts anew, nothing twice, nothing forgotten', async () => {
    await page('An hour back');
    await scenario.jump(-60);
    expect(steps()).toHaveLength(1);
    // The auditor sees within a minute that the page lies in the future, and gives it its five minutes again.
    await scenario.pass(1);
    await scenario.jump(3);
    expect(steps()).toHaveLength(1);
    await scenario.jump(3);
    expect(steps()).toHaveLength(2);
    expectOnePageAStep();
    expect(await timelineOf(scenario, 'U0SAR', channel)).toContain('The clock was set back');
  });
});

describe('PagerDuty', () => {
  const limited: FaultAct = {
    kind: 'answer',
    status: 429,
    headers: { 'ratelimit-reset': '20', 'content-type': 'application/json' },
    body: '{"error":{"message":"Too many requests","code":2020}}',
  };
  const broken: FaultAct = { kind: 'answer', status: 500, body: '{}' };

  test.each<[string, FaultAct, 'before' | 'after', number]>([
    ['answers 429', limited, 'before', 8],
    ['answers 500', broken, 'before', 3],
    ['answers 500 after it took effect', broken, 'after', 1],
    ['hangs', { kind: 'hang' }, 'before', 1],
    ['loses its answer after it took effect', { kind: 'cut' }, 'after', 1],
  ])(
    '%s: the Slack page stands, the channel knows in time, and one page rings in the end',
    async (name, act, when, times) => {
      scenario.pagerduty.faults.add({ match: (call) => call.name === 'POST /incidents', when, times, act });
      await page(`It ${name}`);
      const [first = ''] = steps();
      expect(told(scenario, first).at(-1)).toContain('you are needed');
      const found = when === 'after';
      if (!found) {
        expect(read(scenario, channel)).toContain(`⚠️ Paging <@${first}> by PagerDuty *failed*:`);
      }
      await scenario.pass(3);
      expectOnePageAStep();
      expect(steps()).toHaveLength(1);
      const words = read(scenario, channel);
      expect(words.split('*failed*')).toHaveLength(found ? 1 : 2);
      if (!found) expect(words).toContain(`PagerDuty has taken the page for <@${first}> after all.`);
      await scenario.incident(first, channel, 'ack');
      expect(ringing().status).toBe('acknowledged');
    },
  );

  test('away until the page is acknowledged: never pages after that', async () => {
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'POST /incidents',
      when: 'before',
      times: 99,
      act: broken,
    });
    await page('Acknowledged meanwhile');
    const [first = ''] = steps();
    await scenario.pass(1);
    await scenario.incident(first, channel, 'ack');
    scenario.pagerduty.faults.clear();
    await scenario.pass(3);
    expect(rung()).toEqual([]);
  });

  test('away over the limit: who was silent is rung all the same when it is back, and once', async () => {
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'POST /incidents',
      when: 'before',
      times: 99,
      act: broken,
    });
    await page('Away for longer');
    await scenario.jump(6);
    expect(rung()).toEqual([]);
    scenario.pagerduty.faults.clear();
    await scenario.pass(3);
    expect(steps()).toHaveLength(2);
    expect(rung().toSorted()).toEqual(steps().toSorted());
  });
});

endsWell(() => scenario);
