import { describe, expect, test } from 'vitest';
import { onDutyCommand } from '../../src/cli/on-duty.ts';
import { readTeam } from '../../src/config/team.ts';

const TEAM = readTeam(
  `
team: { name: T, timezone: Europe/London }
people:
  - { name: Ana, timezone: Europe/Bucharest, hours: ["09:00-17:30"], nights: sev1 }
  - { name: Ben, timezone: Europe/London, hours: ["09:00-17:00"] }
  - { name: Chitra, timezone: America/Los_Angeles, hours: ["09:00-17:00"], nights: always }
rosters: { tech-lead: { members: [Ana, Ben, Chitra] } }
`,
  'team.yaml',
);

const NOW = new Date('2025-08-12T10:00:30+01:00');

const AUGUST = [
  '--roster',
  'tech-lead',
  '--from',
  '2025-08-12T00:00:00+01:00',
  '--to',
  '2025-08-13T00:00:00+01:00',
];

function row(from: string, to: string, person: string | null, next: string) {
  return { from: `2025-08-12T${from}:00+01:00`, to: `2025-08-12T${to}:00+01:00`, person, next };
}

describe('daywatch on-duty --json', () => {
  test('tells who is first and who comes next, in hours only', () => {
    const { output, exit } = onDutyCommand(TEAM, [...AUGUST, '--json'], NOW);
    expect(exit).toBe(0);
    expect(JSON.parse(output)).toEqual([
      row('00:00', '01:00', 'Chitra', 'Ana 2025-08-12T09:00:00+03:00'),
      row('01:00', '07:00', null, 'Ana 2025-08-12T09:00:00+03:00'),
      row('07:00', '09:00', 'Ana', 'Ben 2025-08-12T09:00:00+01:00'),
      row('09:00', '15:01', 'Ana', 'Chitra 2025-08-12T09:00:00-07:00'),
      row('15:01', '17:00', 'Ben', 'Chitra 2025-08-12T09:00:00-07:00'),
      {
        ...row('17:00', '', 'Chitra', 'Ana 2025-08-13T09:00:00+03:00'),
        to: '2025-08-13T00:00:00+01:00',
      },
    ]);
  });

  test('with a severity those who agreed to be woken fill the night', () => {
    const { output } = onDutyCommand(TEAM, [...AUGUST, '--severity', 'sev1', '--json'], NOW);
    const people = JSON.parse(output).map(({ from, person }: { from: string; person: string }) => [
      from.slice(11, 16),
      person,
    ]);
    // 01:00 to 07:00 lies between Chitra's evening and Ana's morning; at 04:00 both are three hours off.
    expect(people.slice(0, 4)).toEqual([
      ['00:00', 'Chitra'],
      ['04:00', 'Ana'],
      ['07:00', 'Ana'],
      ['09:00', 'Ana'],
    ]);
  });

  test('reads dates and times without an offset in the team’s zone', () => {
    const { output } = onDutyCommand(
      TEAM,
      ['--roster', 'tech-lead', '--from', '2025-08-12', '--to', '2025-08-13', '--json'],
      NOW,
    );
    expect(output).toBe(onDutyCommand(TEAM, [...AUGUST, '--json'], NOW).output);
  });
});

test('without --json is a calendar with holes and DST weeks marked', () => {
  const { output, exit } = onDutyCommand(
    TEAM,
    ['--roster', 'tech-lead', '--from', '2025-10-25', '--to', '2025-10-28'],
    NOW,
  );
  expect(exit).toBe(0);
  expect(output).toBe(
    `tech-lead: who is paged first (people in hours only), times in Europe/London

Week of Mon 20 Oct 2025  ** DST week **
  clocks change: Europe/London Sun 26 Oct 02:00 BST → 01:00 GMT
  clocks change: Europe/Bucharest Sun 26 Oct 04:00 EEST → 03:00 EET
  Sat 25 Oct  00:00-01:00  Chitra
              01:00-24:00  (nobody)  hole of 2d 7h
  Sun 26 Oct  00:00-24:00  (nobody)  hole of 2d 7h

Week of Mon 27 Oct 2025  ** DST week **
  clocks change: America/Los_Angeles Sun 2 Nov 02:00 PDT → 01:00 PST
  Mon 27 Oct  00:00-07:00  (nobody)  hole of 2d 7h
              07:00-15:01  Ana
              15:01-16:31  Ben
              16:31-24:00  Chitra

1 hole; the longest is 2d 7h from Sat 25 Oct 01:00 BST.`,
  );
});

test.each([
  [
    ['--roster', 'tech-led'],
    'There is no roster called tech-led; known are tech-lead; did you mean `tech-lead`?',
  ],
  [['--to', '2025-08-12'], '--to 2025-08-12 is not after now.'],
  [['--roster', 'tech-lead', '--from', 'today'], '--from is today; write an instant'],
  [['--roster', 'tech-lead', '--from', '2025-02-30'], '--from is 2025-02-30; write an instant'],
  [['--roster', 'tech-lead', '--from', '2025-08-12', '--to', '2025-08-12'], 'is not after --from'],
  [
    ['--roster', 'tech-lead', '--from', '2025-10-26T01:30', '--to', '2025-10-27'],
    'comes twice in Europe/London',
  ],
  [['--roster', 'tech-lead', '--from', '2000-01-01', '--to', '2025-10-27'], 'more than five years'],
  [[...AUGUST, '--severity', 'sev9'], '--severity is sev9; allowed are sev1, sev2, sev3, sev4.'],
  [[...AUGUST, '--roter', 'x'], "Unknown option '--roter'"],
  [[...AUGUST, 'tech-lead'], 'Unexpected argument'],
])('used wrongly: %j', (args, words) => {
  const { output, exit } = onDutyCommand(TEAM, args, NOW);
  expect(exit).toBe(2);
  expect(output).toContain(words);
  expect(output).toContain('Usage: daywatch on-duty');
});

test('without dates it shows the next 60 days, with days off and what they leave open', () => {
  const [ana, ben, chitra] = TEAM.people;
  if (!ana || !ben || !chitra) throw new Error('the team has three');
  const team = { ...TEAM, people: [ana, { ...ben, holidays: { country: 'GB-ENG' } }, chitra] };
  const { output, exit } = onDutyCommand(team, [], NOW);
  expect(exit).toBe(0);
  const lines = output.split('\n');
  expect(lines.slice(2, 4)).toEqual(['Week of Mon 11 Aug 2025', '  Tue 12 Aug  10:00-15:01  Ana']);
  expect(lines.filter((line) => /^ {2}\w{3} \d/.test(line))).toHaveLength(61);
  expect(output).toContain('Week of Mon 25 Aug 2025\n  off: Ben (holiday Mon 25 Aug)\n');
  expect(output).toContain(
    'Unlike in other weeks: Mon 25 Aug 15:30–17:00 BST: nobody, because Ben has a holiday.',
  );
  expect(output).not.toContain('overload');
});

test('who carries a week is marked, and the rule is said', () => {
  const away = {
    person: 'Chitra',
    kind: 'off',
    from: Date.parse('2025-08-17T23:00Z'),
    to: Date.parse('2025-08-25T00:00Z'),
  } as const;
  const known = TEAM.rosters['tech-lead'];
  if (!known) throw new Error('the team has a roster');
  const roster = { ...known, members: ['Ana', 'Chitra'], overrides: [away] };
  const args = ['--from', '2025-08-11', '--to', '2025-08-25'];
  const { output } = onDutyCommand({ ...TEAM, rosters: { 'tech-lead': roster } }, args, NOW);
  expect(output).toContain(
    'Week of Mon 18 Aug 2025\n  off: Chitra (away Mon 18 – Fri 22 Aug)\n  overload: Ana is first choice for 42h 30m, 100% of the time in which anybody is in hours\n',
  );
  expect(output.match(/overload/g)).toHaveLength(1);
  expect(output).toContain('Overload: first choice for more than 45h of a week');
});
