/** What a link leads to, in a word: `issue`, `pull request`, `message`, `alert`; otherwise `link`. */
export function linkWord(url: string): string {
  if (!URL.canParse(url)) return 'link';
  const { host, pathname } = new URL(url);
  if (/\/(pull|merge_requests)\/\d+/.test(pathname)) return 'pull request';
  if (/\/issues\/\d+/.test(pathname)) return 'issue';
  if (/\/commit\/[0-9a-f]+/.test(pathname)) return 'commit';
  if (host.endsWith('.slack.com') && pathname.startsWith('/archives/')) return 'message';
  if (host.endsWith('.pagerduty.com')) return 'alert';
  if (host === 'console.cloud.google.com' && pathname.includes('/alerting/')) return 'alert';
  return 'link';
}
