import type { Fact } from './facts.ts';
import { asTyped } from './sentence.ts';

/** That an update arrived, and how. */
export function updateSentWords(fact: Fact & { type: 'update-sent' }, label = 'its target'): string {
  const where = asTyped(label);
  const twice = fact.perhapsTwice
    ? ' An earlier answer was lost there, so it may have arrived twice, under one id.'
    : '';
  switch (fact.manner) {
    case 'sent':
      return `Update ${fact.update} reached ${where}.${twice}`;
    case 'edited':
      return `The correction of update ${fact.update} replaced it at ${where}.`;
    case 'followed':
      return `The correction of update ${fact.update} followed it to ${where}, where nothing sent can be changed.${twice}`;
  }
}

/** That it did not, and what comes of it. */
export function updateFailedWords(fact: Fact & { type: 'update-failed' }, label = 'its target'): string {
  const further = fact.trying ? ' It is tried again.' : ' It is not tried again by itself.';
  return `Update ${fact.update} did not reach ${asTyped(label)}: ${asTyped(fact.why)}${further}`;
}
