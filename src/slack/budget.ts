import { ServiceError } from '../service-error.ts';
import type { Call } from './web.ts';

const WINDOW_MS = 60_000;

/**
 * The same calls, so many a minute and method: below Slack's limit, so that reading much leaves room for whoever
 * needs one of them now. One too many is not sent, but answered as Slack would: with when to come again.
 */
export function budgeted(call: Call, perMinute: number, now: () => number): Call {
  const sent = new Map<string, number[]>();
  return (method, args, options) => {
    const at = now();
    const recent = (sent.get(method) ?? []).filter((time) => time <= at && at - time < WINDOW_MS);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= perMinute) {
      const retryAfterMs = WINDOW_MS - (at - oldest);
      throw new ServiceError({
        service: 'Slack',
        kind: 'rate-limited',
        message: `Enough of ${method} for this minute.`,
        retryAfterMs,
        code: 'ratelimited',
      });
    }
    sent.set(method, [...recent, at]);
    return call(method, args, options);
  };
}
