import { FLOOD_ENDS_MS } from '../domain/alert-news.ts';
import { lastOffer, type Offer } from '../store/offers.ts';
import type { Door } from './change.ts';

/** In a flood, alerts that wait for a message are gathered this often. */
const PAUSE_MS = 1_000;

/** It takes in whatever comes until the flood is over. */
export function takesMore(last: Offer | undefined, now: Date): last is Offer {
  if (!last?.many || last.decision !== null) return false;
  return now.getTime() - last.lastAt.getTime() < FLOOD_ENDS_MS;
}

/** When alerts that wait are to be found a message: at once, or together with those of the next moment. */
export async function gatheringAt({ tx }: Pick<Door, 'tx'>, now: Date): Promise<Date | undefined> {
  return takesMore(await lastOffer(tx), now) ? new Date(now.getTime() + PAUSE_MS) : undefined;
}
