import type { Core } from '../jobs/context.ts';
import { pruneDeliveries } from './prune.ts';

/** Something that is looked after again and again, in one process at a time. */
export interface Chore {
  name: string;
  everyMinutes: number;
  /** What it throws is said in the log, and the next run comes all the same. */
  run(core: Core, now: Date): Promise<void>;
}

/** All there are. A chore may run late, or twice when its process dies, and must be harmless then. */
export const CHORES: readonly Chore[] = [{ name: 'prune', everyMinutes: 60, run: pruneDeliveries }];

/** Does one run of the chore of that name. */
export async function runChore(core: Core, name: string): Promise<void> {
  await CHORES.find((chore) => chore.name === name)?.run(core, core.store.now());
}
