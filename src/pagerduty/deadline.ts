/** Thrown by `deadline` when the time is over. */
export class DeadlineError extends Error {
  readonly code = 'DEADLINE';
}

/**
 * The work's own result, or a DeadlineError after `ms`. The work is told to stop by `abort`, and is no
 * longer waited for even if it does not listen.
 */
export async function deadline<T>(
  work: Promise<T>,
  { ms, abort }: { ms: number; abort: AbortController },
): Promise<T> {
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    over.reject(new DeadlineError(`no answer within ${ms} ms`));
    abort.abort();
  }, ms);
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(ignoreLateFailure);
  }
}

function ignoreLateFailure(): void {}
