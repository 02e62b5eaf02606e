import { nameForms } from './name-forms.ts';

/** Somebody who must not be recognised, and what the report calls them. */
export interface Hidden {
  label: string;
  names: string[];
  /** GitHub, Slack: found with and without `@`. */
  handles: string[];
  emails: string[];
}

export interface Pseudonyms {
  /** Replaces every form of every name. `before`: the words of the sentence so far, for the capital. */
  inWords(text: string, before?: string): string;
  /** The same in what is kept verbatim. */
  inCode(text: string): string;
  /** Whether an address names somebody, so that it cannot be shown. */
  tell(url: string): boolean;
}

/** Everybody by their own name. */
export const NOBODY_HIDDEN: Pseudonyms = {
  inWords: (text) => text,
  inCode: (text) => text,
  tell: () => false,
};

const NOT_AFTER_WORD = '(?<![\\p{L}\\p{M}\\p{N}_])';
const NOT_BEFORE_WORD = '(?![\\p{L}\\p{M}\\p{N}_])';

/**
 * Calls everybody by their label, wherever and however they are named (product rule: in a public report people are
 * called by their role, the same person the same way throughout). Of two people of one name the first is taken.
 */
export function pseudonyms(hidden: readonly Hidden[]): Pseudonyms {
  const labels = new Map<string, string>();
  const patterns = new Map<string, number>();
  for (const person of hidden) {
    const forms = nameForms(person);
    for (const form of forms.asWritten) {
      if (!labels.has(form)) labels.set(form, person.label);
      patterns.set(escapePattern(form), form.length);
    }
    for (const form of forms.anyCase) {
      const key = folded(form);
      if (!labels.has(key)) labels.set(key, person.label);
      patterns.set(anyCase(form), form.length);
    }
  }
  if (patterns.size === 0) return NOBODY_HIDDEN;

  const longestFirst = [...patterns].sort(([, a], [, b]) => b - a).map(([pattern]) => pattern);
  const pattern = new RegExp(`${NOT_AFTER_WORD}(?:${longestFirst.join('|')})${NOT_BEFORE_WORD}`, 'gu');

  const labelOf = (found: string) => labels.get(found) ?? labels.get(folded(found)) ?? found;

  return {
    inWords: (text, before = '') =>
      text
        .normalize('NFC')
        .replaceAll(pattern, (found, offset: number, whole: string) =>
          asInSentence(labelOf(found), before + whole.slice(0, offset)),
        ),
    inCode: (text) => text.normalize('NFC').replaceAll(pattern, labelOf),
    tell(url) {
      pattern.lastIndex = 0;
      return pattern.test(decoded(url).normalize('NFC'));
    },
  };
}

/** A label with a capital where a sentence starts; elsewhere small, unless it is written with capitals inside. */
export function asInSentence(label: string, before: string): string {
  const starts = /(^|[.!?…][”"')\]]*\s+|\n)\s*["'“(]*$/u.test(before);
  const [first = '', ...rest] = label;
  if (starts) return first.toUpperCase() + rest.join('');
  const inside = /\p{Lu}/u.test(rest.join('')) ? label : first.toLowerCase() + rest.join('');
  return TAKES_ARTICLE.test(before) ? `the ${inside}` : inside;
}

// "asks Sarika" → "asks the community representative"; "thanks Ana" is said to her and stays without.
const TAKES_ARTICLE =
  /(?<![\p{L}\p{N}])(?!thanks|this|its|his)(?:to|from|by|with|of|for|about|without|told|\p{Ll}+(?:ed|[^s\W]s))\s+$/u;

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function anyCase(text: string): string {
  return [...text]
    .map((character) => {
      if (/\s/.test(character)) return '\\s+';
      const cases = [...new Set([character.toLowerCase(), character.toUpperCase()])];
      const single = cases.filter((one) => [...one].length === 1).map(escapePattern);
      return single.length > 1 ? `[${single.join('')}]` : escapePattern(character);
    })
    .join('');
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
