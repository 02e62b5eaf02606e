const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DATE = `(?:${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2} ${MONTH},? \\d{4}|\\d{4}-\\d{2}-\\d{2})`;
const BEFORE = new RegExp(
  `^(?:incident report(?:(?: for| of| on)? ${DATE}\\s*[-–—:,]?|\\s*[-–—:])|${DATE}\\s*[-–—:,])\\s*`,
  'i',
);

/** A title without the words and the date that a template sets before it, so that they never stand there twice. */
export function bareTitle(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  const bare = line.replace(BEFORE, '');
  return bare === '' ? line : bare;
}
