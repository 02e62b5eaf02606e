import type { PhrasingContent } from 'mdast';

// Nothing that Markdown reads, wherever it stands inside a line.
const PLAIN = /[\p{L}\p{N} ,;'"?()/.:%$=–—…“”‘’-]+/u.source;
const CODE = /(?<!`)`(?<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)/.source;
const MENTION = /\[(?<name>[\p{L}\p{N}#. '-]+)\]\((?<url>(?:person|channel):[\w%.-]+)\)/u.source;
const LABEL = /[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?/.source;
const ADDRESS = `(?<address>https?:\\/\\/${LABEL}(?:\\.${LABEL})+(?::\\d+)?(?:\\/[\\w/.?=#%-]*[\\w/=-])?)(?= |$)`;
const PIECE = new RegExp(`(?<![\\p{L}\\p{N}/])${ADDRESS}|${CODE}|${MENTION}|(?<plain>${PLAIN})`, 'uy');

/**
 * A line of plain words, code, mentions and bare addresses, which is most of a timeline, read without the Markdown
 * parser at a fraction of its cost. Nothing when the line holds anything else: then the parser must read it.
 */
export function readSimpleLine(line: string): PhrasingContent[] | undefined {
  if (!/^[\p{L}`[]/u.test(line) || line.endsWith(' ')) return undefined;
  const nodes: PhrasingContent[] = [];
  PIECE.lastIndex = 0;
  for (let at = 0; at < line.length; at = PIECE.lastIndex) {
    const groups = PIECE.exec(line)?.groups;
    if (!groups) return undefined;
    const { address, code, name, url, plain = '' } = groups;
    if (address !== undefined) nodes.push(linkTo(address, address));
    else if (code !== undefined) nodes.push({ type: 'inlineCode', value: code });
    else if (name !== undefined && url !== undefined) nodes.push(linkTo(url, name));
    else {
      // A plain run may swallow the start of an address: it is cut off before it.
      const start = plain.search(/https?:\//);
      const words = start > 0 ? plain.slice(0, start) : plain;
      if (start === 0 || /www\./i.test(words) || words.includes(':/')) return undefined;
      if (start > 0) PIECE.lastIndex = at + start;
      nodes.push({ type: 'text', value: words });
    }
  }
  return nodes;
}

function linkTo(url: string, words: string): PhrasingContent {
  return { type: 'link', title: null, url, children: [{ type: 'text', value: words }] };
}
