import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';

describe('declaring', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario();
  });
  afterAll(() => scenario[Symbol.asyncDispose]());

  test('one line opens a channel with the declarer, the card and the announcement', async () => {
    const { slack } = scenario;
    const answer = await scenario.incident('U0BEN', 'incidents', 'declare sev1 LEAP hub outage');
    expect(answer).toContain('INC-1');
    const channel = slack.channel('inc-1-leap-hub-outage');
    expect(slack.members(channel.id)).toContain('U0BEN');
    const [card] = slack.pins(channel.id);
    expect(wordsOf(card)).toContain('LEAP hub outage');
    const announced = slack.messages('incidents').map(wordsOf).join('\n');
    expect(announced).toContain('INC-1');
    console.log(wordsOf(card), '\n--\n', announced);
    expect(slack.problems).toEqual([]);
  });
});
