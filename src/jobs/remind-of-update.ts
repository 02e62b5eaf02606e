import { nowOf } from '../core.ts';
import { remindOfUpdate } from '../domain/update-clock.ts';
import { type Job, record } from './context.ts';

/** Says that an update is due, or late, when it is: who is awake is looked up now. */
export const remindOf: Job<'remind-of-update'> = async (task) => {
  const { core, effect } = task;
  await record(task, (incident) => remindOfUpdate(incident, core.team, effect, nowOf(core)));
};
