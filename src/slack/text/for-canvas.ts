import type {
  BlockContent,
  Image,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { wordsOf, writeMarkdown } from '../../domain/markdown.ts';

/** A canvas takes a mebibyte; reading more than this would hold up everybody else. */
const MOST_CHARACTERS = 60_000;
const DEEPEST_HEADING = 3;
const MOST_CELLS = 300;
const REST = '*The report goes on: the whole of it is the file in this channel.*';

/**
 * A report as Slack's canvases take it. They refuse deep headings, pictures, lists inside lists of the other kind, quotes
 * inside lists, anything but words in a quote, and large tables; a link to a file beside the report leads nowhere there.
 */
export function canvasMarkdown(report: string): string {
  const { text, isWhole } = shortened(report.replace(/^---\n[\s\S]*?\n---\n/, ''));
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const root: Root = { type: 'root', children: tree.children.flatMap((node) => blocks(node, true)) };
  const markdown = writeMarkdown(root);
  return isWhole ? markdown : `${markdown}\n\n${REST}`;
}

/** Cut before a heading, so that no entry is half there. */
function shortened(text: string): { text: string; isWhole: boolean } {
  if (text.length <= MOST_CHARACTERS) return { text, isWhole: true };
  const end = text.lastIndexOf('\n### ', MOST_CHARACTERS);
  return { text: text.slice(0, end > 0 ? end : MOST_CHARACTERS), isWhole: false };
}

/** `quotes`: a quote may stand here. */
function blocks(node: RootContent, quotes: boolean): RootContent[] {
  switch (node.type) {
    case 'heading': {
      const depth = node.depth > DEEPEST_HEADING ? DEEPEST_HEADING : node.depth;
      return [{ ...node, depth, children: phrases(node.children) }];
    }
    case 'paragraph': {
      const children = phrases(node.children);
      return children.length === 0 ? [] : [{ ...node, children }];
    }
    case 'blockquote': {
      const inner = node.children.flatMap((child) => blocks(child, false));
      return quotes ? quoted(inner) : inner;
    }
    case 'list':
      return [list(node)];
    case 'table': {
      const cells = node.children.reduce((sum, row) => sum + row.children.length, 0);
      return cells <= MOST_CELLS ? [node] : node.children.map((row) => words(row.children.map(wordsOf)));
    }
    case 'html':
      return [{ type: 'paragraph', children: [{ type: 'text', value: node.value }] }];
    case 'code':
    case 'thematicBreak':
      return [node];
    default:
      return [];
  }
}

/** Words stay in the quote; what a quote cannot hold stands below it. */
function quoted(inner: readonly RootContent[]): RootContent[] {
  const made: RootContent[] = [];
  for (const node of inner) {
    const last = made.at(-1);
    if (node.type !== 'paragraph') made.push(node);
    else if (last?.type === 'blockquote') last.children.push(node);
    else made.push({ type: 'blockquote', children: [node] });
  }
  return made;
}

/** All lists in a list are of its own kind. */
function list(node: List): List {
  const children = node.children.map((item): ListItem => {
    const inner = item.children.flatMap((child) => blocks(child, false));
    return {
      ...item,
      spread: false,
      children: inner.map((child) => sameKind(child, node)) as BlockContent[],
    };
  });
  return { ...node, spread: false, children };
}

function sameKind(node: RootContent, { ordered }: List): RootContent {
  if (node.type !== 'list') return node;
  const children = node.children.map(
    (item): ListItem => ({
      ...item,
      children: item.children.map((child) =>
        sameKind(child, { ...node, ordered: ordered ?? false }),
      ) as BlockContent[],
    }),
  );
  return { ...node, ordered: ordered ?? false, children };
}

function phrases(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'image') return picture(node);
    if (node.type === 'html') return [{ type: 'text', value: node.value }];
    if (node.type === 'link') {
      const children = phrases(node.children);
      return /^(?:https?|mailto):/i.test(node.url) ? [{ ...node, children }] : children;
    }
    if (node.type === 'strong' || node.type === 'emphasis' || node.type === 'delete')
      return [{ ...node, children: phrases(node.children) }];
    const isPlain = node.type === 'text' || node.type === 'inlineCode' || node.type === 'break';
    return isPlain ? [node] : [{ type: 'text', value: wordsOf(node) }];
  });
}

function picture({ url, alt }: Image): PhrasingContent[] {
  const text = { type: 'text', value: alt || 'Picture' } as const;
  return /^https?:/i.test(url) ? [{ type: 'link', url, children: [text] }] : [];
}

function words(cells: readonly string[]): Paragraph {
  return { type: 'paragraph', children: [{ type: 'text', value: cells.join(' · ') }] };
}
