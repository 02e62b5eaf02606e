import { setTimeout as sleep } from 'node:timers/promises';

/** Looking costs time that the bot needs. */
const PAUSE_MS = 100;

/** Looks again and again until `look` stops throwing; then answers what it found. Throws its last complaint. */
export async function eventually<Found>(
  look: () => Found | Promise<Found>,
  patienceMs = 30_000,
): Promise<Found> {
  const givenUp = performance.now() + patienceMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > givenUp) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
