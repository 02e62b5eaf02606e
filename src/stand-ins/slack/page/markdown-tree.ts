import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { isJson } from '../state.ts';
import type { Json } from '../types.ts';

/** The syntax tree of a Markdown text, without the positions that nobody draws. */
export function markdownTree(text: string): Json {
  const tree: unknown = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const bare = withoutPositions(tree);
  return isJson(bare) ? bare : { type: 'root', children: [] };
}

function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions);
  if (!isJson(value)) return value;
  const { position: _, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withoutPositions(inner)]));
}
