import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, form, lastAnswer, messageWith, press, reacts, read, says } from './eyes.ts';

const INFRA = '2i2c-org/infrastructure';
const team = TEAM_YAML.replace('name: Ana, slack: U0ANA,', 'name: Ana, slack: U0ANA, github: anasilva,');

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({
    team,
    start: Date.parse('2025-08-12T10:00:00+01:00'),
    repositories: [{ fullName: INFRA, assignable: ['anasilva', 'dora-m'] }],
    githubUsers: [
      { login: 'dora-m', email: 'dora@example.org' },
      { login: 'ben-a', email: 'ben@example.org' },
    ],
  });
  channel = await declared(scenario, 'U0BEN', 'sev2 LEAP hub outage');
});
afterAll(() => scenario[Symbol.asyncDispose]());

const review = () => wordsOf(messageWith(scenario, channel, 'Review of INC-1'));
const issues = () => scenario.github.issues(INFRA);

async function report(): Promise<string> {
  return readFile(join(scenario.dataDir, 'reports', '2025-08-12-inc-1-leap-hub-outage.md'), 'utf8');
}

/** Presses a button of the review, or of what was shown last, and fills in its form. */
async function mend(
  user: string,
  action: string,
  values: Record<string, string>,
  value?: string,
): Promise<void> {
  const message = messageWith(scenario, channel, 'Review of INC-1');
  await scenario.slack.press(user, { channel, ts: message.ts }, action, value === undefined ? {} : { value });
  await scenario.quiet();
  const view = await form(scenario, user);
  expect((await scenario.slack.submit(user, view.id, values)).errors).toBeUndefined();
  await scenario.quiet();
}

describe('the review', () => {
  test('can be asked for before it is over', async () => {
    await says(scenario, 'U0DORA', channel, 'here');
    expect(await scenario.incident('U0DORA', channel, 'review')).toContain(
      'When users were first hurt is not known.',
    );
  });

  test('stands in the channel once it is resolved, with a mend for each gap', async () => {
    const picture = await says(scenario, 'U0BEN', channel, ':eyes:');
    await reacts(scenario, 'U0BEN', channel, picture, 'pushpin');
    await scenario.jump(45);
    await scenario.incident('U0BEN', channel, 'resolve');
    const words = review();
    expect(words).toContain('*Review of INC-1:* 8 gaps in the report.');
    for (const gap of [
      'When users were first hurt is not known.',
      'When users were no longer hurt is not known; the report says until it was resolved, 10:45 BST.',
      'Nothing is on record from 10:00 BST to 10:45 BST (45 min).',
      'The entry of 10:00 BST has no words.',
      'That the community was told is not on record.',
      'How you saw that it works again is not on record.',
      'Nobody has written a summary; the report says what the facts say.',
      'Nobody has said what went well, what did not, and where you were lucky.',
    ])
      expect(words).toContain(`☐ ${gap}`);
  });

  test('each is mended by its form, and shown as done', async () => {
    await mend('U0DORA', ACTIONS.impactForm, { start: 'ca. 09:50', end: '10:40' }, '1:start');
    expect(lastAnswer(scenario, 'U0DORA')).toBe(
      'Noted: users were hurt from ca. 09:50 BST. Noted: users were hurt until 10:40 BST.',
    );
    expect(review()).toContain('☑ ~When users were first hurt is not known.~');
    const silence = `1:silence:${Date.parse('2025-08-12T10:00:00+01:00')}`;
    await mend('U0BEN', ACTIONS.logForm, { when: '10:20', text: 'We re-deployed' }, silence);
    await mend('U0BEN', ACTIONS.logForm, { when: '10:44', text: 'Ben looked' }, '1:verified:');
    await mend('U0DORA', ACTIONS.logForm, { when: '10:15', text: 'Told LEAP by mail' }, '1:update:');
    await mend('U0DORA', ACTIONS.writeSummary, { summary: 'Nobody could log in.', resolution: '' });
    expect(review()).toContain('*Review of INC-1:* 2 gaps in the report.');
    const text = await report();
    expect(text).toContain('| **Time to first update** | 15 min |');
    expect(text).toContain('We re-deployed');
  });

  test('what cannot be mended is left, by somebody', async () => {
    const { ts } = messageWith(scenario, channel, 'Review of INC-1');
    const value =
      /1:words:[^"]+/.exec(JSON.stringify(messageWith(scenario, channel, 'Review of INC-1').blocks))?.[0] ??
      '';
    await scenario.slack.press('U0BEN', { channel, ts }, ACTIONS.leaveGap, { value });
    await scenario.quiet();
    expect(lastAnswer(scenario, 'U0BEN')).toBe('It stays as it is.');
    expect(review()).toContain('➖ The entry of 10:00 BST has no words. Left as it is by <@U0BEN>.');
  });

  test('a form that is not right stays, with what is wrong under its field', async () => {
    const message = messageWith(scenario, channel, 'Review of INC-1');
    await scenario.slack.press('U0BEN', { channel, ts: message.ts }, ACTIONS.lessonsForm);
    const view = await form(scenario, 'U0BEN');
    const { errors } = await scenario.slack.submit('U0BEN', view.id, { well: 'TBD', badly: '', lucky: '' });
    expect(errors).toEqual({
      well: '“TBD” would stand in the report as it is. Write what it was, or leave it empty, which means nothing.',
    });
  });
});

describe('lessons', () => {
  test('are asked for once more, of those in hours, when nobody has said anything', async () => {
    await scenario.jump(31);
    expect(read(scenario, channel)).toContain('before it fades: what went well');
    await scenario.jump(120);
    expect(read(scenario, channel).match(/before it fades/g)).toHaveLength(1);
  });

  test('come from any number of people, “nothing” among them, and each changes their own', async () => {
    await mend('U0BEN', ACTIONS.lessonsForm, {
      well: 'Quick alert\nCalm channel',
      badly: 'No runbook',
      lucky: '',
    });
    expect(review()).toContain('☑ nothing that I look for is missing from the report.');
    await press(scenario, 'U0DORA', channel, ACTIONS.lessonsForm);
    const view = await form(scenario, 'U0DORA');
    await scenario.slack.submit('U0DORA', view.id, { well: 'nothing', badly: '', lucky: 'It was day' });
    await scenario.quiet();
    expect(wordsOf(messageWith(scenario, channel, 'While you are all here'))).toContain(
      '☑ <@U0BEN> and <@U0DORA>',
    );
    await press(scenario, 'U0BEN', channel, ACTIONS.lessonsForm);
    const again = await form(scenario, 'U0BEN');
    expect(JSON.stringify(again)).toContain('Quick alert\\nCalm channel');
    await scenario.slack.submit('U0BEN', again.id, { well: 'Quick alert', badly: 'No runbook', lucky: '' });
    await scenario.quiet();
    const text = await report();
    expect(text).toContain(
      "## What went well\n\n- Quick alert\n\n## What didn't go so well?\n\n- No runbook\n",
    );
    expect(text).toContain('- It was day');
    expect(text).not.toMatch(/Calm channel|nothing/i);
  });
});

describe('action items', () => {
  test('have an owner and a day, and the issue its assignee by the team’s file', async () => {
    expect(
      await scenario.incident(
        'U0BEN',
        channel,
        'action technical Protect namespaces owner <@U0ANA|ana> due friday',
      ),
    ).toBe('Action item 1 noted (technical, owner <@U0ANA>, due 2025-08-15).');
    expect(issues()).toMatchObject([{ assignees: ['anasilva'], labels: ['incident-action-item'] }]);
    expect(issues()[0]?.body).toContain('Due 2025-08-15.');
    expect(read(scenario, channel)).toContain('Assigned to anasilva.');
    expect(await scenario.incident('U0BEN', channel, 'action Rotate keys owner @zoe')).toContain(
      'I know nobody called “zoe”',
    );
  });

  test('by e-mail where GitHub shows one, and nobody where it refuses', async () => {
    await scenario.incident('U0BEN', channel, 'action process Write down who may delete owner <@U0DORA>');
    expect(issues()[1]).toMatchObject({ assignees: ['dora-m'] });
    await scenario.incident('U0BEN', channel, 'action Rotate the keys');
    expect(review()).toContain('☐ Action item 3 “Rotate the keys” has no owner.');
    await mend('U0BEN', ACTIONS.editAction, { owner: 'U0BEN', due: '2025-09-01' }, '1:3');
    expect(issues()[2]).toMatchObject({ assignees: [] });
    expect(read(scenario, channel)).toContain(
      'Nobody is assigned there: GitHub does not take ben-a in that repository.',
    );
    expect(review()).toContain('☑ ~Action item 3 “Rotate the keys” has no owner.~');
  });

  test('like an open issue are asked about, and become that one or one of their own', async () => {
    scenario.github.openIssueAs('ana', INFRA, {
      title: '[Incident Action]: Set up alerting for the hub',
      body: '',
      labels: ['incident-action-item'],
    });
    await scenario.incident('U0BEN', channel, 'action Set up hub alerts owner me');
    expect(issues()).toHaveLength(4);
    expect(wordsOf(messageWith(scenario, channel, 'looks like'))).toContain('raised 2025-08-12');
    expect(review()).toContain(
      '☐ Action item 4 “Set up hub alerts” looks like #4, raised 2025-08-12. Is it the same?',
    );
    await press(scenario, 'U0BEN', channel, ACTIONS.sameIssue);
    expect(lastAnswer(scenario, 'U0BEN')).toBe('Action item 4 is #4.');
    await scenario.incident('U0BEN', channel, 'action Alerting for the hub, set up');
    await press(scenario, 'U0BEN', channel, ACTIONS.newIssue);
    expect(issues()).toHaveLength(5);
    expect(await report()).toContain(`- [ ] Set up hub alerts (https://github.com/${INFRA}/issues/4)`);
  });

  test('are listed, changed and ticked off by command and by button', async () => {
    const list = await scenario.incident('U0DORA', channel, 'action');
    expect(list).toContain('☐ *3* Rotate the keys · <@U0BEN> · due 2025-09-01 · <https://github.com');
    expect(await scenario.incident('U0DORA', channel, 'action 3 due 2025-10-01')).toBe(
      'Action item 3: due 2025-10-01.',
    );
    expect(await scenario.incident('U0DORA', channel, 'action 9 done')).toContain(
      'INC-1 has no action item 9',
    );
  });
});

endsWell(() => scenario);
