import { REDRAW_MS } from '../domain/alert-news.ts';
import { errandJob } from '../jobs/errands.ts';
import { changeOffer, lockOffer } from '../store/offers.ts';
import type { Door } from './change.ts';

/** Has an offer's message drawn anew: once for everything of the next seconds. */
export async function redrawOffer(door: Pick<Door, 'tx' | 'send'>, id: number, now: Date): Promise<void> {
  const offer = await lockOffer(door.tx, id);
  // What is drawn later shows this too.
  if (!offer || offer.dueAt > now) return;
  const dueAt = new Date(Math.max(now.getTime(), offer.dueAt.getTime() + REDRAW_MS));
  await changeOffer(door.tx, id, { dueAt });
  await door.send([errandJob({ do: 'show-offer', offer: id }, dueAt)]);
}
