import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { JSON_SCHEMA_FILE, teamJsonSchema } from '../../src/config/json-schema.ts';
import { readTeam, TeamFileError } from '../../src/config/team.ts';

const MINUTE = 60_000;

function problemsOf(text: string): string[] {
  try {
    readTeam(text, 'team.yaml');
  } catch (error) {
    if (error instanceof TeamFileError) return error.problems;
    throw error;
  }
  return [];
}

describe('a minimal file', () => {
  const team = readTeam(
    'team: { name: Tiny }\npeople: [{ name: Ana }]\nrosters: { tech-lead: { members: [Ana] } }',
    'f',
  );

  test('gets sensible defaults', () => {
    expect(team).toMatchObject({
      name: 'Tiny',
      timezone: 'UTC',
      people: [{ name: 'Ana', timezone: 'UTC', hours: [{ from: 540, to: 1020 }], nights: 'never' }],
      rosters: { 'tech-lead': { name: 'tech-lead', members: ['Ana'], rounds: 1, overrides: [] } },
      reactions: { timeline: ['pushpin'], actionItem: ['hammer'], lesson: ['bulb'], update: ['mega'] },
      report: {
        template: 'standard',
        public: false,
        path: 'reports/{date}-{slug}.md',
        namesFromOutside: false,
      },
    });
    expect(team.report.issues).toBeUndefined();
    expect(team.people[0]?.days).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
  });

  test('sev1 pages the tech lead on declaring, others do not', () => {
    expect(team.severities.sev1).toEqual({
      label: 'Outage',
      pageOnDeclare: ['tech-lead'],
      acknowledgeWithinMs: 5 * MINUTE,
      handoffWithinMs: 5 * MINUTE,
      firstUpdateMs: 15 * MINUTE,
      updateEveryMs: 120 * MINUTE,
      pagerduty: 'P1',
    });
    expect(team.severities.sev2).toMatchObject({ pageOnDeclare: [], acknowledgeWithinMs: 15 * MINUTE });
  });

  test('there is no weekly picture unless it is asked for, shift notes unless they are refused', () => {
    expect(readTeam('team: { name: T }', 'f')).toMatchObject({ shiftNotes: true });
    expect(readTeam('team: { name: T }', 'f').weeklyPicture).toBeUndefined();
    const asked = readTeam(
      'team: { name: T, announcements: "#i", weekly_picture: { roster: r }, shift_notes: false }\npeople: [{ name: A }]\nrosters: { r: { members: [A] } }',
      'f',
    );
    expect(asked.weeklyPicture).toEqual({ roster: 'r', day: 'mon', minute: 540 });
    expect(asked.shiftNotes).toBe(false);
  });

  test('an empty page_on_declare turns paging off, and without the roster there is none', () => {
    const off = readTeam(
      'team: { name: T }\npeople: [{ name: A }]\nrosters: { tech-lead: { members: [A] } }\nseverities: { sev1: { page_on_declare: [] } }',
      'f',
    );
    expect(off.severities.sev1.pageOnDeclare).toEqual([]);
    expect(readTeam('team: { name: T }', 'f').severities.sev1.pageOnDeclare).toEqual([]);
  });
});

describe('the example file', () => {
  const text = readFileSync(new URL('../../daywatch.example.yaml', import.meta.url), 'utf8');

  test('is read, with everything in it', () => {
    const team = readTeam(text, 'daywatch.example.yaml');
    expect(team.people[1]?.hours).toEqual([
      { from: 510, to: 720 },
      { from: 780, to: 1020 },
    ]);
    expect(team.people.map(({ holidays }) => holidays)).toEqual([
      { country: 'RO' },
      { country: 'GB-ENG' },
      { dates: ['2025-12-24', '2025-12-31'] },
    ]);
    expect(team.rosters['tech-lead']?.overrides[0]).toEqual({
      person: 'Ben',
      kind: 'off',
      from: Date.parse('2025-08-10T23:00:00Z'),
      to: Date.parse('2025-08-17T23:00:00Z'),
    });
    expect(team.report.issues).toEqual({
      repository: '2i2c-org/infrastructure',
      labels: ['incident-action-item'],
      titlePrefix: '[Incident Action]: ',
    });
    expect(team.roles).toMatchObject({
      responder: { label: 'Incident Responder' },
      scribe: { label: 'Scribe' },
    });
  });

  test('tells editors where the schema is, and the schema is current', () => {
    expect(text.startsWith('# yaml-language-server: $schema=./src/config/daywatch.schema.json\n')).toBe(true);
    const shipped: unknown = JSON.parse(readFileSync(JSON_SCHEMA_FILE, 'utf8'));
    expect(shipped, 'write it again with: node src/config/json-schema.ts').toEqual(
      JSON.parse(JSON.stringify(teamJsonSchema())),
    );
  });
});

describe('mistakes', () => {
  test('are all named at once, each with its line', () => {
    const text = `team:
  name: 2i2c
  timezome: Europe/London
  announcements: #incidents
people:
  - name: Ana
    timezone: BST
    hours: ["9-5", "25:00-26:00"]
    days: [mon, tues]
    holidays: Romania
    nights: sometimes
  - name: Ana
    timezone: Europe/Bucuresti
    hours: ["09:00-13:00", "12:00-17:00"]
rosters:
  tech-lead:
    members: [Ana, Bem]
    overrides:
      - { person: Eve, from: 2025-08-11T00:00:00, to: 2025-08-18T00:00:00+01:00, off: true }
severities:
  sev1: { page_on_declare: [tech-leads], acknowledge_within: 5 minutes }
report: { path: "../{title}.md", repository: incident-reports }
`;
    expect(problemsOf(text)).toEqual([
      'team.yaml:3:3: `timezome` is not known here; did you mean `timezone`?',
      'team.yaml:4:3: team.announcements is empty; write a channel such as "#incidents", in quotes since # begins a comment: small letters, digits, - and _',
      'team.yaml:7:15: people[0].timezone is "BST"; an abbreviation is not a zone, for it does not know when the clocks change; write the name of a place from the zone database, such as Europe/London (`BST` may be `Europe/London`)',
      'team.yaml:8:13: people[0].hours[0] is "9-5"; write hours as HH:MM-HH:MM, such as 09:00-17:30; 22:00-06:00 crosses midnight, 24:00 may be the end',
      'team.yaml:8:20: people[0].hours[1] is "25:00-26:00"; write hours as HH:MM-HH:MM, such as 09:00-17:30; 22:00-06:00 crosses midnight, 24:00 may be the end',
      'team.yaml:9:17: people[0].days[1] is "tues"; allowed are mon, tue, wed, thu, fri, sat, sun; did you mean `tue`?',
      'team.yaml:10:15: people[0].holidays is "Romania"; did you mean `RO`? Allowed: write a country such as RO, a part of one such as GB-ENG, or a list of dates such as ["2025-12-24"]',
      'team.yaml:11:13: people[0].nights is "sometimes"; allowed are never, sev1, always',
      'team.yaml:12:11: people[1].name stands there already, at people[0].name; each may be there once',
      'team.yaml:13:15: people[1].timezone is "Europe/Bucuresti"; there is no such zone; did you mean `Europe/Bucharest`?',
      'team.yaml:14:28: people[1].hours[1] is "12:00-17:00"; overlaps 09:00-13:00 of the same day; join them or set them apart',
      'team.yaml:17:20: rosters.tech-lead.members[1] is not one of the people; known are Ana',
      'team.yaml:19:19: rosters.tech-lead.overrides[0].person is not one of the people; known are Ana',
      'team.yaml:19:30: rosters.tech-lead.overrides[0].from is "2025-08-11T00:00:00"; write an instant with its offset, such as 2025-08-11T00:00:00+01:00',
      'team.yaml:21:29: severities.sev1.page_on_declare[0] is not one of the rosters; known are tech-lead; did you mean `tech-lead`?',
      'team.yaml:21:62: severities.sev1.acknowledge_within is "5 minutes"; write a number and a unit: 30s, 5m, 2h or 1d',
      'team.yaml:22:17: report.path is "../{title}.md"; {title} is not known here; write a path such as reports/{date}-{slug}.md; {date} and {slug} are filled in',
      'team.yaml:22:46: report.repository is "incident-reports"; write a repository as owner/name, such as 2i2c-org/incident-reports',
    ]);
  });

  test.each<[string, string, string]>([
    ['an empty file', '', 'team.yaml:1:1: team is missing'],
    ['a list', '- a', 'the file write keys with values'],
    ['text', 'hello', 'the file is "hello"; write keys with values'],
    ['broken YAML', 'team: { name: [', 'this is not YAML'],
    ['a key twice', 'team: { name: a }\nteam: { name: b }', 'team.yaml:2:1: this is not YAML'],
    ['no name', 'team: {}', 'team.yaml:1:7: team.name is missing; write some words'],
    ['a zone by offset', 'team: { name: a, timezone: "+01:00" }', 'an offset is not a zone'],
    ['a fixed zone', 'team: { name: a, timezone: EST }', '(`EST` may be `America/New_York`)'],
    [
      'a picture of no roster',
      'team: { name: a, announcements: "#i", weekly_picture: { roster: ops } }\npeople: [{ name: A }]\nrosters: { op: { members: [A] } }',
      'team.weekly_picture.roster is not one of the rosters; known are op; did you mean `op`?',
    ],
    [
      'a picture with nowhere to go',
      'team: { name: a, weekly_picture: { roster: r } }\npeople: [{ name: A }]\nrosters: { r: { members: [A] } }',
      '`weekly_picture` has nowhere to go; write `announcements: "#incidents"` beside it',
    ],
    [
      'a picture at no time of day',
      'team: { name: a, weekly_picture: { roster: r, at: 9am } }',
      'team.weekly_picture.at is "9am"; write a time of day as HH:MM, such as "09:00", in quotes',
    ],
    ['a city alone', 'team: { name: a, timezone: Los Angeles }', 'did you mean `America/Los_Angeles`?'],
    [
      'a number for a phone',
      'team: { name: a }\npeople: [{ name: A, phone: 4000 }]',
      'people[0].phone is 4000; write',
    ],
    [
      'hours that are no list',
      'team: { name: a }\npeople: [{ name: A, hours: 09:00-17:00 }]',
      'write a list such as',
    ],
    ['people that are no list', 'team: { name: a }\npeople: { Ana: {} }', 'people write a list'],
    [
      'hours of nothing',
      'team: { name: a }\npeople: [{ name: A, hours: ["09:00-09:00"] }]',
      'write 00:00-24:00',
    ],
    [
      'a date that is none',
      'team: { name: a }\npeople: [{ name: A, holidays: ["2025-02-30"] }]',
      'holidays[0] is "2025-02-30"',
    ],
    ['a holiday that is a number', 'team: { name: a }\npeople: [{ name: A, holidays: 7 }]', 'holidays is 7'],
    ['a lower-case country', 'team: { name: a }\npeople: [{ name: A, holidays: ro }]', 'did you mean `RO`?'],
    [
      'one slack id twice',
      'team: { name: a }\npeople: [{ name: A, slack: U01 }, { name: B, slack: U01 }]',
      'people[1].slack stands there already',
    ],
    ['nobody in a roster', 'team: { name: a }\nrosters: { r: { members: [] } }', 'write at least one name'],
    [
      'a fifth severity',
      'team: { name: a }\nseverities: { sev5: {} }',
      '`sev5` is not known here; did you mean `sev1`?',
    ],
    [
      'no time at all',
      'team: { name: a }\nseverities: { sev1: { first_update: 0m } }',
      'write a time longer than nothing',
    ],
    [
      'emoji with colons',
      'team: { name: a }\nreactions: { timeline: [":pushpin:"] }',
      'emoji without colons',
    ],
    [
      'one emoji for two things',
      'team: { name: a }\nreactions: { timeline: [x], lesson: [x] }',
      'at reactions.timeline[0]',
    ],
    [
      'a path out',
      'team: { name: a }\nreport: { path: "a/../../{slug}.md" }',
      'must stay inside the repository',
    ],
    ['one path for all', 'team: { name: a }\nreport: { path: "report.md" }', 'lacks {slug}'],
    [
      'a rule without a deed',
      'team: { name: a }\nalerts: [{ match: { a: b }, do: page }]',
      'allowed are declare, offer',
    ],
    [
      'a match of no text',
      'team: { name: a }\nalerts: [{ match: { a: 1 }, do: offer }]',
      'alerts[0].match.a is 1',
    ],
    [
      'a member without people',
      'team: { name: a }\nrosters: { r: { members: [A] } }',
      'there are no people in this file',
    ],
  ])('%s', (_, text, words) => {
    expect(problemsOf(text).join('\n')).toContain(words);
  });

  test.each([
    ['off and on', 'off: true, on: true', 'says neither or both'],
    ['neither off nor on', 'off: false', 'says neither or both'],
  ])('an override with %s', (_, flags, words) => {
    const override = `{ person: A, from: 2025-08-11T00:00Z, to: 2025-08-12T00:00Z, ${flags} }`;
    const text = `team: { name: a }\npeople: [{ name: A }]\nrosters: { r: { members: [A], overrides: [${override}] } }`;
    expect(problemsOf(text).join('\n')).toContain(words);
  });

  test('an override that ends before it begins', () => {
    const override = '{ person: A, from: 2025-08-12T00:00Z, to: 2025-08-12T00:00+01:00, off: true }';
    const text = `team: { name: a }\npeople: [{ name: A }]\nrosters: { r: { members: [A], overrides: [${override}] } }`;
    expect(problemsOf(text).join('\n')).toContain('is not after its from');
  });
});
