import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseOfIncident } from '../../../src/domain/case/case-of-incident.ts';
import { caseText } from '../../../src/domain/case/case-text.ts';
import { factsOfCase, numbered } from '../../../src/domain/case/facts-of-case.ts';
import { readCase } from '../../../src/domain/case/read-case.ts';
import type { Case } from '../../../src/domain/case/schema.ts';
import { describer } from '../../../src/domain/describe.ts';
import type { Fact } from '../../../src/domain/facts.ts';
import { foldIncident } from '../../../src/domain/incident.ts';
import { reportModel, reportWithFindings } from '../../../src/domain/report/report-model.ts';
import { NO_TEAM, type ReportTeam } from '../../../src/domain/report/report-team.ts';
import { timeline } from '../../../src/domain/timeline.ts';
import { ENTRY_KINDS, SEVERITIES } from '../../../src/domain/words.ts';
import { team as TEAM } from '../../report/story.ts';
import { ANA, BEN, DECLARED, numbered as logged, NOW } from '../given.ts';

const NAMES = { person: (id: string) => ({ U0SAR: 'Sarika de Bruyn' })[id] ?? id };
const MINUTE = 60_000;

function sourceOf(facts: readonly Fact[], team: ReportTeam, zone: string) {
  const names = {
    person: (id: string) => team.people.find(({ slack }) => slack === id)?.name ?? NAMES.person(id),
  };
  return {
    incident: foldIncident({ number: 1, uid: 'case' }, facts),
    entries: timeline(facts, describer()),
    team,
    names,
    zone,
  };
}

function parsed(text: string): Case {
  const read = readCase(text, 'case.json');
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  expect(read.warnings).toEqual([]);
  return read.case;
}

function imported(text: string): Fact[] {
  return numbered(factsOfCase(parsed(text), NOW), NOW);
}

function exported(facts: readonly Fact[], team: ReportTeam = NO_TEAM, zone = 'Europe/Paris'): string {
  return caseText(caseOfIncident(sourceOf(facts, team, zone)));
}

/** As JSON without the ids, which are each incident's own and which no template prints. */
function models(facts: readonly Fact[], team: ReportTeam, zone: string): unknown {
  const both = [true, false].map((isPublic) =>
    reportModel({ ...sourceOf(facts, team, zone), public: isPublic }),
  );
  return JSON.parse(JSON.stringify(both, (key, value) => (key === 'id' ? undefined : value)));
}

test('the chart of a report is an entry of the case, and the report of the import shows it too', () => {
  const source = sourceOf(logged([DECLARED]), NO_TEAM, 'Europe/Paris');
  const chart = {
    image: '2025-08-12-inc-7-leap.png',
    alt: 'INC-7: uptime check of leap.2i2c.cloud. It did not fail.',
  };
  const text = caseText(caseOfIncident({ ...source, chart }));
  const facts = imported(text);
  expect(foldIncident({ number: 9, uid: 'other' }, facts).written?.chart).toEqual(chart);
  expect(exported(facts)).toBe(text);
});

const shared = fileURLToPath(new URL('../../../../shared/cases/', import.meta.url));
const files = [
  ['LEAP', fileURLToPath(new URL('../../../src/demo/leap.json', import.meta.url))],
  ...['leap', 'binder-too-many-pods'].map((name) => [name, `${shared}${name}.json`]),
].filter(([, path]) => existsSync(path ?? ''));

test.each(files)('%s goes in and out without loss', (_name, path = '') => {
  const text = readFileSync(path, 'utf8');
  const out = exported(imported(text));
  expect(JSON.parse(out)).toEqual(withoutDefaults(JSON.parse(text)));
  expect(exported(imported(out))).toBe(out);
});

/** What the format says is the same as nothing. */
function withoutDefaults(given: { sections?: Record<string, unknown> }) {
  const sections = Object.entries(given.sections ?? {}).filter(([, value]) => JSON.stringify(value) !== '[]');
  return { ...given, ...(given.sections ? { sections: Object.fromEntries(sections) } : {}) };
}

describe('any case', () => {
  const at = fc.integer({ min: Date.parse('1970-01-02Z') / 1000, max: Date.parse('2100-01-01Z') / 1000 });
  const words = fc.oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom(
      'Ana restarts `auth`',
      '| a | b |\n|---|---|',
      '```\nx\n```',
      '<b>',
      'مرحبا',
      '# x',
      'asks [Zoe](person:name%3AZoe) to',
    ),
  );
  const filled = words.filter((text) => text.trim() !== '');
  const near = fc.integer({ min: -3, max: 300 });
  const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const url = fc.constantFrom(
    'https://example.org/a',
    'http://example.org/?q=1#b',
    'https://example.org/(x)',
  );
  const entry = fc.record({
    minutes: near,
    lasts: optional(fc.integer({ min: 0, max: 90 })),
    approximate: optional(fc.boolean()),
    kind: fc.constantFrom(...ENTRY_KINDS),
    role: optional(fc.constantFrom('primary engineer', 'team', 'tech lead', 'Daywatch', '')),
    person: optional(fc.constantFrom('Ana', 'Sarika de Bruyn', ' ')),
    text: fc.oneof(
      filled,
      fc.constantFrom(
        'Declares it',
        'Declared.',
        'Impact starts.',
        'Written down afterwards: nobody was paged or told.',
        'Ana is part of the story.',
        'Action item 1 is Ana’s, due 2025-09-01.',
        'Action item 1 is due 2025-09-01.',
        'Public by decision: 0123456789abcdef.',
      ),
    ),
    quote: optional(fc.boolean()),
    code: optional(words),
    raw: optional(words.filter((text) => !text.includes('person:'))),
    link: optional(url),
    image: optional(fc.oneof(url, fc.constant('pictures/a.png'))),
    followUp: optional(fc.boolean()),
  });
  const anyCase = fc
    .record({
      start: at,
      title: fc
        .string({ minLength: 1, maxLength: 100, unit: 'grapheme' })
        .filter((text) => /^[^\p{C}\u2028\u2029]+$/u.test(text.trim())),
      source: optional(url),
      timezone: fc.constantFrom(
        'Europe/Paris',
        'UTC',
        'Asia/Kathmandu',
        'America/Los_Angeles',
        'Africa/Monrovia',
      ),
      started: optional(near),
      ended: optional(near),
      resolved: optional(near),
      severity: optional(fc.constantFrom(...SEVERITIES)),
      entries: fc.array(entry, { maxLength: 6 }),
      sections: optional(
        fc.record({
          summary: optional(words),
          resolution: optional(filled),
          wentWell: optional(fc.array(filled, { maxLength: 2 })),
          lucky: optional(fc.array(filled, { maxLength: 2 })),
        }),
      ),
      actionItems: optional(
        fc.array(
          fc.record({
            title: filled,
            category: optional(
              fc.constantFrom('Process improvements', 'process', 'Monitoring', '', 'Technical'),
            ),
            link: optional(url),
            done: optional(fc.boolean()),
          }),
          { maxLength: 3 },
        ),
      ),
    })
    .map(({ start, started, ended, resolved, entries, ...rest }) => {
      const iso = (minutes: number | undefined) =>
        minutes === undefined ? undefined : new Date(start * 1000 + minutes * MINUTE).toISOString();
      return JSON.stringify({
        ...rest,
        startedAt: iso(started),
        endedAt: iso(ended === undefined ? undefined : Math.max(ended, started ?? ended)),
        resolvedAt: iso(resolved === undefined ? undefined : Math.max(resolved, started ?? resolved)),
        entries: entries.map(({ minutes, lasts, ...other }) => ({
          ...other,
          at: iso(minutes),
          until: iso(lasts === undefined ? undefined : minutes + lasts),
        })),
      });
    });

  test('comes out as it went in: written again it is the same bytes, and its report the same words', () => {
    fc.assert(
      fc.property(anyCase, (text) => {
        const facts = imported(text);
        const out = exported(facts);
        const again = imported(out);
        expect(exported(again)).toBe(out);
        expect(models(again, NO_TEAM, 'Europe/Paris')).toEqual(models(facts, NO_TEAM, 'Europe/Paris'));
      }),
      { numRuns: 60 },
    );
  });

  test('a role said of somebody beside their entries stays theirs, whatever role the first of these has', () => {
    const said = { person: 'Ana', at: '2025-08-12T16:00:00Z' };
    const text = JSON.stringify({
      title: 'Hub down',
      timezone: 'Europe/Paris',
      entries: [
        { ...said, kind: 'role', role: 'primary engineer', text: 'Ana is part of the story.' },
        { ...said, kind: 'message', role: 'tech lead', text: 'Declares it' },
        { ...said, kind: 'message', role: 'primary engineer', text: 'Restarts the hub' },
      ],
    });
    const facts = imported(text);
    const out = exported(facts);
    expect(exported(imported(out))).toBe(out);
    expect(models(imported(out), NO_TEAM, 'Europe/Paris')).toEqual(models(facts, NO_TEAM, 'Europe/Paris'));
  });
});

test('an incident of our own comes back with the same report, public and private', () => {
  const told = logged([
    DECLARED,
    { type: 'role-assigned', role: 'communications', person: 'U0ANA', by: BEN, at: NOW + MINUTE },
    {
      type: 'impact-set',
      edge: 'start',
      moment: { at: NOW - 31 * MINUTE, approximate: true },
      by: BEN,
      at: NOW,
    },
    { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW + MINUTE },
    {
      type: 'ladder-waits',
      ladder: '1',
      person: 'U0ANA',
      from: NOW,
      reason: 'nobody is in hours',
      by: BEN,
      at: NOW + MINUTE,
    },
    {
      type: 'paged',
      ladder: '1',
      page: '1',
      person: 'U0CHI',
      localTime: '09:02 PDT',
      reason: 'first in the order of the roster',
      by: { kind: 'daywatch' },
      at: NOW + 2 * MINUTE,
    },
    {
      type: 'page-acknowledged',
      page: '1',
      via: 'slack',
      by: { kind: 'person', id: 'U0CHI' },
      at: NOW + 9 * MINUTE,
    },
    {
      type: 'entry-recorded',
      entry: 'a',
      origin: 'alert',
      content: { kind: 'alert', text: 'Uptime check fails', raw: 'Uptime check of leap' },
      moment: { at: NOW + 32 * MINUTE },
      by: { kind: 'service', name: 'Google' },
      at: NOW + 32 * MINUTE,
    },
    {
      type: 'alert-closed',
      entry: 'a',
      endedAt: NOW + 69 * MINUTE,
      by: { kind: 'service', name: 'Google' },
      at: NOW + 70 * MINUTE,
    },
    {
      type: 'entry-recorded',
      entry: 'm',
      origin: 'reaction',
      content: { kind: 'message', text: 'I asked [Sarika](person:U0SAR), and Ana says so too.' },
      moment: { at: NOW + 40 * MINUTE, until: NOW + 44 * MINUTE, approximate: true },
      author: 'U0BEN',
      by: ANA,
      at: NOW + 41 * MINUTE,
    },
    {
      type: 'action-added',
      action: '1',
      title: 'Ask [Ana](person:U0ANA)',
      category: 'technical',
      owner: 'U0ANA',
      due: '2025-09-01',
      by: BEN,
      at: NOW + 45 * MINUTE,
    },
    ...(['withdrawn', 'due', 'owned'] as const).map((title) => ({
      type: 'action-added' as const,
      action: title,
      title,
      ...(title === 'due' ? { due: '2025-09-02' } : {}),
      ...(title === 'owned' ? { owner: 'U0SAR' } : {}),
      by: BEN,
      at: NOW + 45 * MINUTE,
    })),
    { type: 'action-withdrawn', action: 'withdrawn', by: BEN, at: NOW + 46 * MINUTE },
    {
      type: 'entry-recorded',
      entry: 'seen',
      origin: 'log',
      content: { kind: 'note', text: 'From 10.1.2.3 and 10.4.5.6' },
      moment: { at: NOW + 50 * MINUTE },
      author: 'U0ANA',
      by: ANA,
      at: NOW + 50 * MINUTE,
    },
    {
      type: 'lesson-added',
      lesson: '1',
      kind: 'well',
      text: 'Ana was quick',
      by: BEN,
      at: NOW + 45 * MINUTE,
    },
    { type: 'status-changed', from: 'investigating', to: 'resolved', by: ANA, at: NOW + 71 * MINUTE },
    {
      type: 'entry-recorded',
      entry: 'late',
      origin: 'log',
      content: { kind: 'note', text: 'Still slow' },
      moment: { at: NOW + 200 * MINUTE },
      author: 'U0ANA',
      by: ANA,
      at: NOW + 200 * MINUTE,
    },
    { type: 'status-changed', from: 'resolved', to: 'closed', by: BEN, at: NOW + 300 * MINUTE },
  ]);
  const input = { ...sourceOf(told, TEAM, 'Europe/London'), public: true };
  const [first] = reportWithFindings(input).findings;
  const decided = { type: 'finding-decided', finding: first?.id ?? '', shown: true, what: 'it' } as const;
  const facts = [...told, ...logged([{ ...decided, by: BEN, at: NOW + 301 * MINUTE }])];
  const both = JSON.stringify(models(facts, TEAM, 'Europe/London'));
  expect(both).toContain('From 10.1.2.3 and (IP address held back)');
  const out = exported(facts, TEAM, 'Europe/London');
  const again = imported(out);
  expect(models(again, TEAM, 'Europe/London')).toEqual(models(facts, TEAM, 'Europe/London'));
  expect(exported(again, TEAM, 'Europe/London')).toBe(out);
  expect(out).not.toMatch(/U0|person:/);
});
