import { addAction, addLesson, readAction, readLessonKind } from '../../domain/afterwards.ts';
import { nameOf } from '../../domain/people.ts';
import { asTyped } from '../../domain/sentence.ts';
import type { Gesture } from '../gesture.ts';
import { markdownFromSlack } from '../text/from-slack.ts';
import { inThisIncident } from './lifecycle.ts';
import { firstWord, type Subcommand } from './subcommand.ts';

export const actionCommand: Subcommand = {
  name: 'action',
  aliases: ['todo', 'followup'],
  usage: ['action [process|documentation|technical] <text>'],
  says: 'an action item, so that it does not happen again',
  run: (gesture, rest) =>
    inThisIncident(gesture, (incident, by, now) => {
      const { category, title } = readAction(rest);
      return addAction(
        incident,
        { ...(category ? { category } : {}), title: typed(gesture, title) },
        by,
        now,
      );
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

/** Words of a command as Markdown: Slack sends its own notation for mentions and links. */
export function typed(gesture: Pick<Gesture, 'core'>, text: string): string {
  if (!text.trim()) return '';
  const names = {
    person: (id: string) => nameOf(gesture.core.team, id),
    channel: (id: string) => id,
    group: (id: string) => id,
  };
  return markdownFromSlack({ text }, names).text;
}
