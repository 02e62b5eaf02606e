import { isAlertSource } from './alert.ts';
import type { AlertView } from './alert-merge.ts';
import { type Candidate, type Destination, destinationOf } from './alert-rules.ts';
import { severityOfAlert } from './alert-severity.ts';
import type { Incident } from './incident.ts';
import type { AlertRule, Service, Team } from './team.ts';
import type { Instant } from './words.ts';

/** What opens again so soon is the same trouble: it goes where it went before. */
const FLAPPING_MS = 30 * 60_000;
/** Some sources never say that it is over: then it has lasted no longer than this. */
const LASTS_MS = 24 * 3_600_000;
/** Alerts that declare more incidents than this within that time are a flood, and people sort it out. */
export const DECLARED_MOST = 5;
export const DECLARED_WITHIN_MS = 10 * 60_000;

/** The latest other alert that is the same thing, and where it stands. */
export interface Sibling {
  startedAt: Instant;
  endedAt?: Instant;
  standing: 'kept' | 'ignored' | 'offered' | 'joined';
  incident?: number;
  /** It stands in a message whose buttons nobody has pressed. */
  undecided: boolean;
  /** It only relays the alert, and no person has decided about it: the alert itself says more. */
  relays?: boolean;
}

export type KnownIncident = Candidate & Pick<Incident, 'declaredBy'>;

export type Place =
  | Destination
  | { kind: 'as-before' }
  /** A rule says to declare, but alerts have declared enough by themselves. */
  | { kind: 'too-many' };

/** Where an alert that is new, or opens anew, goes. */
export function placeAlert(
  alert: AlertView,
  sibling: Sibling | undefined,
  team: { alerts: readonly AlertRule[]; services: readonly Service[] } & Partial<Pick<Team, 'severities'>>,
  incidents: readonly KnownIncident[],
  now: Instant,
): Place {
  const isBeside = sibling !== undefined && isRecent(sibling, alert.startedAt);
  const isOffered = isBeside && sibling.standing === 'offered' && sibling.undecided;
  if (isBeside) {
    const home = incidents.find(({ number }) => number === sibling.incident);
    const goesThere = home !== undefined && home.status !== 'resolved';
    const stands = sibling.standing === 'ignored' || isOffered;
    if (goesThere || (stands && !sibling.relays)) return { kind: 'as-before' };
  }
  // One of the future opens nothing: its clock is wrong.
  const judged = { ...alert, open: alert.open && alert.startedAt <= now + FLAPPING_MS };
  const usual = severityOfAlert(alert, team.severities);
  const place = destinationOf(judged, team.alerts, team.services, incidents, usual);
  // One message is enough for the alert and its relay.
  if (isOffered && place.kind === 'offer') return { kind: 'as-before' };
  const declared = incidents.filter(
    ({ declaredBy, declaredAt }) => isAlertSource(declaredBy) && declaredAt > now - DECLARED_WITHIN_MS,
  );
  return place.kind === 'declare' && declared.length >= DECLARED_MOST ? { kind: 'too-many' } : place;
}

function isRecent({ standing, startedAt: before, endedAt }: Sibling, startedAt: Instant): boolean {
  if (endedAt !== undefined) return Math.abs(startedAt - endedAt) <= FLAPPING_MS;
  return standing === 'joined' || Math.abs(startedAt - before) < LASTS_MS;
}

/** Whether an alert that nobody has decided about belongs to an incident that was declared after it came. */
export function belongedBefore(
  alert: AlertView,
  team: { alerts: readonly AlertRule[]; services: readonly Service[] },
  incident: Candidate,
): boolean {
  if (alert.endedAt === undefined && incident.declaredAt - alert.startedAt >= LASTS_MS) return false;
  return destinationOf(alert, team.alerts, team.services, [incident]).kind === 'join';
}
