import { emojiNamed } from '../../domain/emoji.ts';

/** The emoji of a Slack name; a workspace's own emoji stays `:name:`. `unicode` is Slack's `1f44d-1f3fd`. */
export function emojiText(name: string, unicode = ''): string {
  const points = unicode.split('-').map((hex) => Number.parseInt(hex, 16));
  if (points.every((point) => point >= 0 && point <= 0x10ffff)) return String.fromCodePoint(...points);
  const [plain = ''] = name.split('::');
  return emojiNamed(plain) ?? emojiNamed(plain.replaceAll('-', '_')) ?? `:${name}:`;
}
