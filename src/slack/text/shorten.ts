const FENCE = '```';

/**
 * At most `max` code points of mrkdwn, as Slack counts them. What is cut ends in `…`; an entity, a `<…>` token or a
 * grapheme is never cut through, and a fence that the cut leaves open is closed before the `…`.
 */
export function shorten(text: string, max: number): string {
  if ([...text].length <= max) return text;
  if (max < 1) return '';
  const cut = cutCleanly(text, max - 1);
  if (!isOpen(cut)) return `${cut.trimEnd()}…`;
  const closing = `\n${FENCE}`;
  const shorter = cutCleanly(text, max - 1 - closing.length);
  // Where nothing of the fence's content fits, the fence itself goes too.
  if (isOpen(shorter) && !shorter.endsWith(FENCE)) return `${shorter.trimEnd()}${closing}…`;
  return `${(isOpen(shorter) ? shorter.slice(0, -FENCE.length) : shorter).trimEnd()}…`;
}

function isOpen(text: string): boolean {
  return text.split(FENCE).length % 2 === 0;
}

function cutCleanly(text: string, max: number): string {
  let cut = wholeGraphemes(text, max);
  const next = text.slice(cut.length);
  // A fence's own marks stay together.
  if (next.startsWith('`'))
    cut = cut.replace(/`{1,2}$/, (marks, at) => (text.startsWith(FENCE, at) ? '' : marks));
  const entity = /&[a-z]{0,4}$/.exec(cut);
  if (entity && /^&(amp|lt|gt);/.test(text.slice(entity.index))) cut = cut.slice(0, entity.index);
  const token = /<[^<>\n]*$/.exec(cut);
  if (token && /^<[^<>\n]*>/.test(text.slice(token.index))) cut = cut.slice(0, token.index);
  return cut;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

function wholeGraphemes(text: string, max: number): string {
  const start = [...text].slice(0, Math.max(0, max)).join('');
  if (start === '') return '';
  const last = graphemes.segment(text).containing(start.length);
  return last === undefined || last.index === start.length ? start : start.slice(0, last.index);
}
