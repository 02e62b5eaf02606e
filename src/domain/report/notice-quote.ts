import { type PhrasingContent, type RootContent, wordsOf } from '../markdown.ts';
import { HELD_WORDS } from '../public-form/held-kinds.ts';
import type { Callings } from './callings.ts';

const BETWEEN_PARTS = ' | ';
const UPTIME_CHECK = /\buptime check\b/i;
const HOST_LABEL = /\{(?:[^}]*[ ,])?host=([^,}\s]+)/;

/** An alert as it was delivered, as a quote; in public without what its line says already and what nobody may read. */
export function noticeQuote(raw: string, line: string, callings: Callings, isPublic: boolean): RootContent[] {
  const notice = raw.replaceAll(/\s+/g, ' ').trim();
  if (notice === '' || notice === line.trim()) return [];
  const parts = isPublic ? notice.split(BETWEEN_PARTS).filter((part) => !restates(part, line)) : [notice];
  const shown = parts
    .map((part) => ({ part, words: withLinks(part, callings) }))
    .filter(({ part, words }) => words.length > 0 && !(isPublic && isHeldBack(words, part)))
    .map(({ words }) => words);
  const children = shown.flatMap((words, index): PhrasingContent[] =>
    index === 0 ? words : [{ type: 'text', value: BETWEEN_PARTS }, ...words],
  );
  if (children.length === 0) return [];
  return [{ type: 'blockquote', children: [{ type: 'paragraph', children }] }];
}

/** The same words, or Google's sentence about a check whose line names the host. */
function restates(part: string, line: string): boolean {
  if (bare(line).includes(bare(part))) return true;
  const host = HOST_LABEL.exec(part)?.[1];
  return host !== undefined && UPTIME_CHECK.test(part) && UPTIME_CHECK.test(line) && line.includes(host);
}

function bare(words: string): string {
  return words.toLowerCase().replace(/[.!\s]+$/, '');
}

/** `View incident: (private link held back)` tells a reader nothing. */
function isHeldBack(words: readonly PhrasingContent[], part: string): boolean {
  const label = /^[^:]*: (?=https?:)/.exec(part)?.[0];
  const shown = words.map(wordsOf).join('');
  return label !== undefined && shown === `${label}${HELD_WORDS['private-link'].instead}`;
}

function withLinks(line: string, callings: Callings): PhrasingContent[] {
  return line
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((part, index): PhrasingContent => {
      const isLink = index % 2 === 1 && !callings.tell(part);
      if (isLink) return { type: 'link', url: part, children: [{ type: 'text', value: part }] };
      return { type: 'text', value: callings.inWords(part) };
    })
    .filter((child) => wordsOf(child) !== '');
}
