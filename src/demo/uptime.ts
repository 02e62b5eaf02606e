import type { Case } from '../domain/case/schema.ts';
import { MINUTE_MS } from '../domain/zone-offsets.ts';
import { parseRelayedAlert } from '../google-monitoring/relayed-text.ts';
import type { GoogleStandIn } from '../stand-ins/google/start-google.ts';

/** People see that it works a little before they call it resolved. */
const SEEN_TO_WORK_MS = 2 * MINUTE_MS;

/** Lets Google look at the hosts that the case's alerts speak of, which are down while the case says so. */
export function watchHosts(google: GoogleStandIn, story: Case): void {
  const { startedAt, endedAt, resolvedAt, entries } = story;
  const from = startedAt ?? entries.map(({ at }) => at).sort((a, b) => a - b)[0];
  const to = endedAt ?? (resolvedAt === undefined ? undefined : resolvedAt - SEEN_TO_WORK_MS);
  if (from === undefined) return;
  const hosts = entries
    .filter(({ kind }) => kind === 'alert')
    .map(({ raw, text, at }) => parseRelayedAlert(raw ?? text, new Date(at))?.labels.host)
    .filter((host) => host !== undefined);
  for (const host of new Set(hosts)) {
    const down = { from: new Date(from), ...(to === undefined ? {} : { to: new Date(to) }) };
    google.uptimeCheck({ host, down: [down] });
  }
}
