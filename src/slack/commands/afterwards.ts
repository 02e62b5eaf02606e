import { addAction, addLesson, readAction, readLessonKind } from '../../domain/afterwards.ts';
import { asTyped } from '../../domain/sentence.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';
import { typed } from './typed.ts';

export const actionCommand: Subcommand = {
  name: 'action',
  aliases: ['todo', 'followup'],
  usage: ['action [process|documentation|technical] <text> [link]'],
  says: 'an action item, so that it does not happen again',
  run: (gesture, rest) =>
    inThisIncident(gesture, (incident, by, now) => {
      const action = readAction(rest);
      return addAction(incident, { ...action, title: typed(gesture, action.title) }, by, now);
    }),
};

export const lessonCommand: Subcommand = {
  name: 'lesson',
  usage: ['lesson well|badly|lucky <text>'],
  says: 'what went well, what did not, where you were lucky',
  async run(gesture, rest) {
    const { word, rest: text } = firstWord(rest);
    const kind = readLessonKind(word);
    if (!kind) {
      const was = word ? `“${asTyped(word)}” is no kind of lesson. ` : '';
      return { text: `${was}Type \`/incident lesson well\`, \`badly\` or \`lucky\`, and then the lesson.` };
    }
    return inThisIncident(gesture, (incident, by, now) =>
      addLesson(incident, { kind, text: typed(gesture, text) }, by, now),
    );
  },
};
