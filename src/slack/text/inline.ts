import type { PhrasingContent } from '../../domain/markdown.ts';
import { emojiText } from './emoji.ts';
import type { Phrase, Style } from './phrases.ts';
import { isRecord, type SlackNames, stringOf } from './slack-names.ts';

const STYLES: readonly Style[] = ['bold', 'italic', 'strike', 'code'];

/** One inline element of rich text. What Slack adds one day is shown by its words, if it has any. */
export function phraseOfElement(element: Record<string, unknown>, names: SlackNames): Phrase {
  const given = isRecord(element.style) ? element.style : {};
  const styles = STYLES.filter((style) => given[style] === true);
  switch (element.type) {
    case 'link':
      return linkPhrase(stringOf(element.url), stringOf(element.text), styles);
    case 'user':
      return personPhrase(stringOf(element.user_id), styles, names);
    case 'channel':
      return channelPhrase(stringOf(element.channel_id), styles, names);
    case 'usergroup':
      return groupPhrase(stringOf(element.usergroup_id), styles, names);
    case 'broadcast':
      return { styles, text: `@${stringOf(element.range)}` };
    case 'emoji':
      return { styles, text: emojiText(stringOf(element.name), stringOf(element.unicode)) };
    case 'color':
      return { styles, text: stringOf(element.value) };
    case 'date':
      return { styles, text: dateText(element) };
    default:
      return { styles, text: stringOf(element.text) };
  }
}

export function linkPhrase(url: string, words: string, styles: readonly Style[]): Phrase {
  const text = words === '' ? url : words;
  if (!/^(https?|mailto):/i.test(url)) return { styles, text };
  return inLink(url, text, styles);
}

export function personPhrase(id: string, styles: readonly Style[], names: SlackNames): Phrase {
  return inLink(`person:${encodeURIComponent(id)}`, names.person(id), styles);
}

export function channelPhrase(id: string, styles: readonly Style[], names: SlackNames): Phrase {
  return inLink(`channel:${encodeURIComponent(id)}`, channelWords(names.channel(id)), styles);
}

/** What is no name but words, "a private channel", bears no sign. */
function channelWords(called: string): string {
  return called.includes(' ') ? called : `#${called.replace(/^#/, '')}`;
}

export function groupPhrase(id: string, styles: readonly Style[], names: SlackNames): Phrase {
  return { styles, text: `@${names.group(id).replace(/^@/, '')}` };
}

/** Code in a link stays code; the other styles go round the link. */
function inLink(url: string, words: string, styles: readonly Style[]): Phrase {
  const value = words.replaceAll(/\s+/g, ' ').trim();
  const child: PhrasingContent = styles.includes('code')
    ? { type: 'inlineCode', value }
    : { type: 'text', value };
  return {
    styles: styles.filter((style) => style !== 'code'),
    node: { type: 'link', url, children: [child] },
  };
}

function dateText(element: Record<string, unknown>): string {
  const fallback = stringOf(element.fallback);
  if (fallback !== '') return fallback;
  return instantText(Number(element.timestamp));
}

/** Seconds since 1970 in words that need no zone of the reader. */
export function instantText(seconds: number): string {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return '';
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
