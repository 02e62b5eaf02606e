import { type Core, nowOf } from '../core.ts';
import type { Incident } from '../domain/incident.ts';
import { acknowledgePage } from '../domain/page-answers.ts';
import { pageRang, pagesToHearOf, pagesToRing } from '../domain/page-delivery.ts';
import { isServiceError } from '../service-error.ts';
import { changeIncident } from './change.ts';
import { personOfPagerUser } from './match-people.ts';
import { withDeadline } from './with-deadline.ts';

/** No step of a ladder waits longer to hear that it is not needed. */
const DEADLINE_MS = 2_000;

/**
 * Asks PagerDuty which of the pages that ring there were answered, and takes the answers as its webhooks would have
 * brought them, at their own time. One look for all of these incidents. Throws ServiceErrors.
 */
export async function hearPagerDuty(core: Core, incidents: readonly Incident[]): Promise<void> {
  const { pager } = core.world;
  const asked = incidents.flatMap((incident) =>
    pagesToHearOf(incident).map((page) => ({ ...page, number: incident.number })),
  );
  if (!pager || asked.length === 0) return;
  const since = Math.min(...asked.map(({ sentAt }) => sentAt));
  const ids = asked.map(({ id }) => id);
  for (const [id, answer] of await pager.answersTo(ids, new Date(since))) {
    const answered = asked.find((page) => page.id === id);
    const person = await personOfPagerUser(core, answer.user);
    if (!answered || person === undefined) continue;
    const by = { person, via: 'pagerduty' as const, at: answer.at.getTime() };
    await changeIncident(core.store, { number: answered.number }, (incident) =>
      acknowledgePage(incident, answered.page, by),
    );
  }
}

/** Takes down when PagerDuty notified those who are paged; asked until it has. Throws ServiceErrors. */
export async function hearRinging(core: Core, incidents: readonly Incident[]): Promise<void> {
  const { pager } = core.world;
  if (!pager) return;
  for (const incident of incidents) {
    for (const { page, id } of pagesToRing(incident, nowOf(core))) {
      const at = await pager.notifiedAt(id);
      if (!at) continue;
      await changeIncident(core.store, { number: incident.number }, (locked) =>
        pageRang(locked, page, at.getTime()),
      );
    }
  }
}

/** The same before a step is taken: whoever has answered there leaves the next person in peace. Holds nothing up. */
export async function hearPagerDutyInTime(core: Core, incident: Incident): Promise<void> {
  try {
    await withDeadline('PagerDuty', DEADLINE_MS, hearPagerDuty(core, [incident]));
  } catch (error) {
    if (!isServiceError(error)) throw error;
    core.log.warn({ error: error.message }, 'PagerDuty does not say who answered a page');
  }
}
