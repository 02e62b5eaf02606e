import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import {
  cardOf,
  declared,
  endsWell,
  form,
  lastAnswer,
  messageWith,
  press,
  pressInAnswer,
  reacts,
  read,
  says,
  timelineOf,
} from './eyes.ts';

const TEAM = TEAM_YAML.replace('first_update: 15m', 'first_update: 3m')
  .replace(
    'communities: [{ name: LEAP, contact: Community representative }]',
    'communities: [{ name: LEAP, channel: "#leap", contact: Community representative }]',
  )
  .replace(
    'report:',
    `  - name: Pangeo hub
    communities: [{ name: Pangeo, channel: "#pangeo" }]
stakeholders: [{ name: Board, channel: "#board" }]
report:`,
  );

let s: Scenario;
beforeAll(async () => {
  s = await startScenario({
    team: TEAM,
    start: Date.parse('2025-08-12T17:00:00+01:00'),
    channels: ['incidents', 'leap', 'pangeo', 'board'].map((name) => ({
      name,
      members: ['U0BEN', 'U0DORA', 'UDAYWATCH'],
    })),
  });
});
afterAll(() => s[Symbol.asyncDispose]());

describe('an update in one line', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(s, 'U0BEN', 'sev1 LEAP hub is down');
  });

  test('goes to the affected community, the stakeholders and the announcement channel, each in its words', async () => {
    await s.pass(1);
    const answer = await s.incident(
      'U0DORA',
      channel,
      'update next 19:15 The *prod* namespace is gone, <@U0BEN> restores it. <!channel> #no heading',
    );
    expect(answer).toBe(
      'Update 1 goes to #leap, #board and #incidents. The channel shows where it has arrived.',
    );
    expect(read(s, 'leap')).toMatch(/^LEAP hub: we are on it\n/);
    expect(read(s, 'leap')).toContain('You hear from us again by 19:15 BST (18:15 UTC).');
    expect(read(s, 'leap'), 'people by their role').toContain(
      'namespace is gone, primary engineer restores it',
    );
    expect(read(s, 'leap')).not.toMatch(/<!channel>|U0BEN|Ben/);
    expect(read(s, 'board')).toContain('INC-1 LEAP hub is down: update 1');
    expect(read(s, 'incidents')).toContain('Ben Archer restores it');
    expect(read(s, 'pangeo'), 'another community').toBe('');
    const shown = wordsOf(messageWith(s, channel, '📣 *Update 1*'));
    expect(shown).toContain('☑ #leap');
    expect(shown).toContain('☑ #board');
    expect(shown).toContain('The next one is promised by 19:15 BST.');
    expect(cardOf(s, channel)).toContain('Next update due 19:15 BST, as promised');
    expect(cardOf(s, channel)).toContain('☑ community told 17:01 BST');
  });

  test('is a line of the timeline, and so is the proof of each target', async () => {
    const timeline = await timelineOf(s, 'U0BEN', channel);
    expect(timeline.match(/namespace is gone/g)).toHaveLength(1);
    expect(timeline).toContain('Update 1 reached #leap.');
    expect(timeline).toContain('Update 1 reached #board.');
  });

  test('corrected, what stands in the channels is replaced', async () => {
    const before = s.slack.messages('leap').length;
    const answer = await s.incident('U0DORA', channel, 'update correct The prod namespace is back.');
    expect(answer).toBe('Update 1 is corrected. It is replaced at #leap, #board and #incidents.');
    expect(s.slack.messages('leap')).toHaveLength(before);
    expect(read(s, 'leap')).toContain('The prod namespace is back.');
    expect(read(s, 'leap')).not.toContain('is gone');
    expect(wordsOf(messageWith(s, channel, '*Update 1*'))).toContain('☑ #leap, corrected there');
    expect(await timelineOf(s, 'U0BEN', channel)).toContain(
      'The correction of update 1 replaced it at #leap.',
    );
  });

  test.each([
    ['update', 'The form opens.'],
    [
      'update to Nobody-known: hi',
      '“Nobody-known” is nobody that I can tell. One of: LEAP, Pangeo, Board, #incidents, all, nobody.',
    ],
    ['update next 25:00 hi', '25:00 is not a time of day'],
    ['update next yesterday 10:00 hi', 'has passed; type a time to come'],
    ['update correct The prod namespace is back.', 'Update 1 says that already.'],
    ['update retry', 'Update 1 reached everybody.'],
  ])('%s → %s', async (typed, answer) => {
    expect(await s.incident('U0DORA', channel, typed)).toContain(answer);
  });

  test('picks whom it is for, and may go to nobody', async () => {
    await s.incident('U0DORA', channel, 'update to Pangeo: You are not concerned.');
    expect(read(s, 'pangeo')).toContain('You are not concerned.');
    expect(read(s, 'leap')).not.toContain('You are not concerned.');
    const answer = await s.incident('U0DORA', channel, 'update to nobody: Only for us.');
    expect(answer).toContain('It goes to nobody outside');
  });

  test('words that begin like a time or an order are the update’s own', async () => {
    await s.incident('U0DORA', channel, 'update Next we restart the hub: soon');
    expect(read(s, 'leap')).toContain('Next we restart the hub: soon');
  });
});

describe('the form', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(s, 'U0BEN', 'sev2 Pangeo hub is slow');
  });

  test('keeps what was typed when it is refused, sends it then, and has it again the next time', async () => {
    await press(s, 'U0BEN', channel, ACTIONS.writeUpdate);
    let view = await form(s, 'U0BEN');
    const words = { state: 'Pods are slow', tried: 'More nodes', next: 'A bigger disk' };
    await expect(
      s.slack
        .submit('U0BEN', view.id, { ...words, nextAt: 'soonish' })
        .then(() => s.slack.views('U0BEN').at(-1)),
    ).resolves.toMatchObject({ id: view.id });
    await s.slack.submit('U0BEN', view.id, { ...words, nextAt: 'in 90m' });
    await s.quiet();
    expect(read(s, 'pangeo')).toContain('More nodes');
    expect(cardOf(s, channel)).toContain('Next update due 18:3');
    await press(s, 'U0BEN', channel, ACTIONS.writeUpdate);
    view = await form(s, 'U0BEN');
    expect(JSON.stringify(view)).toContain('A bigger disk');
    expect(lastAnswer(s, 'U0BEN')).toContain('Update 1 goes to');
  });
});

describe('a private incident', () => {
  test('sends nothing by itself, and with “Send anyway” no word of it', async () => {
    const channel = await declared(s, 'U0BEN', 'sev2 private Marzipan leak');
    await s.incident('U0BEN', channel, 'update The marzipan tokens leaked');
    expect(lastAnswer(s, 'U0BEN')).toContain('INC-3 is private, so nothing was sent.');
    for (const name of ['leap', 'board', 'incidents']) expect(read(s, name)).not.toMatch(/marzipan|INC-3/i);
    await pressInAnswer(s, 'U0BEN', ACTIONS.sendAnyway);
    expect(read(s, 'board')).toContain('Private incident INC-3: there is an update.');
    for (const name of ['leap', 'board', 'incidents']) expect(read(s, name)).not.toMatch(/marzipan/i);
    expect(read(s, channel)).toContain('The marzipan tokens leaked');
  });
});

describe('the clock', () => {
  test('asks who is awake before, and the channel when it is late; each once', async () => {
    const channel = await declared(s, 'U0BEN', 'sev1 Grafana is gone');
    const ts = await says(s, 'U0BEN', channel, 'I told them');
    await s.pass(2);
    const asked = () => s.slack.directMessages('U0BEN').map(wordsOf).join();
    expect(asked()).toContain('An update of INC-4 is due at *17:04 BST*; nothing has gone out');
    expect(asked()).toContain('Nobody holds Communications, so I ask you.');
    await s.pass(2);
    expect(read(s, channel)).toMatch(/An update was due at \*17:04 BST\*.*<@U0BEN>, can you\?/);
    await press(s, 'U0BEN', channel, ACTIONS.snoozeUpdate);
    expect(lastAnswer(s, 'U0BEN')).toContain('I come back to it at 17:35 BST.');
    expect(read(s, channel)).toContain('Put off to 17:35 BST.');
    expect(read(s, channel).match(/An update was due at/g)).toHaveLength(1);
    await reacts(s, 'U0BEN', channel, ts, 'mega');
    expect(read(s, channel)).toContain('☑ Nothing is needed any more.');
  });
});

endsWell(() => s);
