import { describe, expect, test } from 'vitest';
import { readCase } from '../../../src/domain/case/read-case.ts';

const right = {
  title: 'Hub outage',
  timezone: 'Europe/London',
  startedAt: '2025-08-12T17:00:00+01:00',
  resolvedAt: '2025-08-12T17:11:00Z',
  entries: [{ at: '2025-08-12T17:00:00.5+01:00', kind: 'status', text: 'Declared' }],
};

function read(changes: object, entry: object = {}) {
  const entries = [{ ...right.entries[0], ...entry }];
  return readCase(JSON.stringify({ ...right, entries, ...changes }), 'case.json');
}

function problems(changes: object, entry: object = {}): string[] {
  const result = read(changes, entry);
  return 'problems' in result ? result.problems : [];
}

test('a right case is read, its instants as milliseconds', () => {
  const result = readCase(`\uFEFF${JSON.stringify(right)}`, 'case.json');
  expect(result).toMatchObject({
    warnings: [],
    case: { title: 'Hub outage', startedAt: Date.parse('2025-08-12T16:00:00Z') },
  });
  expect('case' in result && result.case.entries[0]?.at).toBe(Date.parse('2025-08-12T16:00:00.500Z'));
});

test.each([
  ['not JSON', '{', 'is not JSON'],
  ['a list', '[]', 'must be one JSON object'],
  ['null', 'null', 'must be one JSON object'],
  ['too large', JSON.stringify({ title: 'x'.repeat(5 * 1024 * 1024) }), 'larger than 5 MB'],
])('%s', (_what, text, words) => {
  const result = readCase(text, 'case.json');
  expect('problems' in result && result.problems).toEqual([expect.stringContaining(words)]);
});

describe('each mistake is named with its place', () => {
  test.each([
    [{ title: undefined }, {}, 'title is missing'],
    [{ title: '   ' }, {}, 'title must not be empty'],
    [{ title: 'a\nb' }, {}, 'title must be one line'],
    [{ title: 'x'.repeat(201) }, {}, 'title must have at most 200 characters'],
    [{ timezone: 'Europe/Lundon' }, {}, 'timezone must be an IANA time zone'],
    [{ timezone: 'BST' }, {}, 'timezone must be an IANA time zone'],
    [{ timezone: '+01:00' }, {}, 'timezone must be an IANA time zone'],
    [{ severity: 'sev5' }, {}, 'severity must be one of sev1, sev2, sev3, sev4'],
    [{ entries: {} }, {}, 'entries must be an array'],
    [{ entries: undefined }, {}, 'entries is missing'],
    [{ source: 'javascript:alert(1)' }, {}, 'source must be an http or https address'],
    [{ startedAt: '2025-08-12T17:00:00' }, {}, 'startedAt must be an instant with an offset'],
    [{ startedAt: '2025-02-30T17:00:00Z' }, {}, 'startedAt must be a day and a time that exist'],
    [{ startedAt: '2025-08-12T25:00:00Z' }, {}, 'startedAt must be a day and a time that exist'],
    [{ startedAt: '1969-08-12T17:00:00Z' }, {}, 'startedAt must be in a year from 1970 to 2100'],
    [{ startedAt: 5 }, {}, 'startedAt must be a string'],
    [{ endedAt: '2025-08-12T15:00:00Z' }, {}, 'endedAt must not be before startedAt'],
    [{ resolvedAt: '2025-08-12T15:00:00Z' }, {}, 'resolvedAt must not be before startedAt'],
    [{ sections: { wentWell: ['a', ' '] } }, {}, 'sections.wentWell[1] must not be empty'],
    [{ actionItems: [{ title: 'x', link: 'ftp://a' }] }, {}, 'actionItems[0].link must be an http'],
    [{}, { kind: 'gossip' }, 'entries[0].kind must be one of message, alert'],
    [{}, { at: undefined }, 'entries[0].at is missing'],
    [{}, { text: ' ' }, 'entries[0].text must not be empty'],
    [{}, { until: '2025-08-12T15:59:00Z' }, 'entries[0].until must not be before at'],
    [{}, { image: '../../etc/passwd' }, 'entries[0].image must be'],
    [{}, { image: '/etc/passwd' }, 'entries[0].image must be'],
    [{}, { image: 'data:image/png,x' }, 'entries[0].image must be'],
    [{}, { image: '%2e%2e/x.png' }, 'entries[0].image must be'],
    [{}, { approximate: 'yes' }, 'entries[0].approximate must be a boolean'],
  ])('%j %j', (changes, entry, words) => {
    expect(problems(changes, entry)).toEqual([expect.stringContaining(`case.json:1: ${words}`)]);
  });

  test('all at once', () => {
    const found = problems({ title: '', endedAt: '2025-08-12T15:00:00Z' }, { kind: 'x', at: 'y' });
    expect(found).toHaveLength(4);
  });

  test('more entries than a case may have', () => {
    const entries = Array.from({ length: 20_001 }, () => right.entries[0]);
    expect(problems({ entries })).toEqual([
      expect.stringContaining('entries must have at most 20,000 entries'),
    ]);
  });
});

test('a picture beside the file and an empty case are right', () => {
  expect(problems({}, { image: 'pictures/graph.png' })).toEqual([]);
  expect(problems({ entries: [] })).toEqual([]);
});

test('an unknown field is a warning with what was meant', () => {
  expect(read({ resolvedat: 1, sections: { sumary: 'x' } }, { colour: 'red' })).toMatchObject({
    warnings: [
      'case.json:1: entries[0].colour is not a field of a case and is left out',
      'case.json:1: resolvedat is not a field of a case and is left out; did you mean resolvedAt?',
      'case.json:1: sections.sumary is not a field of a case and is left out; did you mean summary?',
    ],
  });
});

test('a typo is named beside the mistakes too: it may be the cause of one', () => {
  const result = read({ timezone: 'BST', resolvedat: right.resolvedAt });
  expect(result).toMatchObject({
    problems: [expect.stringContaining('timezone must be')],
    warnings: [
      expect.stringContaining(
        'resolvedat is not a field of a case and is left out; did you mean resolvedAt?',
      ),
    ],
  });
});
