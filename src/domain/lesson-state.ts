import { changeById } from './change-by-id.ts';
import type { Fact } from './facts.ts';
import type { Actor, Instant, LessonKind, PersonId } from './words.ts';

export interface Lesson {
  id: string;
  kind: LessonKind;
  text: string;
  withdrawn: boolean;
  by: Actor;
  /** The entry that it was made of. */
  entry?: string;
}

/** What was learnt, and who was asked. */
export interface LessonState {
  lessons: Lesson[];
  /** Who answered, and for what of it with “nothing”. */
  lessonAnswers?: Record<PersonId, LessonKind[]>;
  lessonsRemindedAt?: Instant;
}

export type LessonFact = Fact & {
  type:
    | 'lesson-added'
    | 'lesson-edited'
    | 'lesson-withdrawn'
    | 'lesson-restored'
    | 'lessons-answered'
    | 'lessons-reminded';
};

/** What a fact changes about it. */
export function changeLessons(state: LessonState, fact: LessonFact): Partial<LessonState> {
  const { lessons } = state;
  switch (fact.type) {
    case 'lesson-added': {
      const { lesson: id, kind, text, by, entry } = fact;
      const lesson = { id, kind, text, by, withdrawn: false, ...(entry === undefined ? {} : { entry }) };
      return { lessons: [...lessons, lesson] };
    }
    case 'lesson-edited':
      return { lessons: changeById(lessons, fact.lesson, { text: fact.text }) };
    case 'lesson-withdrawn':
      return { lessons: changeById(lessons, fact.lesson, { withdrawn: true }) };
    case 'lesson-restored':
      return { lessons: changeById(lessons, fact.lesson, { withdrawn: false }) };
    case 'lessons-answered':
      return fact.by.kind === 'person'
        ? { lessonAnswers: { ...state.lessonAnswers, [fact.by.id]: fact.nothing } }
        : {};
    case 'lessons-reminded':
      return { lessonsRemindedAt: fact.at };
  }
}
