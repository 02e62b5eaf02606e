import type { Json } from './types.ts';

type Style = Partial<Record<'bold' | 'italic' | 'strike' | 'code', true>>;

const FENCE = /^```(.*)$/;
const QUOTE = /^(?:&gt;|>) ?(.*)$/;
const BULLET = /^(?:•|-) (.*)$/;
const ORDERED = /^\d+[.)] (.*)$/;

/**
 * What Slack's composer makes of typed text: a `rich_text` block. The text is Slack's own mark-up, escaped
 * (`&lt;`), with mentions and links in angle brackets.
 */
export function richTextBlock(text: string): Json {
  const elements: Json[] = [];
  const lines = text.split('\n');
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    if (line.startsWith('```')) {
      const end = closingFence(lines, index);
      elements.push(preformatted(lines.slice(index, end + 1).join('\n')));
      index = end + 1;
      continue;
    }
    const kind = kindOf(line);
    const run: string[] = [];
    while (
      index < lines.length &&
      kindOf(lines[index] ?? '') === kind &&
      !(lines[index] ?? '').startsWith('```')
    ) {
      run.push(lines[index] ?? '');
      index += 1;
    }
    elements.push(group(kind, run));
  }
  return { type: 'rich_text', elements };
}

function closingFence(lines: string[], start: number): number {
  if (/^```.*```$/.test(lines[start] ?? '')) return start;
  const end = lines.findIndex((line, index) => index > start && line.endsWith('```'));
  return end === -1 ? lines.length - 1 : end;
}

function preformatted(source: string): Json {
  const [first = '', ...rest] = source.split('\n');
  const opened = [FENCE.exec(first)?.[1] ?? '', ...rest].join('\n');
  const text = literal(opened.replace(/\n?```$/, '').replace(/^\n/, ''));
  return { type: 'rich_text_preformatted', elements: text === '' ? [] : [{ type: 'text', text }], border: 0 };
}

type LineKind = 'quote' | 'bullet' | 'ordered' | 'section';

function kindOf(line: string): LineKind {
  if (QUOTE.test(line)) return 'quote';
  if (BULLET.test(line)) return 'bullet';
  if (ORDERED.test(line)) return 'ordered';
  return 'section';
}

function group(kind: LineKind, lines: string[]): Json {
  if (kind === 'section') return { type: 'rich_text_section', elements: inline(lines.join('\n')) };
  const pattern = { quote: QUOTE, bullet: BULLET, ordered: ORDERED }[kind];
  const bare = lines.map((line) => pattern.exec(line)?.[1] ?? '');
  if (kind === 'quote') return { type: 'rich_text_quote', elements: inline(bare.join('\n')) };
  const items = bare.map((line) => ({ type: 'rich_text_section', elements: inline(line) }));
  return { type: 'rich_text_list', style: kind, indent: 0, elements: items, border: 0 };
}

const TOKEN = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<@(?<user>[UW][A-Z0-9]+)(?:\\|[^>]*)?>',
    '<#(?<channel>[CG][A-Z0-9]+)(?:\\|[^>]*)?>',
    '<!subteam\\^(?<group>S[A-Z0-9]+)(?:\\|[^>]*)?>',
    '<!(?<range>here|channel|everyone)(?:\\|[^>]*)?>',
    '<(?<url>(?:https?|mailto):[^|>]+)(?:\\|(?<label>[^>]*))?>',
    ":(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):",
    '(?<=^|[\\s(])\\*(?<bold>\\S(?:[^*\\n]*\\S)?)\\*(?=$|[\\s.,;:!?)])',
    '(?<=^|[\\s(])_(?<italic>\\S(?:[^_\\n]*\\S)?)_(?=$|[\\s.,;:!?)])',
    '(?<=^|[\\s(])~(?<strike>\\S(?:[^~\\n]*\\S)?)~(?=$|[\\s.,;:!?)])',
  ].join('|'),
  'g',
);

function inline(text: string, style: Style = {}): Json[] {
  const elements: Json[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) elements.push(plain(text.slice(last, match.index), style));
    elements.push(...token(match.groups ?? {}, style));
    last = match.index + match[0].length;
  }
  if (last < text.length) elements.push(plain(text.slice(last), style));
  return elements;
}

function token(groups: Record<string, string | undefined>, style: Style): Json[] {
  const styled = Object.keys(style).length > 0 ? { style } : {};
  if (groups.code !== undefined) {
    return [{ type: 'text', text: literal(groups.code), style: { ...style, code: true } }];
  }
  if (groups.user) return [{ type: 'user', user_id: groups.user, ...styled }];
  if (groups.channel) return [{ type: 'channel', channel_id: groups.channel, ...styled }];
  if (groups.group) return [{ type: 'usergroup', usergroup_id: groups.group, ...styled }];
  if (groups.range) return [{ type: 'broadcast', range: groups.range, ...styled }];
  if (groups.url) {
    const label = groups.label ? { text: unescapeText(groups.label) } : {};
    return [{ type: 'link', url: unescapeText(groups.url), ...label, ...styled }];
  }
  if (groups.emoji) return [{ type: 'emoji', name: groups.emoji, ...styled }];
  if (groups.bold) return inline(groups.bold, { ...style, bold: true });
  if (groups.italic) return inline(groups.italic, { ...style, italic: true });
  return inline(groups.strike ?? '', { ...style, strike: true });
}

function plain(text: string, style: Style): Json {
  const styled = Object.keys(style).length > 0 ? { style } : {};
  return { type: 'text', text: unescapeText(text), ...styled };
}

/** Inside code nothing is a link: the address stands there as it was typed. */
function literal(text: string): string {
  return unescapeText(text.replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1'));
}

function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
