import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until `look` stops throwing; then answers what it found. Throws its last complaint. */
export async function eventually<Found>(
  look: () => Found | Promise<Found>,
  patienceMs = 15_000,
): Promise<Found> {
  const givenUp = performance.now() + patienceMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > givenUp) throw error;
    }
    await sleep(15);
  }
}
