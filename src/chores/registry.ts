import type { Core } from '../jobs/context.ts';
import { auditPages } from './audit.ts';
import { pruneDeliveries } from './prune.ts';
import { sendShiftNotes } from './shift-notes.ts';
import { postWeeklyPicture } from './weekly-picture.ts';

/** Something that is looked after again and again, in one process at a time. */
export interface Chore {
  name: string;
  everyMinutes: number;
  /** What it throws is said in the log, and the next run comes all the same. */
  run(core: Core, now: Date): Promise<void>;
}

/** All there are. A chore may run late, or twice when its process dies, and must be harmless then. */
export const CHORES: readonly Chore[] = [
  { name: 'auditor', everyMinutes: 1, run: auditPages },
  { name: 'prune', everyMinutes: 60, run: pruneDeliveries },
  { name: 'shift-notes', everyMinutes: 1, run: sendShiftNotes },
  { name: 'weekly-picture', everyMinutes: 1, run: postWeeklyPicture },
];

/** Does one run of the chore of that name. */
export async function runChore(core: Core, name: string): Promise<void> {
  await CHORES.find((chore) => chore.name === name)?.run(core, core.store.now());
}
