import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { PEOPLE, TEAM_YAML } from '../harness/team.ts';
import { cardOf, declared, endsWell, read, timelineOf, told } from './eyes.ts';

/** Ana and Ben are in hours. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');
const EVE = { id: 'PEVE01', name: 'Eve Adams', email: 'Eve@example.org', timeZone: 'Europe/London' };
const STRANGER = { id: 'PSTR01', name: 'Sam Stranger', email: 'sam@example.net', timeZone: 'Europe/London' };

/** Ben's and Dora's accounts in PagerDuty are known by their addresses only; Dora's address by Slack alone. */
const TEAM = TEAM_YAML.replace(
  '{ members: [Ana, Chitra] }',
  '{ members: [Ana, Ben], escalation_policy: PPOLICY }',
).replace(', pagerduty: PBEN01, email: ben@example.org', ', email: BEN@example.org');

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({
    team: TEAM,
    start: MORNING,
    people: [
      ...PEOPLE,
      { id: 'U0EVE', name: 'eve', realName: 'Eve Adams', tz: 'Europe/London', email: 'eve@example.org' },
    ],
    // Without a public address no webhook arrives.
    env: { PAGERDUTY_WEBHOOK_SECRET: undefined },
  });
  scenario.pagerduty.account.users.push(EVE, STRANGER, {
    id: 'PDOR01',
    name: 'D. Malik',
    email: 'dora@example.org',
    timeZone: 'Europe/London',
  });
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function paged(title: string, who = 'tech-lead'): Promise<string> {
  const channel = await declared(scenario, 'U0DORA', `sev1 ${title}`);
  await scenario.incident('U0DORA', channel, `page ${who}`);
  return channel;
}

function lastPage() {
  const page = scenario.pagerduty.incidents().at(-1);
  if (!page) throw new Error('PagerDuty has no page');
  return page;
}

function times(words: string, part: string): number {
  return words.split(part).length - 1;
}

describe('without webhooks', () => {
  test('an acknowledgement in PagerDuty is heard within a minute, at its own time, once', async () => {
    const channel = await paged('Heard by asking');
    await scenario.pass(1);
    const answeredAt = scenario.now();
    scenario.pagerduty.acknowledgeAs('PANA01', lastPage().id);
    await scenario.pass(1);
    expect(scenario.now()).toBeGreaterThan(answeredAt);
    expect(read(scenario, channel)).toContain('✅ <@U0ANA> has it in PagerDuty, 1 min after the page.');
    expect(cardOf(scenario, channel)).toContain('☑ acknowledged 10:01 BST by <@U0ANA>');
    expect(cardOf(scenario, channel)).toMatch(/PagerDuty ✓ notified/);
    const timeline = await timelineOf(scenario, 'U0DORA', channel);
    for (const proof of [
      'The page stands in Slack for',
      'PagerDuty has taken the page for',
      'PagerDuty has notified',
    ])
      expect(timeline.split(`${proof} <@U0ANA>.`)).toHaveLength(2);
    await scenario.jump(5);
    const words = read(scenario, channel);
    expect([times(words, 'has it in PagerDuty'), times(words, '📟 Paging')]).toEqual([1, 1]);
    expect(told(scenario, 'U0BEN')).toEqual([]);
  });

  test('what the bot itself did there is no news', async () => {
    const channel = await paged('Answered here');
    await scenario.incident('U0BEN', channel, 'ack');
    expect(lastPage().status).toBe('acknowledged');
    await scenario.jump(3);
    expect(read(scenario, channel)).not.toContain('in PagerDuty');
    expect(times(read(scenario, channel), 'has it')).toBe(1);
  });

  test('PagerDuty is asked once a minute for all pages together, and about none when none waits', async () => {
    const looks = () => scenario.pagerduty.calls.filter(({ name }) => name === 'GET /incidents').length;
    const none = looks();
    await scenario.jump(3);
    expect(looks()).toBe(none);
    const first = await paged('One of two');
    const second = await paged('Two of two', '@chitra');
    const before = looks();
    await scenario.pass(2);
    expect(looks() - before).toBe(2);
    await scenario.incident('U0DORA', first, 'cancel');
    await scenario.incident('U0DORA', second, 'cancel');
  });

  test('acknowledged while the process was down: counts at the start, at its own time, and nobody else is paged', async () => {
    const channel = await paged('While you were away');
    const { id, assignees } = lastPage();
    const [first, second] = assignees[0] === 'PANA01' ? ['U0ANA', 'U0BEN'] : ['U0BEN', 'U0ANA'];
    const before = told(scenario, second).length;
    await scenario.awayWhile(20, 3, () => scenario.pagerduty.acknowledgeAs(assignees[0] ?? '', id));
    await scenario.pass(2);
    const words = read(scenario, channel);
    expect(words).toContain(`✅ <@${first}> has it in PagerDuty, 3 min after the page.`);
    expect([times(words, '📟 Paging'), times(words, 'has it')]).toEqual([1, 1]);
    expect(words).not.toContain('overdue');
    expect(told(scenario, second)).toHaveLength(before);
    expect(await timelineOf(scenario, 'U0DORA', channel)).toContain(
      `<@${first}> acknowledges the page in PagerDuty, 3 min after it was sent`,
    );
  });

  test('whoever answers for the escalation policy is heard as well', async () => {
    const channel = await paged('Not us');
    for (const user of ['U0ANA', 'U0BEN', 'U0ANA']) await scenario.incident(user, channel, 'decline');
    expect(lastPage()).toMatchObject({ assignedVia: 'escalation_policy', status: 'triggered' });
    scenario.pagerduty.acknowledgeAs('PCHI01', lastPage().id);
    await scenario.pass(1);
    expect(read(scenario, channel)).toContain('✅ <@U0CHI> has it in PagerDuty');
  });

  test('PagerDuty away as the limit passes holds nobody up', async () => {
    const channel = await paged('Away just then');
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'GET /incidents',
      when: 'before',
      times: 99,
      act: { kind: 'answer', status: 503, body: 'sorry' },
    });
    await scenario.jump(5);
    expect(times(read(scenario, channel), '📟 Paging')).toBe(2);
    scenario.pagerduty.faults.clear();
    await scenario.incident('U0DORA', channel, 'cancel');
  });
});

describe('people are matched', () => {
  test('by the team’s file, else by e-mail in the file, else by e-mail in Slack', async () => {
    const first = await paged('By address in the file', '@ben');
    expect(lastPage().assignees).toEqual(['PBEN01']);
    scenario.pagerduty.acknowledgeAs('PBEN01', lastPage().id);
    await scenario.pass(1);
    expect(read(scenario, first)).toContain('✅ <@U0BEN> has it in PagerDuty');
    const second = await paged('By address in Slack', '@dora');
    expect(lastPage().assignees).toEqual(['PDOR01']);
    expect(read(scenario, second)).not.toContain('failed');
    scenario.pagerduty.acknowledgeAs('PDOR01', lastPage().id);
    await scenario.pass(1);
    expect(read(scenario, second)).toContain('✅ <@U0DORA> has it in PagerDuty');
  });

  test('and whoever takes it for another is named, never the one who was paged', async () => {
    const first = await paged('Eve takes it');
    scenario.pagerduty.reassignAs('PANA01', lastPage().id, 'PEVE01');
    scenario.pagerduty.acknowledgeAs('PEVE01', lastPage().id);
    await scenario.pass(1);
    expect(read(scenario, first)).toContain('✅ <@U0EVE> has it in PagerDuty');
    expect(scenario.slack.members(first)).toContain('U0EVE');
    const second = await paged('A stranger takes it');
    scenario.pagerduty.reassignAs('PANA01', lastPage().id, 'PSTR01');
    scenario.pagerduty.acknowledgeAs('PSTR01', lastPage().id);
    await scenario.pass(1);
    expect(read(scenario, second)).toContain('✅ Sam Stranger has it in PagerDuty');
  });
});

endsWell(() => scenario);
