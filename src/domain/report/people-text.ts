import { withEmoji } from '../emoji.ts';
import { isKeptPath } from '../files.ts';
import {
  type Nodes,
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
  const look = (node: Nodes) => {
    const id = node.type === 'link' ? personOfUrl(node.url) : undefined;
    if (id !== undefined) ids.push(id);
    if ('children' in node) node.children.forEach(look);
  };
  look(tree);
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
      if (!callings.showsFiles && node.children.every(isOfFiles))
        return node.children.flatMap((child) => ('url' in child ? keptPicture(child.url, callings) : []));
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

/** A kept picture, where the form of the report shows it. */
export function keptPicture(path: string, { picture }: Callings): RootContent[] {
  const url = picture?.(path);
  if (url === undefined) return [];
  return [{ type: 'paragraph', children: [{ type: 'image', url, alt: 'Picture' }] }];
}

/** Of a line that names kept files and says nothing else. */
function isOfFiles(node: PhrasingContent): boolean {
  if (node.type === 'link' || node.type === 'image') return isKeptPath(node.url);
  return node.type === 'text' && /^[\s·]*$/.test(node.value);
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
  for (const node of joinedWhereSplit(nodes, callings)) {
    for (const piece of calmPhrase(node, callings, words)) {
      const last = calm.at(-1);
      if (piece.type === 'text' && last?.type === 'text') last.value += piece.value;
      else calm.push(piece);
      words += wordsOf(piece);
    }
  }
  return calm;
}

/**
 * What is to be replaced may be split by markup, `**An**a`, or told only by the words before it, `password: **x1**`:
 * such neighbours become plain words, so that it is found.
 */
function joinedWhereSplit(nodes: readonly PhrasingContent[], callings: Callings): readonly PhrasingContent[] {
  if (nodes.length < 2) return nodes;
  const parts = nodes.map((node) => ({ node, words: callings.clean(wordsOf(node)) }));
  let at = firstSplit(parts, callings);
  if (at === undefined) return nodes;
  for (; at !== undefined; at = firstSplit(parts, callings)) {
    const words = parts
      .slice(at - 1, at + 1)
      .map((part) => part.words)
      .join('');
    parts.splice(at - 1, 2, { node: { type: 'text', value: words }, words });
  }
  return parts.map(({ node }) => node);
}

/** The part that has to be joined with the one before it. */
function firstSplit(parts: readonly { words: string }[], callings: Callings): number | undefined {
  const spans = callings.reach(parts.map(({ words }) => words).join(''));
  if (spans.length === 0) return undefined;
  let start = 0;
  for (const [index, { words }] of parts.entries()) {
    const end = start + words.length;
    const here = spans.filter((span) => span.start < end && start < span.end);
    const goesOn = here.some((span) => span.start < start);
    const within = here.filter((span) => span.start >= start && span.end <= end);
    if (index > 0 && (goesOn || within.length > callings.reach(words).length)) return index;
    start = end;
  }
  return undefined;
}

function calmPhrase(node: PhrasingContent, callings: Callings, before: string): PhrasingContent[] {
  switch (node.type) {
    case 'text':
      return [{ type: 'text', value: withEmoji(callings.inWords(node.value, before)) }];
    case 'inlineCode':
      return [{ type: 'inlineCode', value: callings.inCode(node.value) }];
    case 'image': {
      const alt = callings.inWords(node.alt ?? '');
      return callings.tell(node.url) || (isKeptPath(node.url) && !callings.showsFiles)
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
  const channel = /^channel:(.+)$/.exec(node.url)?.[1];
  const called = channel === undefined ? undefined : callings.channel?.(channel);
  if (called !== undefined) return [{ type: 'text', value: callings.inWords(called, before) }];
  const words = wordsOf(node);
  const bare = words === node.url || `mailto:${words}` === node.url;
  if (callings.tell(node.url)) {
    const shown = bare && !callings.holds?.(node.url) ? (hostOf(node.url) ?? words) : words;
    return [{ type: 'text', value: callings.inWords(shown, before) }];
  }
  const isFile = callings.showsFiles && isKeptPath(node.url) && !callings.lacks?.(node.url);
  if (!isFile && !/^(https?|mailto):/i.test(node.url)) return calmPhrases(node.children, callings, before);
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
