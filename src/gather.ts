import { setImmediate } from 'node:timers/promises';

/**
 * Things that come one by one are taken many at once: those that come while others are being taken are the next lot.
 * A lot that fails is taken one by one, so that one bad thing does not spoil the others.
 * @param take answers a result for each, in their order
 */
export function gather<Thing, Result>(
  take: (things: readonly Thing[]) => Promise<readonly Result[]>,
  most: number,
): (thing: Thing) => Promise<Result> {
  const waiting: { thing: Thing; promised: PromiseWithResolvers<Result> }[] = [];
  let isTaking = false;

  async function takeOne({ thing, promised }: (typeof waiting)[number]): Promise<boolean> {
    try {
      promised.resolve(resultAt(await take([thing]), 0));
      return true;
    } catch (error) {
      promised.reject(error);
      return false;
    }
  }

  async function takeLot(lot: typeof waiting): Promise<void> {
    const [only] = lot;
    if (only && lot.length === 1) return void (await takeOne(only));
    try {
      const results = await take(lot.map(({ thing }) => thing));
      for (const [index, { promised }] of lot.entries()) promised.resolve(resultAt(results, index));
    } catch (error) {
      const taken = await Promise.all(lot.map(takeOne));
      // Nothing can be taken now, so whoever waits hears it now too, and not after as long again.
      if (!taken.includes(true)) for (const { promised } of waiting.splice(0)) promised.reject(error);
    }
  }

  async function takeAll(): Promise<void> {
    isTaking = true;
    while (waiting.length > 0) {
      // Whatever has arrived already is heard first; the embedded database answers without letting anybody in.
      await setImmediate();
      await takeLot(waiting.splice(0, most));
    }
    isTaking = false;
  }

  return (thing) => {
    const promised = Promise.withResolvers<Result>();
    waiting.push({ thing, promised });
    if (!isTaking) void takeAll();
    return promised.promise;
  };
}

function resultAt<Result>(results: readonly Result[], index: number): Result {
  if (index >= results.length) throw new Error('a thing was taken without a result');
  // It is there, and may itself be undefined.
  return results[index] as Result;
}
