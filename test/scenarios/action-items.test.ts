import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { declared, endsWell, read } from './eyes.ts';

const INFRA = '2i2c-org/infrastructure';

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  // A Sunday.
  scenario = await startScenario({ start: Date.parse('2025-08-10T12:00:00+01:00') });
  channel = await declared(scenario, 'U0BEN', 'sev2 LEAP hub outage');
  await scenario.incident('U0BEN', channel, 'action technical Protect namespaces owner <@U0ANA>');
  await scenario.incident('U0BEN', channel, 'action process Write down who may delete');
});
afterAll(() => scenario[Symbol.asyncDispose]());

const list = () => scenario.incident('U0BEN', channel, 'action');

test('closed on GitHub is done here, and reopened there open again', async () => {
  scenario.github.closeIssue(INFRA, 1, 'not_planned');
  await scenario.jump(11);
  expect(await list()).toContain('☑ *1* Protect namespaces');
  expect(read(scenario, channel)).toContain('was closed (as not planned).');
  scenario.github.reopenIssue(INFRA, 1);
  await scenario.jump(11);
  expect(await list()).toContain('☐ *1* Protect namespaces');
  expect(read(scenario, channel)).toContain('is open again: <https://github.com');
});

test('what GitHub could not tell for a while is heard of when it can', async () => {
  scenario.github.faults.add({
    match: ({ name }) => name === 'GET /repos/:owner/:repo/issues' || name.endsWith('/issues'),
    when: 'before',
    act: { kind: 'answer', status: 503, body: '{}' },
  });
  scenario.github.closeIssue(INFRA, 2);
  await scenario.jump(11);
  expect(await list()).toContain('☐ *2* Write down');
  await scenario.jump(11);
  expect(await list()).toContain('☑ *2* Write down');
});

test('on Monday morning what is open is listed by age, once, without what is private', async () => {
  const secret = await declared(scenario, 'U0DORA', 'sev3 private Salary list leaked');
  await scenario.incident('U0DORA', secret, 'action Change the passwords');
  const lists = () =>
    scenario.slack
      .messages('incidents')
      .map(wordsOf)
      .filter((words) => words.includes('by age'));
  expect(lists()).toEqual([]);
  await scenario.jump(21 * 60);
  await scenario.jump(2);
  expect(lists()).toHaveLength(1);
  expect(lists()[0]).toContain('*1 open action item, by age*');
  expect(lists()[0]).toContain('|Protect namespaces> · Ana · INC-1 LEAP hub outage');
  expect(lists()[0]).not.toMatch(/password|<@/i);
  await scenario.jump(60);
  expect(lists()).toHaveLength(1);
});

endsWell(() => scenario);
