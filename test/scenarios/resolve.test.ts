import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import {
  cardOf,
  declared,
  endsWell,
  form,
  lastAnswer,
  messageWith,
  press,
  pressInDirect,
  reacts,
  read,
  says,
} from './eyes.ts';

const START = Date.parse('2025-08-12T10:00:00+01:00');
const FILE = '2025-08-12-inc-1-leap-hub-outage.md';

let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({ start: START });
  channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub outage');
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function report(): Promise<string> {
  return readFile(join(scenario.dataDir, 'reports', FILE), 'utf8');
}

/** Fills in the form that a button of the resolution message opens. */
async function fillIn(user: string, action: string, values: Record<string, string>): Promise<void> {
  await press(scenario, user, channel, action);
  const view = await form(scenario, user);
  expect((await scenario.slack.submit(user, view.id, values)).errors).toBeUndefined();
  await scenario.quiet();
}

describe('an incident with a page, an update, a lesson and work to do', () => {
  beforeAll(async () => {
    await scenario.incident('U0BEN', channel, 'impact start ca. 09:40');
    const slip = await says(scenario, 'U0BEN', channel, 'I deleted the wrong namespace, sorry <@U0DORA>');
    await reacts(scenario, 'U0BEN', channel, slip, 'pushpin');
    await scenario.incident('U0BEN', channel, 'page tech-lead');
    await scenario.pass(2);
    await pressInDirect(scenario, 'U0ANA', ACTIONS.haveIt);
    const update = await says(scenario, 'U0DORA', channel, 'Dora here: we told the community');
    await reacts(scenario, 'U0DORA', channel, update, 'mega');
    await scenario.incident('U0ANA', channel, 'action technical Protect namespaces from deletion');
    await scenario.incident('U0ANA', channel, 'lesson lucky The backup was of this morning');
    await scenario.pass(3);
  });

  test('resolving makes the report, saves it, and posts it once', async () => {
    expect(await scenario.incident('U0ANA', channel, 'resolve')).toBe(
      'INC-1 is resolved. The report comes into the channel.',
    );
    expect((await readdir(join(scenario.dataDir, 'reports'))).sort()).toEqual([
      FILE.replace('.md', '.html'),
      FILE,
    ]);
    const files = scenario.slack.files();
    expect(files.map(({ name }) => name)).toEqual([FILE]);
    expect(files[0]?.shares.map((share) => share.channel)).toEqual([channel]);
    expect(files[0]?.text).toBe(await report());
    expect(cardOf(scenario, channel)).toContain('🟢 resolved');
    expect(cardOf(scenario, channel)).toContain('users hurt from ca. 09:40 BST · resolved 10:05 BST');
    expect(read(scenario, 'incidents')).toContain('🟢 resolved');
  });

  test('the channel reads what the report would gain from, and what to press', async () => {
    const words = wordsOf(messageWith(scenario, channel, 'is resolved'));
    expect(words).toContain(
      '🟢 *INC-1 is resolved* at 10:05 BST. The report is ready and stands below as a file.',
    );
    for (const label of ['Say what you learnt', 'Write the summary', 'Add an action item', 'Timeline']) {
      expect(words).toContain(label);
    }
    const review = wordsOf(messageWith(scenario, channel, 'Review of INC-1'));
    expect(review).toContain('☐ Nobody has written a summary');
    expect(review).not.toContain('When users were first hurt');
  });

  test('nobody of the team is named in the public form', async () => {
    const text = await report();
    expect(text).toContain('I deleted the wrong namespace');
    expect(text).not.toMatch(/\b(Ben|Ana|Dora|Chitra|Archer|Ionescu|Malik)\b/);
    expect(text).not.toMatch(/U0BEN|U0ANA|U0DORA/);
    expect(text).toContain('Primary engineer');
    expect(text).toContain('Tech lead');
  });

  test('a summary by form stands in it', async () => {
    await fillIn('U0DORA', ACTIONS.writeSummary, {
      summary: 'Nobody could log in to the LEAP hub.',
      resolution: 'We restored the namespace from the backup.',
    });
    expect(lastAnswer(scenario, 'U0DORA')).toBe('Saved. The report carries it.');
    expect(await report()).toContain('Nobody could log in to the LEAP hub.');
    expect(await report()).toContain('We restored the namespace from the backup.');
    expect(wordsOf(messageWith(scenario, channel, 'Review of INC-1'))).toContain(
      '☑ ~Nobody has written a summary; the report says what the facts say.~',
    );
  });

  test('so do a lesson and an action item, with the link of its issue', async () => {
    await fillIn('U0BEN', ACTIONS.lessonsForm, { well: 'The second engineer came early', badly: 'nothing' });
    await fillIn('U0BEN', ACTIONS.addAction, { category: 'process', text: 'Write down who may delete' });
    const issues = scenario.github.issues('2i2c-org/infrastructure');
    expect(issues.map(({ title }) => title)).toEqual([
      '[Incident Action]: Protect namespaces from deletion',
      '[Incident Action]: Write down who may delete',
    ]);
    const text = await report();
    expect(text).toContain('The second engineer came early');
    expect(text).toContain('The backup was of this morning');
    for (const { number } of issues) expect(text).toContain(`/2i2c-org/infrastructure/issues/${number}`);
    expect(JSON.stringify(issues)).not.toMatch(/\b(Ben|Ana|Dora)\b/);
  });

  test('what is written down afterwards reaches the saved report as follow-up', async () => {
    await scenario.pass(5);
    await scenario.incident('U0DORA', channel, 'log users report missing home directories');
    const late = await says(scenario, 'U0BEN', channel, 'The last home directory is back');
    await reacts(scenario, 'U0BEN', channel, late, 'pushpin');
    const text = await report();
    const heading = text.search(/follow-up|follow up|after/i);
    expect(heading).toBeGreaterThan(-1);
    expect(text.indexOf('users report missing home directories')).toBeGreaterThan(
      text.indexOf('Incident resolved'),
    );
    expect(text).toContain('The last home directory is back');
    scenario.slack.unreact('U0BEN', channel, late, 'pushpin');
    await scenario.quiet();
    expect(await report()).not.toContain('The last home directory is back');
    expect(scenario.slack.files()).toHaveLength(1);
    expect((await readdir(join(scenario.dataDir, 'reports'))).sort()).toEqual([
      FILE.replace('.md', '.html'),
      FILE,
    ]);
  });

  test('the saved file is called as the report calls it, not as somebody typed it', async () => {
    const other = await declared(scenario, 'U0BEN', 'sev3 Ana locked out of 10.1.2.3');
    await scenario.incident('U0BEN', other, 'resolve');
    const name = scenario.slack.files().at(-1)?.name ?? '';
    expect(name).toMatch(/^2025-08-12-inc-2-.*locked-out-of-ip-address-held-back\.md$/);
    expect(name).not.toMatch(/\bana\b|10-1/);
    expect(await readdir(join(scenario.dataDir, 'reports'))).toContain(name);
  });

  test('a private incident’s report and action items stay inside', async () => {
    const issues = scenario.github.issues('2i2c-org/infrastructure').length;
    const announced = scenario.slack.messages('incidents').length;
    const secret = await declared(scenario, 'U0DORA', 'sev3 private Salary list leaked');
    await scenario.incident('U0DORA', secret, 'action Change the passwords');
    await scenario.incident('U0DORA', secret, 'page @ana');
    expect(scenario.pagerduty.incidents().at(-1)).toMatchObject({ title: 'Private incident INC-3' });
    expect(JSON.stringify(scenario.pagerduty.incidents())).not.toContain('Salary');
    await scenario.incident('U0DORA', secret, 'resolve');
    expect(scenario.github.issues('2i2c-org/infrastructure')).toHaveLength(issues);
    expect(scenario.slack.messages('incidents')).toHaveLength(announced);
    expect(
      scenario.slack
        .files()
        .at(-1)
        ?.shares.map((share) => share.channel),
    ).toEqual([secret]);
  });
});

endsWell(() => scenario);
