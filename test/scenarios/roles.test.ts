import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import {
  cardOf,
  declared,
  endsWell,
  hasButton,
  lastAnswer,
  messageWith,
  press,
  read,
  says,
  timelineOf,
} from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T10:00:00+01:00') });
});
afterAll(() => scenario[Symbol.asyncDispose]());

describe('assigning', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(scenario, 'U0BEN', 'sev2 Who does what');
  });

  test('brings the person in and shows on the card and in the topic', async () => {
    expect(await scenario.incident('U0BEN', channel, 'assign communications @dora')).toBe(
      '<@U0DORA> holds communications now.',
    );
    expect(scenario.slack.members(channel)).toContain('U0DORA');
    expect(cardOf(scenario, channel)).toContain('*Communications:* <@U0DORA>');
    expect(scenario.slack.channel(channel).topic).toContain('Communications: Dora');
    expect(await timelineOf(scenario, 'U0BEN', channel)).toContain(
      '<@U0BEN> gives communications to <@U0DORA>.',
    );
  });

  test.each([
    ['assign scribe me', '<@U0BEN> holds scribe now.'],
    ['assign Scribe me', '<@U0BEN> holds scribe already.'],
    ['assign comms @dora', '<@U0DORA> holds communications already.'],
    ['assign techlead @ana', '<@U0ANA> holds tech-lead now.'],
    ['assign lead @ana', '<@U0ANA> holds responder now.'],
    [
      'assign scribe nobody',
      '<@U0BEN> no longer holds scribe; nobody does. `/incident assign scribe @person` gives it to somebody.',
    ],
    ['assign scribe nobody', 'Nobody holds scribe.'],
    ['assign cook @ana', '“cook” is no role. One of: responder, communications, tech-lead, scribe.'],
    ['assign comms ana', 'Name the person with an @: `@ana`.'],
    [
      'assign comms @nobody',
      'I know nobody called @nobody. Pick them from Slack’s list while you type the @.',
    ],
    ['assign comms @daywatch', 'I cannot hold a role; name a person.'],
  ])('%s → %s', async (typed, answer) => {
    expect(await scenario.incident('U0BEN', channel, typed)).toBe(answer);
  });

  test('the button on the card takes communications, and is gone then', async () => {
    const other = await declared(scenario, 'U0BEN', 'sev2 Take it');
    await says(scenario, 'U0SAR', other, 'I can talk to people');
    await press(scenario, 'U0SAR', other, ACTIONS.takeCommunications);
    expect(cardOf(scenario, other)).toContain('*Communications:* <@U0SAR>');
    expect(hasButton(scenario.slack.pins(other)[0]?.blocks, ACTIONS.takeCommunications)).toBe(false);
  });

  test('somebody whose account is closed holds nothing', async () => {
    await using gone = await startScenario({
      people: [
        { id: 'U0BEN', name: 'ben', realName: 'Ben Archer', tz: 'Europe/London' },
        { id: 'U0OLD', name: 'old', realName: 'Old Hand', tz: 'Europe/London', deleted: true },
      ],
      channels: [{ name: 'incidents', members: ['U0BEN', 'UDAYWATCH'] }],
    });
    const there = await declared(gone, 'U0BEN', 'sev3 Gone');
    expect(await gone.incident('U0BEN', there, 'assign comms <@U0OLD>')).toBe(
      '<@U0OLD>’s account is closed; name somebody else.',
    );
    expect(await gone.incident('U0BEN', there, 'handoff responder <@U0OLD>')).toContain('account is closed');
    expect(await gone.incident('U0BEN', there, 'page <@U0OLD>')).toContain('account is closed');
    expect(gone.slack.problems).toEqual([]);
  });
});

describe('handing over', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(scenario, 'U0BEN', 'sev2 Handed over');
    await scenario.incident('U0BEN', channel, 'impact start ca. 09:40');
    await scenario.incident('U0BEN', channel, 'assign communications me');
    await scenario.incident('U0BEN', channel, 'log 09:55 we restarted the proxy');
  });

  test('offers the role with a brief; the old holder keeps it until the other accepts', async () => {
    expect(await scenario.incident('U0BEN', channel, 'handoff communications @dora')).toBe(
      'Offered communications to <@U0DORA> with a brief. <@U0BEN> keeps it until they accept. Without an answer within 15 min the next person is asked.',
    );
    const offer = wordsOf(messageWith(scenario, channel, '🤝'));
    expect(offer).toContain('🤝 <@U0DORA>: <@U0BEN> hands over *Communications* to you.');
    expect(offer).toContain('*Handed over*: sev2 Degraded, investigating.');
    expect(offer).toContain('*Impact:* users hurt since Tue 12 Aug 09:40 BST (approximate), 20 min so far.');
    expect(offer).toContain('*Told outside:* nobody yet.');
    expect(offer).toContain('we restarted the proxy');
    expect(cardOf(scenario, channel)).toContain(
      '*Communications:* <@U0BEN> (offered to <@U0DORA> until 10:15 BST)',
    );
    expect(scenario.slack.members(channel)).toContain('U0DORA');
  });

  test('only the person asked can answer', async () => {
    await press(scenario, 'U0BEN', channel, ACTIONS.acceptHandoff);
    expect(lastAnswer(scenario, 'U0BEN')).toBe('This handoff is for <@U0DORA>; only they can answer it.');
    expect(cardOf(scenario, channel)).toContain('*Communications:* <@U0BEN>');
  });

  test('accepted, it is theirs; pressed again, nothing changes', async () => {
    const { ts } = messageWith(scenario, channel, '🤝');
    await press(scenario, 'U0DORA', channel, ACTIONS.acceptHandoff);
    expect(lastAnswer(scenario, 'U0DORA')).toBe('You hold communications now.');
    expect(cardOf(scenario, channel)).toContain(
      '*Communications:* <@U0DORA>, before: <@U0BEN> until 10:00 BST\n',
    );
    expect(wordsOf(messageWith(scenario, channel, '🤝'))).toContain(
      '☑ <@U0DORA> accepted and holds Communications now.',
    );
    await expect(
      scenario.slack.press('U0DORA', { channel, ts }, ACTIONS.acceptHandoff),
      'the buttons are gone',
    ).rejects.toThrow('nothing called');
    const timeline = await timelineOf(scenario, 'U0BEN', channel);
    expect(timeline.match(/hands communications over to <@U0DORA>, who accepts/g)).toHaveLength(1);
  });

  test('declined, the holder keeps it and the channel knows', async () => {
    await scenario.incident('U0DORA', channel, 'handoff comms @ana');
    await press(scenario, 'U0ANA', channel, ACTIONS.declineHandoff);
    expect(lastAnswer(scenario, 'U0ANA')).toBe(
      'Declined. <@U0DORA> keeps communications; the next person is asked.',
    );
    expect(read(scenario, channel)).toContain(
      '<@U0ANA> cannot take communications. <@U0DORA> keeps it; I look for the next person.',
    );
    expect(wordsOf(messageWith(scenario, channel, '🤝 <@U0BEN>'))).toContain(
      'Asked because: <@U0ANA> declined; in hours in London until 17:30 BST, nobody else fits.',
    );
    expect(await scenario.incident('U0DORA', channel, 'handoff withdraw')).toBe(
      'Taken back: <@U0BEN> is no longer asked. <@U0DORA> keeps communications.',
    );
    expect(cardOf(scenario, channel)).toMatch(
      /Communications:\* <@U0DORA>, before: <@U0BEN> until 10:00 BST\n/,
    );
  });

  test('offered to another meanwhile, the first offer is over', async () => {
    await scenario.incident('U0DORA', channel, 'handoff comms @ana');
    const { ts } = messageWith(scenario, channel, '🤝');
    const twice = await scenario.incident('U0DORA', channel, 'handoff comms @ana');
    expect(twice).toBe('communications is offered to <@U0ANA> already; it stands until they answer.');
    await scenario.incident('U0DORA', channel, 'handoff comms @ben');
    const first = scenario.slack.messages(channel).find((message) => message.ts === ts);
    expect(wordsOf(first)).toContain('Offered to <@U0BEN> since. <@U0DORA> holds Communications.');
    expect(hasButton(first?.blocks, ACTIONS.acceptHandoff)).toBe(false);
    await press(scenario, 'U0BEN', channel, ACTIONS.acceptHandoff);
    expect(cardOf(scenario, channel)).toMatch(
      /Communications:\* <@U0BEN>, before: .*<@U0DORA> until 10:00 BST\n/,
    );
  });

  test.each([
    ['handoff', 'Say which role and who: `/incident handoff communications @ana`.'],
    ['handoff comms @ben', '<@U0BEN> holds communications already; a handoff goes to somebody else.'],
    ['handoff comms @daywatch', 'I cannot hold a role; name a person.'],
  ])('%s is refused', async (typed, sentence) => {
    expect(await scenario.incident('U0BEN', channel, typed)).toBe(sentence);
  });

  test('without a person, those whose day it is are proposed', async () => {
    const answer = await scenario.incident('U0BEN', channel, 'handoff communications');
    expect(answer).toBe(
      'The form with the brief opens. I propose <@U0DORA>: in hours in London until 17:30 BST, nobody else fits. Without it: `/incident handoff communications @person`.',
    );
  });

  test('an offer cannot be accepted once the incident is cancelled', async () => {
    await scenario.incident('U0BEN', channel, 'handoff responder @ana');
    await scenario.incident('U0BEN', channel, 'cancel');
    const offer = messageWith(scenario, channel, '🤝 <@U0ANA>');
    expect(wordsOf(offer)).toContain('Taken back; nothing is needed of <@U0ANA>.');
    expect(await scenario.incident('U0ANA', channel, 'handoff accept')).toContain(
      'No role is offered to you',
    );
    expect(cardOf(scenario, channel)).toContain('*Responder:* <@U0BEN>');
  });
});

endsWell(() => scenario);
