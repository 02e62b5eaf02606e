import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Page } from './paging-state.ts';
import { asTyped, mention } from './sentence.ts';
import { type Instant, incidentName, type PersonId } from './words.ts';

/** "I have it", in Slack or in PagerDuty; both count. `at` is when it was said, by whoever took it. */
export function acknowledgePage(
  incident: Incident,
  id: string,
  by: { person: PersonId; via: 'slack' | 'pagerduty'; at: Instant },
): Decision {
  const page = incident.pages[id];
  if (!page) return refuse(`${incidentName(incident.number)} has no such page.`);
  const ladder = incident.ladders[page.ladder];
  const taken = answeredPage(incident, ladder?.pages ?? []);
  if (taken) return nothing(takenWords(taken, by.person));
  const others = (ladder?.pages ?? []).filter((other) => other !== id);
  return {
    facts: [
      {
        type: 'page-acknowledged',
        page: id,
        via: by.via,
        by: { kind: 'person', id: by.person },
        at: by.at,
      },
      ...leads(incident, by),
    ],
    effects: [
      ...[id, ...others].flatMap((page): Effect[] => [
        { do: 'show', message: `page:${page}` },
        { do: 'settle-in-pagerduty', page },
      ]),
      { do: 'invite', people: [by.person] },
      { do: 'say', notice: `acknowledged:${page.ladder}`, text: acknowledgedWords(page, by) },
      { do: 'show', message: 'card' },
    ],
    answer: 'You have it. The channel knows.',
  };
}

/** Where an alert declared, whoever answers first responds. */
function leads(incident: Incident, by: { person: PersonId; at: Instant }): NewFact[] {
  if (incident.roles.responder !== undefined) return [];
  const actor = { kind: 'person', id: by.person } as const;
  return [{ type: 'role-assigned', role: 'responder', person: by.person, by: actor, at: by.at }];
}

function answeredPage(incident: Incident, pages: readonly string[]): Page | undefined {
  return pages.map((id) => incident.pages[id]).findLast((page) => page?.state === 'acknowledged');
}

/** What somebody is told who answers when no page waits any more; nothing where none was ever answered. */
export function answeredBefore(incident: Incident, person: PersonId): string | undefined {
  const taken = answeredPage(incident, Object.keys(incident.pages));
  return taken && takenWords(taken, person);
}

function takenWords({ settledBy }: Page, person: PersonId): string {
  if (settledBy?.kind !== 'person') return 'Somebody has it already. Thank you.';
  return settledBy.id === person ? 'You have it.' : `${mention(settledBy.id)} has it already. Thank you.`;
}

function acknowledgedWords(page: Page, by: { person: PersonId; via: string; at: Instant }): string {
  const minutes = Math.max(0, Math.round((by.at - page.pagedAt) / 60_000));
  const where = by.via === 'pagerduty' ? ' in PagerDuty' : '';
  const after = minutes === 0 ? 'within a minute of' : `${minutes} min after`;
  return `✅ ${mention(by.person)} has it${where}, ${after} the page.`;
}

/** "Not me": the next step at once. */
export function declinePage(
  incident: Incident,
  id: string,
  by: PersonId,
  why: string | undefined,
  now: Instant,
): Decision {
  const page = incident.pages[id];
  if (!page) return refuse(`${incidentName(incident.number)} has no such page.`);
  if (page.person !== by) return refuse(`This page is for ${mention(page.person)}.`);
  if (page.state === 'acknowledged')
    return refuse(
      'You said that you have it. Tell the channel if that has changed, and `/incident page` asks the next.',
    );
  if (page.state !== 'waiting') return nothing('The page has moved on. Thank you for saying so.');
  // Who was asked for by name has nobody after them.
  const climbs = incident.ladders[page.ladder]?.roster !== undefined;
  return {
    facts: [
      {
        type: 'page-declined',
        page: id,
        ...(why ? { why } : {}),
        by: { kind: 'person', id: by },
        at: now,
      },
    ],
    effects: [
      { do: 'climb', ladder: page.ladder },
      { do: 'show', message: `page:${id}` },
      { do: 'settle-in-pagerduty', page: id },
      {
        do: 'say',
        notice: `declined:${id}`,
        text: `${mention(by)} cannot take it${why ? ` (${asTyped(why)})` : ''}${climbs ? '; asking the next' : ''}.`,
      },
    ],
    answer: `Thank you for saying so. ${climbs ? 'The next person is asked at once.' : 'The channel knows.'}`,
  };
}

/** The page that `/incident ack` and `decline` mean: the person's own waiting one, else the latest unanswered. */
export function pageToAnswer(incident: Incident, person: PersonId): Page | undefined {
  const waiting = Object.values(incident.pages).filter(
    (page) => page.state === 'waiting' || page.state === 'unanswered',
  );
  return waiting.findLast((page) => page.person === person) ?? waiting.at(-1);
}

/** The person's own page that nobody has answered and that still waits. */
export function ownWaitingPage(incident: Incident, person: PersonId): Page | undefined {
  return Object.values(incident.pages).findLast((page) => page.person === person && page.state === 'waiting');
}
