import fc from 'fast-check';

/** What no sender means. */
export const odd = fc.oneof(
  fc.anything({ maxDepth: 2, withNullPrototype: false }),
  fc.constantFrom<unknown>(
    -1,
    1e300,
    Number.NaN,
    '',
    '\0',
    '\ud800',
    'x'.repeat(100_000),
    '99999-01-01T00:00:00Z',
  ),
);

/** The payload with one thing in it, wherever it lies, taken out or made odd. */
export function spoilt(payload: unknown, turns: readonly number[], value: unknown): unknown {
  const [turn, ...rest] = turns;
  if (turn === undefined || typeof payload !== 'object' || payload === null) return value;
  const keys = Object.keys(payload);
  const key = keys[turn % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const inner = spoilt((payload as Record<string, unknown>)[key], rest, value);
  if (Array.isArray(payload)) return payload.map((one, index) => (String(index) === key ? inner : one));
  return { ...payload, [key]: inner };
}

/** Where in a payload, and what stands there instead. */
export const spoiling = fc.tuple(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 }), odd);
