import { describe, expect, it } from 'vitest';
import { RateLimits } from '../../../src/stand-ins/slack/rate-limits.ts';
import { clientOf, openWorkspace } from './workspace-fixture.ts';

describe('RateLimits', () => {
  it('lets a minute hold so many calls and says how long to wait', () => {
    const limits = new RateLimits();
    for (let call = 0; call < 20; call += 1) {
      expect(limits.overLimit('pins.add', 20, undefined, call * 100)).toBeUndefined();
    }
    expect(limits.overLimit('pins.add', 20, undefined, 10_000)).toBe(50);
    expect(limits.overLimit('pins.list', 20, undefined, 10_000)).toBeUndefined();
    expect(limits.overLimit('pins.add', 20, undefined, 60_000)).toBeUndefined();
  });

  it('lets a channel take a burst, then one message a second', () => {
    const limits = new RateLimits();
    const post = (channel: string, at: number): number | undefined =>
      limits.overLimit('chat', 1000, channel, at);
    const burst = Array.from({ length: 12 }, () => post('C1', 0));
    expect(burst.filter((wait) => wait === undefined)).toHaveLength(10);
    expect(burst.at(-1)).toBe(1);
    expect(post('C2', 0)).toBeUndefined();
    expect(post('C1', 1000)).toBeUndefined();
    expect(post('C1', 1000)).toBe(1);
  });

  it('reaches the client as 429 with Retry-After', async () => {
    await using workspace = await openWorkspace({ rateLimits: true });
    const slack = clientOf(workspace);
    for (let call = 0; call < 20; call += 1) await slack.conversations.list();
    const limited = { code: 'slack_webapi_rate_limited_error', retryAfter: expect.any(Number) };
    await expect(slack.conversations.list()).rejects.toMatchObject(limited);
    expect(workspace.calls.at(-1)?.error).toBe('ratelimited');
  });
});
