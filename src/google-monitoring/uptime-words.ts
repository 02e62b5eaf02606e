import { createHash } from 'node:crypto';
import { labelsFromPolicyName } from '../domain/alert.ts';

/** The labels inside Google's own words: `… labels {project_id=p, host=leap.2i2c.cloud} is failing`. */
export function labelsInBraces(words: string): Record<string, string> {
  const inside = /\{([^{}]*)\}/.exec(words)?.[1] ?? '';
  const labels: Record<string, string> = {};
  for (const pair of inside.split(',')) {
    const equals = pair.indexOf('=');
    const [key, value] = [pair.slice(0, Math.max(0, equals)).trim(), pair.slice(equals + 1).trim()];
    if (/^[\w.-]+$/.test(key) && value !== '') labels[key] = value;
  }
  return labels;
}

/** Adds the policy and condition, and what the policy's name tells of host and cluster. */
export function withPolicyLabels(
  labels: Record<string, string>,
  { policy, condition }: { policy: string | undefined; condition: string | undefined },
): Record<string, string> {
  return {
    ...labels,
    ...(policy === undefined ? {} : labelsFromPolicyName(policy, labels)),
    ...(policy === undefined ? {} : { policy }),
    ...(condition === undefined ? {} : { condition }),
  };
}

/** What opens again and again: a policy's alert about one resource. All ways of Google's name both alike. */
export function googleSeries(
  policy: string | undefined,
  resource: Record<string, string>,
): { series?: string } {
  if (policy === undefined) return {};
  const known = Object.entries(resource).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256')
    .update(JSON.stringify([policy, known]))
    .digest('base64url');
  return { series: `google:${digest.slice(0, 22)}` };
}

/** A short line for a person, the same while the alert is open and after. */
export function alertTitle(
  labels: Record<string, string>,
  { isUptime, summary, id }: { isUptime: boolean; summary: string | undefined; id: string },
): string {
  const { host, policy, condition } = labels;
  if (isUptime && host !== undefined) return `Uptime check for ${host} is failing`;
  if (condition !== undefined && policy !== undefined) return `${condition} (${policy})`;
  const line = policy ?? condition ?? summary?.split('\n')[0]?.trim();
  return line === undefined || line === '' ? `Google Cloud Monitoring alert ${id}` : line;
}

/** The link, if it is one of the web. */
export function webLink(url: string | undefined): { link?: string } {
  return url !== undefined && /^https?:\/\/\S+$/i.test(url) ? { link: url } : {};
}
