import { emojiText } from './emoji.ts';
import type { SlackNames } from './slack-names.ts';

const PIECE = /<(?<token>[^<>\n]+)>|:(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):|&(?<entity>amp|lt|gt);/gu;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

/** Slack's text as it was typed, for titles: people and links by their words, `*` and `_` left as they are. */
export function plainWords(text: string, names: Pick<SlackNames, 'person' | 'channel'>): string {
  return text.replaceAll(PIECE, (whole, ...rest) => {
    const { token, emoji, entity } = rest.at(-1) as Record<'token' | 'emoji' | 'entity', string | undefined>;
    if (token !== undefined) return wordsOfToken(token, names);
    if (emoji !== undefined) return emojiText(emoji);
    return ENTITIES[entity ?? ''] ?? whole;
  });
}

function wordsOfToken(token: string, names: Pick<SlackNames, 'person' | 'channel'>): string {
  const [target = '', label = ''] = token.split('|');
  const words = plainWords(label, names);
  const id = target.slice(1);
  if (/^@[UW]/.test(target)) {
    const known = names.person(id);
    return known === id && words ? words : known;
  }
  if (/^#[CGD]/.test(target)) return `#${words || names.channel(id)}`;
  if (target.startsWith('!')) return words || `@${id.replace(/\^.*$/, '')}`;
  return words || plainWords(target, names).replace(/^mailto:/, '');
}
