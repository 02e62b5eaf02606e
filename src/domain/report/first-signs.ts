import type { Incident } from '../incident.ts';
import { declaredInStory } from '../retrospective.ts';
import type { Entry } from '../timeline.ts';
import type { Instant } from '../words.ts';
import { earliest } from './figures.ts';

/** When a machine first gave notice, and when people first did; absent where neither is on record. */
export interface FirstSigns {
  alert?: Instant;
  people?: Instant;
}

export function firstSigns(incident: Incident, entries: readonly Entry[]): FirstSigns {
  const alert = earliest(entries.flatMap(({ kind, moment }) => (kind === 'alert' ? [moment.at] : [])));
  const reports = entries.flatMap(({ kind, moment }) => (kind === 'report' ? [moment.at] : []));
  const byPerson = incident.declaredBy.kind === 'person' ? [declaredInStory(incident, entries)] : [];
  const words = entries.find(({ kind, origin }) => kind === 'message' && origin !== 'daywatch');
  const people = earliest([...reports, ...byPerson, words?.moment.at]);
  return { ...(alert === undefined ? {} : { alert }), ...(people === undefined ? {} : { people }) };
}
