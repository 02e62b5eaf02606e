import { styleText } from 'node:util';
import { hourMinute } from '../domain/clock-words.ts';
import type { Cast } from './cast.ts';
import type { Step } from './script.ts';

/** What the terminal shows while the story runs. */
export interface Progress {
  title(words: string): void;
  line(words: string): void;
  step(step: Step): void;
  answer(words: string): void;
}

const WIDTH = 100;

export function createProgress(
  out: NodeJS.WritableStream & { isTTY?: boolean },
  zone: string,
  cast: Cast,
): Progress {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    out.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
  const say = (text: string) => out.write(`${text}\n`);
  let minute = '';
  return {
    title: (words) => say(`\n${paint('bold', words)}`),
    line: (words) => say(words),
    step({ at, gesture }) {
      const clock = hourMinute(at, zone);
      const shown = clock === minute ? '     ' : paint(['bold', 'cyan'], clock);
      minute = clock;
      const [who, what] = words(gesture, cast);
      say(`${shown}  ${paint('bold', who.padEnd(16))} ${cut(what)}`);
    },
    answer: (words) => say(`       ${' '.repeat(16)} ${paint('dim', `└ ${cut(words)}`)}`),
  };
}

function words(gesture: Step['gesture'], cast: Cast): [string, string] {
  switch (gesture.do) {
    case 'type':
      return [first(cast, gesture.who), `/incident ${withNames(gesture.text, cast)}`];
    case 'say':
      return [first(cast, gesture.who), `“${gesture.text}” ${gesture.mark === 'mega' ? '📣' : '📌'}`];
    case 'come':
      return [first(cast, gesture.who), 'joins the channel'];
    case 'accept':
      return [first(cast, gesture.who), 'presses Accept'];
    case 'have-it':
      return [first(cast, gesture.who), 'presses I have it, in the direct message'];
    case 'alert':
      return ['Google', gesture.entry.text];
    case 'summarise':
      return [first(cast, gesture.who), 'fills in “Summary and resolution”'];
  }
}

function first(cast: Cast, id: string): string {
  return cast.nameOf(id).split(' ')[0] ?? id;
}

function withNames(text: string, cast: Cast): string {
  return text.replaceAll(/<@(\w+)>/g, (_, id: string) => `@${first(cast, id)}`);
}

function cut(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return [...line].length <= WIDTH ? line : `${[...line].slice(0, WIDTH - 1).join('')}…`;
}
