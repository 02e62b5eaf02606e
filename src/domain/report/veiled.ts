import type { Scope } from '../public-form/held-kinds.ts';
import type { Veil } from '../public-form/veil.ts';
import type { Callings } from './callings.ts';

// Signs that nobody sees and that would split a name or a key.
const UNSEEN = /[\u00AD\u200B\u2060\uFEFF]|(?<=[\p{L}\p{N}])[\u200C\u200D](?=[\p{L}\p{N}])/gu;

const ASCII = /^[\0-\x7f]*$/;

/** Callings that also hold back what must not be public. Somebody who has a label is called by it. */
export function veiled(callings: Callings, veil: Veil): Callings {
  const hide = (
    given: string,
    scope: Scope,
    before: string,
    call: (text: string, before: string) => string,
  ) => {
    const pieces = veil.pieces(seen(given), scope);
    const [only] = pieces;
    if (pieces.length === 1 && only && only.held === undefined) return call(only.text, before);
    let words = before;
    return pieces
      .map(({ text, held }) => {
        const known = held !== undefined && isPersonal(held.kind) && callings.tell(held.value);
        const shown = held === undefined ? call(text, words) : known ? call(held.value, words) : text;
        words += shown;
        return shown;
      })
      .join('');
  };

  // Few labels stand in many lines.
  const harmless = new Set<string>();

  return {
    ...(callings.channel === undefined ? {} : { channel: callings.channel }),
    person: (id, before = '') => {
      const label = seen(callings.person(id, before));
      if (harmless.has(label)) return label;
      const pieces = veil.pieces(label, 'words');
      if (pieces.every(({ held }) => held === undefined)) harmless.add(label);
      return pieces.map(({ text }) => text).join('');
    },
    inWords: (text, before = '') => hide(text, 'words', before, callings.inWords),
    inCode: (text) => hide(text, 'code', '', callings.inCode),
    tell: (url) =>
      callings.tell(decoded(url)) || veil.pieces(decoded(url), 'code').some(({ held }) => held !== undefined),
    reach: (text) => [...callings.reach(text), ...veil.spans(text)],
    clean: seen,
    holds: (url) => veil.pieces(decoded(url), 'code').some(({ held }) => held !== undefined),
  };
}

function isPersonal(kind: string): boolean {
  return kind === 'email' || kind === 'handle';
}

function seen(text: string): string {
  if (ASCII.test(text)) return text;
  return text.normalize('NFC').replaceAll(UNSEEN, '');
}

function decoded(url: string): string {
  if (!url.includes('%')) return seen(url);
  try {
    return seen(decodeURIComponent(url));
  } catch {
    return seen(url);
  }
}
