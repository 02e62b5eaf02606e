import type { Json } from '../types.ts';

/** The named keys of an object, without those that have no value. */
export function pick(source: Json, keys: readonly string[]): Json {
  const picked: Json = {};
  for (const key of keys) {
    if (source[key] !== undefined && source[key] !== null) picked[key] = source[key];
  }
  return picked;
}
