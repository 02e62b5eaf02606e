import type { Core } from '../core.ts';
import { errandJob } from '../jobs/errands.ts';
import { jobFor } from '../jobs/routes.ts';
import { type candidateIncidents, type KeptAlert, type Written, writeAlerts } from '../store/alerts.ts';
import { decideOffer, isGathering, leaveOffer, lockOffer } from '../store/offers.ts';
import type { Door } from './change.ts';
import { gatheringAt } from './gathering.ts';
import { redrawOffer } from './redraw-offer.ts';

export type Candidates = Awaited<ReturnType<typeof candidateIncidents>>;
export type Settled = KeptAlert & Pick<Written, 'placed'>;

/** What is known already of the incidents. */
interface Around {
  candidates: Candidates;
  /** Those that alerts have joined whose relays are elsewhere. */
  relayed: ReadonlySet<number>;
}

/** Writes what was decided, and has what is new of each alert told where it stands. */
export async function settleAlerts(
  core: Core,
  door: Door,
  alerts: readonly Settled[],
  { candidates, relayed }: Around = { candidates: [], relayed: new Set() },
): Promise<void> {
  const now = core.store.now();
  const isWaiting = alerts.some(({ standing, offer }) => standing === 'offered' && offer === undefined);
  const jobs = [];
  if (isWaiting && !(await isGathering(door.tx, now))) {
    jobs.push(errandJob({ do: 'offer-alerts' }, await gatheringAt(door, now)));
  }
  await writeAlerts(door.tx, alerts, now);
  const offers = new Map<number, number | undefined>();
  for (const { offer, incident } of alerts) {
    if (offer !== undefined) offers.set(offer, incident ?? offers.get(offer));
  }
  for (const [offer, incident] of [...offers].sort(([a], [b]) => a - b)) {
    if (incident !== undefined) await leftFor(door, offer, incident);
    await redrawOffer(door, offer, now);
  }
  const numbers = new Set(alerts.flatMap(({ incident }) => (incident === undefined ? [] : [incident])));
  for (const number of numbers) {
    const uid = candidates.find((one) => one.number === number)?.uid ?? (await uidOf(door, number));
    if (uid === undefined) continue;
    if (relayed.has(number)) jobs.push(jobFor({ number, uid }, { do: 'find-alerts' }));
    jobs.push(jobFor({ number, uid }, { do: 'join-alerts' }));
  }
  await door.send(jobs);
}

/** An incident took alerts that an offer waits with: it is settled when none is left of it. */
async function leftFor(door: Door, id: number, incident: number): Promise<void> {
  const offer = await lockOffer(door.tx, id);
  if (!offer || offer.decision || (await leaveOffer(door.tx, id))) return;
  await decideOffer(door.tx, id, { what: 'joined', incident });
}

async function uidOf({ tx }: Door, number: number): Promise<string | undefined> {
  const found = await tx.incident.findUnique({ where: { number }, select: { uid: true } });
  return found?.uid;
}
