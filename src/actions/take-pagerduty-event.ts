import { parseRelayedGroup } from '../alertmanager/relayed-text.ts';
import type { Core } from '../core.ts';
import type { AlertEvent, IncomingAlert } from '../domain/alert.ts';
import { sourceActor } from '../domain/alert.ts';
import { eventFact } from '../domain/alerts.ts';
import { type Effect, nothing } from '../domain/decision.ts';
import { acknowledgePage } from '../domain/page-answers.ts';
import { personIdOf } from '../domain/people.ts';
import { mention } from '../domain/sentence.ts';
import type { PersonId } from '../domain/words.ts';
import { parseRelayedAlert } from '../google-monitoring/relayed-text.ts';
import { readPagerKey } from '../jobs/pagerduty.ts';
import { alertFromPagerDuty } from '../pagerduty/alert.ts';
import { eventWords } from '../pagerduty/event-words.ts';
import type { PagerDutyEvent, PagerDutyIncidentEvent, PagerDutyReference } from '../pagerduty/webhook.ts';
import { isServiceError } from '../service-error.ts';
import { recall, remember } from '../store/remembered.ts';
import { changeIncident } from './change.ts';
import { personOfPagerUser } from './match-people.ts';
import { takeAlert, takeAlertEvent } from './take-alert.ts';
import { tellAlertsChannel } from './tell-alerts-channel.ts';
import { withDeadline } from './with-deadline.ts';

/** PagerDuty waits 5 s for its answer. */
const NAMING_MS = 2_500;

const RELAYED = { alert: parseRelayedAlert, group: parseRelayedGroup };

/** What an incident of PagerDuty's is here: a page of ours, or somebody else's alert. */
type Known = KnownPage | { alert: string };

interface KnownPage {
  page: string;
  number: number;
  uid: string;
}

/** What PagerDuty tells: of one of our pages, or of an alert of somebody else's. */
export async function takePagerDutyEvent(core: Core, event: PagerDutyEvent, delivery: string): Promise<void> {
  if (event.kind === 'other') return;
  if (event.kind === 'ping') {
    const text = '✅ The test of PagerDuty’s webhook has arrived.';
    return tellAlertsChannel(core, { about: 'pagerduty-test', text });
  }
  const known =
    'title' in event
      ? await learnIncident(core, event)
      : await knownPagerDutyIncident(core, event.incidentId);
  if (!known) {
    core.log.info({ event: event.type }, 'PagerDuty tells of an incident that is not known here');
    return;
  }
  const who = await whoDidIt(core, event);
  // What Daywatch itself did there is no news.
  if (who === 'daywatch') return;
  const happened = eventOf(core, event, who);
  if ('page' in known) return takeOfPage(core, known, event, { who, happened, delivery });
  if (!('title' in event)) {
    if (happened) await takeAlertEvent(core, known.alert, happened);
    return;
  }
  const alert = alertOfPagerDuty(event);
  await takeAlert(core, happened ? { ...alert, happened } : alert);
}

/** What is told of an incident of PagerDuty's that is no page of ours. */
export function alertOfPagerDuty(event: PagerDutyIncidentEvent): IncomingAlert {
  return alertFromPagerDuty(event, RELAYED);
}

async function learnIncident(core: Core, event: PagerDutyIncidentEvent): Promise<Known> {
  const page = readPagerKey(event.incidentKey ?? '');
  const known: Known = page ?? { alert: alertOfPagerDuty(event).fingerprint };
  if (!(await knownPagerDutyIncident(core, event.incidentId))) {
    await rememberPagerDutyIncident(core, event.incidentId, known);
  }
  return known;
}

export async function knownPagerDutyIncident(core: Core, id: string): Promise<Known | undefined> {
  return (await recall<Known>(core.store, incidentKey(id)))?.body;
}

export async function rememberPagerDutyIncident(core: Core, id: string, known: Known): Promise<void> {
  await remember(core.store, incidentKey(id), known);
}

function incidentKey(id: string): string {
  return `pagerduty-incident:${id}`;
}

function eventOf(core: Core, event: PagerDutyEvent, who: PersonId | undefined): AlertEvent | undefined {
  const named = (user: PagerDutyReference) => {
    const member = core.team.people.find(({ pagerduty }) => pagerduty === user.id);
    return mention(member ? personIdOf(member) : `name:${user.name}`);
  };
  const words = eventWords(event, who === undefined ? undefined : mention(who), named);
  if (!words) return undefined;
  const by = who === undefined ? sourceActor('pagerduty') : ({ kind: 'person', id: who } as const);
  return { id: `pagerduty-${event.eventId}`, at: event.occurredAt.getTime(), by, ...words };
}

interface Told {
  who: PersonId | undefined;
  happened: AlertEvent | undefined;
  delivery: string;
}

/** An acknowledgement or a resolution answers the page; everything else is a line of the timeline. */
async function takeOfPage(
  core: Core,
  known: KnownPage,
  event: PagerDutyEvent,
  { who, happened, delivery }: Told,
): Promise<void> {
  const answers = event.kind === 'acknowledged' || event.kind === 'resolved';
  if (answers ? who === undefined : happened === undefined) return;
  await changeIncident(
    core.store,
    { number: known.number },
    (incident) => {
      const page = incident.pages[known.page];
      if (incident.uid !== known.uid || !page) return nothing();
      const at = event.occurredAt.getTime();
      if (answers && who !== undefined) {
        return acknowledgePage(incident, page.id, { person: who, via: 'pagerduty', at });
      }
      if (!happened) return nothing();
      const lapsed: Effect = {
        do: 'say',
        notice: happened.id,
        text: `⚠️ The acknowledgement of the page for ${mention(page.person)} has lapsed in PagerDuty, and it rings again there.`,
      };
      const facts = [eventFact(happened, core.store.now().getTime())];
      return { facts, effects: event.kind === 'unacknowledged' ? [lapsed] : [] };
    },
    { delivery },
  );
}

/**
 * The person behind an event; nobody where automation did it. Whom PagerDuty cannot name in time keeps the name that the
 * event has, unless the incident is a page, of which the next look at its log tells.
 */
async function whoDidIt(core: Core, event: PagerDutyEvent): Promise<PersonId | 'daywatch' | undefined> {
  const { agent } = event;
  if (!agent) return undefined;
  const member = core.team.people.find(({ pagerduty }) => pagerduty === agent.id);
  if (member) return personIdOf(member);
  try {
    return (await withDeadline('PagerDuty', NAMING_MS, personOfPagerUser(core, agent))) ?? 'daywatch';
  } catch (error) {
    if (!isServiceError(error)) throw error;
    core.log.warn({ error: error.message }, 'nobody says whose doing this is');
    return undefined;
  }
}
