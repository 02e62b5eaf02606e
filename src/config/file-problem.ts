import { didYouMean } from './nearest-word.ts';

/** Something wrong at a place of the file. With `key` the place is the key itself and not its value. */
export interface FileProblem {
  path: readonly PropertyKey[];
  key?: boolean;
  message: string;
}

/** A name that leads nowhere. */
export function unknown(
  name: string | undefined,
  known: readonly string[],
  where: string,
  path: readonly PropertyKey[],
): FileProblem[] {
  if (name === undefined || known.includes(name)) return [];
  const allowed = known.length > 0 ? `known are ${known.join(', ')}` : `there are no ${where} in this file`;
  return [{ path, message: `is not one of the ${where}; ${allowed}${didYouMean(name, known)}` }];
}

/** Words that stand twice where each may stand once. */
export function repeated(
  places: readonly { word: string | undefined; path: readonly PropertyKey[] }[],
): FileProblem[] {
  const seen = new Map<string, readonly PropertyKey[]>();
  const problems: FileProblem[] = [];
  for (const { word: value, path } of places) {
    if (value === undefined) continue;
    const first = seen.get(value);
    if (first)
      problems.push({
        path,
        message: `stands there already, at ${pathWords(first)}; each may be there once`,
      });
    else seen.set(value, path);
  }
  return problems;
}

/** `people[0].hours[1]` */
export function pathWords(path: readonly PropertyKey[]): string {
  let words = '';
  for (const part of path) {
    if (typeof part === 'number') words += `[${part}]`;
    else words += words === '' ? String(part) : `.${String(part)}`;
  }
  return words || 'the file';
}
