import { describe, expect, test } from 'vitest';
import { describer } from '../../src/domain/describe.ts';
import { foldIncident } from '../../src/domain/incident.ts';
import { joinTimeline, merge, readIncidentName } from '../../src/domain/merge.ts';
import { ANA, BEN, DECLARED, given, NOW, numbered } from './given.ts';

const OTHER = foldIncident({ number: 12, uid: 'other' }, numbered([DECLARED]));
const CLOSED = { ...OTHER, status: 'closed' as const };

describe('a duplicate', () => {
  test('ends, points to the other, and lets nobody be woken for it any more', () => {
    const story = given({ type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW });
    const next = story.when((incident) => merge(incident, { number: 12, incident: OTHER }, BEN, NOW)).next();
    expect(next.incident).toMatchObject({ status: 'merged', mergedInto: 12 });
    expect(next.incident.ladders['1']?.state).toBe('stopped');
    next
      .when((incident) => merge(incident, { number: 12, incident: OTHER }, BEN, NOW))
      .addsNothing('INC-7 is merged into INC-12 already.');
  });

  test.each([
    ['nothing', undefined, undefined, /^Say which incident .* `\/incident merge INC-7`/],
    ['itself', 7, OTHER, /^INC-7 cannot be merged into itself/],
    ['what is not to be seen', 13, undefined, /^There is no INC-13 that you can see/],
    ['what is closed', 12, CLOSED, /^INC-12 is closed, .*reopen/],
    ['another duplicate', 12, { ...OTHER, mergedInto: 3 }, /^INC-12 is itself merged into INC-3\./],
    ['a private one', 12, { ...OTHER, private: true }, /^INC-12 is private and this incident is not/],
  ])('is not merged into %s', (_what, number, incident, sentence) => {
    given()
      .when((duplicate) => merge(duplicate, { number, incident }, BEN, NOW))
      .refused(sentence);
  });

  test('that is private is not merged into one that everybody reads', () => {
    given()
      .when((duplicate) => merge({ ...duplicate, private: true }, { number: 12, incident: OTHER }, BEN, NOW))
      .refused(/^This incident is private and INC-12 is not/);
  });
});

test('its timeline joins the other once, with times, sources, action items and lessons of its own', () => {
  const source = { channel: 'C1', ts: '1755014400.000100' };
  const duplicate = given(
    {
      type: 'entry-recorded',
      entry: 'message-C1-1755014400.000100',
      origin: 'reaction',
      content: { kind: 'update', text: 'We told everybody' },
      moment: { at: NOW - 60_000 },
      author: 'U0ANA',
      source,
      by: BEN,
      at: NOW,
      key: 'entry:message-C1-1755014400.000100',
    },
    { type: 'action-added', action: '1', title: 'Watch it', by: ANA, at: NOW, key: 'action:x' },
    { type: 'lesson-added', lesson: '1', kind: 'lucky', text: 'It was day', by: ANA, at: NOW },
  );
  const join = (known: { entries: ReadonlySet<string>; joined: boolean }) =>
    joinTimeline(
      OTHER,
      { incident: duplicate.incident, facts: duplicate.facts, describe: describer() },
      known,
      NOW,
    );
  const first = join({ entries: new Set(), joined: false });
  if ('refused' in first) throw new Error(first.refused);
  const joined = foldIncident({ number: 12, uid: 'other' }, numbered([DECLARED, ...first.facts]));
  expect(joined.actions).toMatchObject([{ id: '1', title: 'Watch it' }]);
  expect(joined.lessons).toMatchObject([{ id: '1', kind: 'lucky', text: 'It was day' }]);
  expect(joined.updates.firstAt).toBe(NOW - 60_000);
  const recorded = first.facts.filter((fact) => fact.type === 'entry-recorded');
  expect(recorded.map(({ content, moment }) => [content.text, moment.at])).toEqual([
    ['INC-7: [U0BEN](person:U0BEN) declares the incident: LEAP hub outage (sev1).', NOW],
    ['We told everybody', NOW - 60_000],
  ]);
  expect(recorded[1]).toMatchObject({ source, author: 'U0ANA', by: BEN });
  expect(join({ entries: new Set(), joined: true })).toEqual({ facts: [], effects: [] });
});

test.each([
  ['INC-7', 7],
  ['inc7', 7],
  ['#7', 7],
  ['7', 7],
  ['', undefined],
  ['the other', undefined],
])('“%s” names incident %s', (text, number) => {
  expect(readIncidentName(text)).toBe(number);
});
