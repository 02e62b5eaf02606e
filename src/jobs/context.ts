import { changeIncident, type Outcome, type Reads } from '../actions/change.ts';
import type { Core } from '../core.ts';
import type { Changes, Decision, Effect, EffectName } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Attempt } from '../queue.ts';

/** One attempt at an effect, with the incident as it is now. */
export interface Task<Name extends EffectName> {
  core: Core;
  incident: Incident;
  effect: Extract<Effect, { do: Name }>;
  attempt: Attempt;
}

export type Job<Name extends EffectName> = (task: Task<Name>) => Promise<void>;

/** Writes down what a job brought about, under the incident's lock. */
export function record(
  { core, incident }: Pick<Task<EffectName>, 'core' | 'incident'>,
  decide: (incident: Incident, reads: Reads) => Decision | Changes | Promise<Decision>,
): Promise<Outcome> {
  return changeIncident(core.store, { number: incident.number }, decide);
}

/** Something that this job needs is on its way; it comes again shortly, and nothing is wrong. */
export class NotYet extends Error {
  override name = 'NotYet';
}
