import { describe, expect, test } from 'vitest';
import { startScenario } from '../harness/scenario.ts';
import { PEOPLE, TEAM_YAML } from '../harness/team.ts';
import { cardOf, declared, read } from './eyes.ts';

describe('what the team’s file names and Slack does not have', () => {
  test('an announcements channel that does not exist is said in the incident’s channel, once', async () => {
    await using scenario = await startScenario({ team: TEAM_YAML.replace('"#incidents"', '"#outages"') });
    const channel = await declared(scenario, 'U0BEN', 'sev2 Nobody is told');
    await scenario.incident('U0BEN', channel, 'status identified');
    const sentence =
      "I cannot post the announcement: There is no channel #outages that I can see. Create it, or change `announcements` in the team's file.";
    expect(read(scenario, channel).split(sentence)).toHaveLength(2);
    expect(cardOf(scenario, channel)).toContain('🟠 identified');

    // Once somebody has made it, the announcement comes by itself.
    scenario.slack.create('U0BEN', 'outages');
    await scenario.pass(2);
    expect(read(scenario, 'outages')).toContain('*INC-1 Nobody is told*');
    expect(scenario.slack.problems).toEqual([]);
  });

  test('people who cannot be invited are named, and the others are in', async () => {
    const stranger = { id: 'U0GONE', name: 'gone', realName: 'Gone', tz: 'Europe/London' };
    await using scenario = await startScenario({ people: [...PEOPLE, stranger] });
    const channel = await declared(scenario, 'U0BEN', 'sev2 Come in');
    scenario.slack.faults.add({
      match: ({ name, args }) => name === 'conversations.invite' && String(args.users).includes('U0GONE'),
      when: 'before',
      times: 9,
      act: { kind: 'answer', status: 200, body: '{"ok":false,"error":"user_is_restricted"}' },
    });
    await scenario.incident('U0BEN', channel, 'assign scribe @gone');
    expect(read(scenario, channel)).toContain(
      'I could not bring <@U0GONE> into this channel (user_is_restricted). Somebody who may invite them can.',
    );
    expect(scenario.slack.problems).toEqual([]);
  });

  test('without a roster, page says what to type instead', async () => {
    const team = TEAM_YAML.replace(/rosters:\n.*\n/, '');
    await using scenario = await startScenario({ team });
    const channel = await declared(scenario, 'U0BEN', 'sev1 Nobody’s day');
    expect(await scenario.incident('U0BEN', channel, 'page')).toBe(
      'The team’s file names no roster, so I do not know whose day it is. Page somebody by name: `/incident page @person`.',
    );
    expect(await scenario.incident('U0BEN', channel, 'who')).toContain('*Responder:* <@U0BEN>');
    expect(scenario.slack.problems).toEqual([]);
  });

  test('without PagerDuty and GitHub, Slack alone pages and keeps the action items', async () => {
    const env = {
      PAGERDUTY_TOKEN: undefined,
      PAGERDUTY_FROM: undefined,
      PAGERDUTY_WEBHOOK_SECRET: undefined,
    };
    await using scenario = await startScenario({
      start: Date.parse('2025-08-12T10:00:00+01:00'),
      env: { ...env, PAGERDUTY_API_URL: undefined, GITHUB_TOKEN: undefined, GITHUB_API_URL: undefined },
    });
    const channel = await declared(scenario, 'U0BEN', 'sev1 Slack alone');
    await scenario.incident('U0BEN', channel, 'page tech-lead');
    await scenario.incident('U0BEN', channel, 'action Buy a pager');
    expect(read(scenario, channel)).toContain('📟 Paging <@U0ANA>');
    expect(read(scenario, channel)).not.toMatch(/PagerDuty|failed|no issue/);
    await scenario.pass(6);
    expect(read(scenario, channel)).toContain('🚨 *Nobody has answered the page.*');
    await scenario.incident('U0ANA', channel, 'ack');
    await scenario.incident('U0ANA', channel, 'resolve');
    expect(scenario.slack.files()[0]?.text).toContain('Buy a pager');
    expect(scenario.slack.problems).toEqual([]);
  });
});
