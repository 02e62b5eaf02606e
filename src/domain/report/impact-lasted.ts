import type { Incident } from '../incident.ts';

/** Impact that nobody ended is taken to end when the incident was resolved. */
export function impactEnd({
  impact,
  resolvedAt,
}: Pick<Incident, 'impact' | 'resolvedAt'>): Incident['impact']['end'] {
  return impact.end ?? (resolvedAt === undefined ? undefined : { at: resolvedAt });
}

export function impactLasted(incident: Incident): number | undefined {
  const [start, end] = [incident.impact.start?.at, impactEnd(incident)?.at];
  return start === undefined || end === undefined || end < start ? undefined : end - start;
}
