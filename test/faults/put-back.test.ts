import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, read, timelineOf } from '../scenarios/eyes.ts';

const START = Date.parse('2025-08-12T17:00:00+01:00');

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({
    start: START,
    team: TEAM_YAML.replace('page_on_declare: []', 'page_on_declare: [tech-lead]'),
  });
});
afterAll(() => scenario?.[Symbol.asyncDispose]());

const pages = () => scenario.pagerduty.incidents();
const issues = () => scenario.github.issues('2i2c-org/infrastructure');
const names = () => scenario.slack.channels().map(({ name }) => name);

test('a database put back to a copy an hour old makes nothing twice, wakes nobody again, and reads what it lacks', async () => {
  const channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub is away');
  const putBack = await scenario.keepCopy();

  await scenario.pass(3);
  const [page] = pages();
  scenario.pagerduty.acknowledgeAs('PCHI01', page?.id ?? '');
  await scenario.pass(2);
  await scenario.incident('U0BEN', channel, 'action technical Protect the namespaces');
  const { ts } = scenario.slack.say('U0CHI', channel, 'Deploying prod again is right');
  scenario.slack.react('U0BEN', channel, ts, 'pushpin');
  await scenario.away(55);
  const before = { names: names(), pages: pages().length };
  const rung = scenario.slack.directMessages('U0ANA').length + scenario.slack.directMessages('U0CHI').length;

  await putBack();
  await scenario.pass(1);
  await scenario.pass(30);
  expect(names()).toEqual(before.names);
  expect(pages()).toHaveLength(before.pages);
  expect(scenario.slack.directMessages('U0ANA').length + scenario.slack.directMessages('U0CHI').length).toBe(
    rung,
  );
  expect(wordsOf(scenario.slack.pins(channel)[0])).toContain('acknowledged 17:03 BST by <@U0CHI>');
  expect(await timelineOf(scenario, 'U0BEN', channel)).toContain('Deploying prod again is right');
  expect(read(scenario, channel)).toContain('Recovered 1 entry');
  expect(issues()).toHaveLength(1);
});
endsWell(() => scenario);
