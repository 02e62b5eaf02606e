import type { Core } from '../core.ts';

/** No sender repeats a delivery after so long; PagerDuty's 48 hours are the longest. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Forgets deliveries that nobody sends again. Not doing so costs space and nothing else. */
export async function pruneDeliveries(core: Core, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_MS);
  await core.store.database.prisma.delivery.deleteMany({ where: { takenAt: { lt: before } } });
}
