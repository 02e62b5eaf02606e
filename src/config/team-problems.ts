import { z } from 'zod';
import type { FileProblem } from './file-problem.ts';
import { didYouMean } from './nearest-word.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, in sentences that follow the name of the place. */
export function problemsOfIssues(schema: z.ZodType, issues: readonly Issue[], file: unknown): FileProblem[] {
  return issues.flatMap((issue) => problemsOfIssue(schema, issue, file));
}

function problemsOfIssue(schema: z.ZodType, issue: Issue, file: unknown): FileProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      key: true,
      message: `is not known here${didYouMean(key, known) || `; known are ${known.join(', ')}`}`,
    }));
  }
  const value = valueAt(file, issue.path);
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.find(
      (branch) => branch.some(({ path }) => path.length > 0) === Array.isArray(value),
    );
    return (inner ?? []).flatMap((one) =>
      problemsOfIssue(schema, { ...one, path: [...issue.path, ...one.path] }, file),
    );
  }
  if (value === undefined) return [{ path: issue.path, message: `is missing; ${allowed(issue)}` }];
  if (value === null) return [{ path: issue.path, message: `is empty; ${allowed(issue)}` }];
  return [{ path: issue.path, message: `${typed(value)}${allowed(issue)}` }];
}

function typed(value: unknown): string {
  if (typeof value === 'object') return '';
  const shown = JSON.stringify(value);
  return `is ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}; `;
}

function allowed(issue: Issue): string {
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input')) return issue.message;
  if (issue.expected === 'array') return 'write a list: each item on a line of its own after "- "';
  if (issue.expected === 'object' || issue.expected === 'record') return 'write keys with values, indented';
  return `write a ${issue.expected}`;
}

/** The keys that an object of the schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.core.$ZodType = unwrap(schema);
  for (const part of path) {
    if (current instanceof z.ZodObject) current = current.shape[String(part)] ?? z.never();
    else if (current instanceof z.ZodArray) current = current.element;
    else if (current instanceof z.ZodRecord) current = current.valueType;
    current = unwrap(current);
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}

function valueAt(file: unknown, path: readonly PropertyKey[]): unknown {
  let current = file;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Reflect.get(current, part);
  }
  return current;
}
