import {
  type Nodes,
  type PhrasingContent,
  parseMarkdown,
  type RootContent,
  writeMarkdown,
} from './markdown.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The beginning of a Markdown text, about so many characters of words, with everything closed that was opened. */
export function excerpt(markdown: string, most: number): { markdown: string; cut: boolean } {
  if (markdown.length <= most) return { markdown, cut: false };
  const room = { left: most };
  const root = parseMarkdown(markdown);
  const children = root.children.flatMap((child) => within(child, room)) as RootContent[];
  return { markdown: writeMarkdown({ type: 'root', children }), cut: room.left < 0 };
}

/** The same in one line: the blocks one after the other. */
export function excerptLine(markdown: string, most: number): string {
  const room = { left: most };
  const lines = parseMarkdown(markdown).children.flatMap(phrasesIn);
  const line = lines.flatMap((phrases, index): PhrasingContent[] =>
    index === 0 ? phrases : [{ type: 'text', value: ' ' }, ...phrases],
  );
  const children = line.flatMap((phrase) => within(phrase, room)) as PhrasingContent[];
  return writeMarkdown({ type: 'paragraph', children }).replaceAll(/\s+/g, ' ');
}

function phrasesIn(node: Nodes): PhrasingContent[][] {
  if (node.type === 'paragraph' || node.type === 'heading') return [node.children.map(unbroken)];
  if (node.type === 'code') return [[{ type: 'inlineCode', value: node.value.replaceAll(/\s+/g, ' ') }]];
  return 'children' in node ? (node.children as Nodes[]).flatMap(phrasesIn) : [];
}

function unbroken(node: PhrasingContent): PhrasingContent {
  return node.type === 'break' ? { type: 'text', value: ' ' } : node;
}

/** As much of a node as there is room for; `left` falls below nothing where something was cut. */
function within(node: Nodes, room: { left: number }): Nodes[] {
  if (room.left < 0) return [];
  if ('value' in node) {
    const value = begin(node.value, room);
    return value === '' && node.value !== '' ? [] : [{ ...node, value }];
  }
  if (!('children' in node)) {
    room.left -= 1;
    return room.left < 0 ? [] : [node];
  }
  const children = (node.children as Nodes[]).flatMap((child) => within(child, room));
  // A node keeps the kind of its children, which the types of a tree cannot say.
  return children.length === 0 && node.children.length > 0 ? [] : [{ ...node, children } as Nodes];
}

function begin(text: string, room: { left: number }): string {
  if (text.length <= room.left) {
    room.left -= text.length;
    return text;
  }
  const start = text.slice(0, room.left);
  const last = graphemes.segment(text).containing(start.length);
  const whole = last === undefined || last.index === start.length ? start : start.slice(0, last.index);
  room.left = -1;
  return `${whole.trimEnd()}…`;
}

/** Words of ours before and after somebody's Markdown: in its lines where these are plain, else in lines of their own. */
export function between(before: string, markdown: string, after: string): string {
  const { children } = parseMarkdown(markdown);
  const join = (node: RootContent | undefined, plain: string) =>
    node?.type === 'paragraph' ? plain : '\n\n';
  const end = after === '' ? '' : `${join(children.at(-1), '')}${after}`;
  return `${before}${join(children[0], ' ')}${markdown}${end}`;
}
