import { changeIncident } from '../actions/change.ts';
import type { Core } from '../core.ts';
import type { Changes } from '../domain/decision.ts';
import { overdueHops } from '../domain/handoff-hop.ts';
import type { Incident } from '../domain/incident.ts';
import { proposeReliefs } from '../domain/relief.ts';
import { openIncidents } from '../store/incidents.ts';

/** Asks who takes over before a holder's day ends, and once it has; and moves on offers that stand still. */
export async function watchRoles(core: Core, now: Date): Promise<void> {
  for (const incident of await openIncidents(core.store.database.prisma)) {
    if (changesOf(core, incident, now).effects.length === 0) continue;
    await changeIncident(core.store, { number: incident.number }, (locked) => changesOf(core, locked, now));
  }
}

function changesOf({ team }: Core, incident: Incident, now: Date): Changes {
  const asked = proposeReliefs(team, incident, now.getTime());
  return { facts: asked.facts, effects: [...asked.effects, ...overdueHops(incident, now.getTime())] };
}
