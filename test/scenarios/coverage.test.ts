import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { remember } from '../../src/store/remembered.ts';
import { type Scenario, startScenario, wordsOf } from '../harness/scenario.ts';
import { TEAM_YAML } from '../harness/team.ts';
import { declared, endsWell, told } from './eyes.ts';

const at = (iso: string) => Date.parse(iso);

describe('who week', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    const team = TEAM_YAML.replace('{ name: Ana,', '{ name: Ana, holidays: ["2025-09-30"],').replace(
      'members: [Ana, Chitra] }',
      'members: [Ana, Chitra], overrides: [{ person: Chitra, from: 2025-10-06T00:00:00-07:00, to: 2025-10-13T00:00:00-07:00, off: true }] }',
    );
    scenario = await startScenario({ team, start: at('2025-09-24T10:00+01:00') });
  });
  afterAll(() => scenario[Symbol.asyncDispose]());

  test('tells the next 60 days in the reader’s zone: a line a week, then the holes and the odd weeks', async () => {
    const answer = await scenario.incident('U0DORA', 'incidents', 'who week');
    expect(answer.split('\n').slice(0, 4)).toEqual([
      'The next 60 days, from the team’s file. Times are those of London, where it is 10:00 BST.',
      '*tech-lead*',
      '• Wed 24 Sep: nobody for 62h, longest Sat 27 Sep 01:30 – Mon 29 Sep 07:00 BST (53h 30m)',
      '• Mon 29 Sep 🌴: nobody for 91h 30m, longest Sat 4 Oct 01:30 – Mon 6 Oct 07:00 BST (53h 30m)',
    ]);
    expect(answer).toContain(
      '_Holes that other weeks do not have_\n• Tue 30 Sep 07:00–15:30 BST: nobody, because <@U0ANA> has a holiday\n• Mon 6 Oct 17:00 – Tue 7 Oct 01:30 BST: nobody, because <@U0CHI> is away',
    );
    expect(answer).toContain('• Week of Mon 29 Sep: 🌴 off: <@U0ANA> (holiday Tue 30 Sep)');
    expect(answer).toContain(
      '• Week of Mon 6 Oct: 🌴 off: <@U0CHI> (away Mon 6 – Fri 10 Oct); ⚖️ <@U0ANA> is first choice for 42h 30m, 100% of the time in which anybody is in hours',
    );
    expect(answer).toContain(
      '⏰ clocks change: London Sun 26 Oct 02:00 BST → 01:00 GMT, Bucharest Sun 26 Oct 04:00 EEST → 03:00 EET',
    );
    expect(answer).toContain('Overload: first choice for more than 45h of a week');
  });

  test('the same in Los Angeles has the times of Los Angeles', async () => {
    const answer = await scenario.incident('U0CHI', 'incidents', 'who week tech-lead');
    expect(answer).toContain('Times are those of Los Angeles, where it is 02:00 PDT.');
    expect(answer).toContain('• Mon 29 Sep 23:00 – Tue 30 Sep 07:30 PDT: nobody');
  });

  test('a roster that is not there is answered with those that are', async () => {
    expect(await scenario.incident('U0DORA', 'incidents', 'who week ops')).toBe(
      'There is no roster called “ops”. Type `/incident who week tech-lead`.',
    );
  });

  endsWell(() => scenario);
});

describe('the week’s picture', () => {
  const TEAM = TEAM_YAML.replace(
    'announcements: "#incidents"',
    'announcements: "#incidents"\n  weekly_picture: { roster: tech-lead }',
  );
  const pictures = (scenario: Scenario) => scenario.slack.files().filter(({ name }) => name.endsWith('.png'));

  test('stands in the announcement channel on Monday at nine, once, with a line of words', async () => {
    await using scenario = await startScenario({ team: TEAM, start: at('2025-08-11T08:57+01:00') });
    // The one of the week before was never posted, because the bot had not come yet.
    await scenario.quiet();
    const before = pictures(scenario).length;
    await scenario.pass(2);
    expect(pictures(scenario)).toHaveLength(before);
    await scenario.pass(3);
    expect(pictures(scenario).map(({ name }) => name)).toContain('tech-lead-week-of-2025-08-11.png');
    expect(pictures(scenario)).toHaveLength(before + 1);
    const message = scenario.slack.messages('incidents').at(-1);
    expect(wordsOf(message)).toBe(
      '*tech-lead, this week:* Nobody for 83h, longest Sat 16 Aug 01:30 – Mon 18 Aug 00:00 BST (46h 30m).',
    );
    await scenario.away(60);
    await scenario.pass(2);
    expect(pictures(scenario)).toHaveLength(before + 1);
    expect(scenario.slack.problems).toEqual([]);
  });

  test('comes late and once when the bot was away on Monday', async () => {
    await using scenario = await startScenario({ team: TEAM, start: at('2025-08-08T12:00+01:00') });
    await scenario.quiet();
    const before = pictures(scenario).length;
    await scenario.away(4 * 24 * 60);
    await scenario.pass(3);
    expect(
      pictures(scenario)
        .map(({ name }) => name)
        .slice(before),
    ).toEqual(['tech-lead-week-of-2025-08-11.png']);
  });

  test('is looked for when the process that posted it died before it could say so', async () => {
    await using scenario = await startScenario({ team: TEAM, start: at('2025-08-11T09:00+01:00') });
    await scenario.quiet();
    expect(pictures(scenario)).toHaveLength(1);
    const kept = { day: '2025-08-11', state: 'posting' };
    await remember(scenario.app.core.store, 'weekly-picture:tech-lead', kept);
    await scenario.pass(2);
    expect(pictures(scenario)).toHaveLength(1);
  });

  test('is tried hourly where there is no channel for it, and comes when somebody has made one', async () => {
    const team = TEAM.replace('"#incidents"', '"#outages"');
    await using scenario = await startScenario({ team, start: at('2025-08-11T09:00+01:00') });
    const looks = () => scenario.slack.calls.filter(({ method }) => method === 'conversations.list').length;
    await scenario.quiet();
    const before = looks();
    await scenario.pass(4);
    expect(looks()).toBe(before);
    scenario.slack.create('U0BEN', 'outages');
    await scenario.away(60);
    await scenario.pass(1);
    expect(pictures(scenario).map(({ name }) => name)).toEqual(['tech-lead-week-of-2025-08-11.png']);
  });

  test('is not made when the team’s file does not ask for it', async () => {
    await using scenario = await startScenario({ start: at('2025-08-11T09:00+01:00') });
    await scenario.pass(2);
    expect(pictures(scenario)).toEqual([]);
  });
});

describe('when a day starts', () => {
  /** Three minutes before Ana's day starts in Bucharest. */
  const EARLY = at('2025-08-12T06:57:00+01:00');

  test('who comes on is told once what happened and what is open, who has which role and who hands over', async () => {
    await using scenario = await startScenario({ start: EARLY });
    const channel = await declared(scenario, 'U0BEN', 'sev2 Certificates expired');
    await scenario.incident('U0BEN', channel, 'assign communications @dora');
    await scenario.pass(2);
    expect(told(scenario, 'U0ANA')).toEqual([]);
    await scenario.pass(3);
    expect(told(scenario, 'U0ANA')).toEqual([
      [
        '🌅 *While you slept*, since Mon 11 Aug 17:30 EEST:',
        '',
        `*INC-1 Certificates expired* <#${channel}>`,
        'sev2 (Degraded) · investigating · since Tue 12 Aug 08:57 EEST, 3 min ago',
        'Responder: <@U0BEN> · 07:00 BST · on from 09:00 BST',
        'Communications: <@U0DORA> · 07:00 BST · on from 09:00 BST',
        'Nobody’s day ends near the start of yours.',
        '• 08:57 <@U0BEN> declares the incident: Certificates expired (sev2).',
        '• 08:57 <@U0BEN> gives communications to <@U0DORA>.',
      ].join('\n'),
    ]);
    const notes = () => told(scenario, 'U0ANA').filter((words) => words.startsWith('🌅'));
    await scenario.away(20);
    await scenario.pass(2);
    expect(notes()).toHaveLength(1);
    expect(told(scenario, 'U0CHI')).toEqual([]);
    // The next night is silent, and it is open still.
    await scenario.jump(23 * 60 + 40);
    expect(notes().slice(1).join('\n').split('\n')).toEqual([
      '🌅 *While you slept*, since Tue 12 Aug 17:30 EEST:',
      '',
      `*INC-1 Certificates expired* <#${channel}>`,
      'sev2 (Degraded) · investigating · since Tue 12 Aug 08:57 EEST, 1d 7m ago',
      'Responder: <@U0BEN> · 07:04 BST · on from 09:00 BST',
      'Communications: <@U0DORA> · 07:04 BST · on from 09:00 BST',
      'Nobody’s day ends near the start of yours.',
      'Nothing new since then.',
    ]);
    expect(scenario.slack.problems).toEqual([]);
  });

  test('late when the bot was away as it started, and whose day ends is named', async () => {
    // Ben's day ends at 17:30 in London, Chitra's starts at 17:00 there.
    await using scenario = await startScenario({ start: at('2025-08-12T16:50:00+01:00') });
    await declared(scenario, 'U0BEN', 'sev1 LEAP hub is down');
    await scenario.away(30);
    expect(told(scenario, 'U0CHI').join('\n')).toContain(
      'Handing over: <@U0BEN>, whose day ends at 09:30 PDT your time and <@U0ANA>, whose day ended at 07:30 PDT your time',
    );
    await scenario.pass(2);
    expect(told(scenario, 'U0CHI')).toHaveLength(1);
  });

  test('nobody is told of a private incident that they are not in, of a minor one, or of one that is over', async () => {
    await using scenario = await startScenario({ start: EARLY });
    await declared(scenario, 'U0BEN', 'sev2 private Nobody’s business');
    await declared(scenario, 'U0BEN', 'sev3 A little slow');
    const over = await declared(scenario, 'U0BEN', 'sev2 Over before it began');
    await scenario.incident('U0BEN', over, 'resolve');
    await scenario.pass(5);
    expect(told(scenario, 'U0ANA')).toEqual([]);
  });

  test('a private incident is told to who is in it', async () => {
    await using scenario = await startScenario({ start: EARLY });
    const channel = await declared(scenario, 'U0BEN', 'sev2 private Between us');
    await scenario.incident('U0BEN', channel, 'assign tech-lead @ana');
    await scenario.pass(5);
    expect(told(scenario, 'U0ANA').join('\n')).toContain('*INC-1 Between us*');
  });

  test('nobody is told when nothing is open, when it was declared after the start, or when the team wants no notes', async () => {
    await using quiet = await startScenario({ start: EARLY });
    await quiet.pass(4);
    await declared(quiet, 'U0BEN', 'sev2 After nine');
    await quiet.pass(2);
    expect(told(quiet, 'U0ANA')).toEqual([]);

    const team = TEAM_YAML.replace('name: Test', 'name: Test\n  shift_notes: false');
    await using unwanted = await startScenario({ start: EARLY, team });
    await declared(unwanted, 'U0BEN', 'sev2 Before nine');
    await unwanted.pass(5);
    expect(told(unwanted, 'U0ANA')).toEqual([]);
  });
});
