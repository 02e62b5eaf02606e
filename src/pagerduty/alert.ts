import type { IncomingAlert } from '../domain/alert.ts';
import type { PagerDutyIncidentEvent } from './webhook.ts';

/** Knows the alert of another service in the title that PagerDuty relays it by. */
export interface ReadRelayed {
  /** The very alert, with its own fingerprint. */
  alert(title: string, openedAt: Date): IncomingAlert | undefined;
  /** Words and labels of a group of alerts, of which none can be told from the others. */
  group(title: string): { title: string; labels: Record<string, string>; family?: string } | undefined;
}

/**
 * The alert that an incident of PagerDuty's tells of: it opens, ends, or something happens to it. One that relays
 * another service's alert has that one's fingerprint. Whether the incident is a page of our own is for the caller to
 * know, by its key.
 */
export function alertFromPagerDuty(event: PagerDutyIncidentEvent, relayed: ReadRelayed): IncomingAlert {
  const closed = event.kind === 'resolved';
  const created = event.createdAt ?? event.occurredAt;
  const alert = relayed.alert(event.title, created);
  const group = alert ? undefined : relayed.group(event.title);
  const opened = event.kind === 'reopened' ? event.occurredAt : (alert?.startedAt ?? created);
  const link = alert?.link ?? event.url;
  return {
    source: 'pagerduty',
    fingerprint: alert?.fingerprint ?? `pagerduty:${event.incidentId}`,
    ...(alert?.series === undefined ? {} : { series: alert.series }),
    ...(group?.family === undefined ? {} : { family: group.family }),
    state: closed ? 'closed' : 'open',
    startedAt: opened,
    ...(closed ? { endedAt: event.occurredAt } : {}),
    title: alert?.title ?? group?.title ?? event.title,
    labels: { ...group?.labels, ...alert?.labels, ...ownLabels(event) },
    raw: event.title,
    ...(link === undefined ? {} : { link }),
  };
}

function ownLabels({ service, priority, urgency }: PagerDutyIncidentEvent): Record<string, string> {
  return {
    ...(service === undefined ? {} : { pagerduty_service: service.name }),
    ...(priority == null ? {} : { priority }),
    ...(urgency === undefined ? {} : { urgency }),
  };
}
