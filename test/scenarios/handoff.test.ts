import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import {
  cardOf,
  declared,
  endsWell,
  form,
  hasButton,
  lastAnswer,
  messageWith,
  press,
  pressInDirect,
  read,
  timelineOf,
  told,
} from './eyes.ts';

const TEAM = TEAM_YAML.replace('name: Test', 'name: Test\n  pagerduty_follows_responder: true').replace(
  'report:',
  `roles:
  communications: { label: Communication Liaison, aliases: [cl] }
  vendor: { label: Vendor contact, aliases: [supplier] }
start_conditions:
  - { is: paged, label: P1 exists }
  - channel-open
  - communications
report:`,
);

/** One evening: Ben's and Dora's day ends at 17:30 in London, Chitra's begins at 17:00 there, Ana's is over. */
let scenario: Scenario;
let channel: string;
beforeAll(async () => {
  scenario = await startScenario({ team: TEAM, start: Date.parse('2025-08-12T16:55:00+01:00') });
  channel = await declared(scenario, 'U0BEN', 'sev1 LEAP hub is down');
});
afterAll(() => scenario[Symbol.asyncDispose]());

const offers = () =>
  scenario.slack
    .messages(channel)
    .map(wordsOf)
    .filter((words) => words.startsWith('🤝 <@'));
const offerTo = (who: string) => wordsOf(messageWith(scenario, channel, `🤝 <@${who}>`));

describe('an evening of handoffs', () => {
  test('roles go by the team’s own words, and the card says when the incident is started by its rule', async () => {
    const answer = await scenario.incident('U0BEN', channel, 'assign communication liaison @dora');
    expect(answer).toBe('<@U0DORA> holds communications now.');
    expect(await scenario.incident('U0BEN', channel, 'assign supplier me')).toContain('holds vendor now');
    await scenario.incident('U0BEN', channel, 'page @ben');
    await pressInDirect(scenario, 'U0BEN', ACTIONS.haveIt);
    const card = cardOf(scenario, channel);
    expect(card).toContain('*Communication Liaison:* <@U0DORA>\n');
    expect(card).toContain('*Vendor contact:* <@U0BEN>');
    expect(card).toContain('☑ P1 exists: <@U0BEN>, 16:55 BST');
    expect(card).toContain('☑ channel open 16:55 BST by Daywatch');
    expect(card).toContain('Started by your rule 16:55 BST, 0 s after it was declared.');
  });

  test('half an hour before a day ends the channel is asked, once, with whoever’s day it is', async () => {
    await scenario.pass(9);
    expect(read(scenario, channel)).not.toContain('🌇');
    await scenario.away(2);
    const asked = wordsOf(messageWith(scenario, channel, 'you hold *Responder*'));
    expect(asked).toContain('🌇 <@U0BEN>, your day ends at 17:30 BST, and you hold *Responder*.');
    expect(asked).toContain(
      '<@U0CHI> could take it: in hours in Los Angeles until 17:30 PDT, nobody else fits.',
    );
    await scenario.pass(2);
    expect(read(scenario, channel).match(/🌇/g)).toHaveLength(3);
  });

  test('not answered, the role is offered to the next zone, once, though the bot was away as the time ended', async () => {
    await scenario.incident('U0BEN', channel, 'handoff responder @dora Freshdesk *123* waits');
    expect(offerTo('U0DORA')).toContain('*Note:* Freshdesk *123* waits');
    expect(offerTo('U0DORA')).toContain('Answer by 17:13 BST; after that the next person is asked.');
    await scenario.away(6);
    expect(offers()).toHaveLength(2);
    expect(offerTo('U0DORA')).toContain('⌛ <@U0DORA> did not answer in time. <@U0BEN> holds Responder.');
    expect(offerTo('U0CHI')).toContain(
      'Asked because: <@U0DORA> has not answered within 6 min; in hours in Los Angeles until 17:30 PDT, nobody else fits.',
    );
    expect(cardOf(scenario, channel)).toContain(
      '*Responder:* <@U0BEN> (offered to <@U0CHI> until 17:19 BST)',
    );
    expect(await scenario.incident('U0DORA', channel, 'handoff accept')).toContain(
      'No role is offered to you',
    );
  });

  test('accepted in the direct message, the role moves, and PagerDuty’s assignee with it', async () => {
    expect(told(scenario, 'U0CHI').at(-1)).toContain('🤝 *INC-1*: <@U0BEN> hands *Responder* over to you.');
    await pressInDirect(scenario, 'U0CHI', ACTIONS.acceptHandoff);
    expect(lastAnswer(scenario, 'U0CHI')).toBe('You hold responder now.');
    expect(cardOf(scenario, channel)).toContain(
      '*Responder:* <@U0CHI> since 17:14 BST, before: <@U0BEN> until 17:14 BST',
    );
    expect(wordsOf(messageWith(scenario, channel, 'you hold *Responder*'))).toContain(
      '☑ <@U0CHI> holds Responder now.',
    );
    expect(scenario.pagerduty.incidents()).toMatchObject([{ assignees: ['PCHI01'], status: 'acknowledged' }]);
    const timeline = await timelineOf(scenario, 'U0CHI', channel);
    expect(timeline).toContain('<@U0BEN> hands responder over to <@U0CHI>, who accepts.');
    expect(timeline).toContain('<@U0DORA> has not answered the offer of responder within 6 min.');
  });

  test('a holder who goes out of the channel leaves a question, with a button for whoever is there', async () => {
    scenario.slack.leave('U0DORA', channel);
    await scenario.quiet();
    const asked = messageWith(scenario, channel, '🚪');
    expect(wordsOf(asked)).toContain(
      '🚪 <@U0DORA> has left this channel and still holds *Communication Liaison*.',
    );
    expect(cardOf(scenario, channel)).toContain('<@U0DORA> (left the channel)');
    await press(scenario, 'U0BEN', channel, ACTIONS.relieve);
    expect(offerTo('U0CHI')).toContain('<@U0DORA> hands over *Communication Liaison* to you.');
    await scenario.slack.press(
      'U0CHI',
      { channel, ts: messageWith(scenario, channel, '🤝 <@U0CHI>').ts },
      ACTIONS.declineWithReason,
    );
    const view = await form(scenario, 'U0CHI');
    await scenario.slack.submit('U0CHI', view.id, { why: 'I lead already' });
    await scenario.quiet();
    expect(read(scenario, channel)).toContain('<@U0CHI> cannot take communications (I lead already).');
    expect(offerTo('U0BEN')).toContain(
      'Asked because: <@U0CHI> declined; in hours in London until 17:30 BST',
    );
  });

  test('declined by the last who fits, the channel and the holder are told who comes on next', async () => {
    await scenario.incident('U0BEN', channel, 'handoff decline dentist');
    const words = read(scenario, channel);
    expect(words).toContain('🤝 *Nobody has taken communications.* <@U0CHI> declined and <@U0BEN> declined.');
    expect(words).toContain('<@U0ANA> comes on next, at 09:00 EEST (07:00 BST). <@U0DORA> keeps it;');
    expect(told(scenario, 'U0DORA').at(-1)).toContain(
      'Nobody has taken communications of INC-1; you keep it.',
    );
    scenario.slack.join('U0DORA', scenario.slack.channel(channel).name);
    await scenario.quiet();
    expect(wordsOf(messageWith(scenario, channel, '🚪'))).toContain('<@U0DORA> is back.');
  });

  test('when the day is over it is asked again; who stays is left alone', async () => {
    await scenario.pass(17);
    expect(read(scenario, channel)).toContain(
      '🌙 <@U0DORA>’s day ended at 17:30 BST, and they still hold *Communication Liaison*.',
    );
    expect(await scenario.incident('U0DORA', channel, 'handoff stay')).toBe(
      'You keep communications. I ask again in an hour.',
    );
    expect(wordsOf(messageWith(scenario, channel, '🌙 <@U0DORA>'))).toContain(
      '<@U0DORA> stays; I ask again at 18:31 BST.',
    );
    await scenario.away(30);
    expect(read(scenario, channel).match(/🌙 <@U0DORA>/g)).toHaveLength(1);
  });

  test('somebody outside of the channel is brought in and asked directly, with the brief as it was edited', async () => {
    const answer = await scenario.incident('U0DORA', channel, 'handoff cl');
    expect(answer).toContain('The form with the brief opens. Nobody else of the team can be asked now;');
    const view = await form(scenario, 'U0DORA');
    expect(JSON.stringify(view.blocks)).toContain('**Until now:** Dora Malik (18:01 BST, on from 09:00 BST');
    const sent = await scenario.slack.submit('U0DORA', view.id, {
      to: 'U0SAR',
      brief: 'Tell them **at 19:00**.',
    });
    expect(sent.errors).toBeUndefined();
    await scenario.quiet();
    expect(scenario.slack.members(channel)).toContain('U0SAR');
    expect(told(scenario, 'U0SAR').at(-1)).toContain('Tell them *at 19:00*.');
    const itself = await scenario.incident('U0CHI', channel, 'handoff cl me');
    expect(itself).toBe('To take communications yourself, type `/incident assign communications me`.');
  });

  test('two at once are one after the other: one offer stands, one answer counts', async () => {
    const [first, second] = await Promise.all([
      scenario.slack.command('U0BEN', channel, '/incident', 'handoff vendor <@U0CHI>'),
      scenario.slack.command('U0CHI', channel, '/incident', 'handoff vendor <@U0DORA>'),
    ]);
    await scenario.quiet();
    expect(
      [wordsOf(first), wordsOf(second)].filter((words) => words.includes('takes the place')),
    ).toHaveLength(1);
    const standing = scenario.slack
      .messages(channel)
      .filter(({ blocks }) => hasButton(blocks, ACTIONS.acceptHandoff))
      .filter((message) => wordsOf(message).includes('Vendor contact'));
    expect(standing).toHaveLength(1);
    const who = wordsOf(standing[0]).includes('🤝 <@U0CHI>') ? 'U0CHI' : 'U0DORA';
    const place = { channel, ts: standing[0]?.ts ?? '' };
    await Promise.all([
      scenario.slack.press(who, place, ACTIONS.acceptHandoff),
      scenario.slack.press(who, place, ACTIONS.declineHandoff),
    ]);
    await scenario.quiet();
    const holder = cardOf(scenario, channel).includes(`*Vendor contact:* <@${who}>`)
      ? 'accepted'
      : 'declined';
    const last = wordsOf(scenario.slack.messages(channel).find(({ ts }) => ts === place.ts));
    expect(last).toContain(`<@${who}> ${holder}`);
  });

  test('at resolve: who was asked may still accept, and nobody else is asked', async () => {
    const answer = await scenario.incident('U0CHI', channel, 'handoff responder @ana');
    expect(answer).toContain('<@U0ANA> is off duty: it is 20:01 EEST there, on from 09:00 EEST, Wed 13 Aug.');
    await scenario.incident('U0CHI', channel, 'resolve');
    expect(offerTo('U0ANA')).toContain('after that it stays where it is');
    expect(await scenario.incident('U0ANA', channel, 'handoff accept')).toBe('You hold responder now.');
    await scenario.incident('U0ANA', channel, 'handoff responder @ben');
    const before = offers().length;
    await scenario.pass(6);
    expect(offers()).toHaveLength(before);
    expect(cardOf(scenario, channel)).toContain('*Responder:* <@U0ANA> since 18:01 BST');
  });

  test('all roles at once by the form', async () => {
    await press(scenario, 'U0ANA', channel, ACTIONS.openRoles);
    const view = await form(scenario, 'U0ANA');
    await scenario.slack.submit('U0ANA', view.id, { 'role-scribe': 'U0BEN', 'role-vendor': null });
    await scenario.quiet();
    expect(cardOf(scenario, channel)).toContain('*Scribe:* <@U0BEN>');
    expect(cardOf(scenario, channel)).not.toContain('Vendor contact:* <@');
  });

  test('a direct message about a private incident says no word of it', async () => {
    const secret = await declared(scenario, 'U0BEN', 'sev2 private Salaries leaked');
    await scenario.incident('U0BEN', secret, 'handoff responder <@U0SAR>');
    expect(told(scenario, 'U0SAR').at(-1)).toContain('a role of private incident INC-2');
    expect(told(scenario, 'U0SAR').join('\n')).not.toContain('Salaries');
    await pressInDirect(scenario, 'U0SAR', ACTIONS.acceptHandoff);
    expect(cardOf(scenario, secret)).toContain('*Responder:* <@U0SAR>');
    scenario.slack.deactivate('U0SAR');
    await scenario.quiet();
    expect(read(scenario, secret)).toContain(
      '🚪 <@U0SAR> has left this channel and still holds *Responder*.',
    );
  });
});

endsWell(() => scenario);
