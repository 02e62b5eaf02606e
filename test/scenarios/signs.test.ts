import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultAct } from '../../src/stand-ins/faults.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, read, timelineOf, told } from './eyes.ts';

/** Ana and Ben are in hours. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');
const HOUR = 3_600_000;

let scenario: Scenario;
beforeAll(async () => {
  const team = TEAM_YAML.replace('members: [Ana, Chitra]', 'members: [Ana, Ben]');
  scenario = await startScenario({ start: MORNING, team });
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function paged(title: string): Promise<string> {
  const channel = await declared(scenario, 'U0DORA', `sev1 ${title}`);
  await scenario.incident('U0DORA', channel, 'page tech-lead');
  await scenario.incident('U0DORA', channel, 'cancel');
  return /📟 Paging .*/.exec(read(scenario, channel))?.[0] ?? '';
}

describe('what Slack shows of people', () => {
  test('breaks a tie, and stands beside the name', async () => {
    scenario.slack.setQuiet('U0ANA', MORNING - HOUR, MORNING + 2 * HOUR);
    await scenario.jump(10);
    expect(await scenario.incident('U0DORA', 'incidents', 'who')).toContain(
      '• <@U0ANA> · 12:10 EEST · in hours until 17:30 · 🔕 do not disturb until 14:00',
    );
    expect(await paged('Only a tie')).toBe(
      '📟 Paging <@U0BEN> (tech-lead), where it is 10:10 BST: in hours in London until 17:30 BST, shows no sign of being away in Slack.',
    );
  });

  test('drops nobody: who was paged least is asked all the same, and the channel sees the sign', async () => {
    expect(await paged('Not a tie any more')).toBe(
      '📟 Paging <@U0ANA> (tech-lead), where it is 12:10 EEST (🔕 do not disturb until 14:00): in hours in Bucharest until 17:30 EEST, paged least in the last 7 days.',
    );
  });

  test('a status counts as soon as it is set, and its words are repeated nowhere', async () => {
    scenario.slack.setStatus('U0BEN', { emoji: ':palm_tree:', text: 'with Mum in Cornwall', end: 0 });
    await scenario.quiet();
    const who = await scenario.incident('U0DORA', 'incidents', 'who');
    expect(who).toContain('• <@U0BEN> · 10:10 BST · in hours until 17:30 · 🌴 away by their Slack status\n');
    expect(who).not.toContain('Cornwall');
    expect(who).toContain('For sev1 I would page <@U0ANA> (🔕 do not disturb until 14:00) now');
    scenario.slack.setStatus('U0BEN', undefined);
    await scenario.quiet();
  });

  test('is not waited for: without the scope, or while Slack says nothing, what is remembered counts', async () => {
    const refusal = '{"ok":false,"error":"missing_scope","needed":"dnd:read"}';
    const troubles: [FaultAct, string][] = [
      [{ kind: 'answer', status: 200, body: refusal }, 'Paging <@U0BEN> (tech-lead), where it is'],
      [
        { kind: 'hang' },
        'Paging <@U0ANA> (tech-lead), where it is 12:10 EEST (🔕 do not disturb until 14:00)',
      ],
    ];
    for (const [act, words] of troubles) {
      scenario.slack.faults.add({
        match: ({ name }) => name === 'dnd.teamInfo',
        when: 'before',
        times: 9,
        act,
      });
      // Old enough that Slack is asked again.
      const { prisma } = scenario.app.core.store.database;
      await prisma.$executeRaw`UPDATE remembered SET at = at - interval '1 hour' WHERE key = 'quiet'`;
      expect(await paged(`Slack ${act.kind}s`)).toContain(words);
      scenario.slack.faults.clear();
    }
  });
});

describe('a leaver', () => {
  test('is passed over, and the channel is told why', async () => {
    scenario.slack.deactivate('U0ANA');
    await scenario.quiet();
    const before = told(scenario, 'U0ANA').length;
    const channel = await declared(scenario, 'U0DORA', 'sev1 Who has left');
    await scenario.incident('U0DORA', channel, 'page tech-lead');
    const why = '(<@U0ANA>, whose Slack account is closed, is passed over)';
    expect(read(scenario, channel)).toContain(`📟 Paging <@U0BEN> (tech-lead), where it is`);
    expect(read(scenario, channel)).toContain(why);
    expect(await timelineOf(scenario, 'U0DORA', channel)).toContain(why);
    expect(await scenario.incident('U0DORA', 'incidents', 'who')).toContain(
      '· their Slack account is closed',
    );
    await scenario.jump(5);
    expect(read(scenario, channel)).toContain('🚨 *Nobody has answered the page.*');
    expect(told(scenario, 'U0ANA')).toHaveLength(before);
    const pages = scenario.pagerduty.incidents().filter(({ title }) => title.includes('Who has left'));
    expect(pages.map(({ assignees }) => assignees)).toEqual([['PBEN01']]);
    await scenario.incident('U0BEN', channel, 'ack');
  });
});

endsWell(() => scenario);
