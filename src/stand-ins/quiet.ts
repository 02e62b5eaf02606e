import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from '../queue.ts';
import type { Outside } from './outside.ts';

const POLL_MS = 8;
/** Quiet for this many looks in a row: an answer may still be on its way between two of them. */
const LOOKS = 3;
/** Workers look again after a while by the bot's clock, which stands still here: so they are told to. */
const REMIND_MS = 1_000;

/**
 * Waits until the bot has nothing left that is due and the services have delivered what they had to say.
 * @throws when that has not come about after `patienceMs` of real time
 */
export async function untilQuiet(
  outside: Pick<Outside, 'slack' | 'pagerduty'>,
  queue: Pick<Queue, 'due' | 'wake'>,
  now: () => number,
  patienceMs = 60_000,
): Promise<void> {
  const givenUp = performance.now() + patienceMs;
  let reminder = performance.now() + REMIND_MS;
  for (let looks = 0; looks < LOOKS; ) {
    await Promise.all([outside.slack.settled(), outside.pagerduty.settled()]);
    looks = (await queue.due(new Date(now()))) === 0 ? looks + 1 : 0;
    if (performance.now() > givenUp) throw new Error('the bot is not done after a long while');
    if (performance.now() > reminder) {
      await queue.wake();
      reminder = performance.now() + REMIND_MS;
    }
    if (looks < LOOKS) await sleep(POLL_MS);
  }
}
