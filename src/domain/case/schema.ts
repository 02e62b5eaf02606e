import { z } from 'zod';
import { ENTRY_KINDS, SEVERITIES } from '../words.ts';
import { instant, zoneName } from './instants.ts';

// Format of a case: one incident as one JSON file. Unknown fields are found apart, as they are no mistake.

const filled = z.string().refine((text) => text.trim() !== '', 'must not be empty');

const webAddress = z
  .string()
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'must be an http or https address');

const picture = z
  .string()
  .refine(isWebOrBeside, 'must be an http or https address, or a path inside the folder of the file');

/** A picture that a case may name. */
export function isWebOrBeside(image: string): boolean {
  if (/^https?:\/\//i.test(image)) return URL.canParse(image);
  if (image.trim() === '' || /^[a-z][a-z0-9+.-]*:/i.test(image) || /^[/\\]/.test(image)) return false;
  return !decodedPath(image).split(/[/\\]/).includes('..');
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const title = z
  .string()
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text.trim()), 'must be one line without control characters')
  .transform((text) => text.trim())
  .refine((text) => text !== '', 'must not be empty')
  .refine((text) => [...text].length <= 200, 'must have at most 200 characters');

const CaseEntry = z.object({
  at: instant,
  until: instant.optional(),
  approximate: z.boolean().optional(),
  kind: z.enum(ENTRY_KINDS),
  role: z.string().optional(),
  person: z.string().optional(),
  text: filled,
  quote: z.boolean().optional(),
  code: z.string().optional(),
  raw: z.string().optional(),
  link: webAddress.optional(),
  image: picture.optional(),
  followUp: z.boolean().optional(),
});

const lessons = z.array(filled).optional();

const CaseSections = z.object({
  summary: z.string().optional(),
  resolution: z.string().optional(),
  wentWell: lessons,
  wentWrong: lessons,
  lucky: lessons,
});

const CaseAction = z.object({
  title: filled,
  category: z.string().optional(),
  link: webAddress.optional(),
  done: z.boolean().optional(),
});

const MAX_ENTRIES = 20_000;

export const Case = z.object({
  title,
  source: webAddress.optional(),
  timezone: zoneName,
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  resolvedAt: instant.optional(),
  severity: z.enum(SEVERITIES).optional(),
  entries: z.array(CaseEntry).max(MAX_ENTRIES, 'must have at most 20,000 entries'),
  sections: CaseSections.optional(),
  actionItems: z.array(CaseAction).optional(),
});

/** One incident as a file: instants are epoch milliseconds here. */
export type Case = z.infer<typeof Case>;
export type CaseEntry = Case['entries'][number];
