import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import {
  cardOf,
  declared,
  endsWell,
  hasButton,
  lastAnswer,
  press,
  pressInDirect,
  read,
  timelineOf,
  told,
} from './eyes.ts';

/** In the London morning Ana and Ben are in hours and Chitra sleeps. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');
const TEAM = TEAM_YAML.replace(
  '{ members: [Ana, Chitra] }',
  '{ members: [Ana, Ben, Chitra], escalation_policy: PPOLICY }',
);

let scenario: Scenario;
let title = 0;
beforeAll(async () => {
  scenario = await startScenario({ team: TEAM, start: MORNING });
});
afterAll(() => scenario[Symbol.asyncDispose]());

/** An incident of its own in which Dora has asked for the tech lead; answers its channel and who was paged. */
async function paged(): Promise<{ channel: string; first: string; second: string }> {
  title += 1;
  const channel = await declared(scenario, 'U0DORA', `sev1 Trouble ${title}`);
  await scenario.incident('U0DORA', channel, 'page tech-lead');
  const first = /Paging <@(\w+)>/.exec(read(scenario, channel))?.[1] ?? '';
  return { channel, first, second: first === 'U0ANA' ? 'U0BEN' : 'U0ANA' };
}

function pagesInPagerDuty(channel: string) {
  const name = scenario.slack.channel(channel).name.slice(0, 'inc-99'.length).replace(/-$/, '').toUpperCase();
  return scenario.pagerduty.incidents().filter(({ key }) => key.startsWith(`daywatch-${name}-`));
}

const PAGERDUTY: Record<string, string> = { U0ANA: 'PANA01', U0BEN: 'PBEN01' };

describe('the tech lead whose day it is', () => {
  test('is chosen by the rule, paged both ways, and says I have it', async () => {
    const { channel } = await paged();
    const words = read(scenario, channel);
    expect(words).toContain(
      '📟 Paging <@U0ANA> (tech-lead), where it is 12:00 EEST: in hours in Bucharest until 17:30 EEST, first in the roster.',
    );
    expect(told(scenario, 'U0ANA').at(-1)).toContain("Your time is 12:00 EEST; the team's is 10:00 BST.");
    expect(pagesInPagerDuty(channel)).toMatchObject([
      { assignees: ['PANA01'], status: 'triggered', urgency: 'high', priorityId: 'PP1' },
    ]);
    expect(cardOf(scenario, channel)).toContain('☑ paged: <@U0ANA>, 10:00 BST (');
    expect(cardOf(scenario, channel)).toMatch(/Slack ✓/);
    expect(cardOf(scenario, channel)).toMatch(/PagerDuty ✓/);

    await pressInDirect(scenario, 'U0ANA', ACTIONS.haveIt);
    expect(read(scenario, channel)).toContain('✅ <@U0ANA> has it, within a minute of the page.');
    expect(told(scenario, 'U0ANA').at(-1)).toContain('You have it (10:00 BST). Thank you.');
    expect(scenario.slack.members(channel)).toContain('U0ANA');
    expect(pagesInPagerDuty(channel)).toMatchObject([{ status: 'acknowledged' }]);
    expect(cardOf(scenario, channel)).toContain('☑ acknowledged 10:00 BST by <@U0ANA>');
    expect(cardOf(scenario, channel)).toContain('*Tech lead:* <@U0ANA>');
  });

  test('is not paged twice by asking twice', async () => {
    const { channel, first } = await paged();
    const again = await scenario.incident('U0BEN', channel, 'page');
    expect(again).toBe(`<@${first}> was paged already and has not answered yet; the next step is in 5 min.`);
    await press(scenario, 'U0DORA', channel, ACTIONS.pageTechLead);
    expect(lastAnswer(scenario, 'U0DORA')).toContain('was paged already');
    expect(pagesInPagerDuty(channel)).toHaveLength(1);
    await scenario.incident('U0DORA', channel, 'cancel');
  });

  test('“Not me” asks the next at once, and the first is left in peace', async () => {
    const { channel, first, second } = await paged();
    await pressInDirect(scenario, first, ACTIONS.notMe);
    const words = read(scenario, channel);
    expect(words).toContain(`<@${first}> cannot take it; asking the next.`);
    expect(words).toContain(`📟 Paging <@${second}>`);
    expect(told(scenario, first).at(-1)).toContain('You said that it is not you');
    expect(told(scenario, second).at(-1)).not.toContain(`There: <@U0DORA> and <@${first}>`);
    const direct = scenario.slack.directMessages(first).at(-1);
    expect(hasButton(direct?.blocks, ACTIONS.haveIt)).toBe(false);
    expect(pagesInPagerDuty(channel).map(({ status }) => status)).toEqual(['resolved', 'triggered']);
    await scenario.incident('U0DORA', channel, 'cancel');
  });

  test('acknowledges and declines by command too', async () => {
    const { channel, first, second } = await paged();
    const declined = await scenario.incident(first, channel, "decline I'm at *the* dentist & late");
    expect(declined).toBe('Thank you for saying so. The next person is asked at once.');
    expect(read(scenario, channel)).toContain(
      `<@${first}> cannot take it (I'm at *the* dentist &amp; late); asking the next.`,
    );
    expect(await scenario.incident(second, channel, 'ack')).toBe('You have it. The channel knows.');
    expect(await scenario.incident(second, channel, 'ack')).toBe('You have it.');
    expect(await scenario.incident('U0DORA', channel, 'ack')).toBe(`<@${second}> has it already. Thank you.`);
    expect(read(scenario, channel).match(/has it,/g)).toHaveLength(1);
  });

  test('only the person paged can decline; somebody else may take it', async () => {
    const { channel, first } = await paged();
    expect(await scenario.incident('U0SAR', channel, 'decline')).toBe(`This page is for <@${first}>.`);
    expect(await scenario.incident('U0CHI', channel, 'ack')).toBe('You have it. The channel knows.');
    expect(told(scenario, first).at(-1)).toContain('<@U0CHI> has it. Thank you; nothing is needed of you.');
    expect(pagesInPagerDuty(channel)).toMatchObject([{ status: 'acknowledged' }]);
  });
});

describe('silence', () => {
  test('for 5 minutes moves to the next step with the reason; then everybody is told loudly', async () => {
    const { channel, first, second } = await paged();
    await scenario.pass(4);
    expect(read(scenario, channel)).not.toContain(`Paging <@${second}>`);
    await scenario.pass(1);
    expect(read(scenario, channel)).toMatch(
      new RegExp(
        `Paging <@${second}> \\(tech-lead\\), where it is \\d\\d:\\d\\d \\w+: in hours in .*not asked yet`,
      ),
    );
    await scenario.pass(5);
    const words = read(scenario, channel);
    expect(words).toContain('<!here>\n🚨 *Nobody has answered the page.*');
    expect(words).toContain(
      'did not answer. Everybody of the tech-lead roster who may be asked now was asked; <@U0CHI> is paged at the start of their day, Tue 12 Aug 09:00 PDT, Tue 12 Aug 17:00 BST for the team, if nobody has it by then.',
    );
    expect(words).toContain('PagerDuty’s escalation policy is called now. Call: Ana +40 000 000.');
    expect(words).not.toContain('Paging <@U0CHI>');
    expect(told(scenario, 'U0CHI').some((message) => message.includes(`Trouble ${title}`))).toBe(false);
    expect(pagesInPagerDuty(channel).at(-1)).toMatchObject({ assignedVia: 'escalation_policy' });
    const timeline = await timelineOf(scenario, 'U0DORA', channel);
    expect(timeline).toContain(`<@${first}> has not answered within 5 min.`);
    expect(timeline).toContain(`<@${second}> has not answered within 5 min.`);

    // It is never too late.
    await pressInDirect(scenario, first, ACTIONS.haveIt);
    expect(read(scenario, channel)).toContain(`✅ <@${first}> has it, 10 min after the page.`);
    expect(told(scenario, second).at(-1)).toContain(`<@${first}> has it.`);
  });

  test('ends when the incident is resolved, in PagerDuty as well', async () => {
    const { channel, first, second } = await paged();
    await scenario.incident('U0DORA', channel, 'resolve');
    expect(pagesInPagerDuty(channel)).toMatchObject([{ status: 'resolved' }]);
    expect(told(scenario, first).at(-1)).toContain('is resolved; nothing is needed any more.');
    await scenario.pass(6);
    expect(read(scenario, channel)).not.toContain(`Paging <@${second}>`);
    expect(read(scenario, channel)).not.toContain('🚨');
  });
});

describe('PagerDuty', () => {
  test('an acknowledgement there counts here', async () => {
    const { channel, first } = await paged();
    const [page] = pagesInPagerDuty(channel);
    await scenario.pass(2);
    scenario.pagerduty.acknowledgeAs(PAGERDUTY[first] ?? '', page?.id ?? '');
    await scenario.quiet();
    expect(read(scenario, channel)).toContain(`✅ <@${first}> has it in PagerDuty, 2 min after the page.`);
    await scenario.pagerduty.redeliverLast();
    await scenario.pass(4);
    expect(read(scenario, channel).match(/has it in PagerDuty/g)).toHaveLength(1);
    expect(read(scenario, channel).match(/📟 Paging/g)).toHaveLength(1);
    const timeline = await timelineOf(scenario, 'U0DORA', channel);
    expect(timeline).toContain(
      `<@${first}> acknowledges the page in PagerDuty, 2 min after it was sent, and is tech lead now.`,
    );
  });

  test('500 is told at once, the Slack page stands, and later success makes one page', async () => {
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'POST /incidents',
      when: 'before',
      times: 3,
      act: { kind: 'answer', status: 500, body: '{}' },
    });
    const { channel, first } = await paged();
    expect(read(scenario, channel)).toContain(`⚠️ Paging <@${first}> by PagerDuty *failed*:`);
    expect(read(scenario, channel)).toContain('The Slack page stands; I keep trying.');
    expect(cardOf(scenario, channel)).toContain('PagerDuty failed');
    expect(told(scenario, first).at(-1)).toContain('you are needed');
    await scenario.pass(3);
    expect(pagesInPagerDuty(channel)).toHaveLength(1);
    expect(read(scenario, channel)).toContain(`PagerDuty has taken the page for <@${first}> after all.`);
    expect(read(scenario, channel).match(/by PagerDuty \*failed\*/g)).toHaveLength(1);
    expect(cardOf(scenario, channel)).not.toContain('PagerDuty failed');
    await scenario.incident(first, channel, 'ack');
    await scenario.pass(2);
    expect(pagesInPagerDuty(channel)).toMatchObject([{ status: 'acknowledged' }]);
  });

  test('an answer that is lost makes one page too', async () => {
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'POST /incidents',
      when: 'after',
      act: { kind: 'cut' },
    });
    const { channel, first } = await paged();
    await scenario.pass(2);
    expect(pagesInPagerDuty(channel)).toHaveLength(1);
    await scenario.incident(first, channel, 'ack');
    expect(pagesInPagerDuty(channel)).toMatchObject([{ status: 'acknowledged' }]);
  });
});

describe('a person asked for by name', () => {
  test('is paged whatever the hour, since a person decided so', async () => {
    const channel = await declared(scenario, 'U0DORA', 'sev3 Odd bill');
    expect(await scenario.incident('U0DORA', channel, 'page @chitra')).toBe(
      'Paging <@U0CHI>. The channel sees who answers.',
    );
    expect(read(scenario, channel)).toMatch(
      /📟 Paging <@U0CHI>, where it is 0\d:\d\d PDT: asked for by <@U0DORA>\./,
    );
    expect(pagesInPagerDuty(channel)).toMatchObject([{ assignees: ['PCHI01'] }]);
    await pressInDirect(scenario, 'U0CHI', ACTIONS.notMe);
    expect(lastAnswer(scenario, 'U0CHI')).toBe('Thank you for saying so. The channel knows.');
    expect(read(scenario, channel)).not.toContain('asking the next');
    expect(read(scenario, channel)).toContain('<@U0CHI> cannot take it. Only <@U0CHI> was asked.');
    await scenario.incident('U0DORA', channel, 'cancel');
  });

  test('without a PagerDuty account is paged in Slack, and the channel knows that it was only there', async () => {
    const channel = await declared(scenario, 'U0BEN', 'sev3 Who pays');
    await scenario.incident('U0BEN', channel, 'page @dora');
    expect(read(scenario, channel)).toContain(
      '⚠️ Paging <@U0DORA> by PagerDuty *failed*: this person has no PagerDuty account that I know of',
    );
    expect(told(scenario, 'U0DORA').at(-1)).toContain('you are needed');
    expect(pagesInPagerDuty(channel)).toHaveLength(0);
    await scenario.incident('U0BEN', channel, 'cancel');
  });

  test.each([
    ['page @daywatch', 'I am here already. Page a person.'],
    ['page @nobody', 'I know nobody called @nobody. Pick them from Slack’s list while you type the @.'],
    ['page plumbers', '“plumbers” is no roster. One of: tech-lead; or a person: `/incident page @person`.'],
  ])('%s is refused with what to type', async (typed, sentence) => {
    const channel = await declared(scenario, 'U0BEN', `sev4 For ${typed}`);
    expect(await scenario.incident('U0BEN', channel, typed)).toBe(sentence);
  });
});

endsWell(() => scenario);
