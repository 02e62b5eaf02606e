import type { z } from 'zod';
import { issueWords } from './issue-words.ts';
import { jsonLines, lineOf } from './json-lines.ts';
import { Case } from './schema.ts';
import { unknownFields } from './unknown-fields.ts';

export type ReadCase = { case: Case; warnings: string[] } | { problems: string[]; warnings: string[] };

const MAX_BYTES = 5 * 1024 * 1024;

/** Reads a case file. All mistakes at once, each with its place (`entries[3].at`); an unknown field is a warning. */
export function readCase(text: string, fileName: string): ReadCase {
  if (Buffer.byteLength(text) > MAX_BYTES) return refused(`${fileName}: is larger than 5 MB`);
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refused(`${fileName}: is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refused(`${fileName}: must be one JSON object`);
  }
  const at = placesIn(text, fileName);
  const warnings = unknownFields(given).map(({ path, nearest }) => {
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    return at(`${path} is not a field of a case and is left out${hint}`);
  });
  const read = Case.safeParse(given, { reportInput: true });
  const problems = [
    ...(read.success ? orderProblems(read.data) : read.error.issues.map(sentenceOf)),
    ...(read.success ? [] : looseOrderProblems(given)),
  ];
  if (problems.length > 0 || !read.success) return { problems: problems.map(at), warnings };
  return { case: read.data, warnings };
}

function refused(problem: string): ReadCase {
  return { problems: [problem], warnings: [] };
}

/** Puts the file and the line before a sentence that begins with its place in the file. */
function placesIn(text: string, fileName: string): (sentence: string) => string {
  let lines: Map<string, number> | undefined;
  return (sentence) => {
    lines ??= jsonLines(text);
    return `${fileName}:${lineOf(lines, sentence.split(' ', 1)[0] ?? '')}: ${sentence}`;
  };
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const { place, problem } = issueWords(issue);
  return `${place} ${problem}`;
}

type Order = Pick<Case, 'startedAt' | 'endedAt' | 'resolvedAt'> & {
  entries: readonly { at?: number | undefined; until?: number | undefined }[];
};

function orderProblems({ startedAt, endedAt, resolvedAt, entries }: Order): string[] {
  return [
    ...before('endedAt', endedAt, 'startedAt', startedAt),
    ...before('resolvedAt', resolvedAt, 'startedAt', startedAt),
    ...entries.flatMap(({ at, until }, index) => before(`entries[${index}].until`, until, 'at', at)),
  ];
}

function before(
  late: string,
  lateAt: number | undefined,
  early: string,
  earlyAt: number | undefined,
): string[] {
  return lateAt !== undefined && earlyAt !== undefined && lateAt < earlyAt
    ? [`${late} must not be before ${early}`]
    : [];
}

/** The order of those instants that can be read, while something else in the file is wrong. */
function looseOrderProblems(given: object): string[] {
  const at = (from: unknown, key: string) => {
    if (typeof from !== 'object' || from === null) return undefined;
    const read = Case.shape.startedAt.safeParse(Reflect.get(from, key));
    return read.success ? read.data : undefined;
  };
  const listed: unknown = Reflect.get(given, 'entries');
  const entries = (Array.isArray(listed) ? listed : []).map((entry: unknown) => ({
    at: at(entry, 'at'),
    until: at(entry, 'until'),
  }));
  const [startedAt, endedAt, resolvedAt] = ['startedAt', 'endedAt', 'resolvedAt'].map((key) =>
    at(given, key),
  );
  return orderProblems({ startedAt, endedAt, resolvedAt, entries });
}
