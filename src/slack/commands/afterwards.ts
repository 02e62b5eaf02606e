import { addAction, changeAction } from '../../domain/action-verbs.ts';
import { localDate } from '../../domain/clock-words.ts';
import type { Incident } from '../../domain/incident.ts';
import { addLesson, readLessonKind } from '../../domain/lessons.ts';
import { objection } from '../../domain/permitted.ts';
import { asTyped } from '../../domain/sentence.ts';
import { type ActionReader, readAction, readActionChange } from '../../domain/typed-action.ts';
import { incidentOfChannel } from '../../store/incidents.ts';
import { type Gesture, NOT_HERE, type Reply } from '../gesture.ts';
import { takePerson } from '../mentions.ts';
import { actionsView } from '../views/action-items.ts';
import { lessonsForm } from '../views/afterwards-forms.ts';
import { zoneOf } from '../when-typed.ts';
import { openView } from './declare.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { typed } from './typed.ts';

export const actionCommand: Subcommand = {
  name: 'action',
  aliases: ['actions', 'todo', 'followup'],
  usage: [
    'action [process|documentation|technical] <text> [owner @person] [due friday] [link]',
    'action',
    'action 2 done|reopen|owner @person|due 2025-09-01|link https://…',
  ],
  says: 'an action item, so that it does not happen again; by itself, all of them',
  async run(gesture, rest) {
    const here = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    if (!here) return { text: NOT_HERE };
    if (!rest.trim()) return actionsView(here);
    const reader = await readerFor(gesture);
    const change = readActionChange(rest, reader);
    if (change && 'problem' in change) return { text: change.problem };
    if (change) {
      return inThisIncident(gesture, (incident, by, now) =>
        changeAction(incident, change.action, change.change, by, now),
      );
    }
    const action = readAction(rest, reader);
    if ('problem' in action) return { text: action.problem };
    return inThisIncident(gesture, (incident, by, now) =>
      addAction(incident, { ...action, title: typed(gesture, action.title) }, by, now),
    );
  },
};

/** Days are the speaker's own, and people are called as they are called here. */
async function readerFor(gesture: Gesture): Promise<ActionReader> {
  const { core, person } = gesture;
  const today = localDate(core.store.now(), await zoneOf(gesture));
  return {
    today,
    person(word) {
      if (word.toLowerCase() === 'me') return person;
      const taken = takePerson(core, word.startsWith('<') || word.startsWith('@') ? word : `@${word}`);
      return taken && 'person' in taken ? taken.person : undefined;
    },
  };
}

export const lessonCommand: Subcommand = {
  name: 'lesson',
  aliases: ['lessons', 'learnt'],
  usage: ['lesson well|badly|lucky <text>', 'lessons'],
  says: 'what went well, what did not, where you were lucky; by itself, a form for all three',
  async run(gesture, rest) {
    const { word, rest: text } = firstWord(rest);
    const here = await incidentOfChannel(gesture.core.store.database.prisma, gesture.channelId);
    if (!here) return { text: NOT_HERE };
    if (!word) return openLessonsForm(gesture, here);
    const kind = readLessonKind(word);
    if (!kind) {
      return {
        text: `“${asTyped(word)}” is no kind of lesson. Type \`/incident lesson well\`, \`badly\` or \`lucky\`, and then the lesson.`,
      };
    }
    return inThisIncident(gesture, (incident, by, now) =>
      addLesson(incident, { kind, text: typed(gesture, text) }, by, now),
    );
  },
};

/** The three fields, with what this person had said. */
export function openLessonsForm(gesture: Gesture, incident: Incident): Reply {
  const against = objection(incident, 'lesson');
  if (against) return { text: against };
  openView(gesture, lessonsForm(incident, gesture.person));
  return { text: 'The form opens. In one line: `/incident lesson well|badly|lucky <text>`.' };
}
