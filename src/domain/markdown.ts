import type { Nodes, Parents, PhrasingContent, Root, RootContent, Text } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm';
import { type Info, type State, toMarkdown } from 'mdast-util-to-markdown';
import { gfm } from 'micromark-extension-gfm';

export type { Nodes, Parents, PhrasingContent, Root, RootContent };

// People's words never become these, whatever they type: they stay the characters that they are.
const LEFT_AS_TEXT = [
  'htmlFlow',
  'htmlText',
  'definition',
  'table',
  'tasklistCheck',
  'gfmFootnoteDefinition',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
];

const syntax = [gfm(), { disable: { null: LEFT_AS_TEXT } }];
// The transforms would make links of addresses that were escaped on purpose.
const treeBuilders = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/** Markdown as people write it: CommonMark, strikethrough, bare addresses. No HTML, tables, footnotes or definitions. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown.replaceAll('\r', '\n'), {
    extensions: syntax,
    mdastExtensions: treeBuilders,
  });
}

/** A tree as Markdown that reads the same on GitHub and in MyST; text in it is escaped, without a line end. */
export function writeMarkdown(tree: Nodes): string {
  const markdown = toMarkdown(tree, {
    bullet: '-',
    bulletOther: '*',
    emphasis: '*',
    rule: '*',
    fences: true,
    listItemIndent: 'one',
    incrementListMarker: true,
    extensions: [gfmToMarkdown()],
    handlers: { text: writeText },
    // MyST takes these at the start of a line for a comment, a directive and a break.
    unsafe: [
      { atBreak: true, character: '%' },
      { atBreak: true, character: ':', after: '::' },
      { atBreak: true, character: '+', after: '\\+' },
    ],
  });
  return markdown.replace(/\n$/, '');
}

/** An underscore between letters or digits opens no emphasis, so `project_id` needs no escape. */
function writeText(node: Text, parent: Parents | undefined, state: State, info: Info): string {
  const index = state.indexStack.at(-1) ?? 0;
  const [beforeNode, afterNode] = [parent?.children[index - 1], parent?.children[index + 1]];
  const safe = state.safe(node.value, {
    ...info,
    ...(afterNode ? { afterNode } : {}),
    ...(beforeNode ? { beforeNode } : {}),
  });
  return safe.replaceAll(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, '_');
}

/** The words of a node without markup; a break is a line end. */
export function wordsOf(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  if (node.type === 'image') return node.alt ?? '';
  if (!('children' in node)) return '';
  return node.children.map(wordsOf).join(isBlockParent(node) ? '\n' : '');
}

function isBlockParent(node: Parents): boolean {
  return ['root', 'blockquote', 'list', 'listItem'].includes(node.type);
}

/** Typed text as Markdown in one line, every character meaning itself, in a paragraph as in a heading. */
export function escapeLine(text: string): string {
  const value = text.replaceAll(/\s+/g, ' ').trim();
  const line = writeMarkdown({ type: 'paragraph', children: [{ type: 'text', value }] });
  return line.replace(/(?<!\\)#$/, '\\#');
}
