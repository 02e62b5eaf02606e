import { changeIncident } from '../actions/change.ts';
import type { SeenMessage } from '../actions/messages.ts';
import { seenMessage } from '../actions/messages.ts';
import { recordMark } from '../actions/record-mark.ts';
import type { Decision } from '../domain/decision.ts';
import { isRefusal } from '../domain/decision.ts';
import { TITLE_MAX } from '../domain/declare.ts';
import { editEntry, retimeEntry } from '../domain/entries.ts';
import { readSeverity, writeSummary } from '../domain/lifecycle.ts';
import { typedMoment } from '../domain/typed-moment.ts';
import type { Actor } from '../domain/words.ts';
import { incidentByNumber, incidentOfChannel } from '../store/incidents.ts';
import { AFTERWARDS_FORMS } from './afterwards-submitted.ts';
import { entriesChosen } from './commands/adopt.ts';
import { declareOrOffer } from './commands/declare.ts';
import { answerOfferById } from './commands/handoff-answers.ts';
import { mergeSubmitted } from './commands/merge.ts';
import { replyOf } from './gesture.ts';
import { VIEWS } from './ids.ts';
import { MENU_FORMS } from './menu.ts';
import { handoffSubmitted, rolesSubmitted } from './role-submitted.ts';
import { asError, type FormAnswer, onIncident, type Submitted, WHEN_HELP } from './submitted.ts';
import { correctionSubmitted, updateSubmitted } from './update-forms.ts';
import { whenOf, zoneOf } from './when-typed.ts';

const FORMS: Record<string, (submitted: Submitted) => Promise<FormAnswer>> = {
  [VIEWS.declare]: declareSubmitted,
  [VIEWS.addEntry]: entryAdded,
  [VIEWS.editEntry]: entryEdited,
  [VIEWS.update]: updateSubmitted,
  [VIEWS.correction]: correctionSubmitted,
  [VIEWS.chooseEntries]: async ({ gesture, memory, values }) => ({
    reply: await entriesChosen(gesture, memory, values),
  }),
  [VIEWS.summary]: (submitted) =>
    onIncident(submitted, 'summary', (incident, by, now) =>
      writeSummary(incident, submitted.values, by, now),
    ),
  [VIEWS.merge]: mergeSubmitted,
  ...AFTERWARDS_FORMS,
  ...MENU_FORMS,
  [VIEWS.handoff]: handoffSubmitted,
  [VIEWS.roles]: rolesSubmitted,
  [VIEWS.decline]: async ({ gesture, memory, values }) => {
    const { incident: number = 0, handoff: part = '' } = memory;
    const why = values.why?.trim();
    return {
      reply: await answerOfferById(gesture, { number, part }, { kind: 'decline', ...(why ? { why } : {}) }),
    };
  },
};

export async function submitForm(callbackId: string, submitted: Submitted): Promise<FormAnswer> {
  const form = FORMS[callbackId];
  return form ? form(submitted) : {};
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
    ...(values.over === 'retrospective' ? { retrospective: true } : {}),
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
  const here = await incidentOfChannel(core.store.database.prisma, message.channel);
  const read = await whenOf(gesture, values.when ?? '', here);
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

const NOTHING: Decision = { facts: [], effects: [] };

async function entryEdited({ gesture, values, memory }: Submitted): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const { incident: number, entry: id } = memory;
  if (number === undefined || id === undefined) return {};
  const here = await incidentByNumber(core.store.database.prisma, number);
  const read = await whenOf(gesture, values.when ?? '', here);
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
      const retimed = moved ? retimeEntry(incident, entry, moment, by, now) : NOTHING;
      if (isRefusal(retimed)) return retimed;
      const { text } = values;
      const edited = text === undefined ? NOTHING : editEntry(incident, entry, text, by, now);
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
