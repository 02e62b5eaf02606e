import { heldIn, mayHold } from './find-held.ts';
import { HELD_WORDS, type HeldKind, type Scope } from './held-kinds.ts';

/** Something that was held back, or that somebody decided to show. */
export interface Finding {
  /** The same kind and words have the same id, wherever they stand. */
  id: string;
  kind: HeldKind;
  value: string;
  /** What stands there in public: `(e-mail address held back)`. */
  instead: string;
  /** `the entry of 17:32`, in the order of the report. */
  where: string[];
  /** The words around it, where it was seen first. */
  line: string;
  /** Somebody decided that it may be read. */
  kept: boolean;
}

/** What a public form is made with, beside the people's callings. */
export interface VeilOptions {
  /** Secrets that a detector has found. */
  known: readonly string[];
  /** Ids of findings that people decided to show. */
  kept: readonly string[];
  /** Handles of people who are not of the team stay. */
  handlesFromOutside: boolean;
}

/** A piece of a text: words that stay, or what stands in place of what is held back. */
export interface Piece {
  text: string;
  /** The words that are held back; absent where nothing is. */
  held?: { kind: HeldKind; value: string };
}

/** Holds back what must not be public, and keeps account of it. */
export interface Veil {
  /** Says where the texts that follow stand; asked for only where something is found. */
  at(where: () => string): void;
  pieces(text: string, scope: Scope): Piece[];
  /** Whether a picture is shown: only where somebody decided so. Answers the id of the finding then. */
  picture(path: string, line: string): string | undefined;
  /** Parts of a text that would be held back, without account. */
  spans(text: string): { start: number; end: number }[];
  findings(): Finding[];
}

const AROUND = 60;
const LOG_LINES = 40;
const LOG_CHARACTERS = 4_000;
const LINES_SHOWN = { first: 10, last: 5 };

export function createVeil({ known, kept, handlesFromOutside }: VeilOptions): Veil {
  const found = new Map<string, Finding>();
  const shown = new Set(kept);
  let placeOf = () => '';

  /** Whether it stays hidden. */
  const account = (kind: HeldKind, value: string, instead: string, line: string): boolean => {
    const id = findingId(kind, value);
    const place = placeOf();
    const before = found.get(id);
    if (!before) {
      found.set(id, { id, kind, value, instead, where: [place], line, kept: shown.has(id) });
    } else if (!before.where.includes(place)) before.where.push(place);
    return !shown.has(id);
  };
  // A paragraph is asked about first, then each of its pieces.
  let innocent = '';
  const spansIn = (text: string, scope: Scope) => {
    if (innocent.includes(text)) return [];
    if (!mayHold(text, known)) {
      innocent = text;
      return [];
    }
    return heldIn(text, scope, known).filter(({ kind }) => kind !== 'handle' || !handlesFromOutside);
  };

  return {
    at: (where) => {
      placeOf = where;
    },
    spans: (text) => spansIn(text, 'words').filter(({ kind, value }) => !shown.has(findingId(kind, value))),
    pieces(given, scope) {
      const text = scope === 'code' ? withoutLongLog(given, account) : given;
      const spans = spansIn(text, scope);
      if (spans.length === 0) return text === '' ? [] : [{ text }];
      const pieces: Piece[] = [];
      let end = 0;
      for (const { kind, start, end: heldEnd, value, instead } of spans) {
        if (!account(kind, value, instead, around(text, start, heldEnd))) continue;
        pieces.push({ text: text.slice(end, start) }, { text: instead, held: { kind, value } });
        end = heldEnd;
      }
      return [...pieces, { text: text.slice(end) }].filter((piece) => piece.text !== '');
    },
    picture: (path, line) =>
      account('picture', path, HELD_WORDS.picture.instead, line) ? undefined : findingId('picture', path),
    findings: () => [...found.values()],
  };
}

/** Where a log is long, its beginning and its end are enough to know it by. */
function withoutLongLog(
  text: string,
  account: (kind: HeldKind, value: string, instead: string, line: string) => boolean,
): string {
  const lines = text.split('\n');
  if (lines.length <= LOG_LINES && text.length <= LOG_CHARACTERS) return text;
  const few = lines.length <= LINES_SHOWN.first + LINES_SHOWN.last;
  const [first, last] = few
    ? [[text.slice(0, LOG_CHARACTERS / 4)], [text.slice(-LOG_CHARACTERS / 8)]]
    : [lines.slice(0, LINES_SHOWN.first), lines.slice(-LINES_SHOWN.last)];
  const left = few
    ? `${text.length - LOG_CHARACTERS / 4 - LOG_CHARACTERS / 8} characters`
    : `${lines.length - LINES_SHOWN.first - LINES_SHOWN.last} lines`;
  const gap = `… (${left} held back) …`;
  if (!account('long-log', text, gap, `${lines[0] ?? ''} …`)) return text;
  return [...first, gap, ...last].join('\n');
}

function around(text: string, start: number, end: number): string {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const words = text.slice(from, to).replaceAll(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}

/** FNV-1a, twice 32 bits: short enough for a button, and no way back to the words. */
function findingId(kind: HeldKind, value: string): string {
  const hash = (seed: number) => {
    let sum = seed;
    for (const byte of new TextEncoder().encode(`${kind}\n${value}`)) {
      sum = Math.imul(sum ^ byte, 0x01_00_01_93) >>> 0;
    }
    return sum.toString(16).padStart(8, '0');
  };
  return hash(0x81_1c_9d_c5) + hash(0x5b_d1_e9_95);
}
