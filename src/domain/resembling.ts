import type { ResembledIssue } from './action-items.ts';

/** Words that say nothing of what it is about. */
const EMPTY = new Set(
  'a an and are as at be by do for from get in into is it its make more need new not of on or our set so that the this to up us use we when with incident action item add'.split(
    ' ',
  ),
);
const LEAST_COMMON = 2;
const ALIKE_ENOUGH = 0.6;

/** The open issue that says most nearly the same as an action item, if one does; of several the oldest of the nearest. */
export function resembling(title: string, issues: readonly ResembledIssue[]): ResembledIssue | undefined {
  const wanted = stems(title);
  const near = issues
    .map((issue) => ({ issue, alike: likeness(wanted, stems(issue.title)) }))
    .filter(({ alike }) => alike >= ALIKE_ENOUGH)
    .sort(
      (a, b) => b.alike - a.alike || a.issue.raisedAt - b.issue.raisedAt || a.issue.number - b.issue.number,
    );
  return near[0]?.issue;
}

/** Dice's coefficient of the words that count: 1 says the same, 0 has nothing in common. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  const fewest = Math.min(one.size, other.size);
  if (common < Math.min(LEAST_COMMON, fewest) || fewest === 0) return 0;
  // One word in common is the same thing only where it is all there is to both.
  if (common === 1 && one.size + other.size > 2) return 0;
  return (2 * common) / (one.size + other.size);
}

/** `[Incident Action]: Set up alerting` → alert: words in lower case, without what grammar adds. */
function stems(title: string): Set<string> {
  const words =
    title
      .replace(/^\s*\[[^\]]*\]:?/, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !EMPTY.has(word)).map(stem));
}

function stem(word: string): string {
  if (word.length <= 4) return word.replace(/(?<=[^s])s$/, '');
  return word.replace(/(?:ations?|ments?|ings?|ers?|ed|es|s|e)$/, '');
}
