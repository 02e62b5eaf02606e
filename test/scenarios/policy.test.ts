import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { cardOf, declared, endsWell, read, timelineOf } from './eyes.ts';

/** Ana and Ben are in hours, and so is Dora, who has no account in PagerDuty. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');
const TEAM = TEAM_YAML.replace(
  'tech-lead: { members: [Ana, Chitra] }',
  `tech-lead: { members: [Ana, Ben], escalation_policy: PPOLICY }
  community: { members: [Dora], escalation_policy: PPOLICY }`,
);

let scenario: Scenario;
beforeAll(async () => {
  scenario = await startScenario({ team: TEAM, start: MORNING });
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function paged(title: string, roster: string): Promise<string> {
  const channel = await declared(scenario, 'U0SAR', `sev1 ${title}`);
  await scenario.incident('U0SAR', channel, `page ${roster}`);
  return channel;
}

function inPagerDuty(title: string) {
  return scenario.pagerduty.incidents().filter((booked) => booked.title.includes(title));
}

/** The tech leads say “not me” one after the other. */
async function allDecline(channel: string): Promise<void> {
  const first = /Paging <@(\w+)>/.exec(read(scenario, channel))?.[1] ?? '';
  await scenario.incident(first, channel, 'decline');
  await scenario.incident(first === 'U0ANA' ? 'U0BEN' : 'U0ANA', channel, 'decline');
}

describe('the escalation policy is the last step', () => {
  test('where everybody said “not me”: it is paged itself, and whoever answers there has it', async () => {
    const channel = await paged('All decline', 'tech-lead');
    await allDecline(channel);
    expect(read(scenario, channel)).toContain('PagerDuty’s escalation policy is called now.');
    expect(read(scenario, channel)).not.toMatch(/I cannot|failed/);
    expect(inPagerDuty('All decline')).toMatchObject([
      { status: 'resolved', assignedVia: 'direct_assignment' },
      { status: 'resolved', assignedVia: 'direct_assignment' },
      { status: 'triggered', assignedVia: 'escalation_policy', policyId: 'PPOLICY', urgency: 'high' },
    ]);
    expect(cardOf(scenario, channel)).toContain('<@U0ANA>, <@U0BEN> and PagerDuty’s escalation policy');
    const metrics = await (await fetch(`${scenario.app.url}/metrics`)).text();
    expect(metrics).toContain('daywatch_pages_total{outcome="asked"} 3\n');
    await scenario.pass(1);
    scenario.pagerduty.acknowledgeAs('PCHI01', inPagerDuty('All decline')[2]?.id ?? '');
    await scenario.quiet();
    expect(read(scenario, channel)).toContain('✅ <@U0CHI> has it in PagerDuty, 1 min after the page.');
    expect(cardOf(scenario, channel)).toContain('*Tech lead:* <@U0CHI>');
    const timeline = await timelineOf(scenario, 'U0SAR', channel);
    expect(timeline).toContain(
      'PagerDuty’s escalation policy is called: nobody who was asked has it, and none of their pages rings there.',
    );
    expect(timeline).toContain('<@U0CHI> acknowledges the page in PagerDuty, 1 min after it was sent');
    await scenario.incident('U0SAR', channel, 'resolve');
    expect(inPagerDuty('All decline').map(({ status }) => status)).toEqual([
      'resolved',
      'resolved',
      'resolved',
    ]);
  });

  test('where nobody has an account: once, though the answer was lost; resolving clears it', async () => {
    const channel = await paged('No account', 'community');
    expect(inPagerDuty('No account')).toEqual([]);
    scenario.pagerduty.faults.add({
      match: ({ name }) => name === 'POST /incidents',
      when: 'after',
      act: { kind: 'cut' },
    });
    await scenario.pass(6);
    expect(inPagerDuty('No account')).toMatchObject([
      { status: 'triggered', assignedVia: 'escalation_policy', assignees: ['PBEN01'] },
    ]);
    await scenario.incident('U0SAR', channel, 'resolve');
    expect(inPagerDuty('No account')).toMatchObject([{ status: 'resolved' }]);
  });

  test('where a page rings: it takes that one over, and no more are made', async () => {
    const channel = await paged('Silence', 'tech-lead');
    await scenario.pass(5);
    await scenario.pass(5);
    expect(inPagerDuty('Silence').map(({ assignedVia }) => assignedVia)).toEqual([
      'direct_assignment',
      'escalation_policy',
    ]);
    const timeline = await timelineOf(scenario, 'U0SAR', channel);
    const whom = /Paging (<@\w+>)/g;
    const last = [...read(scenario, channel).matchAll(whom)].at(-1)?.[1];
    expect(timeline.split('takes over')).toHaveLength(2);
    expect(timeline).toContain(
      `PagerDuty’s escalation policy takes over the page for ${last}: nobody who was asked has it, and this page rings there.`,
    );
    expect(timeline).not.toContain('is called:');
    expect(cardOf(scenario, channel)).toMatch(/\(.*PagerDuty ✓ notified.*, escalation policy called\)/);
    await scenario.incident('U0SAR', channel, 'cancel');
  });

  test('where all pages were closed there by hand: it is paged itself', async () => {
    const channel = await paged('Closed there', 'tech-lead');
    await scenario.pass(5);
    for (const { id } of inPagerDuty('Closed there')) scenario.pagerduty.resolveAs('PBOT01', id);
    await scenario.pass(5);
    expect(inPagerDuty('Closed there').map(({ status, assignedVia }) => `${status} ${assignedVia}`)).toEqual([
      'resolved direct_assignment',
      'resolved direct_assignment',
      'triggered escalation_policy',
    ]);
    await scenario.incident('U0SAR', channel, 'cancel');
    expect(inPagerDuty('Closed there').at(-1)).toMatchObject({ status: 'resolved' });
  });

  test('and when PagerDuty refuses that too, the channel is told to telephone', async () => {
    const [policy] = scenario.pagerduty.account.policies.splice(0, 1);
    const channel = await paged('No such policy', 'tech-lead');
    await allDecline(channel);
    expect(read(scenario, channel)).toMatch(
      /<!here>\n⚠️ Paging PagerDuty’s escalation policy by PagerDuty \*failed\*: .*Escalation Policy Not Found.* Please call somebody by telephone\./,
    );
    await scenario.incident('U0SAR', channel, 'cancel');
    if (policy) scenario.pagerduty.account.policies.push(policy);
  });
});

endsWell(() => scenario);
