import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLines, lineOf } from '../../../src/domain/case/json-lines.ts';
import { readCase } from '../../../src/domain/case/read-case.ts';

const TEXT = `{
  "title": "a \\" { [ , : \\n",
  "timezone"
    : "Europe/Lundon",
  "entries": [
    { "at": "noon", "kind": "note", "text": "x" },
    [],
    {
      "at": "2025-08-12T17:00:00Z",
      "kind": "nothing"
    }
  ]
}`;

test('every mistake has its line', () => {
  const read = readCase(TEXT, 'mine.json');
  expect('problems' in read && read.problems.map((problem) => problem.split(' must')[0])).toEqual([
    'mine.json:3: timezone',
    'mine.json:6: entries[0].at',
    'mine.json:7: entries[1]',
    'mine.json:10: entries[2].kind',
    'mine.json:8: entries[2].text is missing; it',
  ]);
});

test('values of any JSON are found where they stand', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify({ given: value, last: true }, null, 2);
      const lines = jsonLines(text);
      expect(lineOf(lines, 'last')).toBe(text.split('\n').length - 1);
      expect(lineOf(lines, 'given')).toBe(2);
    }),
  );
});

test('a thousand lists in each other are no burden', () => {
  const text = `{"entries": ${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
  expect(lineOf(jsonLines(text), 'entries')).toBe(1);
});
