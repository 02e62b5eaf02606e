import type { Incident } from '../incident.ts';
import { present } from '../present.ts';
import { asTold, declaredInStory } from '../retrospective.ts';
import type { Entry } from '../timeline.ts';
import { type EntryKind, type Instant, incidentName, type Moment } from '../words.ts';
import type { CheckSeries } from './check-series.ts';
import type { Outage } from './outage.ts';

/** Everything that the chart of a check shows. No words of people: it is in public reports too. */
export interface ChartFacts {
  /** `INC-12` */
  name: string;
  series: CheckSeries;
  outage?: Outage;
  impact?: { start: Moment; end: Moment };
  /** Absent where nobody declared it at the time. */
  declaredAt?: Instant;
  resolvedAt?: Instant;
  marks: ChartMark[];
  /** IANA. */
  zone: string;
}

export interface ChartMark {
  at: Instant;
  kind: EntryKind;
}

/** What Daywatch writes about itself, and what was taken out, is no mark. */
export function chartFacts(
  stored: Incident,
  entries: readonly Entry[],
  read: { series: CheckSeries; outage?: Outage },
  zone: string,
): ChartFacts {
  const incident = asTold(stored, entries);
  const { from, to } = read.series;
  const { resolvedAt } = incident;
  const { start } = incident.impact;
  const end = incident.impact.end ?? (resolvedAt === undefined ? undefined : { at: resolvedAt });
  return {
    name: incidentName(incident.number),
    series: read.series,
    ...(read.outage === undefined ? {} : { outage: read.outage }),
    ...(start && end && end.at >= start.at ? { impact: { start, end } } : {}),
    ...present({ declaredAt: declaredInStory(stored, entries) }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    marks: entries
      .filter(({ removed, bookkeeping }) => !removed && !bookkeeping)
      .map(({ moment, kind }) => ({ at: moment.at, kind }))
      .filter(({ at }) => at >= from && at <= to),
    zone,
  };
}
