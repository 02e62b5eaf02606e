import type { Core } from '../core.ts';
import { mergeAlert } from '../domain/alert-merge.ts';
import type { Incident } from '../domain/incident.ts';
import { alertsCalled, claimAlerts, type KeptAlert, lockAlert } from '../store/alerts.ts';
import { firstWordsOfBots } from '../store/history.ts';
import { offerById } from '../store/offers.ts';
import { together } from './change.ts';
import { attachOffered } from './decide-offer.ts';
import { settleAlerts } from './settle-alerts.ts';
import {
  alertOfPagerDuty,
  knownPagerDutyIncident,
  rememberPagerDutyIncident,
} from './take-pagerduty-event.ts';

const LINK = /https:\/\/[\w.-]+\.pagerduty\.com\/incidents\/([A-Z0-9]{6,})/;

/**
 * In a channel that PagerDuty made its first message names the incident that the channel is about: what PagerDuty tells
 * of that one belongs here. A page of our own, or what is another incident's, is left where it is.
 */
export async function linkPagerDuty(core: Core, incident: Incident): Promise<void> {
  if (!incident.channel) return;
  const said = await firstWordsOfBots(core.store.database.prisma, incident.channel.id);
  const id = said.map((words) => LINK.exec(words)?.[1]).find((found) => found !== undefined);
  if (id === undefined) return;
  const known = await knownPagerDutyIncident(core, id);
  if (known && 'page' in known) return;
  const told = known ? undefined : await core.world.pager?.incident(id);
  const alert = told && alertOfPagerDuty(told);
  const fingerprint = known?.alert ?? alert?.fingerprint;
  if (fingerprint === undefined) return;
  if (!known) await rememberPagerDutyIncident(core, id, { alert: fingerprint });
  const kept = (await alertsCalled(core.store.database.prisma, [fingerprint])).get(fingerprint);
  if (await attachedByOffer(core, incident, kept)) return;
  await together(core.store, {}, async (door) => {
    const claimed = alert
      ? (await claimAlerts(door.tx, [mergeAlert(undefined, alert)])).get(fingerprint)
      : await lockAlert(door.tx, fingerprint);
    if (claimed && claimed.standing !== 'joined') {
      const joined = { standing: 'joined', incident: incident.number, placed: true } as const;
      await settleAlerts(core, door, [{ ...claimed, ...joined, version: claimed.version + 1 }]);
    }
    return { kind: 'no-incident' };
  });
}

/** Where it is offered alone, adopting its channel is as good as *Attach*. */
async function attachedByOffer(
  core: Core,
  { number, uid, declaredBy }: Incident,
  kept: KeptAlert | undefined,
): Promise<boolean> {
  if (kept?.offer === undefined || kept.standing === 'joined' || declaredBy.kind !== 'person') return false;
  const offer = await offerById(core.store.database.prisma, kept.offer);
  if (!offer || offer.many || offer.decision) return false;
  const press = { offer: offer.id, person: declaredBy.id, delivery: `adopted:${uid}` };
  await attachOffered(core, { ...press, incident: number });
  return true;
}
