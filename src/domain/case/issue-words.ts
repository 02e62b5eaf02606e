import type { z } from 'zod';

/** What is wrong with JSON that a schema refused: the place (`entries[3].at`) and what it must be. */
export function issueWords(issue: z.core.$ZodIssue): { place: string; problem: string } {
  const place = placeOf(issue.path);
  if (issue.code === 'invalid_type') {
    const missing = issue.input === undefined ? 'is missing; it ' : '';
    return { place, problem: `${missing}must be ${withArticle(issue.expected)}` };
  }
  if (issue.code === 'invalid_value') {
    return { place, problem: `must be one of ${issue.values.map(String).join(', ')}` };
  }
  if (issue.code === 'unrecognized_keys') {
    return { place, problem: `has no field ${issue.keys.join(', ')}` };
  }
  return { place, problem: issue.message };
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
