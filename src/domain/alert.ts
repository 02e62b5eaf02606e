import type { Actor, EntryKind, Instant } from './words.ts';

/** The ways by which alerts come, whoever tells the best of an alert first. */
export const ALERT_SOURCES = ['google', 'alertmanager', 'http', 'pagerduty'] as const;
export type AlertSource = (typeof ALERT_SOURCES)[number];

/** One alert as a monitoring service told it, whichever way it came. */
export interface IncomingAlert {
  source: AlertSource;
  /** The same for open and close, and for the same alert relayed another way: `google:<incident_id>`. */
  fingerprint: string;
  /** What opens again and again: the same for each time of it. The fingerprint, unless said otherwise. */
  series?: string;
  /** The group that it was told in, where another way tells of the group only: the same for both. */
  family?: string;
  state: 'open' | 'closed';
  /** When the alert opened, which is later than the trouble by its own delay. */
  startedAt: Date;
  /** The source does not say when it opened, so it is when it was heard of. */
  startAssumed?: true;
  endedAt?: Date;
  /** A short line for a person: "Uptime check for leap.2i2c.cloud is failing". */
  title: string;
  /** host, cluster, project_id, policy, condition, severity … */
  labels: Record<string, string>;
  /** The words as delivered. */
  raw: string;
  /** http or https only. */
  link?: string;
  /** How long the trouble must last before this alert opens. */
  delaySeconds?: number;
  /** What somebody did about it where it came from. */
  happened?: AlertEvent;
}

/** Somebody did something about an alert in the service that it came from. */
export interface AlertEvent {
  /** The same however often it is told. */
  id: string;
  at: Instant;
  by: Actor;
  kind: EntryKind;
  /** Markdown. */
  text: string;
}

const SOURCE_NAMES: Record<AlertSource, string> = {
  google: 'Google Cloud Monitoring',
  pagerduty: 'PagerDuty',
  alertmanager: 'Alertmanager',
  http: 'an alert source',
};

/** Who tells of an alert, as the author of facts. */
export function sourceActor(source: AlertSource): Actor & { kind: 'service' } {
  return { kind: 'service', name: SOURCE_NAMES[source] };
}

/** Whether it was an alert that did it. */
export function isAlertSource(actor: Actor): boolean {
  return actor.kind === 'service' && Object.values(SOURCE_NAMES).includes(actor.name);
}

/**
 * When the trouble began at the latest, seen from the alert's own delay; undefined where the alert
 * opens at once. To the minute, rounded down: it is a proposal ("ca. 16:01"), not a measurement.
 */
export function impactProposal(
  alert: Pick<IncomingAlert, 'delaySeconds'> & { startedAt: Date | Instant },
): Date | undefined {
  const delay = alert.delaySeconds ?? 0;
  if (delay <= 0) return undefined;
  const began = Number(alert.startedAt) - delay * 1000;
  return new Date(Math.floor(began / 60_000) * 60_000);
}

/**
 * Labels told by a policy called "<host> on <cluster>" (2i2c names its checks so), for those of the
 * two that are not known otherwise. A first part that is no host name tells only the cluster.
 */
export function labelsFromPolicyName(policy: string, known: Record<string, string>): Record<string, string> {
  const parts = /^(\S+) on ([A-Za-z0-9][\w.-]*)$/.exec(policy.trim());
  const [, subject, cluster] = parts ?? [];
  const told: Record<string, string> = {};
  if (cluster === undefined || subject === undefined) return told;
  if (known.cluster === undefined) told.cluster = cluster;
  if (known.host === undefined && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(subject)) told.host = subject;
  return told;
}
