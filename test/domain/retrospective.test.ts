import { describe, expect, test } from 'vitest';
import { caseOfIncident } from '../../src/domain/case/case-of-incident.ts';
import { caseText } from '../../src/domain/case/case-text.ts';
import { numbered as casedFacts, factsOfCase } from '../../src/domain/case/facts-of-case.ts';
import { readCase } from '../../src/domain/case/read-case.ts';
import { declare, invited } from '../../src/domain/declare.ts';
import { describer } from '../../src/domain/describe.ts';
import type { Fact, NewFact } from '../../src/domain/facts.ts';
import { findGaps } from '../../src/domain/gaps.ts';
import { foldIncident, isHere } from '../../src/domain/incident.ts';
import { resolve } from '../../src/domain/lifecycle.ts';
import { joinTimeline, merge } from '../../src/domain/merge.ts';
import { isLive, isPermitted, objection } from '../../src/domain/permitted.ts';
import { proposeReliefs } from '../../src/domain/relief.ts';
import { figures } from '../../src/domain/report/figures.ts';
import { isStory } from '../../src/domain/report/is-story.ts';
import { reportModel } from '../../src/domain/report/report-model.ts';
import { NO_TEAM } from '../../src/domain/report/report-team.ts';
import { asTold } from '../../src/domain/retrospective.ts';
import { sleptThrough } from '../../src/domain/shift-digest.ts';
import { incidentNumbers } from '../../src/domain/stats/incident-numbers.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { nextUpdateDue } from '../../src/domain/update-clock.ts';
import { testTeam } from '../harness/team.ts';
import { BEN, ID, NOW, numbered } from './given.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The outage was ten days before it is written down. */
const THEN = NOW - 10 * DAY;
const TEAM = testTeam();
const ZONE = 'Europe/London';
const NAMES = { person: (id: string) => id };

const WISH = {
  title: 'LEAP hub outage',
  severity: 'sev1',
  private: false,
  by: BEN,
  responder: 'U0BEN',
  page: ['tech-lead'],
  retrospective: true,
} as const;

function line(id: string, at: number, kind: 'note' | 'status' | 'alert' | 'update' = 'note'): NewFact {
  const content = { kind, text: `Line ${id}` };
  return {
    type: 'entry-recorded',
    entry: id,
    origin: 'log',
    content,
    moment: { at },
    author: 'U0BEN',
    by: BEN,
    at: NOW,
  };
}

const START: NewFact = { type: 'impact-set', edge: 'start', moment: { at: THEN }, by: BEN, at: NOW };
const END: NewFact = { ...START, edge: 'end', moment: { at: THEN + HOUR } };

function resolved(happenedAt?: number): NewFact {
  const told = happenedAt === undefined ? {} : { happenedAt };
  return { type: 'status-changed', from: 'investigating', to: 'resolved', ...told, by: BEN, at: NOW + HOUR };
}

function written(...more: NewFact[]) {
  const declared = declare(WISH, NOW);
  if ('refused' in declared) throw new Error(declared.refused);
  return of(numbered([...declared.facts, ...more]));
}

function of(facts: Fact[]) {
  const incident = foldIncident(ID, facts);
  const entries = timeline(facts, describer());
  return { facts, incident, entries, story: entries.filter(isStory), told: asTold(incident, entries) };
}

function report({ incident, entries }: ReturnType<typeof of>) {
  return reportModel({ incident, entries, team: NO_TEAM, names: NAMES, zone: ZONE, public: true });
}

describe('a retrospective', () => {
  test('is declared without a page, whatever the severity calls for, and no alert is looked for', () => {
    const { facts, effects } = declare(WISH, NOW) as { facts: NewFact[]; effects: object[] };
    expect(facts.map(({ type }) => type)).toEqual(['declared']);
    expect(effects).toEqual([{ do: 'open-channel' }]);
  });

  test('calls only whoever writes it down, and who led a private one does not read it', () => {
    const wish = { ...WISH, responder: 'U0SAR' };
    const shut = declare({ ...wish, private: true }, NOW);
    const open = declare(wish, NOW);
    if ('refused' in shut || 'refused' in open) throw new Error('refused');
    const [openOne, shutOne] = [open, shut].map(({ facts }) => of(numbered(facts)).incident);
    if (!openOne || !shutOne) throw new Error('nothing declared');
    expect(invited(openOne)).toEqual(['U0BEN']);
    expect([isHere(openOne, 'U0SAR'), isHere(shutOne, 'U0SAR')]).toEqual([true, false]);
    expect([isHere(shutOne, 'U0BEN'), shutOne.roles.responder]).toEqual([true, 'U0SAR']);
  });

  test('is open and never live: no update is due, nobody is relieved, nobody reads of it as their day starts', () => {
    const { incident, entries } = written(line('a', THEN));
    const live = { ...incident, retrospective: undefined } as unknown as typeof incident;
    const [ana] = TEAM.people.filter(({ name }) => name === 'Ana');
    if (!ana) throw new Error('no Ana');
    const newcomer = { person: ana, since: NOW - DAY, start: NOW + 16 * HOUR, inRoster: true };
    const evening = NOW + 20 * 60_000;
    expect(isLive(incident)).toBe(false);
    expect(nextUpdateDue(incident, TEAM)).toBeUndefined();
    expect(proposeReliefs(TEAM, incident, evening)).toEqual({ facts: [], effects: [] });
    expect(sleptThrough(incident, entries, newcomer)).toBeUndefined();
    // All of it would happen to one that goes on.
    expect(isLive(live)).toBe(true);
    expect(nextUpdateDue(live, TEAM)).toBeDefined();
    expect(proposeReliefs(TEAM, live, evening).facts).toHaveLength(1);
    expect(sleptThrough(live, entries, newcomer)).toBeDefined();
  });

  test.each([
    ['page', /^INC-7 is a retrospective: it is over, so nobody is paged for it\..*declare sev1/],
    ['update', /no update goes out from here.*📣.*\/incident log/],
    ['handoff', /nobody is asked to take a role.*\/incident assign/],
    ['status', /`\/incident resolve` makes the report/],
  ] as const)('%s is refused with what to do instead', (verb, sentence) => {
    const { incident } = written();
    expect(objection(incident, verb)).toMatch(sentence);
    expect(isPermitted(incident, verb)).toBe(false);
    const over = { ...incident, status: 'resolved' } as const;
    if (verb === 'status') expect(objection(over, verb)).toContain('`/incident reopen`');
    else expect(objection(over, verb)).toMatch(sentence);
  });

  test('begins in its report with the first that is on record; today’s doings are no part of it', () => {
    const one = written(line('b', THEN + HOUR), line('a', THEN + 10 * 60_000), resolved());
    expect(one.told.declaredAt).toBe(THEN + 10 * 60_000);
    expect(one.told.resolvedAt).toBeUndefined();
    expect(one.story.map(({ id }) => id)).toEqual(['a', 'b']);
    const { date, impactTime, duration, summary, resolution } = report(one);
    expect({ date, impactTime, duration }).toEqual({
      date: '2025-08-02',
      impactTime: 'Unknown',
      duration: 'Unknown',
    });
    expect(summary).toContain('first on record on August 2 2025 at 17:10 BST');
    expect(resolution).toBe('When it was resolved is not known.');
  });

  test('has the figures of its story, and none of its writing down', () => {
    const one = written(START, line('a', THEN + 5 * 60_000), line('u', THEN + 1_200_000, 'update'), END);
    const told = (facts: ReturnType<typeof of>) => figures(facts.told, facts.story);
    expect(told(one)).toEqual({ mitigate: HOUR, impact: HOUR });
    const found = of([...one.facts, ...numbered([line('alert', THEN + 600_000, 'alert')], 9)]);
    expect(told(found)).toEqual({ detect: 600_000, mitigate: HOUR, impact: HOUR });
    const said = of([...one.facts, ...numbered([resolved(THEN + 2 * HOUR)], 9)]);
    expect(told(said)).toEqual({ mitigate: HOUR, impact: HOUR, resolve: 2 * HOUR });
    const { date, figures: numbers, foundBy } = incidentNumbers(said.incident, said, ZONE);
    expect({ date, numbers, foundBy }).toEqual({
      date: '2025-08-02',
      numbers: told(said),
      foundBy: undefined,
    });
  });

  test('is resolved when somebody says that it was; what came later is a follow-up', () => {
    const one = written(START, line('a', THEN), line('z', THEN + 3 * HOUR), resolved(THEN + HOUR));
    expect(one.story.map(({ content, followUp, moment }) => [content.text, followUp, moment.at])).toEqual([
      ['Line a', false, THEN],
      ['Incident resolved.', false, THEN + HOUR],
      ['Line z', true, THEN + 3 * HOUR],
    ]);
    expect(report(one).impactTime).toBe('Aug 2 at 17:00 to Aug 2 at 18:00');
    const again: NewFact = {
      type: 'status-changed',
      from: 'resolved',
      to: 'investigating',
      by: BEN,
      at: NOW,
    };
    expect(of([...one.facts, ...numbered([again], 9)]).incident.overAt).toBeUndefined();
  });

  test('is not resolved at a time that cannot be, and nothing else is resolved in the past', () => {
    const { incident } = written(START);
    const live = { ...incident, retrospective: undefined } as unknown as typeof incident;
    const at = (one: typeof incident, happenedAt: number) => resolve(one, BEN, NOW, { happenedAt });
    expect(at(incident, THEN - 1)).toMatchObject({ refused: /before users were first hurt/ });
    expect(at(incident, NOW + 1)).toMatchObject({ refused: /still to come/ });
    expect(at(live, THEN)).toMatchObject({ refused: /resolved now/ });
    expect(at(incident, THEN)).toMatchObject({ facts: [{ to: 'resolved', happenedAt: THEN }] });
  });

  test('lacks what happened while it was written down: a time that was left out', () => {
    const one = written(START, END, line('a', THEN), line('today', NOW + 60_000), resolved());
    const ids = findGaps({ ...one, zone: ZONE }).map(({ id }) => id);
    expect(ids).toContain('time:today');
    expect(ids).not.toContain('time:a');
    expect(ids).toContain(`silence:${THEN}`);
  });

  test('takes nothing in that goes on, and goes into what it is a duplicate of without a word of its writing', () => {
    const { incident } = written();
    const live = { ...incident, number: 8, retrospective: undefined } as unknown as typeof incident;
    const into = (one: typeof incident, other: typeof incident) =>
      merge(one, { number: other.number, incident: other }, BEN, NOW);
    expect(into(live, incident)).toMatchObject({ refused: /Merge it the other way round/ });
    expect(into(incident, live)).toMatchObject({ answer: 'INC-7 is merged into INC-8.' });
    const { facts } = written(line('a', THEN), START);
    const duplicate = { incident, facts, describe: describer() };
    const joined = joinTimeline(live, duplicate, { entries: new Set(), joined: false }, NOW);
    if ('refused' in joined) throw new Error(joined.refused);
    expect(joined.facts.flatMap((fact) => (fact.type === 'entry-recorded' ? fact.content.text : []))).toEqual(
      ['Line a'],
    );
  });
});

describe('a retrospective as a case', () => {
  test.each([
    ['when it was resolved is not known', [START, line('a', THEN), resolved()]],
    ['when it was resolved is known', [START, line('a', THEN), END, resolved(THEN + HOUR)]],
    ['nothing has a time', [resolved()]],
    ['it is still being written', [line('a', THEN), line('s', THEN - 1, 'status')]],
  ] as [string, NewFact[]][])('%s: in and out it is the same bytes and the same report', (_, facts) => {
    const one = written(...facts);
    const source = { team: NO_TEAM, names: NAMES, zone: ZONE };
    const text = caseText(caseOfIncident({ ...source, incident: one.incident, entries: one.entries }));
    const read = readCase(text, 'case.json');
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const back = of(casedFacts(factsOfCase(read.case, NOW), NOW));
    expect(back.incident).toMatchObject({ retrospective: true, status: one.incident.status });
    expect(caseText(caseOfIncident({ ...source, incident: back.incident, entries: back.entries }))).toBe(
      text,
    );
    const { actions: _a, ...before } = report(one);
    const { actions: _b, ...after } = report(back);
    expect(after).toEqual(before);
  });
});
