/** One alert as a monitoring service told it, whichever way it came. */
export interface IncomingAlert {
  source: 'google' | 'pagerduty' | 'alertmanager' | 'http';
  /** The same for open and close, and for the same alert relayed another way: `google:<incident_id>`. */
  fingerprint: string;
  state: 'open' | 'closed';
  /** When the alert opened, which is later than the trouble by its own delay. */
  startedAt: Date;
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
}

/**
 * When the trouble began at the latest, seen from the alert's own delay; undefined where the alert
 * opens at once. To the minute, rounded down: it is a proposal ("ca. 16:01"), not a measurement.
 */
export function impactProposal(alert: IncomingAlert): Date | undefined {
  const delay = alert.delaySeconds ?? 0;
  if (delay <= 0) return undefined;
  const began = alert.startedAt.getTime() - delay * 1000;
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
