import { setTimeout as sleep } from 'node:timers/promises';
import { isServiceError } from '../service-error.ts';
import type { Call } from './web.ts';

/** A job waits this long in its place for a limit to pass; longer, and it comes again later. */
const PATIENCE_MS = 90_000;
/** Methods whose limits Slack counts for each channel apart. */
const BY_CHANNEL = new Set(['chat.postMessage', 'chat.update', 'chat.postEphemeral']);

/**
 * The same calls, minding Slack's limits: whoever comes while one is in force waits for it, so that the order
 * is kept and nothing is dropped. Other methods and other channels do not wait. A limit that outlasts `patienceMs` is thrown.
 */
export function paced(call: Call, patienceMs = PATIENCE_MS): Call {
  const gates = new Map<string, number>();
  return async (method, args, options) => {
    const gate = gateOf(method, args);
    const givenUpAt = performance.now() + patienceMs;
    for (;;) {
      const wait = (gates.get(gate) ?? 0) - performance.now();
      if (wait > 0) await sleep(wait);
      try {
        return await call(method, args, options);
      } catch (error) {
        if (!isServiceError(error, 'rate-limited')) throw error;
        const openAt = performance.now() + (error.retryAfterMs ?? 1_000);
        if (openAt > givenUpAt) throw error;
        gates.set(gate, openAt);
      }
    }
  };
}

function gateOf(method: string, args: object): string {
  const channel = BY_CHANNEL.has(method) && 'channel' in args ? String(args.channel) : '';
  return `${method} ${channel}`;
}
