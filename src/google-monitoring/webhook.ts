import type { IncomingAlert } from '../domain/alert.ts';
import { GoogleIncident, GoogleNotification } from './schema.ts';
import { alertTitle, googleSeries, labelsInBraces, webLink, withPolicyLabels } from './uptime-words.ts';

export type GoogleParsed =
  /** From the console's test button: tell the channel, declare nothing. */
  | { kind: 'test'; summary: string }
  | { kind: 'alert'; alert: IncomingAlert }
  | { kind: 'malformed'; reason: string };

/**
 * A notification of Google Cloud Monitoring, version 1.2 or older. `receivedAt` stands in for the start
 * where the payload does not tell it.
 */
export function parseGoogleNotification(body: unknown, receivedAt: Date = new Date()): GoogleParsed {
  const notification = GoogleNotification.safeParse(body);
  if (!notification.success) return malformed('a JSON object with an incident is wanted');
  const { version, incident } = notification.data;
  if (version === 'test') {
    return { kind: 'test', summary: typeof incident.summary === 'string' ? incident.summary : 'Test' };
  }
  const read = GoogleIncident.safeParse(incident);
  if (read.success) return { kind: 'alert', alert: toAlert(read.data, receivedAt) };
  const wrong = read.error.issues[0]?.path[0];
  if (wrong === 'state') return malformed('incident.state must be open, acknowledged or closed');
  return malformed('incident.incident_id must be a text');
}

function toAlert(incident: GoogleIncident, receivedAt: Date): IncomingAlert {
  const { incident_id: id, summary, started_at: started, ended_at: ended } = incident;
  const labels = labelsOf(incident);
  const endedAt = incident.state === 'closed' && ended !== undefined ? new Date(ended * 1000) : undefined;
  return {
    source: 'google',
    fingerprint: `google:${id}`,
    ...googleSeries(labels.policy, resourceOf(incident)),
    state: incident.state === 'closed' ? 'closed' : 'open',
    startedAt: started === undefined ? (endedAt ?? receivedAt) : new Date(started * 1000),
    title: alertTitle(labels, { isUptime: isUptime(incident), summary, id }),
    labels,
    raw: summary ?? labels.policy ?? id,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...webLink(incident.url),
    ...(incident.condition === undefined ? {} : { delaySeconds: incident.condition }),
  };
}

function labelsOf(incident: GoogleIncident): Record<string, string> {
  const labels = {
    ...labelsInBraces(incident.resource_name ?? incident.summary ?? ''),
    ...incident.policy_user_labels,
    ...incident.metric?.labels,
    ...incident.resource?.labels,
  };
  const { scoping_project_id: project, severity, policy_name: policy, condition_name: condition } = incident;
  return {
    ...(project === undefined ? {} : { project_id: project }),
    ...withPolicyLabels(labels, { policy, condition }),
    ...(severity === undefined || /^no severity$/i.test(severity)
      ? {}
      : { severity: severity.toLowerCase() }),
  };
}

/** The labels of the resource alone, as the words that PagerDuty relays have them. */
function resourceOf({ resource, resource_name: name, summary }: GoogleIncident): Record<string, string> {
  const told = labelsInBraces(name ?? summary ?? '');
  return Object.keys(told).length > 0 ? told : (resource?.labels ?? {});
}

function isUptime({ metric, summary }: GoogleIncident): boolean {
  if (metric?.type !== undefined) return metric.type.endsWith('/uptime_check/check_passed');
  return /\buptime check\b/i.test(summary ?? '');
}

function malformed(reason: string): GoogleParsed {
  return { kind: 'malformed', reason };
}
