import { changeIncident } from '../actions/change.ts';
import { addAction, changeAction } from '../domain/action-verbs.ts';
import { type Changes, type Decision, isRefusal, nothing } from '../domain/decision.ts';
import { logEntry } from '../domain/entries.ts';
import { answerLessons, type LessonWords, unfinished } from '../domain/lessons.ts';
import { setImpact } from '../domain/lifecycle.ts';
import { momentWords } from '../domain/moment-words.ts';
import { markReport } from '../domain/publish.ts';
import type { TypedActionChange } from '../domain/typed-action.ts';
import { typedMoment } from '../domain/typed-moment.ts';
import { ACTION_CATEGORIES, type Actor, LESSON_KINDS, type Moment } from '../domain/words.ts';
import { incidentByNumber } from '../store/incidents.ts';
import { replyOf } from './gesture.ts';
import { VIEWS } from './ids.ts';
import { asError, type FormAnswer, onIncident, type Submitted, WHEN_HELP } from './submitted.ts';
import { whenOf, zoneOf } from './when-typed.ts';

/** What is filled in once an incident is over. */
export const AFTERWARDS_FORMS: Record<string, (submitted: Submitted) => Promise<FormAnswer>> = {
  [VIEWS.lessons]: lessonsSubmitted,
  [VIEWS.action]: (submitted) =>
    onIncident(submitted, 'text', (incident, by, now) => {
      const { category, owner, due } = submitted.values;
      const known = ACTION_CATEGORIES.find((name) => name === category);
      return addAction(
        incident,
        {
          title: (submitted.values.text ?? '').trim(),
          ...(known ? { category: known } : {}),
          ...(owner ? { owner } : {}),
          ...(due ? { due } : {}),
        },
        by,
        now,
      );
    }),
  [VIEWS.editAction]: actionEdited,
  [VIEWS.impact]: impactSubmitted,
  [VIEWS.logLine]: lineSubmitted,
  [VIEWS.reviewed]: (submitted) =>
    onIncident(submitted, 'because', (incident, _, now) =>
      markReport(
        incident,
        { to: 'reviewed', because: submitted.values.because ?? '' },
        submitted.gesture.person,
        now,
      ),
    ),
};

async function lessonsSubmitted(submitted: Submitted): Promise<FormAnswer> {
  const { values, gesture } = submitted;
  const words: LessonWords = {
    well: values.well ?? '',
    badly: values.badly ?? '',
    lucky: values.lucky ?? '',
  };
  const errors = LESSON_KINDS.flatMap((kind) => {
    const problem = unfinished(words[kind]);
    return problem === undefined ? [] : [[kind, problem] as const];
  });
  if (errors.length > 0) return { errors: Object.fromEntries(errors) };
  return onIncident(submitted, 'well', (incident, _, now) =>
    answerLessons(incident, words, gesture.person, now),
  );
}

async function actionEdited(submitted: Submitted): Promise<FormAnswer> {
  const { memory, values } = submitted;
  const link = (values.link ?? '').trim();
  if (link && !(/^https?:\/\/\S+$/i.test(link) && URL.canParse(link))) {
    return {
      errors: { link: 'That is no address. Type it whole, such as https://github.com/o/r/issues/19' },
    };
  }
  const { category, owner, due } = values;
  const change: TypedActionChange = {
    title: (values.text ?? '').trim(),
    ...(category && category !== 'none' ? { category } : {}),
    ...(owner ? { owner } : {}),
    ...(due ? { due } : {}),
    ...(link ? { url: link } : {}),
  };
  return onIncident(submitted, 'text', (incident, by, now) =>
    changeAction(incident, memory.action ?? '', change, by, now),
  );
}

/** Both edges at once: the one that moves out first, so that neither order of them is refused. */
async function impactSubmitted({ gesture, memory, values }: Submitted): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const here = await incidentByNumber(core.store.database.prisma, memory.incident ?? 0);
  const read: { start?: Moment; end?: Moment } = {};
  for (const edge of ['start', 'end'] as const) {
    const typed = (values[edge] ?? '').trim();
    if (!typed) continue;
    const found = await whenOf(gesture, typed, here);
    if ('say' in found) return { errors: { [edge]: asError(found.say) } };
    if (!found.moment || found.rest.trim()) return { errors: { [edge]: WHEN_HELP } };
    read[edge] = found.moment;
  }
  if (read.start && read.end && read.end.at < read.start.at) {
    return { errors: { end: 'It cannot end before it started' } };
  }
  const zone = await zoneOf(gesture);
  const by: Actor = { kind: 'person', id: person };
  const now = core.store.now().getTime();
  const outcome = await changeIncident(
    core.store,
    { number: memory.incident ?? 0 },
    (incident): Decision => {
      const told: Decision[] = [];
      for (const edge of ['start', 'end'] as const) {
        const moment = read[edge];
        const before = incident.impact[edge];
        if (!moment || (before && typedMoment(before, zone) === typedMoment(moment, zone))) continue;
        const when = momentWords(moment, core.team.timezone, now);
        // The other edge is compared with what the form says of it.
        const other = { ...incident, impact: { ...incident.impact, ...read, [edge]: before ?? moment } };
        told.push(setImpact(other, { edge, moment, when }, by, now));
      }
      return together(told);
    },
    { delivery },
  );
  if (outcome.kind === 'refused') return { errors: { start: asError(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}

function together(decisions: readonly Decision[]): Decision {
  const changes: Changes[] = [];
  for (const decision of decisions) {
    if (isRefusal(decision)) return decision;
    changes.push(decision);
  }
  if (changes.length === 0) return nothing('Nothing was changed.');
  return {
    facts: changes.flatMap(({ facts }) => facts),
    effects: changes.flatMap(({ effects }) => effects),
    answer: changes.map(({ answer }) => answer).join(' '),
  };
}

/** A line that the review asked for. Its id says what it is an answer to, so that the review knows it again. */
async function lineSubmitted({ gesture, memory, values }: Submitted): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const here = await incidentByNumber(core.store.database.prisma, memory.incident ?? 0);
  const read = await whenOf(gesture, values.when ?? '', here);
  if ('say' in read) return { errors: { when: asError(read.say) } };
  const { moment } = read;
  if (!moment || read.rest.trim()) return { errors: { when: WHEN_HELP } };
  const [kind = '', subject = ''] = (memory.gap ?? '').split(':');
  const id = [...(kind === 'answered' || kind === 'verified' ? [kind] : ['log']), subject, delivery]
    .filter(Boolean)
    .join('-');
  const now = core.store.now().getTime();
  const outcome = await changeIncident(
    core.store,
    { number: memory.incident ?? 0 },
    (incident) =>
      logEntry(
        incident,
        {
          id,
          text: values.text ?? '',
          moment,
          by: person,
          when: momentWords(moment, core.team.timezone, now),
          ...(kind === 'update' ? { kind: 'update' } : {}),
        },
        now,
      ),
    { delivery },
  );
  if (outcome.kind === 'refused') return { errors: { text: asError(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}
