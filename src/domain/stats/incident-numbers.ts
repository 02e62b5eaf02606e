import { localDate } from '../clock-words.ts';
import type { Fact } from '../facts.ts';
import type { Incident } from '../incident.ts';
import { type Figures, figures } from '../report/figures.ts';
import { firstSigns } from '../report/first-signs.ts';
import { isStory } from '../report/is-story.ts';
import { bareTitle } from '../report/report-title.ts';
import { asTold } from '../retrospective.ts';
import type { Entry } from '../timeline.ts';
import { type Instant, incidentName, type SeverityName } from '../words.ts';

/** What one incident adds to the numbers over time. */
export interface IncidentNumbers {
  name: string;
  title: string;
  /** `2025-08-12`: when users were first hurt, else when it was declared. */
  date: string;
  /** Absent where a case did not say. */
  severity?: SeverityName;
  service?: string;
  /** Who gave the first sign; absent where neither is on record. */
  foundBy?: 'machine' | 'people';
  figures: Figures;
  actions: { count: number; done: number; openSince: Instant[] };
}

/** False alarms and duplicates are no incidents of their own. */
export function counts({ status }: Pick<Incident, 'status'>): boolean {
  return status !== 'cancelled' && status !== 'merged';
}

export function incidentNumbers(
  stored: Incident,
  { facts, entries }: { facts: readonly Fact[]; entries: readonly Entry[] },
  zone: string,
): IncidentNumbers {
  const incident = asTold(stored, entries);
  const story = entries.filter(isStory);
  const { alert, people } = firstSigns(incident, story);
  const standing = incident.actions.filter(({ withdrawn }) => !withdrawn);
  const addedAt = new Map(
    facts.flatMap((fact) => (fact.type === 'action-added' ? [[fact.action, fact.at]] : [])),
  );
  return {
    name: incidentName(incident.number),
    title: bareTitle(incident.title),
    date: localDate(incident.impact.start?.at ?? incident.declaredAt, zone),
    ...(incident.written?.severityUnknown ? {} : { severity: incident.severity }),
    ...(incident.service === undefined ? {} : { service: incident.service }),
    ...(alert === undefined && people === undefined
      ? {}
      : {
          foundBy: (alert ?? Infinity) <= (people ?? Infinity) ? ('machine' as const) : ('people' as const),
        }),
    figures: figures(incident, story),
    actions: {
      count: standing.length,
      done: standing.filter(({ done }) => done).length,
      openSince: standing.flatMap(({ id, done }) => (done ? [] : [addedAt.get(id) ?? incident.declaredAt])),
    },
  };
}
