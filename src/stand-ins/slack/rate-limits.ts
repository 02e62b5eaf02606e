const MINUTE_MS = 60_000;
/** Messages that a channel takes at once before the one-a-second rule bites. */
const CHANNEL_BURST = 10;

/** Slack's limits, by the clock of the workspace: so many calls a minute for each method, one message a second for each channel. */
export class RateLimits {
  readonly #calls = new Map<string, number[]>();
  readonly #channels = new Map<string, { tokens: number; at: number }>();

  /** Counts a call; answers the seconds to wait when it is one too many, and then does not count it. */
  overLimit(method: string, perMinute: number, channel: string | undefined, at: number): number | undefined {
    const recent = (this.#calls.get(method) ?? []).filter((time) => at - time < MINUTE_MS);
    this.#calls.set(method, recent);
    const oldest = recent[0];
    if (recent.length >= perMinute && oldest !== undefined) return seconds(MINUTE_MS - (at - oldest));
    if (channel !== undefined) {
      const wait = this.#takeToken(channel, at);
      if (wait !== undefined) return wait;
    }
    recent.push(at);
    return undefined;
  }

  #takeToken(channel: string, at: number): number | undefined {
    const bucket = this.#channels.get(channel) ?? { tokens: CHANNEL_BURST, at };
    const tokens = Math.min(CHANNEL_BURST, bucket.tokens + (at - bucket.at) / 1000);
    if (tokens < 1) {
      this.#channels.set(channel, { tokens, at });
      return seconds((1 - tokens) * 1000);
    }
    this.#channels.set(channel, { tokens: tokens - 1, at });
    return undefined;
  }
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
