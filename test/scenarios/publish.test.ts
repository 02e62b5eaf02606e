import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import {
  declared,
  endsWell,
  form,
  lastAnswer,
  messageWith,
  pressInAnswer,
  reacts,
  read,
  says,
} from './eyes.ts';

const REPORTS = '2i2c-org/incident-reports';
const PATH = 'reports/2025-08-12-leap-hub-outage.md';
const BRANCH = 'daywatch/inc-1-report';

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  const team = TEAM_YAML.replace('  public: true\n', `  public: true\n  repository: ${REPORTS}\n`);
  const repositories = ['2i2c-org/infrastructure', REPORTS];
  scenario = await startScenario({ team, repositories, start: Date.parse('2025-08-12T10:00:00+01:00') });
  channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub outage');
});
afterAll(() => scenario[Symbol.asyncDispose]());

const pulls = () => scenario.github.issues(REPORTS).filter(({ isPullRequest }) => isPullRequest);
const published = () => scenario.github.file(REPORTS, PATH, BRANCH) ?? '';

test('before it is resolved nothing is published, and the sentence says what to do', async () => {
  expect(await scenario.incident('U0BEN', channel, 'report publish')).toBe(
    'INC-1 is investigating, and its report is made when it is resolved. Type `/incident resolve` first.',
  );
  expect(scenario.github.branches(REPORTS)).toEqual(['main']);
});

test('the preview shows what is held back, each with its line and an answer', async () => {
  const said = await says(scenario, 'U0BEN', channel, 'seen from 10.1.2.3, thanks <@U0ANA>');
  await reacts(scenario, 'U0BEN', channel, said, 'pushpin');
  await scenario.incident('U0BEN', channel, 'action technical Protect namespaces');
  await scenario.incident('U0BEN', channel, 'resolve');
  const answer = await scenario.incident('U0DORA', channel, 'report');
  expect(answer).toContain('*One thing is held back.*');
  expect(answer).toContain(
    '*an IP address* in the entry of 10:00 BST is replaced by (IP address held back):',
  );
  expect(answer).toContain('10.1.2.3');
  expect(answer).toContain('# Incident report August 12 2025 - LEAP hub outage');
  expect(answer).toContain('thanks tech lead');
});

test('publishing opens the issues first, then one pull request, and says where', async () => {
  expect(await scenario.incident('U0DORA', channel, 'report publish')).toBe(
    `On its way to ${REPORTS}: the pull request. I say here when it stands.`,
  );
  await scenario.quiet();
  expect(pulls()).toMatchObject([{ title: 'Incident report: LEAP hub outage', head: BRANCH }]);
  const [issue] = scenario.github.issues('2i2c-org/infrastructure');
  expect(issue?.body).toContain('### What is definition of done for this item?\n\n- [ ] Protect namespaces');
  expect(pulls()[0]?.body).toContain(`https://github.com/2i2c-org/infrastructure/issues/${issue?.number}`);
  expect(published()).toContain(
    `- [ ] Protect namespaces (https://github.com/2i2c-org/infrastructure/issues/1)`,
  );
  expect(published()).toContain('from (IP address held back)');
  expect(published()).not.toMatch(/10\.1\.2\.3|\bAna\b/);
  expect(read(scenario, channel)).toContain(
    `📄 The report is in <https://github.com/${REPORTS}/pull/1|${REPORTS}#1>.`,
  );
});

test('a person lets something through, and publishing again brings the same pull request up to date', async () => {
  await scenario.incident('U0DORA', channel, 'report');
  await pressInAnswer(scenario, 'U0DORA', ACTIONS.showFinding);
  expect(lastAnswer(scenario, 'U0DORA')).toContain('will be *public*');
  await scenario.incident('U0DORA', channel, 'report publish');
  await scenario.quiet();
  expect(published()).toContain('from 10.1.2.3');
  expect(pulls()).toHaveLength(1);
  expect(scenario.github.issues('2i2c-org/infrastructure')).toHaveLength(1);
});

test('what a person edited there is left alone', async () => {
  scenario.github.commitAs('ana', REPORTS, { branch: BRANCH, path: PATH, text: 'Ana’s words\n' });
  await scenario.incident('U0BEN', channel, 'lesson well We were quick');
  await scenario.incident('U0BEN', channel, 'report publish');
  await scenario.quiet();
  expect(published()).toBe('Ana’s words\n');
  expect(read(scenario, channel)).toContain('✋ ana has <https://github.com/');
  messageWith(scenario, channel, 'so I left it as it is');
});

test('a second person reviews it, and only then it is closed', async () => {
  const report = (user: string, words: string) => scenario.incident(user, channel, `report ${words}`);
  expect(await report('U0DORA', 'reviewed')).toContain('You wrote it, so somebody else reviews it');
  expect(await report('U0ANA', 'closed')).toContain("INC-1's report is a draft");
  await scenario.github.closeIssue('2i2c-org/infrastructure', 1);
  expect(await report('U0ANA', 'reviewed')).toBe("INC-1's report is reviewed.");
  expect(await report('U0ANA', 'reviewed')).toBe("INC-1's report is reviewed already.");
  expect(await report('U0ANA', 'closed')).toBe("INC-1's report is closed.");
  expect(await report('U0ANA', 'reviewed')).toContain('`/incident report draft` opens it again.');
  expect(await report('U0ANA', 'shred')).toContain('“shred” is nothing that I can do with a report');
});

test('with an action item that has no issue it wants a reason, which is kept and shown', async () => {
  const other = await declared(scenario, 'U0BEN', 'sev4 Docs build is red');
  await says(scenario, 'U0ANA', other, 'here');
  scenario.github.faults.add({
    match: ({ name }) => name.startsWith('POST') && name.endsWith('/issues'),
    when: 'before',
    act: {
      kind: 'answer',
      status: 410,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Issues are off"}',
    },
  });
  await scenario.incident('U0BEN', other, 'action Pin the theme owner me');
  expect(read(scenario, other)).toContain(
    'Action item 1 is kept, but has no issue: GitHub refused: Issues are off',
  );
  await scenario.incident('U0BEN', other, 'resolve');
  expect(await scenario.incident('U0ANA', other, 'report reviewed')).toContain(
    'because action item 1 has no issue.',
  );
  await scenario.incident('U0ANA', other, 'report');
  await pressInAnswer(scenario, 'U0ANA', ACTIONS.reviewedReport);
  const view = await form(scenario, 'U0ANA');
  await scenario.slack.submit('U0ANA', view.id, { because: 'the theme is gone next week' });
  await scenario.quiet();
  expect(read(scenario, other)).toContain(
    'is reviewed, says <@U0ANA>, although action item 1 has no issue: the theme is gone next week.',
  );
  expect(await scenario.incident('U0DORA', other, 'report')).toContain(
    'reviewed by <@U0ANA>, although an action item has no issue: the theme is gone next week',
  );
  await scenario.incident('U0BEN', other, 'reopen');
  await scenario.incident('U0BEN', other, 'resolve');
  expect(await scenario.incident('U0DORA', other, 'report')).toContain('It is a draft.');
});

test('an issue that was made although the answer refused it is found when it is asked for again', async () => {
  const other = await declared(scenario, 'U0BEN', 'sev4 Mail is slow');
  scenario.github.faults.add({
    match: ({ name }) => name === 'POST /repos/2i2c-org/infrastructure/issues',
    when: 'after',
    act: { kind: 'answer', status: 403, headers: { 'content-type': 'application/json' }, body: '{}' },
  });
  const made = () =>
    scenario.github.issues('2i2c-org/infrastructure').filter(({ title }) => title.includes('Warn of queues'));
  await scenario.incident('U0BEN', other, 'action Warn of queues');
  expect(read(scenario, other)).toContain('Action item 1 is kept, but has no issue');
  expect(made()).toHaveLength(1);
  await scenario.pass(2);
  await scenario.incident('U0BEN', other, 'resolve');
  await scenario.incident('U0BEN', other, 'report publish');
  await scenario.quiet();
  expect(read(scenario, other)).toContain('Action item 1: <');
  expect(made()).toHaveLength(1);
});

test('a private incident’s report is never published', async () => {
  const secret = await declared(scenario, 'U0DORA', 'sev3 private Salary list leaked');
  await scenario.incident('U0DORA', secret, 'resolve');
  expect(await scenario.incident('U0DORA', secret, 'report publish')).toContain('INC-4 is private');
  await scenario.quiet();
  expect(pulls()).toHaveLength(2);
  expect(scenario.github.branches(REPORTS)).toEqual(['main', BRANCH, 'daywatch/inc-3-report']);
});

endsWell(() => scenario);
