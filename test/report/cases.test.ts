import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { factsOfCase, numbered } from '../../src/domain/case/facts-of-case.ts';
import { readCase } from '../../src/domain/case/read-case.ts';
import { describer } from '../../src/domain/describe.ts';
import { foldIncident } from '../../src/domain/incident.ts';
import { NO_TEAM } from '../../src/domain/report/report-team.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { reportMarkdown } from '../../src/report/report-markdown.ts';

const cases = fileURLToPath(new URL('../../../shared/cases/', import.meta.url));
const areThere = existsSync(cases);

async function reportOf(text: string, template: string, zone: string, isPublic: boolean): Promise<string> {
  const read = readCase(text, 'case.json');
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const facts = numbered(factsOfCase(read.case, 0), 0);
  return reportMarkdown({
    incident: foldIncident({ number: 1, uid: 'case' }, facts),
    entries: timeline(facts, describer()),
    team: NO_TEAM,
    names: { person: (id) => id },
    template,
    zone,
    public: isPublic,
  });
}

function headingsOf(markdown: string): string[] {
  return markdown.split('\n').filter((line) => /^#{1,6} /.test(line));
}

/** What an expectation lists under each heading: lines `- a, b · c`, of which every word must be found. */
function wordsUnderHeadings(expected: string): { heading: string; words: string[] }[] {
  const found: { heading: string; words: string[] }[] = [];
  for (const line of expected.replaceAll(/<!--[\s\S]*?-->/g, '').split('\n')) {
    if (/^#{1,6} /.test(line)) found.push({ heading: line, words: [] });
    const listed = /^(?:- |\d+\. )(.+)/.exec(line)?.[1];
    if (listed !== undefined) found.at(-1)?.words.push(...namedIn(listed));
  }
  return found;
}

// Words with which an expectation speaks about the report instead of quoting it.
const ABOUT = new Set('the and with line table rows direct speech five this order its own text'.split(' '));

function namedIn(line: string): string[] {
  const listed = line
    .replaceAll(/\([^)]*;[^)]*\)/g, '')
    .replace(/^[\w ]+ (?:items|events)[^:]*: /, '')
    .replace(/^five, in this order: /, '');
  const words = listed.match(/[\p{L}\p{N}][\p{L}\p{N}._:/'-]*/gu) ?? [];
  return words.filter((word) => word.length > 2 && !ABOUT.has(word));
}

function bodyUnder(markdown: string, heading: string): string {
  const [, after = ''] = markdown.split(`\n${heading}\n`);
  return (after.split(/\n#{1,6} /)[0] ?? '').replaceAll(/[`"\\[\]()]/g, '').toLowerCase();
}

describe.each([
  ['leap', 'leap', '2i2c', 'Europe/London', true],
  ['too many pods', 'binder-too-many-pods', 'binder', 'Europe/Paris', true],
])('%s', (_what, file, template, zone, isPublic) => {
  test.skipIf(!areThere)(
    `the report has what ${file}.expected.md lists${areThere ? '' : ' (skipped: there is no ../shared/cases)'}`,
    async () => {
      const expected = readFileSync(`${cases}${file}.expected.md`, 'utf8');
      const markdown = await reportOf(readFileSync(`${cases}${file}.json`, 'utf8'), template, zone, isPublic);
      const listed = wordsUnderHeadings(expected);
      expect(headingsOf(markdown)).toEqual(listed.map(({ heading }) => heading));
      expect(listed.flatMap(({ words }) => words).length).toBeGreaterThan(30);
      for (const { heading, words } of listed) {
        for (const word of words) expect(bodyUnder(markdown, heading), heading).toContain(word.toLowerCase());
      }
      expect(markdown).not.toMatch(/undefined|null|Invalid|Sarika|de Bruyn|GMT/);
    },
  );
});

// A story of our own, so that the way from a case to a report is walked everywhere.
const own = {
  title: 'Incident report March 30 2025 - Login page gone',
  timezone: 'Europe/Bucharest',
  startedAt: '2025-03-30T02:30:00+02:00',
  resolvedAt: '2025-03-30T04:10:00+03:00',
  entries: [
    {
      at: '2025-03-30T09:00:00+03:00',
      kind: 'report',
      person: 'Mara Ionescu',
      role: 'community member',
      text: 'Mara says that it works again.',
    },
    {
      at: '2025-03-30T02:30:00+02:00',
      kind: 'status',
      role: 'team',
      text: 'The login page is gone.',
      approximate: true,
    },
    {
      at: '2025-03-30T04:05:00+03:00',
      kind: 'message',
      role: 'primary engineer',
      person: 'Ion',
      text: 'Ion restarts `auth`.',
      followUp: false,
    },
    {
      at: '2025-03-30T04:10:00+03:00',
      kind: 'status',
      role: 'primary engineer',
      person: 'Ion',
      text: 'Checked by logging in.',
    },
    {
      at: '2025-03-30T04:10:00+03:00',
      kind: 'note',
      role: 'primary engineer',
      person: 'Ion',
      text: 'Watching.',
      followUp: true,
    },
  ],
  sections: { wentWell: ['Quick restart'], lucky: ['It was night'] },
  actionItems: [
    { title: 'Alert on it', category: 'Monitoring', link: 'https://github.com/o/r/issues/9', done: true },
  ],
};

test('a case of our own, in the night of the change of clocks', async () => {
  expect(await reportOf(JSON.stringify(own), '2i2c', 'Europe/Bucharest', true)).toBe(`---
title: "Login page gone"
date: 2025-03-30
---

# Incident report March 30 2025 - Login page gone

| Field | Value |
| --- | --- |
| **Impact Time** | Mar 30 at ca. 02:30 to Mar 30 at 04:10 |
| **Duration** | ca. 40m |
| **Time to detect** | ca. 35 min |
| **Time to resolve** | ca. 40 min |
| **Unknown** | time to page, time to acknowledge, time waiting for daylight, time to first update, time to mitigate |

## Summary

Login page gone: users were affected from March 30 2025, ca. 02:30 EET; it lasted ca. 40 min. People noticed it; no alert is on record.

## Resolution

Checked by logging in.

## What went well

- Quick restart

## What didn't go so well?

None recorded.

## Where we got lucky

- It was night

## Timeline (times in EET/EEST)

### ca. 2:30 AM EET

The login page is gone.

### 4:05 AM EEST

Primary engineer restarts \`auth\`.

### 4:10 AM

Primary engineer: Checked by logging in.

## Follow-up timeline (times in EEST)

### 4:10 AM

Primary engineer: Watching.

### 9:00 AM

Community member says that it works again.

## Action Items

- [x] Alert on it (https://github.com/o/r/issues/9)
`);
});

test('a heading of its own for action items is kept', async () => {
  expect(await reportOf(JSON.stringify(own), 'binder', 'UTC', false)).toContain(
    '### Monitoring\n\n1. Alert on it ([issue](https://github.com/o/r/issues/9)) (done)\n',
  );
});
