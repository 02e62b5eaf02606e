import type { Core } from '../core.ts';
import { auditPages } from './audit.ts';
import { followIssues } from './follow-issues.ts';
import { pollGoogleAlerts } from './google-alerts.ts';
import { askPagerDuty } from './pagerduty-answers.ts';
import { pruneDeliveries } from './prune.ts';
import type { Repeated } from './rounds.ts';
import { sendShiftNotes } from './shift-notes.ts';
import { lookForSigns } from './signs.ts';
import { watchRoles } from './watch-roles.ts';
import { listWeeklyActions } from './weekly-actions.ts';
import { postWeeklyPicture } from './weekly-picture.ts';

/** Something that is looked after again and again, in one process at a time. */
export interface Chore {
  name: string;
  everyMinutes: number;
  /** What it throws is said in the log, and the next run comes all the same. */
  run(core: Core, now: Date): Promise<void>;
}

/** All there are. A chore may run late, or twice when its process dies, and must be harmless then. */
const CHORES: readonly Chore[] = [
  { name: 'auditor', everyMinutes: 1, run: auditPages },
  { name: 'follow-issues', everyMinutes: 10, run: followIssues },
  { name: 'google-alerts', everyMinutes: 1, run: pollGoogleAlerts },
  { name: 'pagerduty-answers', everyMinutes: 1, run: askPagerDuty },
  { name: 'prune', everyMinutes: 60, run: pruneDeliveries },
  { name: 'shift-notes', everyMinutes: 1, run: sendShiftNotes },
  { name: 'signs', everyMinutes: 10, run: lookForSigns },
  { name: 'watch-roles', everyMinutes: 1, run: watchRoles },
  { name: 'weekly-actions', everyMinutes: 1, run: listWeeklyActions },
  { name: 'weekly-picture', everyMinutes: 1, run: postWeeklyPicture },
];

/** Chores of one pace share a round: looking for what is due costs more than most chores. */
export const ROUNDS: readonly Repeated[] = [...new Set(CHORES.map(({ everyMinutes }) => everyMinutes))].map(
  (everyMinutes) => ({ name: `every-${everyMinutes}-min`, everyMinutes }),
);

/** Does each chore of the round of that name; one that fails is logged and holds up no other. */
export async function runRound(core: Core, name: string): Promise<void> {
  const round = ROUNDS.find((one) => one.name === name);
  const mine = CHORES.filter(({ everyMinutes }) => everyMinutes === round?.everyMinutes);
  await Promise.all(mine.map((chore) => runChore(core, chore)));
}

async function runChore(core: Core, chore: Chore): Promise<void> {
  try {
    await chore.run(core, core.store.now());
  } catch (error) {
    core.log.error(
      { chore: chore.name, error: error instanceof Error ? error.message : error },
      'a chore failed',
    );
  }
}
