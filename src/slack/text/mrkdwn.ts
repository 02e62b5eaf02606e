import type { RootContent } from '../../domain/markdown.ts';
import { emojiText } from './emoji.ts';
import { channelPhrase, groupPhrase, instantText, linkPhrase, personPhrase } from './inline.ts';
import { type Phrase, paragraphsOf, type Style } from './phrases.ts';
import type { SlackNames } from './slack-names.ts';

/** Slack's own markup, as bots write it and as `text` holds it: entities, `<…>`, `*bold*`, fences, quotes. */
export function treesOfMrkdwn(mrkdwn: string, names: SlackNames): RootContent[] {
  return mrkdwn.split(/```([\s\S]+?)```/).flatMap((part, index) => {
    if (index % 2 === 0) return quotedOrNot(part, names);
    const value = unescapeSlack(part.replace(/^\n|\n$/g, '').replaceAll(/<([^>|]+)(\|[^>]*)?>/g, '$1'));
    return [{ type: 'code', value } satisfies RootContent];
  });
}

function quotedOrNot(text: string, names: SlackNames): RootContent[] {
  const trees: RootContent[] = [];
  const rest = text.split('\n');
  while (rest.length > 0) {
    const quoted = isQuoted(rest[0] ?? '');
    const all = /^(>>>|&gt;&gt;&gt;)/.test(rest[0] ?? '');
    const change = all ? -1 : rest.findIndex((line) => isQuoted(line) !== quoted);
    const lines = rest.splice(0, change === -1 ? rest.length : change);
    const bare = quoted ? lines.map((line) => line.replace(/^(?:(?:>|&gt;){3}|>|&gt;) ?/, '')) : lines;
    const paragraphs = paragraphsOf(phrasesOf(bare.join('\n'), [], names));
    if (!quoted) trees.push(...paragraphs);
    else if (paragraphs.length > 0) {
      trees.push({ type: 'blockquote', children: paragraphs.filter((tree) => tree.type === 'paragraph') });
    }
  }
  return trees;
}

function isQuoted(line: string): boolean {
  return /^(>|&gt;)/.test(line);
}

// A style opens before and closes after a word, inside one line; code and <…> come first.
const PIECE = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<token>[^<>\\n]+)>',
    ":(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):",
    '(?<![\\p{L}\\p{N}*])\\*(?<bold>(?!\\s)[^*\\n]*[^*\\s])\\*(?![\\p{L}\\p{N}*])',
    '(?<![\\p{L}\\p{N}_])_(?<italic>(?!\\s)[^_\\n]*[^_\\s])_(?![\\p{L}\\p{N}_])',
    '(?<![\\p{L}\\p{N}~])~(?<strike>(?!\\s)[^~\\n]*[^~\\s])~(?![\\p{L}\\p{N}~])',
  ].join('|'),
  'gu',
);

function phrasesOf(text: string, styles: readonly Style[], names: SlackNames): Phrase[] {
  const phrases: Phrase[] = [];
  let end = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > end) phrases.push({ styles, text: unescapeSlack(text.slice(end, match.index)) });
    end = match.index + match[0].length;
    const { code, token, emoji, bold, italic, strike } = match.groups ?? {};
    if (code !== undefined) phrases.push({ styles: [...styles, 'code'], text: unescapeSlack(code) });
    else if (token !== undefined) phrases.push(phraseOfToken(token, styles, names));
    else if (emoji !== undefined) phrases.push({ styles, text: emojiText(emoji) });
    else if (bold !== undefined) phrases.push(...phrasesOf(bold, [...styles, 'bold'], names));
    else if (italic !== undefined) phrases.push(...phrasesOf(italic, [...styles, 'italic'], names));
    else if (strike !== undefined) phrases.push(...phrasesOf(strike, [...styles, 'strike'], names));
  }
  if (end < text.length) phrases.push({ styles, text: unescapeSlack(text.slice(end)) });
  return phrases;
}

/** What stands between `<` and `>`: a person, a channel, a group, a broadcast, a date or an address. */
function phraseOfToken(token: string, styles: readonly Style[], names: SlackNames): Phrase {
  const [target = '', ...labels] = token.split('|');
  const label = unescapeSlack(labels.join('|'));
  if (/^@[UW]/.test(target)) return personPhrase(target.slice(1), styles, names);
  if (/^#[CGD]/.test(target)) return channelPhrase(target.slice(1), styles, names);
  if (target.startsWith('!subteam^')) return groupPhrase(target.slice(9), styles, names);
  if (target.startsWith('!date^')) {
    return { styles, text: label === '' ? instantText(Number(target.split('^')[1])) : label };
  }
  if (target.startsWith('!')) return { styles, text: label === '' ? `@${target.slice(1)}` : label };
  return linkPhrase(unescapeSlack(target), label, styles);
}

function unescapeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
