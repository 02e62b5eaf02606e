import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addAction, answerSimilar, changeAction, followIssue } from '../../src/domain/action-verbs.ts';
import { type Decision, isRefusal } from '../../src/domain/decision.ts';
import { describer } from '../../src/domain/describe.ts';
import type { Fact, NewFact } from '../../src/domain/facts.ts';
import { acceptHandoff, declineHandoff, offerHandoff, withdrawHandoff } from '../../src/domain/handoff.ts';
import { type Hop, hopHandoff } from '../../src/domain/handoff-hop.ts';
import { applyFact, beginIncident, foldIncident, type Incident } from '../../src/domain/incident.ts';
import { addLesson, answerLessons } from '../../src/domain/lessons.ts';
import {
  cancel,
  changeSeverity,
  changeStatus,
  close,
  rename,
  reopen,
  resolve,
} from '../../src/domain/lifecycle.ts';
import { acknowledgePage, declinePage } from '../../src/domain/page-answers.ts';
import { pageFailed } from '../../src/domain/page-delivery.ts';
import { alreadyAsked, askPage, climb, type NextStep } from '../../src/domain/paging.ts';
import { leaveChannel, proposeReliefs, reliefToAnswer, stay } from '../../src/domain/relief.ts';
import { leaveGap } from '../../src/domain/review.ts';
import { tenuresOf } from '../../src/domain/role-state.ts';
import { assignRole, releaseRole } from '../../src/domain/roles.ts';
import { timeline } from '../../src/domain/timeline.ts';
import { type Actor, ROLES, SEVERITIES, STATUSES } from '../../src/domain/words.ts';
import { testTeam } from '../harness/team.ts';
import { DECLARED, ID, NOW, numbered } from './given.ts';

const TEAM = testTeam();
const PEOPLE = ['U0BEN', 'U0ANA', 'U0CHI'];
const LIMITS = { acknowledgeWithinMs: 300_000, phones: [], policy: false };

const person = fc.constantFrom(...PEOPLE);
const id = fc.constantFrom('1', '2', '3');
const words = fc.constantFrom('', 'x', '*x* <!channel>', 'é'.repeat(201), '[x](person:U1)');
const role = fc.constantFrom(...ROLES);

/** The next candidate as the rule would choose: neither the holder nor somebody asked before. */
function hopTo(incident: Incident, handoff: string, free: string | undefined): Hop {
  const holder = incident.roles[incident.handoffs[handoff]?.role ?? ''];
  return {
    successor: (asked) =>
      free === undefined || free === holder || asked.includes(free)
        ? { kind: 'nobody', reason: 'Nobody else is in hours' }
        : { kind: 'person', person: free, reason: 'in hours' },
    brief: () => 'b',
    withinMs: 300_000,
  };
}

type Verb = (incident: Incident, by: Actor, who: string, now: number) => Decision;

/** Somebody not asked yet, as the rule of duty would choose; nobody: the ladder is at its end. */
function nextFor(incident: Incident, ladder: string, waits: boolean, now: number): NextStep {
  const known = incident.ladders[ladder];
  const free = PEOPLE.find((one) => !known || !alreadyAsked(incident, known).includes(one));
  if (!free) return { kind: 'exhausted', reason: 'Everybody was asked' };
  if (waits) return { kind: 'wait', person: free, from: now + 60_000, reason: 'Nobody is in hours' };
  return { kind: 'page', person: free, localTime: '17:00 BST', reason: 'in hours' };
}

const verb: fc.Arbitrary<Verb> = fc.oneof(
  fc.constantFrom(...STATUSES).map(
    (to): Verb =>
      (incident, by, _, now) =>
        changeStatus(incident, to, by, now),
  ),
  fc.constantFrom(...SEVERITIES).map(
    (to): Verb =>
      (incident, by, _, now) =>
        changeSeverity(incident, to, by, now),
  ),
  fc.constantFrom<Verb>(
    (incident, by, _, now) => resolve(incident, by, now),
    (incident, by, _, now) => reopen(incident, by, now),
    (incident, by, _, now) => close(incident, by, now),
    (incident, by, _, now) => cancel(incident, by, now),
    (incident, by, _, now) => askPage(incident, { roster: 'tech-lead', by }, now),
  ),
  person.map(
    (whom): Verb =>
      (incident, by, _, now) =>
        askPage(incident, { person: whom, by }, now),
  ),
  fc.tuple(id, fc.boolean()).map(
    ([ladder, waits]): Verb =>
      (incident, _by, _, now) =>
        climb(incident, ladder, nextFor(incident, ladder, waits, now), LIMITS, now),
  ),
  id.map(
    (page): Verb =>
      (incident, _by, who, at) =>
        acknowledgePage(incident, page, { person: who, via: 'slack', at }),
  ),
  fc.tuple(id, words).map(
    ([page, why]): Verb =>
      (incident, _by, who, now) =>
        declinePage(incident, page, who, why, now),
  ),
  id.map(
    (page): Verb =>
      (incident, _by, _, now) =>
        pageFailed(incident, page, { via: 'pagerduty', why: 'down', trying: true }, now),
  ),
  fc.tuple(role, person).map(
    ([of, whom]): Verb =>
      (incident, by, _, now) =>
        assignRole(incident, of, whom, by, now),
  ),
  fc.tuple(role, person).map(
    ([of, to]): Verb =>
      (incident, by, _, now) =>
        offerHandoff(incident, { role: of, to, brief: 'b', by, withinMs: 300_000 }, now),
  ),
  fc.tuple(id, person, fc.boolean()).map(
    ([handoff, free, somebody]): Verb =>
      (incident, _by, _, now) =>
        hopHandoff(incident, handoff, hopTo(incident, handoff, somebody ? free : undefined), now),
  ),
  role.map(
    (of): Verb =>
      (incident, by, _, now) =>
        withdrawHandoff(incident, of, by, now),
  ),
  role.map(
    (of): Verb =>
      (incident, by, _, now) =>
        releaseRole(incident, of, by, now),
  ),
  fc.constantFrom<Verb>(
    (incident, _by, who, now) => leaveChannel(TEAM, incident, who, now),
    (incident, _by, _, now) => proposeReliefs(TEAM, incident, now),
    (incident, _by, who, now) => stay(incident, reliefToAnswer(incident, who)?.id, who, now),
  ),
  id.map(
    (handoff): Verb =>
      (incident, _by, who, now) =>
        acceptHandoff(incident, handoff, who, now),
  ),
  id.map(
    (handoff): Verb =>
      (incident, _by, who, now) =>
        declineHandoff(incident, handoff, who, undefined, now),
  ),
  words.map(
    (text): Verb =>
      (incident, by, _, now) =>
        rename(incident, text, by, now),
  ),
  words.map(
    (text): Verb =>
      (incident, by, _, now) =>
        addAction(incident, { title: text }, by, now),
  ),
  words.map(
    (text): Verb =>
      (incident, by, who, now) =>
        changeAction(incident, '1', { title: text, owner: who, done: true }, by, now),
  ),
  id.map(
    (action): Verb =>
      (incident, by, _, now) =>
        answerSimilar(incident, action, false, by, now),
  ),
  fc.boolean().map(
    (open): Verb =>
      (incident, _by, _, now) =>
        followIssue(incident, '1', { open, reopened: open, label: 'o/r#1' }, now),
  ),
  words.map(
    (text): Verb =>
      (incident, _by, who, now) =>
        answerLessons(incident, { well: text, badly: 'nothing', lucky: '' }, who, now),
  ),
  id.map(
    (gap): Verb =>
      (incident, by, _, now) =>
        leaveGap(incident, `silence:${gap}`, by, now),
  ),
  words.map(
    (text): Verb =>
      (incident, by, _, now) =>
        addLesson(incident, { kind: 'well', text }, by, now),
  ),
);

/** What happens around one ladder, close enough together that everything meets everything. */
const pagingVerb: fc.Arbitrary<Verb> = fc.oneof(
  fc.constant<Verb>((incident, by, _, now) => askPage(incident, { roster: 'tech-lead', by }, now)),
  fc.constantFrom(false, false, false, true).map(
    (waits): Verb =>
      (incident, _by, _, now) =>
        climb(incident, '1', nextFor(incident, '1', waits, now), LIMITS, now),
  ),
  id.map(
    (page): Verb =>
      (incident, _by, who, at) =>
        acknowledgePage(incident, page, { person: who, via: 'slack', at }),
  ),
  id.map(
    (page): Verb =>
      (incident, _by, who, now) =>
        declinePage(incident, page, who, undefined, now),
  ),
);

function stepsOf(verbs: fc.Arbitrary<Verb>) {
  const step = fc.record({ verb: verbs, who: person, minutes: fc.integer({ min: 0, max: 7 }) });
  return fc.array(step, { maxLength: 40, size: 'max' });
}

/** Runs verbs as the program does: each on the stored state, its facts numbered and added. */
function run(steps: readonly { verb: Verb; who: string; minutes: number }[], start: NewFact = DECLARED) {
  const [declared] = numbered([start]);
  if (declared?.type !== 'declared') throw new Error('it starts with declared');
  let facts: Fact[] = [declared];
  let incident = beginIncident(ID, declared);
  let now = NOW;
  for (const { verb: decide, who, minutes } of steps) {
    now += minutes * 60_000;
    const decision = decide(incident, { kind: 'person', id: who }, who, now);
    if (isRefusal(decision)) {
      expect(decision.refused).toMatch(/\.$|`\.$/);
      continue;
    }
    const added = numbered(decision.facts, incident.seq);
    facts = [...facts, ...added];
    // The row holds JSON, so the next verb sees what JSON keeps.
    incident = JSON.parse(JSON.stringify(added.reduce(applyFact, incident)));
    expectSound(incident);
  }
  return { facts, incident };
}

function expectSound(incident: Incident): void {
  for (const ladder of Object.values(incident.ladders)) {
    const pages = ladder.pages.map((page) => incident.pages[page]);
    expect(pages.filter((page) => page?.state === 'acknowledged').length).toBeLessThanOrEqual(1);
    expect(pages.filter((page) => page?.state === 'waiting').length).toBeLessThanOrEqual(1);
    expect(new Set(pages.map((page) => page?.person)).size).toBe(pages.length);
  }
  for (const one of ROLES) {
    const offered = Object.values(incident.handoffs).filter(
      (handoff) => handoff.role === one && handoff.state === 'offered',
    );
    expect(offered.length).toBeLessThanOrEqual(1);
    expect(offered.every(({ to }) => to !== incident.roles[one])).toBe(true);
    const tenures = tenuresOf(incident, one);
    expect(tenures.filter(({ to }) => to === undefined).map((tenure) => tenure.person)).toEqual(
      [incident.roles[one]].filter((holder) => holder !== undefined),
    );
    for (const [index, tenure] of tenures.entries())
      expect(tenure.from).toBeGreaterThanOrEqual(tenures[index - 1]?.to ?? 0);
  }
  const after = Object.values(incident.handoffs).flatMap((handoff) => handoff.after ?? []);
  expect(new Set(after).size, 'one offer a hop').toBe(after.length);
  expect(new Set(incident.people).size).toBe(incident.people.length);
}

function expectOneStory({ facts, incident }: ReturnType<typeof run>): void {
  expect(foldIncident(ID, facts)).toEqual(incident);
  const keys = facts.flatMap(({ key }) => key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1));
  for (const ladder of Object.values(incident.ladders)) {
    const pages = new Set(ladder.pages);
    const of = facts.filter((fact) => 'page' in fact && pages.has(fact.page)).map(({ type }) => type);
    const answered = of.indexOf('page-acknowledged');
    expect(answered === -1 ? [] : of.slice(answered + 1)).not.toContain('paged');
    expect(of.filter((type) => type === 'page-acknowledged').length).toBeLessThanOrEqual(1);
  }
  for (const fact of facts) {
    if (fact.type === 'page-unanswered')
      expect(fact.afterMs).toBeGreaterThanOrEqual(LIMITS.acknowledgeWithinMs);
  }
  for (const entry of timeline(facts, describer())) {
    expect(entry.content.text).not.toMatch(/undefined|NaN|\[object|\.\.$/);
  }
}

describe('whatever anybody does in any order', () => {
  test('never throws, and makes one story with one holder of each role', () => {
    fc.assert(fc.property(stepsOf(verb), (steps) => expectOneStory(run(steps))));
  });

  test('calls nobody for a retrospective, and nobody is asked to take a role', () => {
    const calling = /^(page|paged|ladder|policy|step|handoff|relief|holder|update)/;
    const start = { ...DECLARED, retrospective: true } as NewFact;
    fc.assert(
      fc.property(stepsOf(verb), (steps) => {
        const story = run(steps, start);
        expectOneStory(story);
        expect(story.facts.map(({ type }) => type).filter((type) => calling.test(type))).toEqual([]);
      }),
    );
  });

  test('pages one person a step and takes one acknowledgement', () => {
    fc.assert(fc.property(stepsOf(pagingVerb), (steps) => expectOneStory(run(steps))));
  });
});
