import { changeIncident } from '../actions/change.ts';
import type { SeenMessage } from '../actions/messages.ts';
import { seenMessage } from '../actions/messages.ts';
import { recordMark } from '../actions/record-reaction.ts';
import { addAction, addLesson, readLessonKind } from '../domain/afterwards.ts';
import type { Decision } from '../domain/decision.ts';
import { isRefusal } from '../domain/decision.ts';
import { TITLE_MAX } from '../domain/declare.ts';
import { editEntry, retimeEntry } from '../domain/entries.ts';
import type { Incident } from '../domain/incident.ts';
import { readSeverity, writeSummary } from '../domain/lifecycle.ts';
import { ACTION_CATEGORIES, type Actor } from '../domain/words.ts';
import { declareOrOffer } from './commands/declare.ts';
import { type Gesture, type Reply, replyOf } from './gesture.ts';
import { VIEWS } from './ids.ts';
import { plainFromMarkdown } from './text/to-slack.ts';
import { typedMoment } from './views/entry-forms.ts';
import type { FormMemory } from './views/forms.ts';
import { whenOf, zoneOf } from './when-typed.ts';

/** A form either stands with what is wrong under its fields, or is done, with a word to the person. */
export type FormAnswer = { errors: Record<string, string> } | { reply?: Reply };

/** A form that came back: what it remembers and what was typed. */
export interface Submitted {
  gesture: Gesture;
  memory: FormMemory;
  values: Record<string, string>;
}

const FORMS: Record<string, (submitted: Submitted) => Promise<FormAnswer>> = {
  [VIEWS.declare]: declareSubmitted,
  [VIEWS.addEntry]: entryAdded,
  [VIEWS.editEntry]: entryEdited,
  [VIEWS.summary]: (submitted) =>
    onIncident(submitted, 'summary', (incident, by, now) =>
      writeSummary(incident, submitted.values, by, now),
    ),
  [VIEWS.lesson]: (submitted) =>
    onIncident(submitted, 'text', (incident, by, now) =>
      addLesson(
        incident,
        { kind: readLessonKind(submitted.values.kind ?? '') ?? 'well', text: submitted.values.text ?? '' },
        by,
        now,
      ),
    ),
  [VIEWS.action]: (submitted) =>
    onIncident(submitted, 'text', (incident, by, now) => {
      const category = ACTION_CATEGORIES.find((name) => name === submitted.values.category);
      const title = (submitted.values.text ?? '').trim();
      return addAction(incident, category ? { category, title } : { title }, by, now);
    }),
};

export async function submitForm(callbackId: string, submitted: Submitted): Promise<FormAnswer> {
  const form = FORMS[callbackId];
  return form ? form(submitted) : {};
}

/** A refusal keeps what was typed: it stands under the field that it is about. */
async function onIncident(
  { gesture, memory }: Submitted,
  field: string,
  decide: (incident: Incident, by: Actor, now: number) => Decision,
): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { number: memory.incident ?? 0 },
    (incident) => decide(incident, { kind: 'person', id: person }, core.store.now().getTime()),
    { delivery },
  );
  if (outcome.kind === 'refused') return { errors: { [field]: asError(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}

/** Errors in forms are plain text. */
function asError(sentence: string): string {
  return plainFromMarkdown(sentence);
}

async function declareSubmitted({ gesture, values, memory }: Submitted): Promise<FormAnswer> {
  const title = (values.title ?? '').trim();
  if (!title) return { errors: { title: 'An incident needs a title, such as: LEAP hub is down' } };
  if ([...title].length > TITLE_MAX) return { errors: { title: `${TITLE_MAX} characters at most` } };
  const responder = values.responder || gesture.person;
  if (responder === gesture.botUserId) return { errors: { responder: 'I cannot respond; choose a person' } };
  const reply = await declareOrOffer(gesture, {
    title,
    severity: readSeverity(values.severity ?? '') ?? 'sev1',
    private: values.visibility === 'private',
    by: { kind: 'person', id: gesture.person },
    responder,
    ...(memory.message ? { message: memory.message } : {}),
  });
  return { reply };
}

async function entryAdded({ gesture, values, memory }: Submitted): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const { message } = memory;
  if (!message) return {};
  const read = await whenOf(gesture, values.when ?? '');
  if ('say' in read) return { errors: { when: asError(read.say) } };
  if (!read.moment) return { errors: { when: WHEN_HELP } };
  const seen =
    (await seenMessage(core, message)) ??
    ((await core.world.chat.message(message)) as SeenMessage | undefined);
  if (!seen) return { errors: { when: 'That message is gone from Slack. Use /incident log instead.' } };
  const recorded = core.world.chat.read(message.channel, seen);
  const zone = await zoneOf(gesture);
  const own = typedMoment({ at: recorded.at }, zone) === typedMoment(read.moment, zone);
  const outcome = await recordMark(
    core,
    {
      message: recorded,
      mark: 'timeline',
      by: person,
      origin: 'shortcut',
      // Untouched, the field means the message's own time to the millisecond.
      ...(own ? {} : { moment: read.moment }),
    },
    delivery,
  );
  if (outcome.kind === 'refused') return { errors: { when: asError(outcome.sentence) } };
  return { reply: replyOf(outcome, 'It is in the timeline.') };
}

const WHEN_HELP = 'Type a time such as 17:32, ca. 17:30, 17:30-17:45 or 2025-08-12 17:32 UTC';

async function entryEdited({ gesture, values, memory }: Submitted): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const { incident: number, entry: id } = memory;
  if (number === undefined || id === undefined) return {};
  const read = await whenOf(gesture, values.when ?? '');
  if ('say' in read) return { errors: { when: asError(read.say) } };
  const { moment } = read;
  if (!moment) return { errors: { when: WHEN_HELP } };
  const zone = await zoneOf(gesture);
  const by: Actor = { kind: 'person', id: person };
  const now = core.store.now().getTime();
  const outcome = await changeIncident(
    core.store,
    { number },
    async (incident, reads): Promise<Decision> => {
      const entry = await reads.entry(id);
      const moved = !entry || typedMoment(entry.moment, zone) !== typedMoment(moment, zone);
      const retimed = moved ? retimeEntry(incident, entry, moment, by, now) : { facts: [], effects: [] };
      if (isRefusal(retimed)) return retimed;
      const edited = editEntry(incident, entry, values.text ?? '', by, now);
      if (isRefusal(edited)) return edited;
      return {
        facts: [...retimed.facts, ...edited.facts],
        effects: [...retimed.effects, ...edited.effects],
        answer: 'Saved. `/incident timeline` shows it.',
      };
    },
    { delivery },
  );
  if (outcome.kind === 'refused') return { errors: { text: asError(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}
