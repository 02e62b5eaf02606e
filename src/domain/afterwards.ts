import { type Decision, type Effect, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
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

/** An action item as it was typed. */
export interface TypedAction {
  category?: ActionCategory;
  title: string;
  /** The issue or pull request that stands for it already. */
  url?: string;
  done?: boolean;
}

const WORK =
  /\s*<?(https?:\/\/[^\s<>|]+\/(?:issues|pull|pulls|merge_requests|browse)\/[^\s<>|]+)(?:\|[^>]*)?>?\s*$/;

/**
 * `process rotate the keys` → category and title; a first word that is no category belongs to the title.
 * `[x]` in front says that it is done; a link to an issue or pull request at the end is its link.
 */
export function readAction(text: string): TypedAction {
  const [, tick, unticked = ''] = /^(\[x\]\s*)?([\s\S]*)$/i.exec(text.trim()) ?? [];
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(unticked) ?? [];
  const category = ACTION_CATEGORIES.find((name) => name === word.toLowerCase().replace(/:$/, ''));
  const words = category ? rest : unticked;
  const url = WORK.exec(words)?.[1];
  return {
    ...(category ? { category } : {}),
    title: words.replace(WORK, '').trim(),
    ...(url ? { url } : {}),
    ...(tick ? { done: true } : {}),
  };
}

export function addAction(incident: Incident, action: TypedAction, by: Actor, now: Instant): Decision {
  const against = objection(incident, 'action');
  if (against) return refuse(against);
  if (!action.title)
    return refuse('An action item needs words: `/incident action technical Upgrade the NFS server`.');
  const id = `${incident.actions.length + 1}`;
  const { url, done, ...item } = action;
  const facts: NewFact[] = [{ type: 'action-added', action: id, ...item, by, at: now }];
  if (url) facts.push({ type: 'action-linked', action: id, url, by, at: now, key: `issue:${id}` });
  if (done) facts.push({ type: 'action-done', action: id, by, at: now });
  const issue: Effect[] = url || done ? [] : [{ do: 'open-issue', action: id }];
  return {
    facts,
    effects: [...issue, { do: 'show', message: 'card' }],
    answer: `Action item ${id} noted${action.category ? ` (${action.category})` : ''}.`,
  };
}

const LESSON_ALIASES = new Map<string, LessonKind>([
  ['good', 'well'],
  ['bad', 'badly'],
  ['wrong', 'badly'],
  ['luck', 'lucky'],
]);

export function readLessonKind(word: string): LessonKind | undefined {
  const lower = word.toLowerCase();
  return LESSON_KINDS.find((kind) => kind === lower) ?? LESSON_ALIASES.get(lower);
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
