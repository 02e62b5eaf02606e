import type { Gesture, Reply } from '../gesture.ts';

/** One word after `/incident`. */
export interface Subcommand {
  name: string;
  /** Other words that people type for it. */
  aliases?: readonly string[];
  /** As one types it, without `/incident`. */
  usage: readonly string[];
  /** What it does, in a line. */
  says: string;
  run(gesture: Gesture, rest: string): Promise<Reply>;
}

/** The first word and what follows it. */
export function firstWord(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return { word, rest: rest.trim() };
}
