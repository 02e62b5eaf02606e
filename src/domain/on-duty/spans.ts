import type { Span } from '../zone-offsets.ts';

/** In order, with spans that touch or overlap made one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** What is left of `spans` outside every one of `gone`. */
export function subtractSpans(spans: readonly Span[], gone: readonly Span[]): Span[] {
  let left = [...spans];
  for (const hole of gone) {
    left = left.flatMap((span) => {
      if (hole.to <= span.from || hole.from >= span.to) return [span];
      return [
        { from: span.from, to: hole.from },
        { from: hole.to, to: span.to },
      ].filter(({ from, to }) => from < to);
    });
  }
  return left;
}

/** The part inside `[from, to)`. */
export function clipSpans(spans: readonly Span[], { from, to }: Span): Span[] {
  return spans
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.from < span.to);
}

/** The index of the first span that ends after `at`, in spans as `mergeSpans` answers them. */
export function firstEndingAfter(spans: readonly Span[], at: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span && span.to > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
