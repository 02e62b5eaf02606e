import type { Moment } from '../domain/words.ts';
import type { Reply } from './gesture.ts';
import { encodeValue } from './ids.ts';
import { actions, button, section } from './views/blocks.ts';
import type { Doubt } from './when-typed.ts';

/** Slack's limit for what a button carries. */
const VALUE_MAX = 2_000;
const CHOICES_MAX = 5;

/**
 * A doubtful time is not guessed: a button for each of its readings, and what to type instead.
 * @param part what the button carries beside the incident, for the reading that it stands for
 */
export function whichTime(
  { say, choices = [] }: Doubt,
  incident: number,
  action: string,
  part: (moment: Moment) => readonly unknown[],
): Reply {
  const buttons = choices
    .slice(0, CHOICES_MAX)
    .map(({ label, moment }, index) =>
      button(label, `${action}_${index}`, encodeValue(incident, JSON.stringify(part(moment)))),
    );
  const carried = buttons.every(({ value }) => (value ?? '').length <= VALUE_MAX);
  if (buttons.length === 0 || !carried) return { text: say };
  return { text: say, blocks: [section(say), actions(...buttons)] };
}

/** A moment as a button carries it. */
export function packMoment({ at, until = 0, approximate = false }: Moment): number[] {
  return [at, until, approximate ? 1 : 0];
}

export function unpackMoment([at = 0, until = 0, approximate = 0]: readonly number[]): Moment {
  return { at, ...(until ? { until } : {}), ...(approximate ? { approximate: true } : {}) };
}
