import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, pressInDirect, read, timelineOf, told } from './eyes.ts';

/** Ana, Ben and Dora live in London here, where it is the middle of the night; Chitra's evening has begun. */
const NIGHT = Date.parse('2025-08-12T03:00:00+01:00');
const TEAM = TEAM_YAML.replace('Europe/Bucharest', 'Europe/London')
  .replace('page_on_declare: [], ', '')
  .replace(
    'tech-lead: { members: [Ana, Chitra] }',
    `tech-lead: { members: [Ana, Ben, Dora], pagerduty_schedule: PSCHED1 }
  cover:
    members: [Ben, Chitra]
    overrides:
      - { person: Ben, from: 2025-08-12T09:30:00+01:00, to: 2025-08-12T18:00:00+01:00, off: true }
      - { person: Chitra, from: 2025-08-12T09:30:00+01:00, to: 2025-08-12T18:00:00+01:00, on: true }
  twice: { members: [Ana, Dora], rounds: 2, escalation_policy: PPOLICY }`,
  );
const EVERYBODY = ['U0ANA', 'U0BEN', 'U0CHI', 'U0DORA'];

let scenario: Scenario;
let channel = '';
beforeAll(async () => {
  scenario = await startScenario({ team: TEAM, start: NIGHT });
  // The file gives Dora neither an account nor an address; Slack has one, in other letters.
  const { users } = scenario.pagerduty.account;
  users.push({ id: 'PDOR01', name: 'Dora', email: 'Dora@Example.org', timeZone: 'Europe/London' });
});
afterAll(() => scenario[Symbol.asyncDispose]());
afterEach(async () => {
  scenario.pagerduty.faults.clear();
  await scenario.incident('U0SAR', channel, 'cancel');
});

/** The channel's notices of pages, in order. */
function steps(): string[] {
  return read(scenario, channel).match(/📟 Paging .*/g) ?? [];
}

async function paged(roster: string): Promise<string> {
  channel = await declared(scenario, 'U0SAR', `sev2 Slow, as ${roster} sees`);
  await scenario.incident('U0SAR', channel, `page ${roster}`);
  return steps().at(-1) ?? '';
}

function onCall(userId: string): void {
  const [schedule] = scenario.pagerduty.account.schedules;
  if (schedule) schedule.shifts = [{ userId }];
}

function pagerDutyAnswers500(): void {
  scenario.pagerduty.faults.add({
    match: ({ name }) => name === 'GET /oncalls',
    when: 'before',
    times: 99,
    act: { kind: 'answer', status: 500, body: '{}' },
  });
}

describe('a sev1 at 03:00 for everybody who could be asked', () => {
  test('wakes nobody, names who is paged when, and pages them then, whoever else comes on in that minute', async () => {
    channel = await declared(scenario, 'U0SAR', 'sev1 Nobody is awake');
    const sentence =
      'Nobody is in hours until 09:00 BST, <@U0ANA> (tech-lead; Tue 12 Aug), who is paged then.';
    expect(read(scenario, channel)).toContain(`<!here>\n⏳ ${sentence}`);
    await scenario.jump(359);
    expect(scenario.pagerduty.notified()).toEqual([]);
    for (const person of EVERYBODY) expect(told(scenario, person)).toEqual([]);
    await scenario.jump(1);
    // PagerDuty has Ben on call, and his day begins as well.
    expect(steps()).toEqual([
      '📟 Paging <@U0ANA> (tech-lead), where it is 09:00 BST: in hours in London until 17:30 BST, first to come on, as the channel was told.',
    ]);
    expect(scenario.pagerduty.notified().map(({ userId }) => userId)).toEqual(['PANA01']);
    expect(await timelineOf(scenario, 'U0SAR', channel)).toContain(sentence);
    await pressInDirect(scenario, 'U0ANA', ACTIONS.haveIt);
    await scenario.jump(6);
    expect(steps()).toHaveLength(1);
  });
});

describe('PagerDuty’s schedule', () => {
  test('decides among those in hours, and its people are known by their address in Slack too', async () => {
    expect(await paged('tech-lead')).toContain(
      'Paging <@U0BEN> (tech-lead), where it is 09:06 BST: in hours in London until 17:30 BST, on call by PagerDuty.',
    );
    await scenario.incident('U0SAR', channel, 'cancel');
    onCall('PDOR01');
    expect(await paged('tech-lead')).toContain('Paging <@U0DORA> (tech-lead)');
  });

  test('who asks it anew, and says how old its last word is when it is away', async () => {
    onCall('PBEN01');
    const who = () => scenario.incident('U0SAR', 'incidents', 'who');
    expect(await who()).toContain(
      '→ For sev1 I would page <@U0BEN> now: in hours in London until 17:30 BST, on call by PagerDuty.',
    );
    await scenario.jump(4);
    pagerDutyAnswers500();
    const old = 'on call by PagerDuty (PagerDuty last answered 09:06 BST, and does not now).';
    expect(await who()).toContain(old);
    expect(await paged('tech-lead')).toContain(old);
  });
});

describe('overrides of a roster', () => {
  test('`off` passes over whose day it would be, `on` pages whose it is not, and who says the same', async () => {
    await scenario.jump(30);
    expect(await paged('cover')).toContain(
      'Paging <@U0CHI> (cover), where it is 01:40 PDT: in hours in Los Angeles until 17:30 PDT, nobody else is.',
    );
    await scenario.incident('U0SAR', channel, 'assign communications @ben');
    expect(await scenario.incident('U0SAR', channel, 'who')).toContain(
      '*Communications:* <@U0BEN> · 09:40 BST · away, on from 09:00 BST, Wed 13 Aug',
    );
  });
});

describe('a roster with `rounds: 2`', () => {
  test('is asked twice before telephone numbers and the policy come', async () => {
    await paged('twice');
    for (let step = 1; step < 4; step += 1) await scenario.jump(15);
    const people = steps().map((words) => /<@(\w+)>/.exec(words)?.[1]);
    expect(people).toEqual(['U0ANA', 'U0DORA', 'U0ANA', 'U0DORA']);
    expect(steps()[2]).toContain('asked again, round 2 of 2: ');
    expect(read(scenario, channel)).not.toContain('Nobody has answered');
    await scenario.jump(15);
    expect(read(scenario, channel)).toMatch(
      /🚨 \*Nobody has answered the page\.\*.* PagerDuty’s escalation policy is called now\. Call: Ana \+40 000 000\./,
    );
    await scenario.jump(60);
    expect(steps()).toHaveLength(4);
  });
});

describe('PagerDuty’s last word', () => {
  test('of another day is told with the day', async () => {
    await scenario.jump(24 * 60);
    pagerDutyAnswers500();
    expect(await paged('tech-lead')).toContain(
      'on call by PagerDuty (PagerDuty last answered Tue 12 Aug 09:40 BST, and does not now).',
    );
  });
});

endsWell(() => scenario);
