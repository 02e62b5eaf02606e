import { nameOf } from '../../domain/people.ts';
import type { Gesture } from '../gesture.ts';
import { markdownFromSlack } from '../text/from-slack.ts';
import { plainWords } from '../text/plain-words.ts';

/** Words of a command as Markdown: Slack sends its own notation for mentions and links. */
export function typed(gesture: Pick<Gesture, 'core'>, text: string): string {
  return text.trim() ? markdownFromSlack({ text }, namesFor(gesture)).text : '';
}

/** Words of a command as they were typed, for what is no Markdown: titles and reasons. */
export function typedPlain(gesture: Pick<Gesture, 'core'>, text: string): string {
  return plainWords(text, namesFor(gesture)).trim();
}

function namesFor({ core }: Pick<Gesture, 'core'>) {
  return {
    person: (id: string) => nameOf(core.team, id),
    channel: (id: string) => id,
    group: (id: string) => id,
  };
}
