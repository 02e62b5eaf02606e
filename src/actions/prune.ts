import type { Core } from '../jobs/context.ts';

/** No sender repeats a delivery after so long; PagerDuty's 48 hours are the longest. */
const KEPT_MS = 7 * 24 * 3_600_000;
const EVERY_MS = 3_600_000;

/** Forgets deliveries that nobody sends again, now and every hour. Not doing so costs space and nothing else. */
export function pruneDeliveries(core: Core): Disposable {
  const prune = () => {
    const before = new Date(core.store.now().getTime() - KEPT_MS);
    core.store.database.prisma.delivery
      .deleteMany({ where: { takenAt: { lt: before } } })
      .catch((error: unknown) => {
        core.log.warn(
          { error: error instanceof Error ? error.message : error },
          'old deliveries were not forgotten',
        );
      });
  };
  prune();
  const timer = setInterval(prune, EVERY_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
