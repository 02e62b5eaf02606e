import type { IncomingAlert } from './alert.ts';
import { impactProposal } from './alert.ts';
import { type Decision, nothing } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Entry } from './timeline.ts';
import type { Actor, Instant } from './words.ts';

const SOURCE_NAMES: Record<IncomingAlert['source'], string> = {
  google: 'Google Cloud Monitoring',
  pagerduty: 'PagerDuty',
  alertmanager: 'Alertmanager',
  http: 'an alert source',
};

export function entryOfAlert(alert: Pick<IncomingAlert, 'fingerprint'>): string {
  return `alert-${alert.fingerprint}`;
}

/** An alert joins the timeline at the time at which it started; its end completes the same line. */
export function joinAlert(
  incident: Incident,
  entry: Entry | undefined,
  alert: IncomingAlert,
  now: Instant,
): Decision {
  const id = entryOfAlert(alert);
  const by: Actor = { kind: 'service', name: SOURCE_NAMES[alert.source] };
  const facts: NewFact[] = [];
  if (!entry) {
    facts.push({
      type: 'entry-recorded',
      entry: id,
      origin: 'alert',
      content: {
        kind: 'alert',
        text: `${alert.title}.`,
        raw: alert.raw,
        ...(alert.link === undefined ? {} : { link: alert.link }),
        role: 'monitoring',
      },
      moment: { at: alert.startedAt.getTime() },
      by,
      at: now,
      key: `entry:${id}`,
    });
  }
  const endedAt = alert.state === 'closed' ? (alert.endedAt ?? alert.startedAt).getTime() : undefined;
  if (endedAt !== undefined && entry?.endedAt !== endedAt) {
    facts.push({ type: 'alert-closed', entry: id, endedAt, by, at: now });
  }
  if (facts.length === 0) return nothing();
  return {
    facts,
    effects: [
      {
        do: 'say',
        notice: `alert:${alert.fingerprint}:${alert.state}`,
        text: noticeWords(incident, alert),
      },
      { do: 'show', message: 'card' },
    ],
  };
}

function noticeWords(incident: Incident, alert: IncomingAlert): string {
  const link = alert.link ? ` ([alert](${alert.link}))` : '';
  if (alert.state === 'closed') return `🟢 Recovered: ${alert.title}${link}.`;
  const proposal = incident.impact.start ? undefined : impactProposal(alert);
  const delay = Math.round((alert.delaySeconds ?? 0) / 60);
  const since = proposal ? ` It had been failing for about ${delay} min before it opened.` : '';
  return `🔴 ${alert.title}${link}.${since}`;
}

/** Whether an alert speaks of the incident's service: by the service map, or by the title holding its host or cluster. */
export function belongsTo(
  incident: Pick<Incident, 'service' | 'title'>,
  alert: IncomingAlert,
  services: readonly { name: string; match: Record<string, string> }[],
): boolean {
  const service = services.find(({ match }) => fits(match, alert.labels));
  if (service) return incident.service === service.name || mentions(incident.title, service.name);
  const { host, cluster } = alert.labels;
  return [host, cluster].some((word) => word !== undefined && mentions(incident.title, word));
}

/** At least one label says so and none speaks against it: not every source knows all of them. */
function fits(match: Record<string, string>, labels: Record<string, string>): boolean {
  const known = Object.entries(match).filter(([label]) => labels[label] !== undefined);
  return known.length > 0 && known.every(([label, value]) => labels[label] === value);
}

function mentions(title: string, name: string): boolean {
  return title.toLowerCase().includes(name.toLowerCase());
}

/** The service that a title speaks of, if one of the configured ones. */
export function serviceNamed<Service extends { name: string; match: Record<string, string> }>(
  title: string,
  services: readonly Service[],
): Service | undefined {
  return services.find(
    (service) =>
      mentions(title, service.name) || Object.values(service.match).some((value) => mentions(title, value)),
  );
}
