import { Refusal } from './refusal.ts';
import { isJson } from './state.ts';
import type { Json } from './types.ts';

/** Arguments that are objects or lists; inside a form they travel as JSON. */
const OBJECTS = new Set([
  'blocks',
  'attachments',
  'metadata',
  'view',
  'files',
  'unfurled_attachments',
  'file_ids',
  'document_content',
  'changes',
]);

/** What the bot sent, from a form or from JSON, with the JSON inside the form read. */
export async function readArguments(contentType: string, body: Buffer): Promise<Json> {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (body.length === 0) return {};
  if (type === 'application/json') {
    const parsed: unknown = parse(body.toString('utf8'));
    if (!isJson(parsed)) throw new Refusal('invalid_form_data');
    return parsed;
  }
  if (type === 'application/x-www-form-urlencoded')
    return decoded(new URLSearchParams(body.toString('utf8')));
  if (type === 'multipart/form-data') {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
    return decoded([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  }
  throw new Refusal(type ? 'invalid_post_type' : 'missing_post_type');
}

function decoded(pairs: Iterable<[string, string]>): Json {
  const args: Json = {};
  for (const [key, value] of pairs) args[key] = OBJECTS.has(key) ? (parse(value) ?? value) : value;
  return args;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function text(args: Json, name: string): string {
  const value = args[name];
  return value === undefined || value === null ? '' : String(value);
}

export function flag(args: Json, name: string): boolean {
  return text(args, name) === 'true' || text(args, name) === '1';
}

/** A list of objects, or undefined when the argument is absent. Refuses anything else by `error`. */
export function objects(args: Json, name: string, error: string): Json[] | undefined {
  const value = args[name];
  if (value === undefined || value === '') return undefined;
  if (!Array.isArray(value) || !value.every(isJson))
    throw new Refusal(error, `${name} must be a list of objects`);
  return value;
}

/** One page of a list, by Slack's opaque cursor. */
export function page<T>(
  all: T[],
  args: Json,
  options: { standard: number; most: number; limitError: string },
): { items: T[]; nextCursor: string } {
  const cursor = text(args, 'cursor');
  const start = cursor === '' ? 0 : Number(/^next:(\d+)$/.exec(fromBase64(cursor))?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new Refusal('invalid_cursor');
  const asked = text(args, 'limit');
  const limit = asked === '' || asked === '0' ? options.standard : Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > options.most) throw new Refusal(options.limitError);
  const end = start + limit;
  return { items: all.slice(start, end), nextCursor: end < all.length ? toBase64(`next:${end}`) : '' };
}

function toBase64(value: string): string {
  return Buffer.from(value).toString('base64');
}

function fromBase64(value: string): string {
  return Buffer.from(value, 'base64').toString();
}
