import { HELD_WORDS, type HeldKind, type Scope } from './held-kinds.ts';
import { IPV4, IPV4_IN_NAME, IPV6_HINT, ipv6In } from './ip-address.ts';
import {
  CLAIM_IN_CODE,
  CLAIM_OF_USER,
  PATH_OF_USER,
  POD_OF_USER,
  PRIVATE_HINT,
  PRIVATE_HOST,
  PRIVATE_LINK,
} from './private-places.ts';
import * as secrets from './secret-patterns.ts';

/** A part of a text that is held back. */
export interface Held {
  kind: HeldKind;
  start: number;
  end: number;
  value: string;
  /** What stands there in public. */
  instead: string;
}

interface Rule {
  kind: HeldKind;
  /** Found in every text that the pattern matches, and quickly; without it the pattern need not be tried. */
  hint: RegExp;
  pattern: RegExp;
  only?: Scope;
}

const EMAIL = /[\p{L}\p{N}._%+'-]*[\p{L}\p{N}_%+-](?:@|%40)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/giu;
/** `@here` calls a channel, and `@2x` is a size. */
const HANDLE =
  /(?<![\p{L}\p{N}.@:+-])@(?!(?:here|channel|everyone|all|room)\b)[\p{L}][\p{L}\p{N}_.-]*[\p{L}\p{N}](?:\/[\w-]+)?/gu;
/** In programs `@scope/package` and `@app.route(…)` are no people. */
const HANDLE_IN_CODE =
  /(?<![\p{L}\p{N}.@:+-])@(?!(?:here|channel|everyone|all|room)\b)[\p{L}][\p{L}\p{N}_-]*[\p{L}\p{N}](?![\p{L}\p{N}_/(-]|\.\p{L})/gu;

/** In the order in which they win where two overlap. */
const RULES: Rule[] = [
  { kind: 'secret', hint: /-----begin /i, pattern: secrets.PEM },
  { kind: 'secret', hint: /-----end /i, pattern: secrets.PEM_END },
  { kind: 'private-link', hint: PRIVATE_HINT, pattern: PRIVATE_LINK },
  { kind: 'private-link', hint: PRIVATE_HINT, pattern: PRIVATE_HOST },
  { kind: 'password', hint: /@/i, pattern: secrets.IN_ADDRESS },
  { kind: 'password', hint: /-u/i, pattern: secrets.FOR_CURL },
  { kind: 'secret', hint: /eyj/i, pattern: secrets.JWT },
  { kind: 'secret', hint: secrets.MARKED_HINT, pattern: secrets.MARKED_KEY },
  { kind: 'secret', hint: /bearer|basic/i, pattern: secrets.BEARER },
  { kind: 'secret', hint: secrets.ASSIGNED_HINT, pattern: secrets.ASSIGNED },
  { kind: 'email', hint: /@|%40/i, pattern: EMAIL },
  { kind: 'user-name', hint: /jupyter-/i, pattern: POD_OF_USER },
  { kind: 'user-name', hint: /claim-/i, pattern: CLAIM_OF_USER },
  { kind: 'user-name', hint: /claim-/i, pattern: CLAIM_IN_CODE, only: 'code' },
  { kind: 'user-name', hint: /\/(?:user|home)\//i, pattern: PATH_OF_USER },
  { kind: 'ip', hint: /\d\.\d{1,3}\.\d/i, pattern: IPV4 },
  { kind: 'ip', hint: /ip-\d/i, pattern: IPV4_IN_NAME },
  { kind: 'handle', hint: /@/i, pattern: HANDLE, only: 'words' },
  { kind: 'handle', hint: /@/i, pattern: HANDLE_IN_CODE, only: 'code' },
  { kind: 'secret', hint: /[\w+/-]{60}/i, pattern: secrets.LONG_BASE64 },
];

const ANY_HINT = new RegExp(
  [...new Set(RULES.map(({ hint }) => hint.source)), IPV6_HINT.source].join('|'),
  'i',
);

/** Whether anything of a text could be held back. Where nothing could, nothing of a part of it could either. */
export function mayHold(text: string, known: readonly string[] = []): boolean {
  return ANY_HINT.test(text) || known.some((value) => text.includes(value));
}

/** Where two overlap they are one, of the kind that was found first. */
function join(found: Held[], text: string, { kind, start, end }: Pick<Held, 'kind' | 'start' | 'end'>): void {
  const overlapping = found.filter((other) => start < other.end && other.start < end);
  const [first] = overlapping;
  const from = Math.min(start, ...overlapping.map((other) => other.start));
  const to = Math.max(end, ...overlapping.map((other) => other.end));
  if (first && overlapping.length === 1 && first.start === from && first.end === to) return;
  for (const other of overlapping) found.splice(found.indexOf(other), 1);
  const whole = first?.kind ?? kind;
  found.push({
    kind: whole,
    start: from,
    end: to,
    value: text.slice(from, to),
    instead: HELD_WORDS[whole].instead,
  });
}

/**
 * What of a text is held back, from left to right, without overlaps. `known`: secrets that a detector has found
 * somewhere in the same incident; they are held back wherever they stand.
 */
export function heldIn(text: string, scope: Scope, known: readonly string[] = []): Held[] {
  const found: Held[] = [];
  const add = (kind: HeldKind, start: number, value: string) => {
    const end = start + value.length;
    if (value !== '') join(found, text, { kind, start, end });
  };
  for (const value of known) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      add('secret', at, value);
    }
  }
  for (const { kind, hint, pattern, only } of RULES) {
    if ((only !== undefined && only !== scope) || !hint.test(text)) continue;
    for (const match of text.matchAll(pattern)) add(kind, match.index, match[0]);
  }
  for (const { start, value } of ipv6In(text)) add('ip', start, value);
  return found.sort((a, b) => a.start - b.start);
}
