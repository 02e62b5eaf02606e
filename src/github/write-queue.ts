import { setTimeout as sleep } from 'node:timers/promises';

export interface WriteQueueOptions {
  /** Least time from the end of one write to the start of the next; GitHub asks for a second. */
  spacingMs?: number;
  now?: () => number;
  wait?: (ms: number) => Promise<unknown>;
}

/** Runs one write after another, whatever becomes of each. */
export type WriteQueue = <T>(write: () => Promise<T>) => Promise<T>;

/** The order in which GitHub wants content made: one at a time, with a second between. */
export function createWriteQueue({
  spacingMs = 1_000,
  now = Date.now,
  wait = sleep,
}: WriteQueueOptions = {}): WriteQueue {
  let last: Promise<unknown> = Promise.resolve();
  let endedAt = Number.NEGATIVE_INFINITY;

  return function enqueue(write) {
    const turn = last.then(async () => {
      const pause = endedAt + spacingMs - now();
      if (pause > 0) await wait(pause);
      try {
        return await write();
      } finally {
        endedAt = now();
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
