import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ACTIONS } from '../../src/slack/ids.ts';
import { eventually } from '../harness/eventually.ts';
import { type Scenario, startScenario } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, pressInDirect, read, timelineOf, told } from './eyes.ts';

/** Ana and Ben are in hours. */
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');

/** As many jobs of pages as the queue does at once. */
const URGENT_WORKERS = 6;

let scenario: Scenario;
beforeAll(async () => {
  const team = TEAM_YAML.replace('members: [Ana, Chitra]', 'members: [Ana, Ben]');
  scenario = await startScenario({ start: MORNING, team });
});
afterAll(() => scenario[Symbol.asyncDispose]());
afterEach(() => vi.restoreAllMocks());

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

async function overdueSteps(): Promise<number> {
  return Number(/^daywatch_overdue_steps_total (\d+)$/m.exec(await metrics())?.[1]);
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

/** Slack holds back this many direct messages until it thaws, and nobody gives up waiting for it. */
function freezeSlack(messages: number) {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
  const thawed = Promise.withResolvers<void>();
  let held = 0;
  scenario.slack.faults.add({
    match: ({ name, args }) => name === 'chat.postMessage' && `${args.channel}`.startsWith('D'),
    when: 'before',
    times: messages,
    act: { kind: 'delay', ms: 0 },
    onStrike() {
      held += 1;
      return thawed.promise;
    },
  });
  return { held: () => held, thaw: () => thawed.resolve() };
}

describe('a step that nobody can take because all who could are held up', () => {
  test('is found, said and counted all the same, and taken once when they are free', async () => {
    const channel = await paged('Frozen');
    const elsewhere = await declared(scenario, 'U0DORA', 'sev1 Elsewhere');
    const slack = freezeSlack(URGENT_WORKERS);
    for (const person of ['U0BEN', 'U0CHI', 'U0DORA', 'U0SAR'])
      await scenario.slack.command('U0DORA', elsewhere, '/incident', `page <@${person}>`);
    for (const person of ['U0CHI', 'U0DORA'])
      await scenario.slack.command('U0DORA', channel, '/incident', `page <@${person}>`);
    await eventually(() => expect(slack.held()).toBe(URGENT_WORKERS));

    const before = await overdueSteps();
    await scenario.leap(7);
    const said = /⏰ The next step of the page for <@(U0ANA|U0BEN)> was overdue by 2 min; I take it now\./g;
    await eventually(() => expect(read(scenario, channel)).toMatch(said));
    expect(await overdueSteps()).toBe(before + 1 + URGENT_WORKERS);
    expect(times(read(scenario, channel), '(tech-lead)')).toBe(1);

    slack.thaw();
    await scenario.quiet();
    expect(read(scenario, channel).match(said)).toHaveLength(1);
    expect(times(read(scenario, channel), '(tech-lead)')).toBe(2);
    const direct = [...told(scenario, 'U0ANA'), ...told(scenario, 'U0BEN')];
    expect(direct.filter((words) => words.includes('Frozen'))).toHaveLength(2);
    expect(await timelineOf(scenario, 'U0DORA', channel)).toContain('has not answered within 7 min.');
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
