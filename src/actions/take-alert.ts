import type { Core } from '../core.ts';
import type { AlertEvent, IncomingAlert } from '../domain/alert.ts';
import { soundAlert } from '../domain/sound-alert.ts';
import { incidentName } from '../domain/words.ts';
import { gather } from '../gather.ts';
import { type KeptAlert, lockAlert } from '../store/alerts.ts';
import { together } from './change.ts';
import { settleAlerts } from './settle-alerts.ts';
import { takeAlerts } from './take-alerts.ts';

/** So many alerts are taken in one transaction, which still is a short one. */
const AT_ONCE = 100;

type Take = (told: IncomingAlert) => Promise<KeptAlert>;

/** Of each running bot. */
const takers = new WeakMap<Core, Take>();

/**
 * Keeps what is told of an alert and sends it where it belongs: to an incident, to one that it makes, to the alerts
 * channel, or nowhere. A repeat writes nothing. What is told at once by many is kept together.
 * @returns the incident that it belongs to, such as `INC-12`
 */
export async function takeAlert(core: Core, incoming: IncomingAlert): Promise<string | undefined> {
  const take = takers.get(core) ?? gather((told) => takeAlerts(core, told), AT_ONCE);
  takers.set(core, take);
  const { incident } = await take(soundAlert(incoming));
  return incident === undefined ? undefined : incidentName(incident);
}

/** Somebody did something about an alert that is known; of one that is not, it says nothing. */
export async function takeAlertEvent(core: Core, fingerprint: string, happened: AlertEvent): Promise<void> {
  await together(core.store, {}, async (door) => {
    const kept = await lockAlert(door.tx, fingerprint);
    if (kept && !Object.hasOwn(kept.known.happened, happened.id)) {
      const known = { ...kept.known, happened: { ...kept.known.happened, [happened.id]: happened } };
      await settleAlerts(core, door, [{ ...kept, known, version: kept.version + 1 }]);
    }
    return { kind: 'no-incident' };
  });
}
