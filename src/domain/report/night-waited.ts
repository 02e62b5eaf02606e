import type { Incident } from '../incident.ts';
import type { Ladder } from '../paging-state.ts';
import type { Instant } from '../words.ts';

interface Span {
  from: Instant;
  to: Instant;
}

/**
 * For how long paging stood still because it was nobody's day: from the asking that found nobody to the page that went
 * out when somebody came on, or to the end. Ladders that waited side by side count once. Nothing where nobody was
 * asked, or where it still waits.
 */
export function nightWaited(incident: Incident): number | undefined {
  const ladders = Object.values(incident.ladders);
  if (ladders.length === 0) return incident.written?.waitedMs;
  const waits = ladders.flatMap((ladder) => waitsOf(incident, ladder));
  if (waits.some(({ to }) => to === undefined)) return undefined;
  return lengthOf(waits.filter((wait): wait is Span => wait.to !== undefined));
}

function waitsOf(
  { pages, resolvedAt }: Incident,
  ladder: Ladder,
): { from: Instant; to: Instant | undefined }[] {
  const steps = ladder.pages.flatMap((id) => {
    const page = pages[id];
    const answeredAt = page?.state === 'acknowledged' ? page.settledAt : undefined;
    return [page?.pagedAt, answeredAt].filter((at) => at !== undefined);
  });
  return (ladder.waitedSince ?? []).map((from) => {
    const ends = [...steps, ...(resolvedAt === undefined ? [] : [resolvedAt])].filter((at) => at >= from);
    // The page after which it found nobody more may bear the same instant.
    const later = ends.filter((at) => at > from);
    return { from, to: later.length > 0 ? Math.min(...later) : ends[0] };
  });
}

function lengthOf(spans: readonly Span[]): number {
  let total = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}
