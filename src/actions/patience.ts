import { AsyncLocalStorage } from 'node:async_hooks';

/** Nobody can tell whether the change was kept: the database went away while it was being committed. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

/** Whoever asked was told that nothing was taken, so nothing may be taken any more. */
class TooLate extends Error {
  override name = 'TooLate';
}

interface Patience {
  over: boolean;
  committing: boolean;
}

const waiting = new AsyncLocalStorage<Patience>();

/**
 * What `attempt` answers, if it does so in time. After that nothing of it is committed any more.
 * @throws OutcomeUnknown when the time is over in the middle of a commit; anything else means that nothing was kept.
 */
export async function inTime<Result>(ms: number, attempt: () => Promise<Result>): Promise<Result> {
  const patience: Patience = { over: false, committing: false };
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    patience.over = true;
    reject(patience.committing ? new OutcomeUnknown() : new TooLate());
  }, ms);
  const work = waiting.run(patience, attempt);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    // What still fails when nobody waits for it has been answered for.
    work.catch(() => {});
  }
}

/** Called right before a commit. @throws when whoever asked has been told that nothing was taken. */
export function aboutToCommit(): void {
  const patience = waiting.getStore();
  if (!patience) return;
  if (patience.over) throw new TooLate();
  patience.committing = true;
}
