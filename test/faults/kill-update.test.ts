import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOf } from '../../src/store/incidents.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { eventually } from '../harness/eventually.ts';
import { wordsOf } from '../harness/scenario.ts';
import { startTargets, type Targets } from '../harness/targets.ts';
import { type KilledBot, startKilledBot } from './killed-bot.ts';
import { onlyChannel, openedChannel } from './whole-incident.ts';

let targets: Targets;
let killed: KilledBot;
beforeAll(async () => {
  targets = await startTargets();
  killed = await startKilledBot({
    env: targets.env,
    channels: ['hub'],
    team: `${ALWAYS_ON_DUTY}${targets.yaml}
services:
  - name: Hub
    communities: [{ name: Users, channel: "#hub", email: users@example.edu, webhook: hook }]
stakeholders: [{ name: Desk, email: desk@example.edu, webhook: freshdesk }]
`,
  });
}, 120_000);
afterAll(async () => {
  await killed?.[Symbol.asyncDispose]();
  await targets?.[Symbol.asyncDispose]();
});

const slack = () => killed.outside.slack;
const typed = (channel: string, text: string) => slack().command('U0BEN', channel, '/incident', text);

/** What arrived where, each thing as its receiver tells one from another. */
function arrived(words: string) {
  const own = (text: string) => text.includes(words);
  return {
    hub: slack().messages('hub').map(wordsOf).filter(own).length,
    mail: new Set(targets.mails.filter(({ text }) => own(text)).map(({ id }) => id)).size,
    hook: new Set(targets.posts.filter(({ body }) => own(String(body.markdown))).map(({ key }) => key)).size,
    desk: targets.tickets
      .flatMap(({ description, replies }) => [description, ...replies.map(({ body }) => body)])
      .filter(own).length,
    page: targets.pages.flatMap(({ incident_updates: updates }) => updates).filter(({ body }) => own(body))
      .length,
  };
}

/** What failed again and again is tried a minute later. */
const UNTIL_TRIED_AGAIN_MS = 90_000;
const ONCE = { hub: 1, mail: 1, hook: 1, desk: 1, page: 1 };

test('of five targets two are away: three have it at once, the others later, none twice, with a kill in between', async () => {
  await typed('incidents', 'declare sev2 Hub is away');
  const channel = await eventually(() => openedChannel(killed.outside, 'Hub is away'));
  targets.down.add('freshdesk').add('mail');
  await typed(channel, 'update to Users, Desk, Statuspage: We are at it.');
  await eventually(() => expect(arrived('at it')).toEqual({ ...ONCE, mail: 0, desk: 0 }));
  await eventually(() => {
    const said = slack().messages(channel).map(wordsOf).join('\n');
    expect(said).toContain('has not reached Users by e-mail');
    expect(said).toContain('has not reached Desk by freshdesk');
  });
  await killed.killDuring(async () => {});
  targets.down.clear();
  await eventually(() => expect(arrived('at it')).toEqual(ONCE), UNTIL_TRIED_AGAIN_MS);
}, 180_000);

test('an answer lost in each of them, and the bot killed then: none has it twice', async () => {
  const channel = onlyChannel(killed.outside, 'Hub is away');
  for (const name of ['mail', 'hook', 'freshdesk', 'statuspage'] as const) targets.mute.add(name);
  const struck = Promise.withResolvers<void>();
  let left = 4;
  targets.onMuted = () => {
    left -= 1;
    if (left === 0) struck.resolve();
  };
  await typed(channel, 'update to Users, Desk, Statuspage: It is back.');
  await struck.promise;
  targets.mute.clear();
  await killed.killDuring(async () => {});
  await eventually(() => {
    const update = slack()
      .messages(channel)
      .map(wordsOf)
      .find((words) => words.includes('*Update 2*'));
    expect(update?.match(/☑/g)).toHaveLength(5);
  }, UNTIL_TRIED_AGAIN_MS);
  expect(arrived('It is back')).toEqual(ONCE);
  const app = await killed.examine();
  const facts = await factsOf(app.core.store.database.prisma, 1);
  const sent = facts.flatMap((fact) => (fact.type === 'update-sent' ? [fact] : []));
  expect(sent.map(({ update, target }) => `${update} ${target}`).toSorted()).toEqual(
    ['1', '2'].flatMap((update) =>
      ['channel:#hub', 'mail:Users', 'statuspage', 'webhook:freshdesk:Desk', 'webhook:hook:Users'].map(
        (target) => `${update} ${target}`,
      ),
    ),
  );
  const doubtful = sent.filter(({ perhapsTwice }) => perhapsTwice).map(({ target }) => target);
  expect(doubtful.toSorted(), 'where nobody can look').toEqual(['mail:Users', 'webhook:hook:Users']);
}, 180_000);
