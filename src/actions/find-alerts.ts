import type { Core } from '../core.ts';
import { relayedBy } from '../domain/alert-line.ts';
import { viewAlert } from '../domain/alert-merge.ts';
import { belongedBefore } from '../domain/alert-place.ts';
import type { Incident } from '../domain/incident.ts';
import { freeAlerts, groupedAlerts, type KeptAlert, lockAlerts } from '../store/alerts.ts';
import { holdWaiting, undecidedOffers } from '../store/offers.ts';
import { together } from './change.ts';
import { redrawOffer } from './redraw-offer.ts';
import { settleAlerts } from './settle-alerts.ts';

/** Trouble that began earlier than this before its incident is no longer looked for. */
const LOOKED_BACK_MS = 3 * 24 * 3_600_000;
const LOOKED_AT = 1_000;
/** Older messages of the alerts channel are scrolled away. */
const DRAWN_MOST = 20;

/**
 * Alerts that came before their incident was declared, and what relays those it has, join it. Those that stay offered
 * may be attached to it from now on.
 */
export async function findAlerts(core: Core, incident: Incident): Promise<void> {
  const now = core.store.now();
  const since = new Date(incident.declaredAt - LOOKED_BACK_MS);
  await together(core.store, {}, async (door) => {
    // Before any alert is locked, as by whoever tells of one.
    await holdWaiting(door.tx);
    const free = await freeAlerts(door.tx, since, LOOKED_AT);
    const direct = (await groupedAlerts(door.tx, incident.number)).map(({ known }) => viewAlert(known));
    const fits = (alert: KeptAlert) => {
      // Nobody in the alerts channel is pointed at a private incident.
      if (alert.standing === 'offered' && incident.private) return false;
      const view = viewAlert(alert.known);
      return belongedBefore(view, core.team, incident) || relayedBy(view, direct) !== undefined;
    };
    const found = free.filter(fits).map(({ known }) => known.fingerprint);
    const locked = [...(await lockAlerts(door.tx, found)).values()];
    const own = locked.filter((alert) => isFree(alert) && fits(alert));
    const joined = { standing: 'joined', incident: incident.number, placed: true } as const;
    if (own.length > 0) {
      await settleAlerts(
        core,
        door,
        own.map((alert) => ({ ...alert, ...joined })),
      );
    }
    return { kind: 'no-incident' };
  });
  // By itself, so that the locks of offers are taken in one order.
  await together(core.store, {}, async (door) => {
    const offers = incident.private ? [] : await undecidedOffers(door.tx, since, DRAWN_MOST);
    for (const offer of offers.sort((a, b) => a - b)) await redrawOffer(door, offer, now);
    return { kind: 'no-incident' };
  });
}

function isFree({ standing, incident }: KeptAlert): boolean {
  return incident === undefined && (standing === 'kept' || standing === 'offered');
}
