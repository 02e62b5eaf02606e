import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, pressInDirect, read, timelineOf, told } from './eyes.ts';

/** Ana and Ben are in hours. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');

let scenario: Scenario;
beforeAll(async () => {
  const team = TEAM_YAML.replace('members: [Ana, Chitra]', 'members: [Ana, Ben]');
  scenario = await startScenario({ start: MORNING, team });
});
afterAll(() => scenario[Symbol.asyncDispose]());

async function paged(title: string): Promise<string> {
  const channel = await declared(scenario, 'U0DORA', `sev1 ${title}`);
  await scenario.incident('U0DORA', channel, 'page tech-lead');
  return channel;
}

/** The job that would take the next step is gone, as after a restore from an old copy. */
async function loseNextStep(): Promise<void> {
  const lost = await scenario.app.core.store.database.prisma
    .$executeRaw`DELETE FROM daywatch_jobs.job WHERE name = 'urgent' AND state = 'created'`;
  expect(lost).toBe(1);
}

async function metrics(): Promise<string> {
  return (await fetch(`${scenario.app.url}/metrics`)).text();
}

function times(words: string, part: string): number {
  return words.split(part).length - 1;
}

describe('a step that got lost', () => {
  test('is found a minute later, said, taken once and counted', async () => {
    const channel = await paged('Lost step');
    await loseNextStep();
    await scenario.pass(5);
    expect(read(scenario, channel)).not.toContain('overdue');
    await scenario.pass(1);
    expect(read(scenario, channel)).toContain(
      '⏰ The next step of the page for <@U0ANA> was overdue by 1 min; I take it now.',
    );
    expect(read(scenario, channel)).toContain('📟 Paging <@U0BEN>');
    await scenario.pass(3);
    const words = read(scenario, channel);
    expect(times(words, '⏰')).toBe(1);
    expect(times(words, '📟 Paging')).toBe(2);
    expect(told(scenario, 'U0BEN')).toHaveLength(1);
    await pressInDirect(scenario, 'U0BEN', ACTIONS.haveIt);
    expect(await timelineOf(scenario, 'U0DORA', channel)).toContain('has not answered within 6 min.');
    const counted = await metrics();
    expect(counted).toContain('daywatch_overdue_steps_total 1\n');
    expect(counted).toContain('daywatch_pages_total{outcome="asked"} 2\n');
    expect(counted).toContain('daywatch_pages_total{outcome="acknowledged"} 1\n');
    expect(counted).toContain('daywatch_pages_total{outcome="unanswered"} 1\n');
    expect(counted).toContain('daywatch_open_incidents 1\n');
    expect(counted).not.toContain('Lost step');
    await scenario.incident('U0DORA', channel, 'resolve');
    expect(await metrics()).toContain('daywatch_open_incidents 0\n');
  });
});

describe('a page', () => {
  test('of an incident that was resolved and reopened is not taken up again, and can be asked for anew', async () => {
    const channel = await paged('Opened again');
    await scenario.incident('U0DORA', channel, 'resolve');
    await scenario.incident('U0DORA', channel, 'reopen');
    await scenario.pass(10);
    expect(times(read(scenario, channel), '📟 Paging')).toBe(1);
    expect(read(scenario, channel)).not.toContain('overdue');
    await scenario.incident('U0DORA', channel, 'page tech-lead');
    expect(times(read(scenario, channel), '📟 Paging')).toBe(2);
    await scenario.incident('U0DORA', channel, 'cancel');
  });
});

endsWell(() => scenario);
