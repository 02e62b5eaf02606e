/** Invisible, no letter, and no part of any name or number: what stands before it ends there. */
const JOINER = '\u2060';

/**
 * An address that GitHub makes a link of as a whole, so that nothing inside it is read as a mention.
 * Narrower than GitHub's own rule: what is not surely a link is treated as text.
 */
const ADDRESS =
  /(?<=^|[\s(])https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:\/[\w\-.~:/?#@$&+,=%]*)?(?=$|[^\w])/gi;

const CLOSING_WORD = /\b(close|closes|closed|fix|fixes|fixed|resolve|resolves|resolved)(?=\s*:?\s*https?:)/gi;

/**
 * People's words made harmless in an issue or pull request: they notify nobody, link and close no
 * issue, load no picture and hide nothing, and still read the same. Doing it twice changes nothing.
 */
export function inertText(text: string): string {
  const source = text.replace(CLOSING_WORD, (word) => word.slice(0, 1) + JOINER + word.slice(1));
  let result = '';
  let from = 0;
  for (const match of source.matchAll(ADDRESS)) {
    result += breakTriggers(source.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return result + breakTriggers(source.slice(from));
}

/** The same for a title: one line, no longer than GitHub takes. */
export function inertTitle(text: string): string {
  const line = inertText(text.toWellFormed().replace(/\s+/g, ' ').trim());
  if (line.length <= TITLE_LIMIT) return line;
  const cut = line.slice(0, TITLE_LIMIT - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

const TITLE_LIMIT = 256;

/**
 * `@name`, `#12`, `GH-12`, character references (`&#64;name` becomes a mention once rendered), tags
 * and comments, pictures.
 */
function breakTriggers(text: string): string {
  return text
    .replace(/@(?=[a-z0-9])/gi, `@${JOINER}`)
    .replace(/#(?=\d)/g, `#${JOINER}`)
    .replace(/(?<![a-z0-9])(gh-)(?=\d)/gi, `$1${JOINER}`)
    .replace(/&(?=#?[a-z0-9]+;)/gi, `&${JOINER}`)
    .replace(/<(?=[!/?a-z])/gi, `<${JOINER}`)
    .replace(/!(?=\[)/g, `!${JOINER}`);
}
