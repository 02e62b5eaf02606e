import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import {
  declared,
  endsWell,
  form,
  lastAnswer,
  press,
  pressInAnswer,
  reacts,
  read,
  says,
  timelineOf,
} from './eyes.ts';

describe('somebody comes back and reads what they missed', () => {
  let s: Scenario;
  let channel: string;
  beforeAll(async () => {
    s = await startScenario();
    channel = await declared(s, 'U0BEN', 'sev2 LEAP hub is down');
    await says(s, 'U0ANA', channel, 'I have a look');
  });
  afterAll(() => s?.[Symbol.asyncDispose]());
  endsWell(() => s);

  test('since they last wrote: short, by kind, with links to the messages', async () => {
    await s.pass(5);
    const ts = await says(s, 'U0BEN', channel, 'the *NFS* server is gone');
    await reacts(s, 'U0BEN', channel, ts, 'pushpin');
    await s.incident('U0BEN', channel, 'status identified');
    await s.incident('U0BEN', channel, 'action technical Alert on it');
    const told = await s.incident('U0ANA', channel, 'catchup');
    expect(told).toContain('since 18:59 EEST, when you last wrote');
    expect(told).toContain('identified, sev2; <@U0BEN> leads');
    expect(told).toMatch(/\*State\*\n• 19:04 EEST .* identified/);
    expect(told).toContain(`<@U0BEN>: the *NFS* server is gone`);
    expect(told).toContain(`/archives/${channel}/p${ts.replace('.', '')}|message>`);
    expect(told).toContain('*Action items*\n• 19:04 EEST Action item: Alert on it');
    expect(told).not.toContain('declares the incident');
  });

  test('having read it is a look: then nothing is new, until something is', async () => {
    await s.pass(1);
    expect(await s.incident('U0ANA', channel, 'catchup')).toContain('nothing has happened since');
    await s.pass(3);
    await s.incident('U0BEN', channel, 'log 17:01 users complain');
    await press(s, 'U0ANA', channel, ACTIONS.catchUp);
    expect(lastAnswer(s, 'U0ANA')).toMatch(/when you last looked[\s\S]*19:01 EEST .*users complain/);
    await s.incident('U0BEN', channel, 'log after the timeline was opened');
    await s.incident('U0ANA', channel, 'timeline');
    expect(await s.incident('U0ANA', channel, 'catchup')).toContain('nothing has happened');
  });

  test('since a time or a while, in the reader’s own zone; what is no time says what is', async () => {
    const since = await s.incident('U0CHI', channel, 'catchup 09:00');
    expect(since).toContain('since 09:00 PDT');
    expect(since).not.toContain('declares the incident');
    expect(await s.incident('U0CHI', channel, 'catchup 2h')).toContain('declares the incident');
    expect(await s.incident('U0CHI', channel, 'catchup soonish')).toContain('/incident catchup 2h');
  });

  test('elsewhere it tells of the open incidents that they may see', async () => {
    await declared(s, 'U0BEN', 'sev1 private Payroll leak');
    const told = await s.incident('U0ANA', 'incidents', 'catchup 1h');
    expect(told).toContain('INC-1');
    expect(told).not.toMatch(/Payroll|INC-2/);
    expect(await s.incident('U0BEN', 'incidents', 'catchup 1h')).toContain('INC-2');
  });

  test('the timeline says who recorded each entry and when, and what it said before', async () => {
    await s.incident('U0ANA', channel, 'log 17:02 the disk is ful');
    await s.incident('U0ANA', channel, 'timeline');
    const shown = JSON.stringify(s.slack.ephemerals('U0ANA').at(-1)?.blocks);
    const [, entry = ''] = /the disk is ful.*?"action_id":"entry_edit","value":"([^"]+)"/.exec(shown) ?? [];
    await pressInAnswer(s, 'U0ANA', ACTIONS.editEntry, entry);
    const edit = await form(s, 'U0ANA');
    await s.slack.submit('U0ANA', edit.id, { when: 'ca. 19:03-19:05', text: 'the disk is full' });
    await s.quiet();
    const timeline = await timelineOf(s, 'U0ANA', channel);
    expect(timeline).toMatch(/ca\. 19:03–19:05 EEST\* <@U0ANA>: the disk is full/);
    expect(timeline).toContain('edited once, before: “the disk is ful”');
    expect(timeline).toMatch(/Recorded Tue 12 Aug \d\d:\d\d EEST by <@U0BEN> by a reaction/);
    await pressInAnswer(s, 'U0ANA', ACTIONS.editEntry, entry);
    const again = JSON.stringify(await form(s, 'U0ANA'));
    expect(again).toContain('ca. 2025-08-12 19:03-19:05');
    expect(again).toContain('in the report it is 2025-08-12 17:03 BST');
    expect(again).toContain('It said before:');
  });

  test('a doubtful time is asked about with a button for each reading, and one press counts', async () => {
    const asked = await s.incident('U0BEN', channel, 'log 2024-10-27 01:30 it began that night');
    expect(asked).toContain('came twice on Sun 27 Oct 2024 in London');
    expect(asked).toContain('Sun 27 Oct 2024 01:30 BST');
    await pressInAnswer(s, 'U0BEN', `${ACTIONS.logAt}_1`);
    expect(lastAnswer(s, 'U0BEN')).toContain('In the timeline at');
    const timeline = await timelineOf(s, 'U0BEN', channel);
    expect(timeline).toMatch(/Sun 27 Oct[\s\S]*01:30 GMT.*it began that night/);
    expect(read(s, channel)).toContain('it began that night');

    const edge = await s.incident('U0BEN', channel, 'impact start 2024-10-27 01:30');
    expect(edge).toContain('came twice on Sun 27 Oct 2024 in London');
    await pressInAnswer(s, 'U0BEN', `${ACTIONS.impactAt}_1`);
    expect(lastAnswer(s, 'U0BEN')).toBe('Noted: users were hurt from Sun 27 Oct 2024 01:30 GMT.');
    const absent = await s.incident('U0BEN', channel, 'impact end 2025-03-30 01:30');
    expect(absent).toContain('did not');
    await pressInAnswer(s, 'U0BEN', `${ACTIONS.impactAt}_0`);
    expect(lastAnswer(s, 'U0BEN')).toMatch(/^Noted: users were hurt until/);
  });
});
