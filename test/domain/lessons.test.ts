import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import {
  addLesson,
  answerLessons,
  isNothing,
  ownLessons,
  readLessonKind,
  unfinished,
  whoAnswered,
  whoIsSilent,
} from '../../src/domain/lessons.ts';
import { remindOfLessons } from '../../src/domain/remind-of-lessons.ts';
import { testTeam } from '../harness/team.ts';
import { BEN, given, NOW } from './given.ts';

const CARD = { do: 'show', message: 'card' } as const;
const RESOLVED: NewFact = { type: 'status-changed', from: 'monitoring', to: 'resolved', by: BEN, at: NOW };
const none = { well: '', badly: '', lucky: '' };

test.each([
  ['Well', 'well'],
  ['good', 'well'],
  ['wrong', 'badly'],
  ['luck', 'lucky'],
  ['often', undefined],
  ['constructor', undefined],
])('“%s” is %s', (word, kind) => {
  expect(readLessonKind(word)).toBe(kind);
});

test.each([
  '',
  '-',
  '—',
  'nothing',
  'Nothing.',
  'none',
  'n/a',
  'N/A',
  'No comments added',
  '*nothing*',
  'there was nothing',
])('“%s” is no lesson', (text) => {
  expect(isNothing(text)).toBe(true);
});

test.each(['Nothing was lost', 'None of us slept', 'No alert', 'notes were there'])('“%s” is one', (text) => {
  expect(isNothing(text)).toBe(false);
  expect(unfinished(text)).toBeUndefined();
});

test.each(['TBD', 'todo:', 'good alerts\nTBD', '…', '???'])('“%s” only holds a place', (text) => {
  expect(unfinished(text)).toMatch(/would stand in the report as it is/);
});

describe('by command', () => {
  test('is kept by kind', () => {
    const story = given()
      .when((incident) => addLesson(incident, { kind: 'lucky', text: ' It was day. ' }, BEN, NOW))
      .adds([{ type: 'lesson-added', lesson: '1', kind: 'lucky', text: 'It was day.' }], [CARD]);
    story
      .when((incident) => addLesson(incident, { kind: 'well', text: ' ' }, BEN, NOW))
      .refused('A lesson needs words: `/incident lesson well The second engineer came early`.');
    story
      .when((incident) => addLesson(incident, { kind: 'well', text: 'TBD' }, BEN, NOW))
      .refused(/“TBD” would/);
  });

  test('“nothing” is an answer and no lesson', () => {
    const story = given()
      .when((incident) => addLesson(incident, { kind: 'lucky', text: 'nothing' }, BEN, NOW))
      .adds([{ type: 'lessons-answered', nothing: ['lucky'] }], [CARD]);
    expect(story.incident.lessons).toEqual([]);
    expect(whoAnswered(story.incident)).toEqual(['U0BEN']);
  });
});

describe('the form', () => {
  const first = given().when((incident) =>
    answerLessons(
      incident,
      { well: '- quick alert\n• calm channel', badly: 'no runbook', lucky: 'nothing' },
      'U0BEN',
      NOW,
    ),
  );

  test('a line each, bullets taken off', () => {
    first.adds(
      [
        { type: 'lesson-added', lesson: '1', kind: 'well', text: 'quick alert' },
        { type: 'lesson-added', lesson: '2', kind: 'well', text: 'calm channel' },
        { type: 'lesson-added', lesson: '3', kind: 'badly', text: 'no runbook' },
        { type: 'lessons-answered', nothing: ['lucky'] },
      ],
      [CARD],
    );
    expect(first.decision).toHaveProperty(
      'answer',
      '3 lessons noted; nothing for “where we got lucky”. Thank you; press the button again to change yours.',
    );
  });

  test('filled in again it changes one’s own, and nobody else’s', () => {
    const story = given(...first.next().facts.slice(1), {
      type: 'lesson-added',
      lesson: '4',
      kind: 'well',
      text: 'from Ana',
      by: { kind: 'person', id: 'U0ANA' },
      at: NOW,
    });
    expect(ownLessons(story.incident, 'U0BEN').well.map(({ text }) => text)).toEqual([
      'quick alert',
      'calm channel',
    ]);
    const again = story
      .when((incident) =>
        answerLessons(
          incident,
          { well: 'calm channel\nquicker alert', badly: '', lucky: 'day' },
          'U0BEN',
          NOW,
        ),
      )
      .adds(
        [
          { type: 'lesson-edited', lesson: '1', text: 'quicker alert' },
          { type: 'lesson-withdrawn', lesson: '3' },
          { type: 'lesson-added', lesson: '5', kind: 'lucky', text: 'day' },
          { type: 'lessons-answered', nothing: ['badly'] },
        ],
        [CARD],
      );
    expect(again.incident.lessons.filter(({ withdrawn }) => !withdrawn).map(({ text }) => text)).toEqual([
      'quicker alert',
      'calm channel',
      'from Ana',
      'day',
    ]);
    again
      .when((incident) =>
        answerLessons(
          incident,
          { well: 'quicker alert\ncalm channel', badly: '-', lucky: 'day' },
          'U0BEN',
          NOW,
        ),
      )
      .addsNothing('You said so already. Thank you.');
  });

  test('left empty it means nothing', () => {
    const story = given().when((incident) => answerLessons(incident, none, 'U0BEN', NOW));
    story.adds([{ type: 'lessons-answered', nothing: ['well', 'badly', 'lucky'] }], [CARD]);
    expect(story.decision).toHaveProperty(
      'answer',
      'Noted: nothing from you. Thank you; you can still change that.',
    );
  });

  test('of a closed incident is refused with what to type', () => {
    given(RESOLVED, { ...RESOLVED, from: 'resolved', to: 'closed' })
      .when((incident) => answerLessons(incident, none, 'U0BEN', NOW))
      .refused(/INC-7 is closed.*`\/incident reopen`/);
  });
});

describe('the reminder', () => {
  const team = testTeam();
  const HALF = 30 * 60_000;
  const ask = { resolvedAt: NOW, at: NOW + HALF };
  const LATE = Date.parse('2025-08-12T17:30:00+01:00');

  test('goes once to those in hours who were there', () => {
    const dora: NewFact = { type: 'joined', person: 'U0DORA', by: BEN, at: NOW };
    const noon = NOW - 5 * 3_600_000;
    const resolved = { ...RESOLVED, at: noon };
    const story = given(dora, resolved).when((incident) =>
      remindOfLessons(incident, team, { resolvedAt: noon, at: noon + HALF }, noon + HALF),
    );
    expect(story.decision).toMatchObject({
      facts: [{ type: 'lessons-reminded', people: ['U0BEN', 'U0DORA'] }],
      effects: [{ do: 'say', text: expect.stringContaining('I ask this once.') }],
    });
    story
      .next()
      .when((incident) => remindOfLessons(incident, team, { resolvedAt: noon, at: noon + HALF }, noon + HALF))
      .addsNothing();
  });

  test('waits for the first of them to come on', () => {
    expect(LATE).toBe(NOW + HALF);
    given(RESOLVED)
      .when((incident) => remindOfLessons(incident, team, ask, LATE))
      .adds(
        [],
        [
          {
            do: 'remind-of-lessons',
            resolvedAt: NOW,
            at: Date.parse('2025-08-13T09:30:00+01:00'),
          },
        ],
      );
  });

  test('does not go where somebody answered, or it is open again', () => {
    const answered = given(RESOLVED, { type: 'lessons-answered', nothing: ['well'], by: BEN, at: NOW });
    answered.when((incident) => remindOfLessons(incident, team, ask, LATE)).addsNothing();
    expect(whoIsSilent(answered.incident)).toEqual([]);
    given(RESOLVED, { ...RESOLVED, from: 'resolved', to: 'investigating' })
      .when((incident) => remindOfLessons(incident, team, ask, LATE))
      .addsNothing();
  });
});
