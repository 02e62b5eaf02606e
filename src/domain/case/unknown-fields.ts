import { z } from 'zod';
import { Case } from './schema.ts';

/** A field that the format does not have, with the one that was probably meant. */
export interface UnknownField {
  path: string;
  nearest?: string;
}

/** Fields that a case does not have. A typo such as `resolvedat` must not pass unseen, but it spoils nothing. */
export function unknownFields(given: unknown): UnknownField[] {
  return walk(given, Case, '');
}

function walk(given: unknown, schema: z.ZodType, path: string): UnknownField[] {
  if (schema instanceof z.ZodOptional) return walk(given, schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray && Array.isArray(given)) {
    return given.flatMap((item, index) => walk(item, schema.element as z.ZodType, `${path}[${index}]`));
  }
  if (
    !(schema instanceof z.ZodObject) ||
    typeof given !== 'object' ||
    given === null ||
    Array.isArray(given)
  ) {
    return [];
  }
  const shape: Record<string, z.ZodType> = schema.shape;
  return Object.entries(given).flatMap(([key, value]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known) return walk(value, known, place);
    const nearest = nearestOf(key, Object.keys(shape));
    return [nearest === undefined ? { path: place } : { path: place, nearest }];
  });
}

function nearestOf(typed: string, known: readonly string[]): string | undefined {
  const distances = known.map((word) => ({
    word,
    distance: distance(typed.toLowerCase(), word.toLowerCase()),
  }));
  const best = distances.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= 2 ? best.word : undefined;
}

/** Letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a.slice(0, 40)].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
