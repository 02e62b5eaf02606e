import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const MOST_BYTES = 1024 * 1024;
const MOST_CELLS = 300;
/** What a canvas shows of Markdown, as Slack lists it. */
const SHOWN: ReadonlySet<string> = new Set([
  'root',
  'blockquote',
  'break',
  'code',
  'delete',
  'emphasis',
  'heading',
  'inlineCode',
  'link',
  'list',
  'listItem',
  'paragraph',
  'strong',
  'table',
  'tableCell',
  'tableRow',
  'text',
  'thematicBreak',
]);

/** Why Slack would not make a canvas of this Markdown; nothing where it would. */
export function canvasProblem(markdown: string): string | undefined {
  if (Buffer.byteLength(markdown) > MOST_BYTES) return 'the content is too large';
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return problemIn(tree, []);
}

function problemIn(node: Nodes, around: readonly Nodes[]): string | undefined {
  const line = `line ${node.position?.start.line}`;
  const parent = around.at(-1);
  if (!SHOWN.has(node.type)) return `${line}: Unsupported ${node.type}`;
  if (node.type === 'heading' && node.depth > 3) return `${line}: Unsupported heading depth ${node.depth}`;
  if (node.type === 'blockquote' && around.some(({ type }) => type === 'listItem'))
    return `${line}: Unsupported quote in a list`;
  if (parent?.type === 'blockquote' && node.type !== 'paragraph')
    return `${line}: Unsupported ${node.type} in a quote`;
  if (node.type === 'list') {
    const outer = around.findLast((one) => one.type === 'list');
    if (outer && (outer.ordered ?? false) !== (node.ordered ?? false))
      return `${line}: Unsupported list in a list of another kind`;
  }
  if (node.type === 'table' && node.children.flatMap((row) => row.children).length > MOST_CELLS)
    return `${line}: Unsupported table type`;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const problem = problemIn(child, [...around, node]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
