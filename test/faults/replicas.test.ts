import { TestClock } from 'pg-boss';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readEnvironment } from '../../src/config/env.ts';
import { startOutside } from '../../src/stand-ins/outside.ts';
import { ALWAYS_ON_DUTY } from '../harness/always-on-duty.ts';
import { startBot } from '../harness/bot-process.ts';
import { freshDatabase } from '../harness/database.ts';
import { eventually } from '../harness/eventually.ts';
import { startScenario, wordsOf } from '../harness/scenario.ts';
import { PEOPLE, TEAM_YAML, testTeam } from '../harness/team.ts';
import { declared, read, told } from '../scenarios/eyes.ts';

const ON_POSTGRESQL = process.env.TEST_DATABASE_URL !== undefined;
const MORNING = Date.parse('2025-08-12T10:00:00+01:00');

test.runIf(ON_POSTGRESQL)('two bots on one database take each step once', async () => {
  const team = TEAM_YAML.replace('{ members: [Ana, Chitra] }', '{ members: [Ana, Ben], rounds: 2 }');
  await using scenario = await startScenario({ team, start: MORNING });
  const second = await scenario.another();
  const channels: string[] = [];
  for (const title of ['One', 'Two', 'Three']) {
    const channel = await declared(scenario, 'U0DORA', `sev1 Trouble ${title}`);
    await scenario.incident('U0DORA', channel, 'page tech-lead');
    channels.push(channel);
  }
  // What people say now is heard by the other one.
  scenario.connect(second.url);
  for (let step = 0; step < 3; step += 1) await scenario.jump(5);
  for (const channel of channels) {
    expect(read(scenario, channel).match(/📟 Paging/g)).toHaveLength(4);
    expect(read(scenario, channel)).not.toContain('overdue');
  }
  expect(scenario.pagerduty.notified()).toHaveLength(12);
  expect([...told(scenario, 'U0ANA'), ...told(scenario, 'U0BEN')]).toHaveLength(12);
  for (const channel of channels) await scenario.incident('U0BEN', channel, 'ack');
  await scenario.jump(6);
  expect(scenario.pagerduty.notified()).toHaveLength(12);
  expect(scenario.slack.problems).toEqual([]);
});

test.runIf(ON_POSTGRESQL)(
  'a bot frozen in the middle of a step: the other’s auditor finds the step overdue, says so, takes it once and counts it',
  async () => {
    const yaml = ALWAYS_ON_DUTY.replace(
      '{ members: [Ana] }',
      '{ members: [Ana, Ben], pagerduty_schedule: PSCHED1 }',
    ).replace('acknowledge_within: 30m, pagerduty: P1', 'acknowledge_within: 2s, pagerduty: P1');
    await using database = await freshDatabase();
    await using outside = await startOutside({
      people: PEOPLE,
      channels: [{ name: 'incidents', members: [...PEOPLE.map(({ id }) => id), 'UDAYWATCH'] }],
      // Nobody is on call there, so that the roster's order decides.
      pagerduty: {
        schedules: [{ id: 'PSCHED1', name: 'Tech leads', timeZone: 'Europe/London', shifts: [] }],
      },
      rateLimits: false,
    });
    const env = { ...outside.environment, ...database.env };
    await using frozen = await startBot({ directory: database.dataDir, env, team: yaml });
    outside.connect(frozen.url);
    const frozenAt = Promise.withResolvers<void>();
    outside.pagerduty.faults.add({
      match: ({ name }) => name === 'GET /oncalls',
      when: 'before',
      skip: 1,
      act: { kind: 'hang' },
      onStrike() {
        frozen.signal('SIGSTOP');
        frozenAt.resolve();
      },
    });
    await outside.slack.command('U0DORA', 'incidents', '/incident', 'declare sev1 Frozen solid');
    await frozenAt.promise;
    const words = () =>
      outside.slack
        .channels()
        .flatMap(({ id }) => outside.slack.messages(id).map(wordsOf))
        .join('\n');
    expect(words().match(/📟 Paging/g)).toHaveLength(1);

    // The other one lives two minutes later.
    const clock = new TestClock(Date.now() + 120_000);
    await using other = await createApp(readEnvironment(env), testTeam(yaml), pino({ level: 'silent' }), {
      clock,
    });
    await eventually(() =>
      expect(words()).toMatch(
        /⏰ The next step of the page for <@U0ANA> was overdue by [12] min; I take it now\./,
      ),
    );
    await eventually(() => expect(words()).toContain('📟 Paging <@U0BEN>'));
    await eventually(() => expect(outside.slack.directMessages('U0BEN')).toHaveLength(1));
    await eventually(() => expect(outside.pagerduty.notified('PBEN01')).toHaveLength(1));
    expect(await (await fetch(`${other.url}/metrics`)).text()).toContain('daywatch_overdue_steps_total 1\n');

    // Awake again it believes that the step is still its own.
    frozen.signal('SIGCONT');
    outside.pagerduty.faults.clear();
    await outside.slack.command('U0DORA', 'incidents', '/incident', 'list');
    await frozen.stop();
    expect(words().match(/📟 Paging/g)).toHaveLength(2);
    expect(words().match(/⏰/g)).toHaveLength(1);
    expect(outside.pagerduty.notified()).toHaveLength(2);
    expect([...outside.slack.directMessages('U0ANA'), ...outside.slack.directMessages('U0BEN')]).toHaveLength(
      2,
    );
  },
  90_000,
);

test.runIf(!ON_POSTGRESQL)('two bots need PostgreSQL: this is tried with TEST_DATABASE_URL', ({ skip }) =>
  skip('set TEST_DATABASE_URL to try two bots on one database'),
);
