import type { PhrasingContent } from 'mdast';

// Signs that Markdown reads nothing into, wherever they stand inside a line.
const PLAIN =
  /(?:[^\\`*_[\]<&~!@:\p{Cc}]+|(?<=[\p{L}\p{N}])_+(?=[\p{L}\p{N}])|~|&|!(?!\[)|<(?![!/?A-Za-z])|(?<![\w+.-])@|:(?!\/))+/u
    .source;
const CODE = /(?<!`)`([^`\s](?:[^`\p{Cc}]*[^`\s])?)`(?!`)/u.source;
const MENTION = /\[([\p{L}\p{N}#. '-]+)\]\(((?:person|channel):[\w%.-]+)\)/u.source;
const LABEL = /[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?/.source;
const HOST = `https?:\\/\\/${LABEL}(?:\\.${LABEL})+(?::\\d+)?`;
const PATH = /(?:\/(?:[A-Za-z\d/.?=#%+,:-]|(?<=[A-Za-z\d])_+(?=[A-Za-z\d]))*(?<=[A-Za-z\d/=-]))?/.source;
const ADDRESS = `(?<=^|[ ("])(${HOST}${PATH})(?=[.,;:!?)]*(?: |$))`;
// What stands in bold or in a link: words, so that nothing of it opens or closes anything else.
const WORDS = /[\p{L}\p{N}](?:[\p{L}\p{N} ,'/.#-]*[\p{L}\p{N}])?/u.source;
const BOLD = `(?<!\\*)\\*\\*(${WORDS})\\*\\*(?!\\*)`;
const STARRED = `(?<!\\*)\\*(${WORDS})\\*(?!\\*)`;
const SCORED = `(?<=^|[ (])_(${WORDS})_(?=[ .,;:!?)]|$)`;
const LINK = `\\[(${WORDS})\\]\\((${HOST}(?:\\/[\\w/.?=#%+,:-]*)?)\\)`;
const PIECE = new RegExp([ADDRESS, `(${PLAIN})`, CODE, MENTION, BOLD, STARRED, SCORED, LINK].join('|'), 'uy');

// Nothing that begins a block: no figure that a list could begin with, no sign but these.
const BEGINNING = /^(?:[\p{L}`*["'(“‘…$/?.,@^{]|_\p{L}|!(?!\[)|\d+(?![\d.)]))/u;

/**
 * A line of plain words, code, bold and slanted words, links, mentions and bare addresses, which is most of a timeline, read
 * without the Markdown parser at a fraction of its cost. Nothing when the line holds anything else: then the parser must read it.
 */
export function readSimpleLine(line: string): PhrasingContent[] | undefined {
  if (line.endsWith(' ') || !BEGINNING.test(line) || mayMeanMore(line)) return undefined;
  const nodes: PhrasingContent[] = [];
  PIECE.lastIndex = 0;
  for (let at = 0; at < line.length; at = PIECE.lastIndex) {
    const piece = PIECE.exec(line);
    if (!piece) return undefined;
    const [, address, plain, code, name, person, bold, starred, scored, shown, url] = piece;
    if (plain !== undefined) {
      const words = line.startsWith(':/', PIECE.lastIndex) ? plain.replace(/https?$/, '') : plain;
      if (words === '') return undefined;
      PIECE.lastIndex = at + words.length;
      nodes.push({ type: 'text', value: words });
    } else if (code !== undefined) nodes.push({ type: 'inlineCode', value: code });
    else if (address !== undefined) nodes.push(linkTo(address, address));
    else if (name !== undefined && person !== undefined) nodes.push(linkTo(person, name));
    else if (shown !== undefined && url !== undefined) nodes.push(linkTo(url, shown));
    else if (bold !== undefined) nodes.push({ type: 'strong', children: [{ type: 'text', value: bold }] });
    else nodes.push({ type: 'emphasis', children: [{ type: 'text', value: starred ?? scored ?? '' }] });
  }
  return nodes;
}

/** Bare addresses without a scheme, `&amp;`, and words between two tildes. */
function mayMeanMore(line: string): boolean {
  if (/www\./i.test(line)) return true;
  if (line.includes('&') && line.includes(';')) return true;
  const tilde = line.indexOf('~');
  return tilde >= 0 && line.includes('~', tilde + 1);
}

function linkTo(url: string, words: string): PhrasingContent {
  return { type: 'link', title: null, url, children: [{ type: 'text', value: words }] };
}

const FIRST = /^[\p{L}"'(“‘…$/?.,]/u;
// Signs that a backslash cannot help, or that the long way writes in another way.
const NOT_SIMPLE =
  /[\\\p{Cc}]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=\()|(?<=[\w+.-])@|:(?=\/)|[Ww][Ww][Ww]\./u;
const OUTERMOST_SCORE = /^._|_.$/u;
const TO_ESCAPE = /[`*[~]|&(?=[#A-Za-z])|<(?=[!/?A-Za-z])/g;
const WRITTEN_WORDS = new RegExp(`^${WORDS}$`, 'u');
const WRITTEN_ADDRESS = new RegExp(`^${HOST}(?:\\/[\\w/.?=#%+,:-]*)?$`);
const BARE_ADDRESS = /^https?:\/\/[!-;=?-~]+$/;

/** The way back, for the same kinds of pieces; nothing where the long way has to be gone. */
export function writeSimpleLine(nodes: readonly PhrasingContent[]): string | undefined {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || (first.type === 'text' && !FIRST.test(first.value))) return undefined;
  if (last?.type === 'text' && last.value.endsWith(' ')) return undefined;
  let line = '';
  let before: PhrasingContent | undefined;
  for (const [index, node] of nodes.entries()) {
    // Two that touch could be read as one.
    if (before && before.type !== 'text' && node.type !== 'text') return undefined;
    const piece = node.type === 'text' ? simpleText(node.value, before, nodes[index + 1]) : simplePiece(node);
    if (piece === undefined) return undefined;
    line += piece;
    before = node;
  }
  return line;
}

function simpleText(
  value: string,
  before: PhrasingContent | undefined,
  after: PhrasingContent | undefined,
): string | undefined {
  if (NOT_SIMPLE.test(value)) return undefined;
  if ((before || after) && value.includes('_') && OUTERMOST_SCORE.test(value)) return undefined;
  if (before?.type === 'text' && /^[@/]/.test(value)) return undefined;
  if (value.endsWith('!') && after?.type === 'link') return undefined;
  return value.replaceAll(TO_ESCAPE, '\\$&');
}

function simplePiece(node: PhrasingContent): string | undefined {
  switch (node.type) {
    case 'inlineCode':
      return /^[^`\s](?:[^`\p{Cc}]*[^`\s])?$/u.test(node.value) ? `\`${node.value}\`` : undefined;
    case 'strong': {
      const words = simpleWords(node.children);
      return words === undefined ? undefined : `**${words}**`;
    }
    case 'emphasis': {
      const words = simpleWords(node.children);
      return words === undefined ? undefined : `*${words}*`;
    }
    case 'link': {
      if (node.title) return undefined;
      const [child] = node.children;
      const bare = node.children.length === 1 && child?.type === 'text' && child.value === node.url;
      if (bare && BARE_ADDRESS.test(node.url)) return `<${node.url}>`;
      const words = simpleWords(node.children);
      return words !== undefined && WRITTEN_ADDRESS.test(node.url) ? `[${words}](${node.url})` : undefined;
    }
    default:
      return undefined;
  }
}

function simpleWords([child, ...others]: readonly PhrasingContent[]): string | undefined {
  const plain = child?.type === 'text' && others.length === 0 && WRITTEN_WORDS.test(child.value);
  return plain && !/www\./i.test(child.value) ? child.value : undefined;
}
