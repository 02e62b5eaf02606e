import type { IncomingAlert } from '../domain/alert.ts';
import type { PagerDutyIncidentEvent } from './webhook.ts';

/** Knows the alert of another service in the title that PagerDuty relays it by. */
type ReadRelayed = (title: string, openedAt: Date) => IncomingAlert | undefined;

/**
 * The alert that an incident of PagerDuty's tells of, when it opens or ends; undefined for what only
 * moves it. One that relays another service's alert has that one's fingerprint. Whether the incident is
 * a page of our own is for the caller to know, by its key.
 */
export function alertFromPagerDuty(
  event: PagerDutyIncidentEvent,
  readRelayed: ReadRelayed,
): IncomingAlert | undefined {
  const closed = event.kind === 'resolved';
  if (!closed && event.kind !== 'triggered' && event.kind !== 'reopened') return undefined;
  const opened = event.createdAt ?? event.occurredAt;
  const relayed = readRelayed(event.title, opened);
  const link = relayed?.link ?? event.url;
  return {
    source: 'pagerduty',
    fingerprint: relayed?.fingerprint ?? `pagerduty:${event.incidentId}`,
    state: closed ? 'closed' : 'open',
    startedAt: relayed?.startedAt ?? opened,
    ...(closed ? { endedAt: event.occurredAt } : {}),
    title: relayed?.title ?? event.title,
    labels: { ...relayed?.labels, ...ownLabels(event) },
    raw: event.title,
    ...(link === undefined ? {} : { link }),
  };
}

function ownLabels({ service, priority, urgency }: PagerDutyIncidentEvent): Record<string, string> {
  return {
    ...(service === undefined ? {} : { pagerduty_service: service.name }),
    ...(priority === undefined ? {} : { priority }),
    ...(urgency === undefined ? {} : { urgency }),
  };
}
