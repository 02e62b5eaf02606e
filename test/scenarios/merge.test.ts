import { expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { entriesOf } from '../faults/entries.ts';
import { startScenario } from '../harness/scenario.ts';
import { cardOf, declared, form, lastAnswer, press, reacts, read, says, timelineOf } from './eyes.ts';

test('a duplicate is merged: its timeline is joined once, its channel points on, and what is marked there still counts', async () => {
  await using s = await startScenario();
  const real = await declared(s, 'U0BEN', 'sev3 Hub is down');
  const twin = await declared(s, 'U0ANA', 'sev3 Nobody can log in');
  const early = await says(s, 'U0ANA', twin, 'Logins answer 502');
  await reacts(s, 'U0BEN', twin, early, 'pushpin');
  const todo = await says(s, 'U0ANA', twin, 'Watch the login page');
  await reacts(s, 'U0ANA', twin, todo, 'hammer');
  await s.pass(2);

  expect(await s.incident('U0BEN', twin, 'merge INC-2')).toContain('cannot be merged into itself');
  expect(await s.incident('U0BEN', twin, 'merge inc-9')).toContain('There is no INC-9 that you can see');
  await declared(s, 'U0BEN', 'sev3 private Not to be offered');
  const bare = await s.incident('U0ANA', twin, 'merge');
  expect(bare).toBe('The form opens. In one line: `/incident merge INC-7`.');
  await press(s, 'U0ANA', twin, ACTIONS.openMerge);
  const opened = await form(s, 'U0ANA');
  expect(JSON.stringify(opened.blocks).match(/INC-\d [^"]*/g)).toEqual([
    expect.stringMatching(/^INC-2 ends/),
    'INC-1 Hub is down',
    'INC-1 Hub is down',
  ]);
  await s.slack.submit('U0ANA', opened.id);
  await s.quiet();
  expect(lastAnswer(s, 'U0ANA')).toBe('INC-2 is merged into INC-1.');
  expect(read(s, twin)).toMatch(/INC-2 is a duplicate of \*INC-1 Hub is down\*\. Go on in <#C\w+>/);
  expect(s.slack.channel(twin).topic).toContain('duplicate of INC-1');
  expect(read(s, real)).toContain('INC-2 “Nobody can log in” was a duplicate of this incident.');
  expect(cardOf(s, real)).toContain('🔨 1 action item');
  expect(s.slack.members(real)).toContain('U0ANA');

  const late = await says(s, 'U0ANA', twin, 'Still failing for some');
  await reacts(s, 'U0BEN', twin, late, 'pushpin');
  s.slack.edit('U0ANA', twin, early, 'Logins answer 503');
  await s.quiet();
  const timeline = await timelineOf(s, 'U0BEN', real);
  expect(timeline).toContain('<@U0ANA>: Logins answer 503');
  expect(timeline).toContain('<@U0ANA>: Still failing for some');
  expect(timeline).toContain('INC-2: <@U0ANA> declares the incident: Nobody can log in (sev3).');
  expect(
    (await entriesOf(s, real)).filter(({ content }) => content.text === 'Logins answer 503'),
  ).toHaveLength(1);
  await s.awayWhile(10, 0, () => {
    const { ts } = s.slack.say('U0ANA', twin, 'Better now');
    s.slack.react('U0ANA', twin, ts, 'pushpin');
    s.slack.unreact('U0BEN', twin, late, 'pushpin');
  });
  const after = await timelineOf(s, 'U0BEN', real);
  expect(after).toContain('<@U0ANA>: Better now');
  expect(after).toMatch(/_Taken out:_ Still failing for some/);
  expect(read(s, real).match(/Recovered.*/g)).toEqual([
    'Recovered 1 entry from while I was away; also 1 taken out. `/incident timeline` shows the timeline.',
  ]);
  expect(read(s, twin)).not.toContain('Recovered');
  expect(await s.incident('U0BEN', twin, 'log something')).toContain('It is a duplicate of INC-1');
  expect(s.slack.problems).toEqual([]);
});
