import { takeAlert } from '../actions/take-alert.ts';
import { type Core, nowOf } from '../core.ts';
import type { IncomingAlert } from '../domain/alert.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/zone-offsets.ts';
import type { Monitoring } from '../google-monitoring/monitoring.ts';
import { isServiceError } from '../service-error.ts';
import { openAlerts } from '../store/alerts.ts';
import { recall, remember } from '../store/remembered.ts';

const CURSOR = 'google-alerts';

/** What was read to the end, and since when nothing is. */
interface Cursor {
  readUpTo?: number;
  failingSince?: number;
}

/** Google lists an alert a little after it opened, and clocks differ. */
const OVERLAP_MS = 10 * MINUTE_MS;
const FIRST_LOOK_MS = HOUR_MS;
const FARTHEST_MS = 7 * DAY_MS;
/** So many alerts that opened before are asked for one by one in a run; more take turns. */
const FOLLOWED = 10;

/**
 * Reads Google's own list of alerts: for a bot without a public address, and for what a webhook lost. Where it left off
 * is kept, so that a time without network is read afterwards, each alert at its own times.
 */
export async function pollGoogleAlerts(core: Core, now: Date): Promise<void> {
  const { monitoring } = core.world;
  if (!monitoring) return;
  const kept = (await recall<Cursor>(core.store, CURSOR))?.body ?? {};
  const since = lookBackTo(kept.readUpTo, now.getTime());
  try {
    const listed = await monitoring.alertsOpenedSince(new Date(since));
    // Oldest first. Known ones too: another way may have told less of them, and a repeat writes nothing.
    await Promise.all(listed.toReversed().map((alert) => takeAlert(core, alert)));
    await followOpen(core, monitoring, since);
    await remember(core.store, CURSOR, { readUpTo: now.getTime() } satisfies Cursor);
    if (kept.failingSince !== undefined)
      core.log.info({ alerts: listed.length }, 'Google tells its alerts again');
  } catch (error) {
    if (!isServiceError(error)) throw error;
    if (kept.failingSince !== undefined) return;
    core.log.warn({ error: error.message }, 'Google does not tell its alerts; they are read when it does');
    await remember(core.store, CURSOR, { ...kept, failingSince: now.getTime() } satisfies Cursor);
  }
}

function lookBackTo(readUpTo: number | undefined, now: number): number {
  if (readUpTo === undefined) return now - FIRST_LOOK_MS;
  return Math.max(Math.min(readUpTo, now) - OVERLAP_MS, now - FARTHEST_MS);
}

/** The list is by opening, so the end of one that opened long ago stands far down in it. */
async function followOpen(core: Core, monitoring: Monitoring, before: number): Promise<void> {
  const open = await openAlerts(core.store.database.prisma, 'google', {
    from: new Date(nowOf(core) - FARTHEST_MS),
    to: new Date(before),
  });
  const turn = Math.floor(nowOf(core) / MINUTE_MS) * FOLLOWED;
  const chosen = open.length <= FOLLOWED ? open : open.map((_, index) => open[(turn + index) % open.length]);
  for (const fingerprint of chosen.slice(0, FOLLOWED)) {
    const alert = fingerprint === undefined ? undefined : await orGone(monitoring.alert(fingerprint));
    if (alert?.state === 'closed') await takeAlert(core, alert);
  }
}

/** What Google has forgotten has no end that it could tell. */
async function orGone(asked: Promise<IncomingAlert | undefined>): Promise<IncomingAlert | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isServiceError(error, 'not-found')) return undefined;
    throw error;
  }
}
