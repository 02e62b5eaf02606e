import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { declared, endsWell, pressInDirect, read, told } from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T10:00:00+01:00') });
});
afterAll(() => scenario[Symbol.asyncDispose]());

test('a channel that somebody archives is named to whoever leads, once, and hears all when it is back', async () => {
  const channel = await declared(scenario, 'U0BEN', 'sev3 Mail is late');
  const { name } = scenario.slack.channel(channel);
  await scenario.incident('U0BEN', channel, 'page @ana');
  scenario.slack.archive('U0BEN', name);
  await pressInDirect(scenario, 'U0ANA', ACTIONS.haveIt);
  await scenario.pass(2);
  expect(told(scenario, 'U0BEN')).toEqual([
    `The channel of INC-1, #${name}, is archived, so I cannot write there. Unarchive it, and what waits comes. The timeline is kept meanwhile, and pages go out.`,
  ]);
  scenario.slack.unarchive('U0BEN', name);
  await scenario.pass(15);
  expect(read(scenario, channel)).toContain('✅ <@U0ANA> has it');
  expect(told(scenario, 'U0BEN').filter((words) => words.includes('is archived'))).toHaveLength(1);
});

endsWell(() => scenario);
