import { createHash } from 'node:crypto';

/**
 * What a group of Alertmanager's is known by, whoever tells of it: the values of the labels by which it is grouped, as
 * they stand in the title that PagerDuty relays, in whatever order and with or without their names.
 */
export function familyOf(values: readonly string[]): string | undefined {
  const words = values
    .join(' ')
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/^[a-z_]\w*=/, ''))
    .filter((word) => word !== '')
    .sort();
  if (words.length === 0) return undefined;
  const digest = createHash('sha256').update(JSON.stringify(words)).digest('base64url');
  return `alertmanager:${digest.slice(0, 22)}`;
}
