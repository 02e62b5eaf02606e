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
  /** The parts of a text that would be replaced, for those that markup splits. */
  reach(text: string): { start: number; end: number }[];
  /** A text as `reach` has to see it, without signs that nobody sees. */
  clean(text: string): string;
}

/** Everybody by their own name. */
export const NOBODY_HIDDEN: Pseudonyms = {
  inWords: (text) => text,
  inCode: (text) => text,
  tell: () => false,
  reach: () => [],
  clean: (text) => text,
};

// A file's name is made of words too: `ana_silva.png`.
const NOT_BEFORE_WORD = '(?![\\p{L}\\p{M}\\p{N}])';
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const BETWEEN = /[\s_.-]+/g;

/**
 * Calls everybody by their label, wherever and however they are named (product rule: in a public report people are
 * called by their role, the same person the same way throughout). Of two people of one name the first is taken.
 */
export function pseudonyms(hidden: readonly Hidden[]): Pseudonyms {
  const labels = new Map<string, string>();
  const patterns = new Map<string, string[]>();
  const add = (form: string, pattern: string) => {
    const word = /[\p{L}\p{M}\p{N}]+/u.exec(form)?.[0];
    if (word === undefined) return;
    // In both ways to small letters, which differ for İ and ı.
    for (const key of new Set([word.toLowerCase(), word.toUpperCase().toLowerCase()])) {
      const known = patterns.get(key) ?? [];
      if (!known.includes(pattern)) patterns.set(key, [...known, pattern]);
    }
  };
  for (const person of hidden) {
    const forms = nameForms(person);
    for (const form of forms.asWritten) {
      if (!labels.has(form)) labels.set(form, person.label);
      add(form, escapePattern(form));
    }
    for (const form of forms.anyCase) {
      const key = folded(form);
      if (!labels.has(key)) labels.set(key, person.label);
      add(form, anyCase(form));
    }
  }
  if (patterns.size === 0) return NOBODY_HIDDEN;
  const byFirstWord = new Map([...patterns].map(([word, all]) => [word, oneOf(all)] as const));

  const labelOf = (found: string) => labels.get(found) ?? labels.get(folded(found)) ?? found;
  const named = (text: string) => namedIn(text, byFirstWord);
  const replaced = (text: string, label: (found: string, before: string) => string) => {
    const whole = text.normalize('NFC');
    const spans = named(whole);
    if (spans.length === 0) return whole;
    let [shown, end] = ['', 0];
    for (const span of spans) {
      shown +=
        whole.slice(end, span.start) + label(whole.slice(span.start, span.end), whole.slice(0, span.start));
      end = span.end;
    }
    return shown + whole.slice(end);
  };

  return {
    inWords: (text, before = '') =>
      replaced(text, (found, words) => asInSentence(labelOf(found), before + words)),
    inCode: (text) => replaced(text, labelOf),
    tell: (url) => named(decoded(url).normalize('NFC')).length > 0,
    reach: named,
    clean: (text) => text.normalize('NFC'),
  };
}

/** Tried where a word stands that begins a name, so that the length of the team's list costs nothing elsewhere. */
function namedIn(text: string, byFirstWord: ReadonlyMap<string, RegExp>): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let end = 0;
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const { 0: word, index } = match;
    const pattern = byFirstWord.get(word.toLowerCase());
    if (!pattern || index < end) continue;
    for (const start of text[index - 1] === '@' && index > end ? [index - 1, index] : [index]) {
      pattern.lastIndex = start;
      if (!pattern.test(text)) continue;
      end = pattern.lastIndex;
      found.push({ start, end });
      break;
    }
  }
  return found;
}

function oneOf(patterns: readonly string[]): RegExp {
  const longestFirst = [...patterns].sort((a, b) => b.length - a.length);
  return new RegExp(`(?:${longestFirst.join('|')})${NOT_BEFORE_WORD}`, 'uy');
}

const STARTS = /(^|[.!?…][”"')\]]*\s+|\n)\s*["'“(]*$/u;

/** A label with a capital where a sentence starts; elsewhere small, unless it is written with capitals inside. */
export function asInSentence(label: string, before: string): string {
  const starts = STARTS.test(before);
  const [first = '', ...rest] = label;
  if (starts) return first.toUpperCase() + rest.join('');
  const inside = /\p{Lu}/u.test(rest.join('')) ? label : first.toLowerCase() + rest.join('');
  return TAKES_ARTICLE.test(before) ? `the ${inside}` : inside;
}

// "Asks Sarika" → "Asks the community representative"; "thanks Ana" is said to her and stays without.
const TAKES_ARTICLE =
  /(?<![\p{L}\p{N}])(?![Tt]hanks|[Tt]his|[Ii]ts|[Hh]is|[Yy]es|[Cc]heers)(?:to|from|by|with|of|for|about|without|told|\p{L}\p{Ll}*(?:ed|[^s\W]s))\s+$/u;

function folded(text: string): string {
  return text.toLowerCase().replaceAll(BETWEEN, ' ');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function anyCase(text: string): string {
  return [...text]
    .map((character) => {
      if (/\s/.test(character)) return '[\\s_.-]+';
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
