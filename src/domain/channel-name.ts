const MAX = 80;

/**
 * `inc-12-leap-hub-outage`: Slack's rules for names (lower case, digits, hyphens; at most 80 characters; never empty),
 * from any title. `attempt` 2 and later are for when a name is taken.
 */
export function channelName(number: number, title: string, attempt = 1): string {
  const prefix = `inc-${number}`;
  const suffix = attempt > 1 ? `-${attempt}` : '';
  const room = MAX - prefix.length - suffix.length - 1;
  const words = slug(title).slice(0, room).replace(/-+$/, '');
  return words ? `${prefix}-${words}${suffix}` : `${prefix}${suffix}`;
}

/** Lower-case ASCII words joined by hyphens; empty when nothing of the text can be written so. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
