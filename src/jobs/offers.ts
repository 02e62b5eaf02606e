import { together } from '../actions/change.ts';
import { decisionWords } from '../actions/decide-offer.ts';
import { takesMore } from '../actions/gathering.ts';
import type { Core } from '../core.ts';
import { viewAlert } from '../domain/alert-merge.ts';
import { FLOOD_GAP_MS, nextDrawing, REDRAW_MS } from '../domain/alert-news.ts';
import { isAbout } from '../domain/alert-rules.ts';
import type { Incident } from '../domain/incident.ts';
import { isLive } from '../domain/permitted.ts';
import type { Attempt } from '../queue.ts';
import { alertsOfOffer } from '../store/alerts.ts';
import { openIncidents } from '../store/incidents.ts';
import {
  alertsToOffer,
  changeOffer,
  lastOffer,
  lockWaiting,
  makeOffer,
  offerById,
  offerContents,
  putInOffer,
} from '../store/offers.ts';
import type { OfferShown } from '../world.ts';
import { type Errand, errandJob } from './errands.ts';

const AT_ONCE = 500;
const KINDS_SHOWN = 8;
/** More buttons than this are no choice. */
const ATTACH_CHOICES = 3;

/**
 * Finds a message for alerts that wait to be offered: one of its own for an alert that comes alone; for many, one
 * message that takes in what follows until the flood is over. One such errand runs at a time.
 */
export async function gatherOffers(core: Core): Promise<void> {
  for (let most = AT_ONCE; most === AT_ONCE; ) {
    await together(core.store, {}, async (door) => {
      await lockWaiting(door.tx);
      const waiting = await alertsToOffer(door.tx, AT_ONCE);
      most = waiting.length;
      if (waiting.length === 0) return { kind: 'no-incident' };
      const now = core.store.now();
      const last = await lastOffer(door.tx);
      const idle = last ? now.getTime() - last.lastAt.getTime() : Number.POSITIVE_INFINITY;
      const isFlood = takesMore(last, now);
      const many = waiting.length > 1 || idle < FLOOD_GAP_MS;
      const soon = new Date(nextDrawing(now.getTime()));
      const fresh = { now, dueAt: idle < FLOOD_GAP_MS ? soon : now, many };
      const id = isFlood ? last.id : await makeOffer(door.tx, fresh);
      await putInOffer(
        door.tx,
        id,
        waiting.map(({ fingerprint }) => fingerprint),
      );
      const dueAt = isFlood ? later(last.dueAt, now) : fresh.dueAt;
      if (isFlood) await changeOffer(door.tx, id, { lastAt: now, dueAt });
      const isPlanned = isFlood && last.dueAt > now;
      if (!isPlanned) await door.send([errandJob({ do: 'show-offer', offer: id }, dueAt)]);
      return { kind: 'no-incident' };
    });
  }
}

/** When it is drawn next: as planned already, or a while after it was drawn last. */
function later(dueAt: Date, now: Date): Date {
  return dueAt > now ? dueAt : new Date(Math.max(now.getTime(), dueAt.getTime() + REDRAW_MS));
}

/** Posts the message of an offer, once, or brings it up to date. */
export async function showOffer(core: Core, id: number, attempt: Attempt): Promise<void> {
  const { prisma } = core.store.database;
  const offer = await offerById(prisma, id);
  const shown = await offerShown(core, id);
  if (!offer || !shown) return;
  const drawn = core.world.chat.drawOffer(shown);
  if (drawn.digest === offer.digest) return;
  if (offer.channel && offer.ts) {
    await core.world.chat.update({ channel: offer.channel, ts: offer.ts }, drawn, false);
    await changeOffer(prisma, id, { digest: drawn.digest });
    return;
  }
  const { channel, ts } = await core.world.chat.post(drawn, {
    marker: { incident: 'alerts', message: `offer:${offer.uid}` },
    first: attempt.first,
    since: offer.madeAt,
    signal: attempt.signal,
  });
  await changeOffer(prisma, id, { channel, ts, digest: drawn.digest });
}

/** What an offer's message says now. */
async function offerShown(core: Core, id: number): Promise<OfferShown | undefined> {
  const { prisma } = core.store.database;
  const offer = await offerById(prisma, id);
  const [first] = await alertsOfOffer(prisma, id, 1);
  if (!offer || !first) return undefined;
  const [contents, open] = await Promise.all([offerContents(prisma, id, KINDS_SHOWN), openIncidents(prisma)]);
  // Nobody in this channel is pointed at a private incident.
  const alert = viewAlert(first.known);
  const about = (incident: Incident) => Number(isAbout(incident, alert, core.team.services));
  const choices = open.filter((one) => !one.private && isLive(one)).sort((a, b) => about(b) - about(a));
  return {
    id,
    alert,
    ...contents,
    attachTo: choices.slice(0, ATTACH_CHOICES).map(({ number, title }) => ({ number, title })),
    ...(offer.decision ? { decided: decisionWords(offer.decision) } : {}),
  };
}

export async function sayInAlertsChannel(
  core: Core,
  { notice, text, at }: Extract<Errand, { do: 'say-alerts' }>,
  attempt: Attempt,
): Promise<void> {
  await core.world.chat.post(core.world.chat.drawAlertsNotice(text), {
    marker: { incident: 'alerts', message: notice },
    first: attempt.first,
    since: new Date(at),
    signal: attempt.signal,
  });
}
