import { isoWithOffset } from '../clock-words.ts';
import type { Instant } from '../words.ts';
import { offsetAt } from '../zone-offsets.ts';
import type { Case } from './schema.ts';

const INSTANTS = new Set(['startedAt', 'endedAt', 'resolvedAt', 'at', 'until']);
/** Of a case's own fields, as a person reads it. */
const ORDER = [
  'title',
  'source',
  'timezone',
  'startedAt',
  'endedAt',
  'resolvedAt',
  'severity',
  'entries',
  'sections',
  'actionItems',
] as const;

/** The file of a case: the same case, the same bytes. */
export function caseText(given: Case): string {
  const ordered = Object.fromEntries(ORDER.map((key) => [key, given[key]]));
  const readable = (key: string, value: unknown) =>
    INSTANTS.has(key) && typeof value === 'number' ? isoIn(value, given.timezone) : value;
  return `${JSON.stringify(ordered, readable, 2)}\n`;
}

/** With the zone's offset at that time; the few that are no whole minutes cannot be written so. */
function isoIn(at: Instant, zone: string): string {
  return isoWithOffset(at, offsetAt(zone, at) % 60_000 === 0 ? zone : 'UTC');
}
