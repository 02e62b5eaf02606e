import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { caseOfPostmortem } from '../../../src/domain/case/postmortem-text.ts';
import { readCase } from '../../../src/domain/case/read-case.ts';

const TEXT = `Hub outage

Owner
Ana
Impact Time Aug 20 at 22:00 to Aug 21 at 00:10
Duration 2h 10m

Overview
The hub was down
for two hours.

What Happened
No comments added

Resolution
Restarted.

Where we got lucky
No comments added

What Went Well?
- Quick to see
- Two people came

What Didn't Go So Well?
Nobody was awake.

Action Items
- [x] Alert on it (https://github.com/o/r/issues/9)
- Write a runbook

Timeline (times in BST)
Aug 20, 2025
10:02 PM
Incident triggered

Ana restarts it.
ca. 11:50 PM
Still down.
12:10 AM
Incident resolved
August 22, 2025, 9:00 AM
Looked again.
`;

test('what PagerDuty exports becomes a case', () => {
  const made = caseOfPostmortem(TEXT, 'pd.txt', 'Europe/London');
  const read = readCase('text' in made ? made.text : '', 'pd.txt');
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  expect(read.warnings).toEqual([]);
  const { entries, ...rest } = read.case;
  expect(rest).toEqual({
    title: 'Hub outage',
    timezone: 'Europe/London',
    startedAt: Date.parse('2025-08-20T22:00+01:00'),
    endedAt: Date.parse('2025-08-21T00:10+01:00'),
    resolvedAt: Date.parse('2025-08-21T00:10+01:00'),
    sections: {
      summary: 'The hub was down for two hours.',
      resolution: 'Restarted.',
      wentWell: ['Quick to see', 'Two people came'],
      wentWrong: ['Nobody was awake.'],
      lucky: [],
    },
    actionItems: [
      { title: 'Alert on it', link: 'https://github.com/o/r/issues/9', done: true },
      { title: 'Write a runbook' },
    ],
  });
  expect(entries).toEqual([
    { at: Date.parse('2025-08-20T22:02+01:00'), kind: 'status', text: 'Incident triggered' },
    { at: Date.parse('2025-08-20T22:02+01:00'), kind: 'note', text: 'Ana restarts it.' },
    { at: Date.parse('2025-08-20T23:50+01:00'), kind: 'note', text: 'Still down.', approximate: true },
    { at: Date.parse('2025-08-21T00:10+01:00'), kind: 'status', text: 'Incident resolved' },
    { at: Date.parse('2025-08-22T09:00+01:00'), kind: 'note', text: 'Looked again.' },
  ]);
});

test('a time that the clocks left out is named with its line', () => {
  const text = 'Incident report March 30 2025 - Gone\nTimeline\n1:30 AM\nGone\n';
  expect(caseOfPostmortem(text, 'pd.txt', 'Europe/London')).toEqual({
    problems: ['pd.txt:3: 1:30 AM is no time of that day in Europe/London.'],
  });
});

test('any other text is told what is missing', () => {
  expect(caseOfPostmortem('hello', 'x.txt', 'UTC')).toEqual({
    problems: [
      expect.stringContaining('x.txt: has no heading “Timeline”, and names no date such as “Aug 12, 2025”'),
    ],
  });
});

const seed = fileURLToPath(new URL('../../../../shared/seeds/leap-2025-08-12.txt', import.meta.url));

test.skipIf(!existsSync(seed))('a published page keeps its times', () => {
  const made = caseOfPostmortem(readFileSync(seed, 'utf8'), 'leap.txt', 'Europe/London');
  const read = readCase('text' in made ? made.text : '', 'leap.txt');
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  expect(read.case.entries).toHaveLength(22);
  expect(read.case.entries.filter(({ followUp }) => followUp)).toHaveLength(5);
  expect(read.case.resolvedAt).toBe(Date.parse('2025-08-12T18:11+01:00'));
});
