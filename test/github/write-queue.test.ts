import { expect, it } from 'vitest';
import { createWriteQueue } from '../../src/github/write-queue.ts';

it('runs one at a time, a second apart, whatever becomes of the one before', async () => {
  let now = 0;
  const story: string[] = [];
  const enqueue = createWriteQueue({
    now: () => now,
    wait: async (ms) => {
      story.push(`wait ${ms}`);
      now += ms;
    },
  });
  function write(name: string, lasts: number): Promise<string> {
    return enqueue(async () => {
      story.push(`${name} starts at ${now}`);
      await Promise.resolve();
      now += lasts;
      story.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
      return name;
    });
  }
  const results = await Promise.allSettled([write('a', 200), write('b', 50), write('c', 0)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(story).toEqual([
    'a starts at 0',
    'a ends',
    'wait 1000',
    'b starts at 1200',
    'b ends',
    'wait 1000',
    'c starts at 2250',
    'c ends',
  ]);
  now += 5_000;
  await write('d', 0);
  expect(story.at(-2)).toBe('d starts at 7250');
});
