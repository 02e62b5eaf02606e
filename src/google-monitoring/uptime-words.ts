import { labelsFromPolicyName } from '../domain/alert.ts';

/** The labels inside Google's own words: `… labels {project_id=p, host=leap.2i2c.cloud} is failing`. */
export function labelsInBraces(words: string): Record<string, string> {
  const inside = /\{([^{}]*)\}/.exec(words)?.[1] ?? '';
  const labels: Record<string, string> = {};
  for (const pair of inside.split(',')) {
    const [, key, value] = /^\s*([\w.-]+)=(.*?)\s*$/.exec(pair) ?? [];
    if (key !== undefined && value !== undefined && value !== '') labels[key] = value;
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
