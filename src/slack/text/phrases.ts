import type { PhrasingContent, RootContent } from '../../domain/markdown.ts';

export type Style = 'bold' | 'italic' | 'strike' | 'code';

/** A stretch of a Slack line: text, or something that stands in it as one piece. */
export type Phrase = { styles: readonly Style[] } & ({ text: string } | { node: PhrasingContent });

const WRAPPERS = { bold: 'strong', italic: 'emphasis', strike: 'delete' } as const;
type Wrapping = keyof typeof WRAPPERS;

/** Phrases as paragraphs: a line end breaks the line, an empty line ends the paragraph. */
export function paragraphsOf(phrases: readonly Phrase[]): RootContent[] {
  const lines = linesOf(mergeCode(phrases.map(cleaned)));
  const paragraphs: Phrase[][][] = [[]];
  for (const line of lines) {
    if (isBlank(line)) paragraphs.push([]);
    else paragraphs.at(-1)?.push(trimLine(line));
  }
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => ({ type: 'paragraph', children: nest(joinLines(paragraph).map(fallen)) }));
}

/** Characters that no Markdown can carry are dropped or become what a reader would show for them. */
function cleaned(phrase: Phrase): Phrase {
  if (!('text' in phrase)) return phrase;
  const text = phrase.text.replaceAll(/\r\n?|\u2028|\u2029/g, '\n').replaceAll('\0', '\uFFFD');
  return { ...phrase, text: text.toWellFormed() };
}

/** Code that Slack delivers in several pieces is one piece of code. */
function mergeCode(phrases: readonly Phrase[]): Phrase[] {
  const merged: Phrase[] = [];
  for (const phrase of phrases) {
    const last = merged.at(-1);
    const both = last && 'text' in last && 'text' in phrase;
    if (both && last.styles.includes('code') && phrase.styles.includes('code')) {
      merged[merged.length - 1] = { styles: last.styles, text: last.text + phrase.text };
    } else merged.push(phrase);
  }
  return merged;
}

function linesOf(phrases: readonly Phrase[]): Phrase[][] {
  const lines: Phrase[][] = [[]];
  for (const phrase of phrases) {
    if (!('text' in phrase)) {
      lines.at(-1)?.push(phrase);
      continue;
    }
    const [first = '', ...rest] = phrase.text.split('\n');
    if (first !== '') lines.at(-1)?.push({ ...phrase, text: first });
    for (const text of rest) lines.push(text === '' ? [] : [{ ...phrase, text }]);
  }
  return lines;
}

function isBlank(line: readonly Phrase[]): boolean {
  return line.every((phrase) => 'text' in phrase && phrase.text.trim() === '');
}

function trimLine(line: Phrase[]): Phrase[] {
  const [first, last] = [line[0], line.at(-1)];
  if (first && 'text' in first && first.text.trimStart() !== first.text) {
    return trimLine(withText(line, 0, first.text.trimStart()));
  }
  if (last && 'text' in last && last.text.trimEnd() !== last.text) {
    return trimLine(withText(line, line.length - 1, last.text.trimEnd()));
  }
  return line;
}

function withText(line: Phrase[], index: number, text: string): Phrase[] {
  return line.flatMap((phrase, i) => (i !== index ? [phrase] : text === '' ? [] : [{ ...phrase, text }]));
}

function joinLines(lines: readonly Phrase[][]): Phrase[] {
  return lines.flatMap((line, index) =>
    index === 0 ? line : [{ styles: [], node: { type: 'break' } } satisfies Phrase, ...line],
  );
}

/** Spaces at the edge of a style stand outside it: `**bold **` is no bold in Markdown. */
function fallen(phrase: Phrase, index: number, all: readonly Phrase[]): Phrase {
  if (!isSpace(phrase)) return phrase;
  const before = all.slice(0, index).findLast((other) => !isSpace(other))?.styles ?? [];
  const after = all.slice(index + 1).find((other) => !isSpace(other))?.styles ?? [];
  return { ...phrase, styles: before.filter((style) => style !== 'code' && after.includes(style)) };
}

function isSpace(phrase: Phrase): boolean {
  if ('node' in phrase) return phrase.node.type === 'break';
  return phrase.text.trim() === '';
}

/** Wraps the longest stretches first, so that overlapping styles become one inside the other. */
function nest(phrases: readonly Phrase[]): PhrasingContent[] {
  return nestPieces(phrases.flatMap(splitEdges).map(fallen));
}

function nestPieces(pieces: readonly Phrase[]): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let at = 0;
  for (let piece = pieces[at]; piece; piece = pieces[at]) {
    const longest = longestStyle(pieces, at);
    if (!longest) {
      pushNode(nodes, leafOf(piece));
      at += 1;
      continue;
    }
    const { style, length } = longest;
    const inside = pieces
      .slice(at, at + length)
      .map((inner) => ({ ...inner, styles: inner.styles.filter((other) => other !== style) }));
    nodes.push({ type: WRAPPERS[style], children: nestPieces(inside) });
    at += length;
  }
  return nodes;
}

function splitEdges(phrase: Phrase): Phrase[] {
  if (!('text' in phrase) || phrase.styles.length === 0 || phrase.styles.includes('code')) return [phrase];
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(phrase.text) ?? [];
  return [before, words, after].filter((text) => text !== '').map((text) => ({ ...phrase, text }));
}

function longestStyle(
  pieces: readonly Phrase[],
  at: number,
): { style: Wrapping; length: number } | undefined {
  const wrapping = (pieces[at]?.styles ?? []).filter((style): style is Wrapping => style !== 'code');
  const runs = wrapping.map((style) => {
    const end = pieces.findIndex((piece, index) => index > at && !piece.styles.includes(style));
    return { style, length: (end === -1 ? pieces.length : end) - at };
  });
  return runs.sort((a, b) => b.length - a.length)[0];
}

function leafOf(phrase: Phrase): PhrasingContent {
  if ('node' in phrase) return phrase.node;
  return phrase.styles.includes('code')
    ? { type: 'inlineCode', value: phrase.text }
    : { type: 'text', value: phrase.text };
}

function pushNode(nodes: PhrasingContent[], node: PhrasingContent): void {
  const last = nodes.at(-1);
  if (last?.type === 'text' && node.type === 'text') last.value += node.value;
  else nodes.push(node);
}
