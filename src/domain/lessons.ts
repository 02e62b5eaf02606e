import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import { type Incident, isHere } from './incident.ts';
import type { Lesson } from './lesson-state.ts';
import { objection } from './permitted.ts';
import { counted } from './sentence.ts';
import { type Actor, type Instant, LESSON_KINDS, type LessonKind, type PersonId } from './words.ts';

export type LessonWords = Record<LessonKind, string>;

/** What somebody said in the form before, a line each; what was made of a message stands by that. */
export function ownLessons(
  { lessons }: Pick<Incident, 'lessons'>,
  person: PersonId,
): Record<LessonKind, Lesson[]> {
  const own = lessons.filter(
    ({ by, withdrawn, entry, text }) =>
      !withdrawn && entry === undefined && by.kind === 'person' && by.id === person && !text.includes('\n'),
  );
  const of = (kind: LessonKind) => own.filter((lesson) => lesson.kind === kind);
  return { well: of('well'), badly: of('badly'), lucky: of('lucky') };
}

const NOTHING =
  /^(?:[-–—.\s]*|(?:there (?:was|is) )?(?:nothing|none|nil|nope|no|nix|n\/?a|not applicable|no comments?(?: added)?|nothing (?:special|really|comes to mind|to add|went (?:well|wrong|badly)))(?: really)?)[.!]*$/i;
const UNFINISHED =
  /^(?:tbd|tba|todo|to ?do|fixme|x{2,}|to be (?:done|written|filled in|added)|[?….]+|lorem ipsum.*)[.:!]*$/i;

/** “nothing” is an answer and no lesson. */
export function isNothing(text: string): boolean {
  return NOTHING.test(plain(text));
}

/** Why words cannot stand in a report: they only hold a place. */
export function unfinished(text: string): string | undefined {
  const line = linesOf(text).find((one) => UNFINISHED.test(plain(one)));
  if (line === undefined) return undefined;
  return `“${line}” would stand in the report as it is. Write what it was, or leave it empty, which means nothing.`;
}

function plain(text: string): string {
  return text.replaceAll(/[*_`]/g, '').trim();
}

/** Each line is a lesson; bullets are taken off. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, '').trim())
    .filter((line) => line !== '');
}

/** The three fields of one person. What they had said before is changed to this; everybody else's stays. */
export function answerLessons(
  incident: Incident,
  words: LessonWords,
  person: PersonId,
  now: Instant,
): Decision {
  const against = objection(incident, 'lesson');
  if (against) return refuse(against);
  const by: Actor = { kind: 'person', id: person };
  const own = ownLessons(incident, person);
  const facts: NewFact[] = [];
  const silent: LessonKind[] = [];
  let next = incident.lessons.length;
  for (const kind of LESSON_KINDS) {
    const wanted = linesOf(words[kind]).filter((line) => !isNothing(line));
    if (wanted.length === 0) silent.push(kind);
    const gone = own[kind].filter(({ text }) => !wanted.includes(text));
    const fresh = wanted.filter((text) => !own[kind].some((lesson) => lesson.text === text));
    for (const [index, text] of fresh.entries()) {
      const former = gone[index];
      if (former) facts.push({ type: 'lesson-edited', lesson: former.id, text, by, at: now });
      else {
        next += 1;
        facts.push({ type: 'lesson-added', lesson: `${next}`, kind, text, by, at: now });
      }
    }
    for (const { id } of gone.slice(fresh.length))
      facts.push({ type: 'lesson-withdrawn', lesson: id, by, at: now });
  }
  const before = incident.lessonAnswers?.[person];
  if (facts.length === 0 && before?.join() === silent.join())
    return nothing('You said so already. Thank you.');
  return {
    facts: [...facts, { type: 'lessons-answered', nothing: silent, by, at: now }],
    effects: shown(incident),
    answer: thanks(words, silent),
  };
}

function thanks(words: LessonWords, silent: readonly LessonKind[]): string {
  const said = LESSON_KINDS.flatMap((kind) => linesOf(words[kind]).filter((line) => !isNothing(line))).length;
  if (said === 0) return 'Noted: nothing from you. Thank you; you can still change that.';
  const rest =
    silent.length === 0 ? '' : `; nothing for ${silent.map((kind) => `“${SAYS[kind]}”`).join(' and ')}`;
  return `${counted(said, 'lesson')} noted${rest}. Thank you; press the button again to change yours.`;
}

/** `/incident lesson well …`: one more of one kind. */
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
  const placeholder = unfinished(text);
  if (placeholder) return refuse(placeholder);
  if (isNothing(text)) return nothingOf(incident, lesson.kind, by, now);
  const id = `${incident.lessons.length + 1}`;
  return {
    facts: [{ type: 'lesson-added', lesson: id, kind: lesson.kind, text, by, at: now }],
    effects: shown(incident),
    answer: `Lesson noted: ${SAYS[lesson.kind]}.`,
  };
}

function nothingOf(incident: Incident, kind: LessonKind, by: Actor, now: Instant): Decision {
  const before = by.kind === 'person' ? (incident.lessonAnswers?.[by.id] ?? []) : [];
  if (by.kind !== 'person' || before.includes(kind)) return nothing(`Noted: nothing for ${SAYS[kind]}.`);
  const silent = LESSON_KINDS.filter((one) => one === kind || before.includes(one));
  return {
    facts: [{ type: 'lessons-answered', nothing: silent, by, at: now }],
    effects: shown(incident),
    answer: `Noted: nothing for ${SAYS[kind]}. “nothing” is an answer.`,
  };
}

function shown({ resolvedAt }: Incident): Effect[] {
  const card: Effect = { do: 'show', message: 'card' };
  return resolvedAt === undefined ? [card] : [card, { do: 'show', message: 'resolution' }];
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

const SAYS: Record<LessonKind, string> = {
  well: 'what went well',
  badly: "what didn't go so well",
  lucky: 'where we got lucky',
};

/** Who has said something of it, or that there is nothing, in the order of their coming. */
export function whoAnswered(incident: Pick<Incident, 'people' | 'lessons' | 'lessonAnswers'>): PersonId[] {
  const gave = incident.lessons.flatMap(({ by, withdrawn }) =>
    by.kind === 'person' && !withdrawn ? [by.id] : [],
  );
  const answered = new Set([...Object.keys(incident.lessonAnswers ?? {}), ...gave]);
  return incident.people.filter((person) => answered.has(person));
}

/** Who was there and has not said anything of it. */
export function whoIsSilent(incident: Incident): PersonId[] {
  const answered = whoAnswered(incident);
  return incident.people.filter((person) => isHere(incident, person) && !answered.includes(person));
}
