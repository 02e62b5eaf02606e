import { changeIncident } from '../actions/change.ts';
import { hearPagerDutyInTime } from '../actions/hear-pagerduty.ts';
import type { Core } from '../core.ts';
import { mendLadders } from '../domain/overdue.ts';
import { openIncidents } from '../store/incidents.ts';

/** Finds pages that should have moved on and did not, says so in their channels, and moves them on. */
export async function auditPages(core: Core, now: Date): Promise<void> {
  for (const incident of await openIncidents(core.store.database.prisma)) {
    if (mendLadders(incident, now.getTime()).effects.length === 0) continue;
    core.log.warn({ incident: incident.number }, 'a page has not moved on');
    await hearPagerDutyInTime(core, incident);
    await changeIncident(core.store, { number: incident.number }, (locked) =>
      mendLadders(locked, now.getTime()),
    );
  }
}
