import { describe, expect, test } from 'vitest';
import { gather } from '../src/gather.ts';

/** Takes lots when it is let, and remembers them. */
function taker(spoilt: (thing: string) => boolean = () => false) {
  const lots: string[][] = [];
  const take = gather(async (things: readonly string[]) => {
    lots.push([...things]);
    if (things.some(spoilt)) throw new Error('spoilt');
    return things.map((thing) => thing.toUpperCase());
  }, 3);
  return { lots, take };
}

describe('things that come one by one', () => {
  test('are taken many at once, no more than the most, each with its own result', async () => {
    const { lots, take } = taker();
    expect(await Promise.all(['a', 'b', 'c', 'd'].map(take))).toEqual(['A', 'B', 'C', 'D']);
    expect(lots).toEqual([['a', 'b', 'c'], ['d']]);
    expect(await take('e')).toBe('E');
  });

  test('one bad thing spoils itself only', async () => {
    const { lots, take } = taker((thing) => thing === 'b');
    const answers = await Promise.allSettled(['a', 'b', 'c', 'd'].map(take));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(lots).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c'], ['d']]);
  });

  test('when none can be taken, whoever waits hears it at once; what comes later is tried again', async () => {
    let away = true;
    const { lots, take } = taker(() => away);
    const answers = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(take));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    expect(lots).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
    away = false;
    expect(await take('f')).toBe('F');
  });
});
