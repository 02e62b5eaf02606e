import type { PersonId } from './words.ts';

/** A person inside a sentence of ours. Sentences are Markdown; each place that shows one decides on the name. */
export function mention(person: PersonId): string {
  return `[${person.replace(/^name:/, '')}](person:${encodeURIComponent(person)})`;
}

/** Somebody's own words inside a sentence of ours: shown as typed, whatever they hold. */
export function asTyped(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&').replaceAll(/\s+/g, ' ');
}

/** `1 entry`, `7 entries` */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** `Ana, Ben and Chitra` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
