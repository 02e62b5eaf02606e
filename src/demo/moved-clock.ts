import { TestClock } from 'pg-boss';
import type { Instant } from '../domain/words.ts';
import type { Queue } from '../queue.ts';

/** A clock of the case's own day, moved rather than waited for. What becomes due on the way happens on the way. */
export class MovedClock {
  readonly clock: TestClock;
  #queue: Pick<Queue, 'nextDue' | 'wake'> | undefined;

  constructor(start: Instant) {
    this.clock = new TestClock(start);
  }

  now(): Instant {
    return this.clock.now();
  }

  /** The queue whose due times are stopped at. */
  follow(queue: Pick<Queue, 'nextDue' | 'wake'>): void {
    this.#queue = queue;
  }

  async moveTo(at: Instant, settle: () => Promise<void>): Promise<void> {
    for (;;) {
      const due = (await this.#queue?.nextDue())?.getTime();
      if (due === undefined || due >= at || due <= this.clock.now()) break;
      await this.#jump(due);
      await settle();
    }
    if (at > this.clock.now()) await this.#jump(at);
  }

  /** From here on time passes as it does outside; answers how to stop it. */
  letRun(): () => void {
    let last = performance.now();
    let moving = false;
    const timer = setInterval(async () => {
      if (moving) return;
      moving = true;
      const now = performance.now();
      await this.clock.tick(Math.round(now - last));
      last = now;
      moving = false;
    }, 500);
    return () => clearInterval(timer);
  }

  async #jump(at: Instant): Promise<void> {
    // The queue looks for what is due before this instant, so it lies a moment behind.
    await this.clock.setTime(at + 1);
    await this.clock.tick(1);
    await this.#queue?.wake();
  }
}
