import { nothing } from '../domain/decision.ts';
import { acknowledgePage } from '../domain/page-answers.ts';
import { personIdOf } from '../domain/people.ts';
import type { PersonId } from '../domain/words.ts';
import { parseRelayedAlert } from '../google-monitoring/relayed-text.ts';
import type { Core } from '../jobs/context.ts';
import { readPagerKey } from '../jobs/pagerduty.ts';
import { alertFromPagerDuty } from '../pagerduty/alert.ts';
import type { PagerDutyEvent, PagerDutyIncidentEvent } from '../pagerduty/webhook.ts';
import { changeIncident } from './change.ts';
import { takeAlert } from './take-alert.ts';

const INCIDENT_KINDS = new Set(['acknowledged', 'resolved', 'triggered', 'reopened']);

/** What PagerDuty tells: an answer to one of our pages, or an alert of somebody else's. */
export async function takePagerDutyEvent(core: Core, event: PagerDutyEvent, delivery: string): Promise<void> {
  if (!INCIDENT_KINDS.has(event.kind)) return;
  const told = event as PagerDutyIncidentEvent;
  const key = readPagerKey(told.incidentKey ?? '');
  if (!key) {
    const alert = alertFromPagerDuty(told, parseRelayedAlert);
    if (alert) await takeAlert(core, alert);
    return;
  }
  if (told.kind !== 'acknowledged' && told.kind !== 'resolved') return;
  await changeIncident(
    core.store,
    { number: key.number },
    (incident) => {
      const page = incident.pages[key.page];
      if (incident.uid !== key.uid || !page) return nothing();
      const person = whoAnswered(core, told, page.person);
      if (person === undefined) return nothing();
      return acknowledgePage(incident, page.id, { person, via: 'pagerduty', at: told.occurredAt.getTime() });
    },
    { delivery },
  );
}

/** The bot's own changes come back as events of a user who is nobody of the team. */
function whoAnswered(core: Core, event: PagerDutyIncidentEvent, paged: PersonId): PersonId | undefined {
  const { agent } = event;
  if (!agent) return event.kind === 'acknowledged' ? paged : undefined;
  const member = core.team.people.find(({ pagerduty }) => pagerduty === agent.id);
  if (member) return personIdOf(member);
  return event.assignees.some(({ id }) => id === agent.id) ? paged : undefined;
}
