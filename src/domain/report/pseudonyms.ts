import { nameForms } from './name-forms.ts';

interface Span {
  start: number;
  end: number;
}

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
  reach(text: string): readonly Span[];
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
const ASCII = /^[\0-\x7f]*$/;
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

  const firstLetters = new Set([...byFirstWord.keys()].map((word) => word.charCodeAt(0)));
  const labelOf = (found: string) => labels.get(found) ?? labels.get(folded(found)) ?? found;
  // A text is asked about whole and in its parts, often the same one twice in a row.
  let [askedText, askedSpans]: [string, Span[]] = ['', []];
  const named = (text: string) => {
    if (text === askedText) return askedSpans;
    askedText = text;
    askedSpans = namedIn(text, byFirstWord, firstLetters);
    return askedSpans;
  };
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
function namedIn(
  text: string,
  byFirstWord: ReadonlyMap<string, RegExp>,
  firstLetters: ReadonlySet<number>,
): Span[] {
  const found: Span[] = [];
  let end = 0;
  const words = ASCII.test(text) ? asciiWords(text, firstLetters) : unicodeWords(text);
  for (const { word, index } of words) {
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

interface Word {
  word: string;
  index: number;
}

function unicodeWords(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, index }));
}

/** The same where all is ASCII, as it mostly is, and of them those that can begin a name: at a tenth of the cost. */
function asciiWords(text: string, firstLetters: ReadonlySet<number>): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!isAsciiWord(text.charCodeAt(at))) continue;
    const index = at;
    while (at < text.length && isAsciiWord(text.charCodeAt(at))) at += 1;
    if (firstLetters.has(smallAscii(text.charCodeAt(index))))
      words.push({ word: text.slice(index, at), index });
  }
  return words;
}

function isAsciiWord(code: number): boolean {
  const letter = code | 32;
  return (letter >= 97 && letter <= 122) || (code >= 48 && code <= 57);
}

function smallAscii(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function oneOf(patterns: readonly string[]): RegExp {
  const longestFirst = [...patterns].sort((a, b) => b.length - a.length);
  return new RegExp(`(?:${longestFirst.join('|')})${NOT_BEFORE_WORD}`, 'uy');
}

const STARTS = /(^|[.!?…][”"')\]]*\s+|\n)\s*["'“(]*$/u;

/** A label with a capital where a sentence starts; elsewhere small, unless it is written with capitals inside. */
export function asInSentence(label: string, before: string): string {
  const [first = ''] = label;
  const rest = label.slice(first.length);
  if (before === '' || STARTS.test(before)) return first.toUpperCase() + rest;
  const inside = /\p{Lu}/u.test(rest) ? label : first.toLowerCase() + rest;
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
