import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryOfMessage, type Mark, type RecordedMessage } from '../../src/domain/entries.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { markMessage, unmarkMessage } from '../../src/domain/marks.ts';
import type { Entry } from '../../src/domain/timeline.ts';
import { BEN, entriesOf, given, NOW } from './given.ts';

const MESSAGE: RecordedMessage = {
  source: { channel: 'C1', ts: '1.000200' },
  at: NOW - 60_000,
  author: 'U0ANA',
  content: { text: 'The disk is full', quote: true },
};
const ENTRY = entryOfMessage(MESSAGE.source);

type Rule = (incident: Incident, entry: (id: string) => Entry | undefined) => ReturnType<typeof markMessage>;

function put(mark: Mark, by = 'U0BEN'): Rule {
  return (incident, entry) =>
    markMessage(incident, entry(ENTRY), { message: MESSAGE, mark, by, origin: 'reaction' }, NOW);
}

function take(mark: Mark, person = 'U0BEN'): Rule {
  return (incident, entry) => unmarkMessage(incident, entry(ENTRY), { mark, person }, NOW);
}

function entryIn(story: ReturnType<typeof given>): Entry | undefined {
  return entriesOf(story.facts).find(({ id }) => id === ENTRY);
}

describe('a pushpin', () => {
  test('records the message once, at its own time, and marks it', () => {
    const story = given()
      .when(put('timeline'))
      .adds(
        [
          {
            type: 'entry-recorded',
            entry: ENTRY,
            origin: 'reaction',
            content: { text: 'The disk is full', quote: true, kind: 'message' },
            moment: { at: NOW - 60_000 },
            author: 'U0ANA',
            source: MESSAGE.source,
            key: `entry:${ENTRY}`,
          },
          { type: 'entry-marked', entry: ENTRY, mark: 'timeline', person: 'U0BEN' },
        ],
        [{ do: 'mark-message', source: MESSAGE.source, entry: ENTRY }],
      );
    story.when(put('timeline')).addsNothing();
    story
      .when(put('timeline', 'U0CHI'))
      .adds(
        [{ type: 'entry-marked', entry: ENTRY, mark: 'timeline', person: 'U0CHI' }],
        [{ do: 'mark-message', source: MESSAGE.source, entry: ENTRY }],
      );
  });

  test('of a message that was taken out brings it back', () => {
    const out = given().when(put('timeline')).next().when(take('timeline')).next();
    expect(entryIn(out)?.removed).toBe(true);
    const back = out.when(put('timeline', 'U0CHI')).next();
    expect(entryIn(back)).toMatchObject({ removed: false, marks: [{ mark: 'timeline', person: 'U0CHI' }] });
  });

  test('taken away by somebody who never put it changes nothing', () => {
    given().when(take('timeline')).addsNothing();
    given().when(put('timeline')).next().when(take('timeline', 'U0CHI')).addsNothing();
  });

  test('is refused once the incident is closed', () => {
    given({ type: 'status-changed', from: 'resolved', to: 'closed', by: BEN, at: NOW })
      .when(put('timeline'))
      .refused(/^INC-7 is closed, so `log` is not possible/);
  });

  test('taken from what was logged by the shortcut leaves it there', () => {
    const story = given()
      .when((incident, entry) =>
        markMessage(
          incident,
          entry(ENTRY),
          { message: MESSAGE, mark: 'timeline', by: 'U0BEN', origin: 'shortcut' },
          NOW,
        ),
      )
      .next()
      .when(take('timeline'))
      .next();
    expect(entryIn(story)?.removed).toBe(false);
  });
});

describe('any order and repetition of reactions by several people', () => {
  const MARKS: Mark[] = ['timeline', 'action_item', 'lesson', 'update'];
  const gesture = fc.record({
    mark: fc.constantFrom(...MARKS),
    person: fc.constantFrom('U0BEN', 'U0ANA', 'U0CHI'),
    on: fc.boolean(),
  });

  test('ends as the reactions that stand say, and no fact is recorded twice', () => {
    fc.assert(
      fc.property(fc.array(gesture, { maxLength: 25 }), (gestures) => {
        const standing = new Set<string>();
        let story = given();
        for (const { mark, person, on } of gestures) {
          if (on) standing.add(`${mark} ${person}`);
          else standing.delete(`${mark} ${person}`);
          story = story.when(on ? put(mark, person) : take(mark, person)).next();
        }
        const has = (mark: Mark) => [...standing].some((other) => other.startsWith(mark));
        const entry = entryIn(story);
        expect(new Set(entry?.marks.map(({ mark, person }) => `${mark} ${person}`) ?? [])).toEqual(standing);
        expect(entry !== undefined && !entry.removed).toBe(standing.size > 0);
        if (standing.size > 0) expect(entry?.kind === 'update').toBe(has('update'));
        const { actions, lessons, updates } = story.incident;
        expect(actions.filter(({ withdrawn }) => !withdrawn)).toHaveLength(has('action_item') ? 1 : 0);
        expect(lessons.filter(({ withdrawn }) => !withdrawn)).toHaveLength(has('lesson') ? 1 : 0);
        expect(updates.count).toBe(has('update') ? 1 : 0);
        const keys = story.facts.flatMap(({ key }) => key ?? []);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
