import { visit } from 'unist-util-visit';
import {
  type Parents,
  type PhrasingContent,
  parseMarkdown,
  type Root,
  type RootContent,
  wordsOf,
  writeMarkdown,
} from '../markdown.ts';
import type { PersonId } from '../words.ts';
import type { Callings } from './callings.ts';

/** Ids of the people whom a text mentions as `[Ana](person:U0ANA)`. */
export function mentionedIn(tree: Root): PersonId[] {
  const ids: PersonId[] = [];
  visit(tree, 'link', (link) => {
    const id = personOfUrl(link.url);
    if (id !== undefined) ids.push(id);
  });
  return ids;
}

/**
 * People's Markdown as it may stand in a report: everybody called as the report calls them, no `person:` or `channel:`
 * address left, headings as bold paragraphs so that the sections stay the template's.
 */
export function calmTree(tree: Root, callings: Callings): Root {
  return { type: 'root', children: tree.children.flatMap((child) => calmBlock(child, callings)) };
}

/** The same for a text of its own. */
export function calmMarkdown(markdown: string, callings: Callings): string {
  return writeMarkdown(calmTree(parseMarkdown(markdown), callings));
}

/** The same in one line without blocks: action items, table cells. */
export function calmLine(markdown: string, callings: Callings): string {
  const { children } = calmTree(parseMarkdown(markdown), callings);
  const lines = children.flatMap(linesOf);
  const joined = lines.flatMap((line, index) =>
    index === 0 ? line : [{ type: 'text', value: ' ' } as const, ...line],
  );
  return writeMarkdown({ type: 'paragraph', children: joined.map(withoutBreak) }).replaceAll(
    /\s*\n\s*/g,
    ' ',
  );
}

function linesOf(node: RootContent): PhrasingContent[][] {
  if (node.type === 'paragraph') return [node.children];
  if (node.type === 'code') return [[{ type: 'inlineCode', value: node.value.replaceAll(/\s+/g, ' ') }]];
  return 'children' in node ? (node.children as RootContent[]).flatMap(linesOf) : [];
}

function withoutBreak(node: PhrasingContent): PhrasingContent {
  return node.type === 'break' ? { type: 'text', value: ' ' } : node;
}

function calmBlock(node: RootContent, callings: Callings): RootContent[] {
  switch (node.type) {
    case 'heading': {
      const children = calmPhrases(node.children.flatMap(unbolded), callings, '');
      return children.length === 0 ? [] : [{ type: 'paragraph', children: [{ type: 'strong', children }] }];
    }
    case 'paragraph':
      return [{ type: 'paragraph', children: calmPhrases(node.children, callings, '') }];
    case 'code':
      return [{ type: 'code', value: callings.inCode(node.value) }];
    case 'blockquote':
    case 'list':
    case 'listItem':
      // The children of each are what that node may hold: a block becomes a block of the same place.
      return [{ ...node, children: calmChildren(node, callings) } as RootContent];
    default:
      return [node];
  }
}

function calmChildren(node: Parents, callings: Callings): RootContent[] {
  return (node.children as RootContent[]).flatMap((child) => calmBlock(child, callings));
}

/** Bold inside bold is written as four stars, which is none. */
function unbolded(node: PhrasingContent): PhrasingContent[] {
  return node.type === 'strong' ? node.children.flatMap(unbolded) : [node];
}

function calmPhrases(
  nodes: readonly PhrasingContent[],
  callings: Callings,
  before: string,
): PhrasingContent[] {
  const calm: PhrasingContent[] = [];
  let words = before;
  for (const node of nodes) {
    for (const piece of calmPhrase(node, callings, words)) {
      const last = calm.at(-1);
      if (piece.type === 'text' && last?.type === 'text') last.value += piece.value;
      else calm.push(piece);
      words += wordsOf(piece);
    }
  }
  return calm;
}

function calmPhrase(node: PhrasingContent, callings: Callings, before: string): PhrasingContent[] {
  switch (node.type) {
    case 'text':
      return [{ type: 'text', value: callings.inWords(node.value, before) }];
    case 'inlineCode':
      return [{ type: 'inlineCode', value: callings.inCode(node.value) }];
    case 'image': {
      const alt = callings.inWords(node.alt ?? '');
      return callings.tell(node.url)
        ? [{ type: 'text', value: alt }]
        : [{ type: 'image', url: node.url, alt }];
    }
    case 'link':
      return calmLink(node, callings, before);
    case 'strong':
    case 'emphasis':
    case 'delete':
      return [{ ...node, children: calmPhrases(node.children, callings, before) }];
    default:
      return [node];
  }
}

function calmLink(
  node: PhrasingContent & { type: 'link' },
  callings: Callings,
  before: string,
): PhrasingContent[] {
  const id = personOfUrl(node.url);
  if (id !== undefined) return [{ type: 'text', value: callings.person(id, before) }];
  const words = wordsOf(node);
  const bare = words === node.url || `mailto:${words}` === node.url;
  if (callings.tell(node.url)) {
    const shown = bare ? (hostOf(node.url) ?? words) : words;
    return [{ type: 'text', value: callings.inWords(shown, before) }];
  }
  if (!/^(https?|mailto):/i.test(node.url)) return calmPhrases(node.children, callings, before);
  if (bare) return [{ type: 'link', url: node.url, children: [{ type: 'text', value: words }] }];
  return [{ type: 'link', url: node.url, children: calmPhrases(node.children, callings, before) }];
}

function hostOf(url: string): string | undefined {
  return /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).host : undefined;
}

function personOfUrl(url: string): PersonId | undefined {
  const given = /^person:(.+)$/.exec(url)?.[1];
  if (given === undefined) return undefined;
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}
