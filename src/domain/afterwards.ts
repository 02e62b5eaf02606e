import { type Decision, refuse } from './decision.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import {
  ACTION_CATEGORIES,
  type ActionCategory,
  type Actor,
  type Instant,
  LESSON_KINDS,
  type LessonKind,
} from './words.ts';

/** `process rotate the keys` → category and title; a first word that is no category belongs to the title. */
export function readAction(text: string): { category?: ActionCategory; title: string } {
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const category = ACTION_CATEGORIES.find((name) => name === word.toLowerCase().replace(/:$/, ''));
  return category ? { category, title: rest.trim() } : { title: text.trim() };
}

export function addAction(
  incident: Incident,
  action: { category?: ActionCategory; title: string },
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'action');
  if (against) return refuse(against);
  if (!action.title)
    return refuse('An action item needs words: `/incident action technical Upgrade the NFS server`.');
  const id = `${incident.actions.length + 1}`;
  return {
    facts: [{ type: 'action-added', action: id, ...action, by, at: now }],
    effects: [
      { do: 'open-issue', action: id },
      { do: 'show', message: 'card' },
    ],
    answer: `Action item ${id} noted${action.category ? ` (${action.category})` : ''}.`,
  };
}

export function readLessonKind(word: string): LessonKind | undefined {
  const aliases: Record<string, LessonKind> = { good: 'well', bad: 'badly', wrong: 'badly', luck: 'lucky' };
  const lower = word.toLowerCase();
  return LESSON_KINDS.find((kind) => kind === lower) ?? aliases[lower];
}

export function addLesson(
  incident: Incident,
  lesson: { kind: LessonKind; text: string },
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'lesson');
  if (against) return refuse(against);
  const text = lesson.text.trim();
  if (!text) return refuse('A lesson needs words: `/incident lesson well The second engineer came early`.');
  const id = `${incident.lessons.length + 1}`;
  return {
    facts: [{ type: 'lesson-added', lesson: id, kind: lesson.kind, text, by, at: now }],
    effects: [{ do: 'show', message: 'card' }],
    answer: `Lesson noted: ${SAYS[lesson.kind]}.`,
  };
}

const SAYS: Record<LessonKind, string> = {
  well: 'what went well',
  badly: "what didn't go so well",
  lucky: 'where we got lucky',
};
