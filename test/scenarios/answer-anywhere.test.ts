import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { cardOf, declared, endsWell, read } from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T10:00:00+01:00') });
});
afterAll(() => scenario[Symbol.asyncDispose]());

const atHome = () => scenario.slack.directChannel('U0ANA');

test('who is paged answers where the page stands, by command too', async () => {
  const first = await declared(scenario, 'U0BEN', 'sev3 Mail is late');
  await scenario.incident('U0BEN', first, 'page @ana');
  expect(await scenario.incident('U0DORA', 'incidents', 'ack')).toContain('not the channel of an incident');
  const second = await declared(scenario, 'U0BEN', 'sev3 Disks are full');
  await scenario.incident('U0BEN', second, 'page @ana');
  expect(await scenario.incident('U0ANA', atHome(), 'ack')).toBe(
    'Pages of INC-2 and INC-1 wait for you. Press the button of the one that you mean, or type this in its channel.',
  );
  await scenario.incident('U0ANA', second, 'decline on a train');
  expect(await scenario.incident('U0ANA', atHome(), 'ack')).toBe('INC-1: You have it. The channel knows.');
  expect(cardOf(scenario, first)).toContain('☑ acknowledged 10:00 BST by <@U0ANA>');
  expect(read(scenario, second)).toContain('<@U0ANA> cannot take it (on a train)');
  expect(await scenario.incident('U0ANA', atHome(), 'decline')).toContain('not the channel of an incident');
});

endsWell(() => scenario);
