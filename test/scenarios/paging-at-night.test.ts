import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { cardOf, declared, endsWell, pressInDirect, read, timelineOf, told } from './eyes.ts';

/** Three minutes before Ana's day starts in Bucharest; late evening for Chitra in Los Angeles. */
const EARLY = Date.parse('2025-08-12T06:57:00+01:00');

describe('when nobody is in hours and nobody agreed to be woken', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ start: EARLY });
  });
  afterAll(() => scenario[Symbol.asyncDispose]());

  test('the channel is told who is paged when, and nobody is woken until then', async () => {
    const channel = await declared(scenario, 'U0DORA', 'sev1 Certificates expired');
    await scenario.incident('U0DORA', channel, 'page tech-lead');
    const sentence =
      'Nobody is in hours until 09:00 EEST, <@U0ANA> (tech-lead; Tue 12 Aug, 07:00 BST for the team), who is paged then.';
    expect(read(scenario, channel)).toContain(`<!here>\n⏳ ${sentence}`);
    expect(await scenario.incident('U0DORA', channel, 'page')).toContain(
      '<@U0ANA> is paged when their day starts, as the channel was told.',
    );
    expect(read(scenario, channel).match(/⏳/g)).toHaveLength(1);
    await scenario.pass(2);
    expect(scenario.pagerduty.notified()).toEqual([]);
    expect(told(scenario, 'U0ANA')).toEqual([]);
    await scenario.pass(1);
    expect(read(scenario, channel)).toContain(
      '📟 Paging <@U0ANA> (tech-lead), where it is 09:00 EEST: in hours in Bucharest until 17:30 EEST',
    );
    expect(scenario.pagerduty.notified().map(({ userId }) => userId)).toEqual(['PANA01']);
    expect(await timelineOf(scenario, 'U0DORA', channel)).toContain(sentence);
    await pressInDirect(scenario, 'U0ANA', ACTIONS.haveIt);
    expect(cardOf(scenario, channel)).toContain('☑ acknowledged 07:00 BST by <@U0ANA>');
    // The page said all that a note at the start of their day would.
    await scenario.pass(2);
    expect(told(scenario, 'U0ANA')).toHaveLength(1);
  });

  test('who says so before, and in which zone', async () => {
    const answer = await scenario.incident('U0DORA', 'incidents', 'who');
    expect(answer).toContain('• <@U0ANA> · 09:02 EEST · in hours until 17:30');
    expect(answer).toContain('• <@U0CHI> · 23:02 PDT · on from 09:00 PDT, Tue 12 Aug');
  });

  endsWell(() => scenario);
});

describe('when somebody agreed to be woken', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    const team = TEAM_YAML.replace('{ name: Chitra,', '{ name: Chitra, nights: sev1,').replace(
      'page_on_declare: []',
      'page_on_declare: [tech-lead]',
    );
    scenario = await startScenario({ start: EARLY, team });
  });
  afterAll(() => scenario[Symbol.asyncDispose]());

  test('a sev1 wakes them, at once on declaring, and says why', async () => {
    const channel = await declared(scenario, 'U0DORA', 'sev1 Everything is gone');
    expect(scenario.pagerduty.notified().map(({ userId }) => userId)).toEqual(['PCHI01']);
    expect(read(scenario, channel)).toContain(
      '📟 Paging <@U0CHI> (tech-lead), where it is 22:57 PDT: agreed to be woken for sev1; it is 22:57 in Los Angeles.',
    );
    await pressInDirect(scenario, 'U0CHI', ACTIONS.haveIt);
    expect(scenario.pagerduty.notified().map(({ userId }) => userId)).toEqual(['PCHI01']);
  });

  test('a sev2 does not; it waits for the day', async () => {
    const channel = await declared(scenario, 'U0DORA', 'sev2 A little slow');
    expect(read(scenario, channel)).not.toContain('📟 Paging');
    await scenario.incident('U0DORA', channel, 'page tech-lead');
    expect(read(scenario, channel)).toContain('⏳ Nobody is in hours until 09:00 EEST, <@U0ANA>');
    expect(scenario.pagerduty.notified('PCHI01')).toHaveLength(1);
    await scenario.incident('U0DORA', channel, 'resolve');
    await scenario.pass(4);
    expect(scenario.pagerduty.notified('PANA01')).toEqual([]);
    expect(read(scenario, channel)).not.toContain('📟 Paging');
  });

  endsWell(() => scenario);
});
