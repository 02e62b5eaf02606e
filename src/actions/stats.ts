import { type Desk, nowOf } from '../core.ts';
import { describer } from '../domain/describe.ts';
import { counts, type IncidentNumbers, incidentNumbers } from '../domain/stats/incident-numbers.ts';
import { type Stats, stats } from '../domain/stats/stats.ts';
import { timeline } from '../domain/timeline.ts';
import { factsOf, incidentsWanted } from '../store/incidents.ts';

const PAGE = 100;

/** Incidents of some days; without an edge, from the first or to the last. */
export interface StatsAsk {
  /** `2025-08-12`, both days inside. */
  from?: string;
  to?: string;
  /** IANA zone of days and months; the reports' unless said. */
  timezone?: string;
}

export interface ToldStats {
  timezone: string;
  stats: Stats;
  incidents: IncidentNumbers[];
}

/** The numbers over time, of incidents that everybody may know of. */
export async function statsOf(desk: Desk, { from, to, timezone }: StatsAsk): Promise<ToldStats> {
  const zone = timezone ?? desk.team.report.timezone;
  const { prisma } = desk.store.database;
  const found: IncidentNumbers[] = [];
  let below: number | undefined;
  for (;;) {
    const page = await incidentsWanted(prisma, {
      publicOnly: true,
      limit: PAGE,
      ...(below === undefined ? {} : { below }),
    });
    for (const incident of page.filter(counts)) {
      const facts = await factsOf(prisma, incident.number);
      found.push(incidentNumbers(incident, { facts, entries: timeline(facts, describer()) }, zone));
    }
    below = page.at(-1)?.number;
    if (page.length < PAGE) break;
  }
  const incidents = found
    .filter(({ date }) => (from === undefined || date >= from) && (to === undefined || date <= to))
    .sort(
      (a, b) => a.date.localeCompare(b.date, 'en') || a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
  return { timezone: zone, stats: stats(incidents, nowOf(desk)), incidents };
}
