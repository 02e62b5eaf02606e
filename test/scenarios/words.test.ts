import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { cardOf, declared, endsWell, hasButton, lastAnswer, press, read, timelineOf } from './eyes.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ start: Date.parse('2025-08-12T10:00:00+01:00') });
});
afterAll(() => scenario[Symbol.asyncDispose]());

describe('status, severity, title, impact', () => {
  let channel: string;
  beforeAll(async () => {
    channel = await declared(scenario, 'U0BEN', 'sev1 State of things');
  });

  test.each([
    ['status', 'The status is investigating. Change it with `/incident status identified`.'],
    [
      'status bad',
      '“bad” is no status. One of: investigating, identified, monitoring, resolved, closed, cancelled.',
    ],
    ['status identified', 'Status: investigating → identified.'],
    ['status Identified', 'INC-1 is already identified.'],
    ['severity', 'The severity is sev1. Change it with `/incident severity sev2`.'],
    ['severity 9', '“9” is no severity. One of: sev1, sev2, sev3, sev4.'],
    ['severity P2', 'Severity: sev1 → sev2.'],
    ['sev sev2', 'INC-1 is already sev2.'],
    ['severity sev1', 'Severity: sev2 → sev1. That pages nobody by itself: `/incident page` does.'],
    ['severity sev2', 'Severity: sev1 → sev2.'],
    ['rename', 'A title has 1 to 200 characters: `/incident rename LEAP hub outage`.'],
    ['rename R&D *is* down', 'It is now called “R&amp;D *is* down”.'],
    [
      'impact',
      'Say whether it is the start or the end, and when: `/incident impact start 17:00`, `/incident impact end ca. 18:10`.',
    ],
    [
      'impact strat 17:00',
      '“strat” is neither start nor end. Say whether it is the start or the end, and when: `/incident impact start 17:00`, `/incident impact end ca. 18:10`.',
    ],
    ['impact start ca. 09:30', 'Noted: users were hurt from ca. 09:30 BST.'],
    [
      'impact end 09:00',
      'The impact cannot end before it started. If both are wrong, set the other first with `/incident impact start|end &lt;when&gt;`.',
    ],
    ['impact end 09:50', 'Noted: users were hurt until 09:50 BST.'],
    [
      'impact start soon',
      '“soon” is no time that I can read. Try `17:00`, `ca. 17:00` or `2025-08-12 17:00`.',
    ],
    ['impact start yesterday 22:00', 'Noted: users were hurt from Mon 11 Aug 22:00 BST.'],
    ['action process', 'An action item needs words: `/incident action technical Upgrade the NFS server`.'],
    ['lesson', 'The form opens. In one line: `/incident lesson well|badly|lucky &lt;text&gt;`.'],
    [
      'lesson often',
      '“often” is no kind of lesson. Type `/incident lesson well`, `badly` or `lucky`, and then the lesson.',
    ],
    ['close', 'INC-1 is still identified. Type `/incident resolve` first.'],
    ['reopen', 'INC-1 is identified, so there is nothing to reopen.'],
  ])('%s → %s', async (typed, answer) => {
    expect(await scenario.incident('U0BEN', channel, typed)).toBe(answer);
  });

  test('the card, the topic and the announcement say so', () => {
    const card = cardOf(scenario, channel);
    expect(card).toContain('INC-1 R&D *is* down');
    expect(card).toContain('*sev2 Degraded* · 🟠 identified');
    expect(card).toContain('users hurt from Mon 11 Aug 22:00 BST to 09:50 BST');
    expect(scenario.slack.channel(channel).topic).toContain('INC-1 R&D *is* down · sev2 · identified');
    expect(read(scenario, 'incidents')).toContain('sev2 Degraded · 🟠 identified');
  });
});

describe('the end, and back', () => {
  test('a false alarm is cancelled and can be taken up again', async () => {
    const channel = await declared(scenario, 'U0BEN', 'sev3 False alarm');
    const name = /^INC-\d+/.exec(cardOf(scenario, channel))?.[0];
    const say = (typed: string) => scenario.incident('U0BEN', channel, typed);
    expect(await say('cancel')).toBe(`${name} is cancelled: a false alarm.`);
    expect(await say('cancel')).toBe(`${name} is already cancelled.`);
    expect(await say('resolve')).toBe(
      `${name} is cancelled, so \`resolve\` is not possible. Type \`/incident reopen\` to go on with it.`,
    );
    expect(await say('page tech-lead')).toContain('is not possible');
    expect(await say('log too late')).toContain('is not possible');
    expect(await scenario.incident('U0BEN', 'incidents', 'list')).not.toContain('False alarm');
    expect(hasButton(scenario.slack.pins(channel)[0]?.blocks, ACTIONS.resolve)).toBe(false);
    await press(scenario, 'U0BEN', channel, ACTIONS.reopen);
    expect(lastAnswer(scenario, 'U0BEN')).toBe(`${name} is open again.`);
    expect(await timelineOf(scenario, 'U0BEN', channel)).toContain('<@U0BEN> reopens the incident.');
    expect(await scenario.incident('U0BEN', 'incidents', 'list')).toContain('False alarm');
  });

  test('resolved, closed, reopened, each once', async () => {
    const channel = await declared(scenario, 'U0BEN', 'sev3 Short one');
    const name = /^INC-\d+/.exec(cardOf(scenario, channel))?.[0];
    const say = (typed: string) => scenario.incident('U0BEN', channel, typed);
    await press(scenario, 'U0BEN', channel, ACTIONS.resolve);
    expect(lastAnswer(scenario, 'U0BEN')).toBe(`${name} is resolved. The report comes into the channel.`);
    expect(await say('resolve')).toBe(`${name} is already resolved.`);
    expect(await say('status')).toBe('The status is resolved. Change it with `/incident reopen`.');
    expect(await say('status monitoring')).toContain('Type `/incident reopen` if it is not over.');
    expect(await say('cancel')).toContain('is not possible');
    expect(await say('log what came after')).toContain('In the timeline at');
    expect(await say('close')).toBe(`${name} is closed.`);
    expect(await say('close')).toBe(`${name} is already closed.`);
    expect(await say('log even later')).toContain('is not possible');
    expect(await say('reopen')).toBe(`${name} is open again.`);
    expect(cardOf(scenario, channel)).toContain('🔴 investigating');
  });
});

describe('words that are not understood', () => {
  test.each([
    ['tiemline', 'timeline'],
    ['asign', 'assign'],
    ['Resovle', 'resolve'],
    ['severty', 'severity'],
    ['pgae', 'page'],
  ])('%s: did you mean %s', async (typed, meant) => {
    const answer = await scenario.incident('U0BEN', 'incidents', typed);
    expect(answer).toContain(`I do not know “${typed}”. Did you mean \`/incident ${meant}\`?`);
    expect(answer).toContain('`/incident help [command]` this help');
  });

  test('nothing near: the help alone', async () => {
    const answer = await scenario.incident('U0BEN', 'incidents', 'xyzzy <!channel>');
    expect(answer).toMatch(/^I do not know “xyzzy”\.\n/);
    expect(await scenario.incident('U0BEN', 'incidents', 'help xyzzy')).toMatch(/^I do not know “xyzzy”\./);
  });

  test('help explains one command, by any of its names', async () => {
    expect(await scenario.incident('U0BEN', 'incidents', 'help page')).toBe(
      '`/incident page tech-lead`\n`/incident page @person`\npage whose day it is, or a person; you see who answers.',
    );
    expect(await scenario.incident('U0BEN', 'incidents', 'help TODO')).toContain('/incident action');
  });

  test.each([
    'log 17:32 x',
    'timeline',
    'impact start 09:00',
    'page tech-lead',
    'page @ana',
    'ack',
    'decline',
    'assign comms @ana',
    'handoff comms @ana',
    'handoff comms',
    'status identified',
    'severity sev2',
    'rename x',
    'action x',
    'lesson well x',
    'resolve',
    'reopen',
    'close',
    'cancel',
  ])('%s outside an incident says where to type it', async (typed) => {
    const answer = await scenario.incident('U0BEN', 'incidents', typed);
    expect(answer).toMatch(/^This is not the channel of an incident\. Type it in the incident’s own channel/);
  });
});

describe('list and who', () => {
  test('list has every open incident with its channel', async () => {
    const answer = await scenario.incident('U0SAR', 'incidents', 'list');
    expect(answer).toMatch(
      /• \*INC-1\* R&amp;D \*is\* down · sev2, identified · since Tue 12 Aug 10:00 BST · <@U0BEN> <#C\w+>/,
    );
  });

  test('who tells local times, whose day it is, and who would be paged and why', async () => {
    const answer = await scenario.incident('U0BEN', 'incidents', 'who');
    expect(answer.split('\n')).toEqual([
      '*tech-lead*',
      '• <@U0ANA> · 12:00 EEST · in hours until 17:30',
      '• <@U0CHI> · 02:00 PDT · on from 09:00 PDT',
      '→ For sev1 I would page <@U0ANA> now: in hours in Bucharest until 17:30 EEST, nobody else is.',
    ]);
  });

  test('inside, the role holders too', async () => {
    const channel = await declared(scenario, 'U0SAR', 'sev2 Roll call');
    expect(await scenario.incident('U0BEN', channel, 'who')).toContain('*Responder:* <@U0SAR> · 05:00 EDT');
    await press(scenario, 'U0BEN', channel, ACTIONS.showWho);
    expect(lastAnswer(scenario, 'U0BEN')).toContain('→ For sev2 I would page <@U0ANA> now');
  });

  test('bare /incident inside is the card again, and below it what else one can do', async () => {
    const channel = await declared(scenario, 'U0BEN', 'sev3 Bare');
    const menu = await scenario.incident('U0BEN', channel, '');
    expect(menu.slice(0, cardOf(scenario, channel).length)).toBe(cardOf(scenario, channel));
    expect(menu).toContain('Log a line');
  });
});

endsWell(() => scenario);
