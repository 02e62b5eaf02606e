import { describe, expect, test } from 'vitest';
import { addAction, addLesson, readAction, readLessonKind } from '../../src/domain/afterwards.ts';
import { BEN, given, NOW } from './given.ts';

describe('an action item', () => {
  test.each([
    ['process rotate the keys', { category: 'process', title: 'rotate the keys' }],
    ['Technical: new disk', { category: 'technical', title: 'new disk' }],
    ['rotate the keys', { title: 'rotate the keys' }],
    ['[x] tell everybody', { title: 'tell everybody', done: true }],
    ['fix it https://github.com/a/b/issues/3', { title: 'fix it', url: 'https://github.com/a/b/issues/3' }],
    [
      'fix it <https://github.com/a/b/pull/3|the pull>',
      { title: 'fix it', url: 'https://github.com/a/b/pull/3' },
    ],
    ['read https://example.org/page', { title: 'read https://example.org/page' }],
    ['constructor', { title: 'constructor' }],
    ['', { title: '' }],
  ])('“%s”', (typed, action) => {
    expect(readAction(typed)).toEqual(action);
  });

  test('opens an issue, unless one stands for it or it is done', () => {
    const show = { do: 'show', message: 'card' } as const;
    const first = given()
      .when((incident) => addAction(incident, { title: 'a' }, BEN, NOW))
      .adds([{ type: 'action-added', action: '1', title: 'a' }], [{ do: 'open-issue', action: '1' }, show]);
    const second = first
      .when((incident) => addAction(incident, { title: 'b', url: 'https://x.y/issues/1' }, BEN, NOW))
      .adds(
        [
          { type: 'action-added', action: '2', title: 'b' },
          { type: 'action-linked', action: '2', url: 'https://x.y/issues/1', key: 'issue:2' },
        ],
        [show],
      );
    const third = second.when((incident) => addAction(incident, { title: 'c', done: true }, BEN, NOW)).next();
    expect(third.incident.actions).toMatchObject([
      { id: '1', done: false },
      { id: '2', url: 'https://x.y/issues/1' },
      { id: '3', done: true },
    ]);
  });

  test('without words is refused', () => {
    given()
      .when((incident) => addAction(incident, readAction('technical'), BEN, NOW))
      .refused('An action item needs words: `/incident action technical Upgrade the NFS server`.');
  });
});

describe('a lesson', () => {
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

  test('is kept by kind', () => {
    const story = given()
      .when((incident) => addLesson(incident, { kind: 'lucky', text: ' It was day. ' }, BEN, NOW))
      .adds(
        [{ type: 'lesson-added', lesson: '1', kind: 'lucky', text: 'It was day.' }],
        [{ do: 'show', message: 'card' }],
      );
    expect(story.incident.lessons).toMatchObject([{ kind: 'lucky', text: 'It was day.', withdrawn: false }]);
    story
      .when((incident) => addLesson(incident, { kind: 'well', text: ' ' }, BEN, NOW))
      .refused('A lesson needs words: `/incident lesson well The second engineer came early`.');
  });
});
