import type { Link, Nodes, Parents, PhrasingContent, Root, RootContent, Text } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { defaultHandlers, type Info, type Options, type State, toMarkdown } from 'mdast-util-to-markdown';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';

import { readSimpleLine, writeSimpleLine } from './simple-line.ts';

export type { Nodes, Parents, PhrasingContent, Root, RootContent };

// People's words never become these, whatever they type: they stay the characters that they are.
const LEFT_AS_TEXT = { disable: { null: ['htmlFlow', 'htmlText', 'definition'] } };
// Bare addresses are found in the tree: as syntax they would be put into the parser anew for each line, at ten times the cost.
const bareAddresses = gfmAutolinkLiteralFromMarkdown();

// Starts with a letter, holds nothing that Markdown reads: it is written as it is.
const PLAIN = /^\p{L}(?:[\p{L}\p{N} ,;'"?()/.:%$=–—…“”‘’-]*[\p{L}\p{N},;'"?().:%$=–—…“”‘’-])?$/u;
const ADDRESS = /[Ww]\.|:\/|@/;
const MIDDLE = /^[\p{L}\p{N} ,;'"?()/.%$=–—…“”‘’-]*$/u;

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !ADDRESS.test(text);
}

/** Markdown as people write it: CommonMark, strikethrough, bare addresses. No HTML, tables, footnotes or definitions. */
export function parseMarkdown(markdown: string): Root {
  const simple = readSimpleLine(markdown);
  if (simple) return { type: 'root', children: [{ type: 'paragraph', children: simple }] };
  const struck = markdown.includes('~');
  const addressed = /@|:\/\/|www\./i.test(markdown);
  return fromMarkdown(markdown.replaceAll('\r', '\n'), {
    extensions: struck ? [LEFT_AS_TEXT, gfmStrikethrough()] : [LEFT_AS_TEXT],
    mdastExtensions: [
      ...(struck ? [gfmStrikethroughFromMarkdown()] : []),
      ...(addressed ? [bareAddresses] : []),
    ],
  });
}

const WRITING: Options = {
  bullet: '-',
  bulletOther: '*',
  emphasis: '*',
  rule: '*',
  fences: true,
  listItemIndent: 'one',
  incrementListMarker: true,
  // One object for all: the patterns in it are compiled once.
  extensions: [gfmToMarkdown()],
  handlers: { text: writeText, link: writeLink },
  // MyST takes these at the start of a line for a comment, a directive and a break.
  unsafe: [
    { atBreak: true, character: '%' },
    { atBreak: true, character: ':', after: '::' },
    { atBreak: true, character: '+', after: '\\+' },
  ],
};

/** A tree as Markdown that reads the same on GitHub and in MyST; text in it is escaped, without a line end. */
export function writeMarkdown(tree: Nodes): string {
  const simple = writeSimpleBlocks(tree.type === 'root' ? tree.children : [tree]);
  return simple ?? toMarkdown(tree, WRITING).replace(/\n$/, '');
}

/** Paragraphs of one simple line each, in a quote too, and fences; nothing where there is anything else. */
function writeSimpleBlocks(nodes: readonly Nodes[]): string | undefined {
  const blocks: string[] = [];
  for (const node of nodes) {
    const block = simpleBlock(node);
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  return blocks.join('\n\n');
}

function simpleBlock(node: Nodes): string | undefined {
  if (node.type === 'paragraph') return writeSimpleLine(node.children);
  if (node.type === 'code') {
    const plain = !node.lang && node.value !== '' && !/```|\r/.test(node.value);
    return plain ? `\`\`\`\n${node.value}\n\`\`\`` : undefined;
  }
  if (node.type !== 'blockquote' || !node.children.every(({ type }) => type === 'paragraph'))
    return undefined;
  return writeSimpleBlocks(node.children)?.replaceAll(/^/gm, '> ').replaceAll(/^> $/gm, '>');
}

/** An underscore between letters or digits opens no emphasis, so `project_id` needs no escape. */
function writeText(node: Text, parent: Parents | undefined, state: State, info: Info): string {
  if (isPlain(node.value)) return node.value;
  const index = state.indexStack.at(-1) ?? 0;
  const [beforeNode, afterNode] = [parent?.children[index - 1], parent?.children[index + 1]];
  const inLine = beforeNode && afterNode && beforeNode.type !== 'break' && afterNode.type !== 'break';
  if (inLine && MIDDLE.test(node.value) && !ADDRESS.test(node.value)) return node.value;
  const safe = state.safe(node.value, {
    ...info,
    ...(afterNode ? { afterNode } : {}),
    ...(beforeNode ? { beforeNode } : {}),
  });
  // Beside emphasis the library writes the outermost letter as an entity, which is no letter any more.
  const [first = '', last = ''] = [[...safe][0], [...safe].at(-1)];
  return safe.replaceAll(/(?<=[\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, (escaped, at: number) => {
    const outermost =
      (beforeNode && at === first.length) || (afterNode && at + escaped.length === safe.length - last.length);
    return outermost ? escaped : '_';
  });
}

/** A bare address is written as one; the library's way there is long. */
function writeLink(node: Link, parent: Parents | undefined, state: State, info: Info): string {
  const [child] = node.children;
  const bare =
    node.children.length === 1 && child?.type === 'text' && child.value === node.url && !node.title;
  if (bare && /^https?:\/\/[!-;=?-~]+$/.test(node.url)) return `<${node.url}>`;
  return defaultHandlers.link(node, parent, state, info);
}

/** Verbatim words as a block of their own. */
export function fenced(code: string): string {
  return writeMarkdown({ type: 'code', value: code });
}

const BLOCK_PARENTS: ReadonlySet<string> = new Set(['root', 'blockquote', 'list', 'listItem']);

/** The words of a node without markup; a break is a line end. */
export function wordsOf(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  if (node.type === 'image') return node.alt ?? '';
  if (!('children' in node)) return '';
  const [only] = node.children;
  if (only && node.children.length === 1) return wordsOf(only);
  return node.children.map(wordsOf).join(BLOCK_PARENTS.has(node.type) ? '\n' : '');
}

/** Typed text as Markdown in one line, every character meaning itself, in a paragraph as in a heading. */
export function escapeLine(text: string): string {
  const value = text.replaceAll(/\s+/g, ' ').trim();
  const line = writeMarkdown({ type: 'paragraph', children: [{ type: 'text', value }] });
  return line.replace(/(?<!\\)#$/, '\\#');
}
