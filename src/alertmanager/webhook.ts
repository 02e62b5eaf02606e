import { createHash } from 'node:crypto';
import type { IncomingAlert } from '../domain/alert.ts';
import { familyOf } from './family.ts';
import { AlertmanagerAlert, AlertmanagerGroup } from './schema.ts';

export interface AlertmanagerParsed {
  alerts: IncomingAlert[];
  /** Elements that are no alerts. */
  unread: number;
  /** What Alertmanager itself left out, by its `max_alerts`. */
  leftOut: number;
  /** What the group is called, for when something has to be said of it. */
  group: string;
}

/** The alerts of one delivery: a group, in which each has a status of its own. Undefined: it is no delivery. */
export function parseAlertmanager(body: unknown, receivedAt: Date): AlertmanagerParsed | undefined {
  const group = AlertmanagerGroup.safeParse(body).data;
  if (!group) return undefined;
  const read = group.alerts.map((alert) => AlertmanagerAlert.safeParse(alert).data);
  const alerts = read.flatMap((alert) => (alert ? [incomingAlert(alert, group, receivedAt)] : []));
  const labels = { ...group.commonLabels, ...group.groupLabels };
  return {
    alerts,
    unread: group.alerts.length - alerts.length,
    leftOut: Math.max(0, Math.floor(group.truncatedAlerts)),
    group: labels.alertname ?? (Object.values(labels).join(' ') || 'a group without a name'),
  };
}

function incomingAlert(alert: AlertmanagerAlert, group: AlertmanagerGroup, receivedAt: Date): IncomingAlert {
  const { labels, annotations = {}, startsAt, endsAt, generatorURL } = alert;
  const series = `alertmanager:${alert.fingerprint ?? digestOf(labels)}`;
  const closed = (alert.status ?? group.status) === 'resolved';
  const ended = closed ? (endsAt ?? receivedAt.getTime()) : undefined;
  const started = startsAt ?? ended ?? receivedAt.getTime();
  const title =
    annotations.summary ?? annotations.title ?? labels.alertname ?? Object.values(labels).join(' ');
  const family = familyOf(Object.values(group.groupLabels ?? {}));
  const link = [generatorURL, group.externalURL].find((url) => url && /^https?:\/\/\S+$/i.test(url));
  return {
    source: 'alertmanager',
    // The same when it fires again; with its start it is one time of it.
    fingerprint: startsAt === undefined ? series : `${series}@${startsAt}`,
    series,
    ...(family === undefined ? {} : { family }),
    state: closed ? 'closed' : 'open',
    startedAt: new Date(started),
    ...(ended === undefined ? {} : { endedAt: new Date(ended) }),
    title,
    labels,
    raw: annotations.description ?? annotations.message ?? title,
    ...(link === undefined ? {} : { link }),
  };
}

function digestOf(labels: Record<string, string>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
