import type { Fact } from './facts.ts';
import type { Incident } from './incident.ts';
import { giveRole } from './role-state.ts';
import { type Actor, type Instant, type PersonId, ROLES } from './words.ts';

/** What people read where an escalation policy is paged in place of a person. */
export const POLICY = 'PagerDuty’s escalation policy';

export interface Page {
  id: string;
  ladder: string;
  person: PersonId;
  /** The escalation policy in PagerDuty that is paged instead of a person. */
  policy?: string;
  localTime: string;
  reason: string;
  pagedAt: Instant;
  dueAt?: Instant;
  /** How often it goes round with this page. Absent: the first time. */
  round?: number;
  state: 'waiting' | 'acknowledged' | 'declined' | 'unanswered';
  settledAt?: Instant;
  settledBy?: Actor;
  sent: { via: 'slack' | 'pagerduty'; id: string; url?: string; at: Instant }[];
  failed: { via: 'slack' | 'pagerduty'; why: string; at: Instant }[];
  /** When PagerDuty says that it notified them. */
  rangAt?: Instant;
  /** When PagerDuty's escalation policy took it over, as nobody had answered. */
  takenOverAt?: Instant;
}

/** Who is paged in what order, for one asking. */
export interface Ladder {
  id: string;
  /** A roster is climbed; a person asked for by name is the only step. */
  roster?: string;
  person?: PersonId;
  askedBy: Actor;
  /** When somebody asked for it last. */
  askedAt: Instant;
  /** `stopped`: the incident was over before anybody answered; reopening it does not page them. */
  state: 'climbing' | 'waiting' | 'acknowledged' | 'exhausted' | 'stopped';
  /** Waiting, or exhausted with somebody to come on: when the next step is due. */
  waitsUntil?: Instant;
  /** Whose day it waits for, as the channel was told. */
  awaited?: PersonId;
  /** When it began to wait for somebody's day, each time that it did. */
  waitedSince?: Instant[];
  /** What it waited for when somebody asked anew. */
  waitedFor?: { person: PersonId; from: Instant };
  /** The due time of the last step that the auditor found overdue. */
  overdueSince?: Instant;
  /** Page ids, in the order of paging. */
  pages: string[];
}

type PagingFact = Fact & {
  type:
    | 'page-asked'
    | 'ladder-waits'
    | 'ladder-exhausted'
    | 'paged'
    | 'policy-called'
    | 'policy-took-over'
    | 'page-sent'
    | 'page-delivered'
    | 'page-failed'
    | 'page-acknowledged'
    | 'page-declined'
    | 'page-unanswered'
    | 'page-retimed'
    | 'step-overdue';
};

/** What a fact about paging makes of the incident. */
export function changePaging(incident: Incident, fact: PagingFact): Incident {
  switch (fact.type) {
    case 'page-asked': {
      const standing = incident.ladders[fact.ladder];
      if (standing) return askAnew(incident, standing, fact.at);
      const ladder: Ladder = {
        id: fact.ladder,
        ...(fact.roster === undefined ? {} : { roster: fact.roster }),
        ...(fact.person === undefined ? {} : { person: fact.person }),
        askedBy: fact.by,
        askedAt: fact.at,
        state: 'climbing',
        pages: [],
      };
      return { ...incident, ladders: { ...incident.ladders, [fact.ladder]: ladder } };
    }
    case 'ladder-waits':
      return beginWait(moveLadder(incident, fact.ladder, 'waiting', fact), fact);
    case 'ladder-exhausted': {
      const exhausted = moveLadder(incident, fact.ladder, 'exhausted', fact.later);
      return fact.later === undefined ? exhausted : beginWait(exhausted, fact);
    }
    case 'step-overdue':
      return changeLadder(incident, fact.ladder, { overdueSince: fact.dueAt });
    case 'paged': {
      const page: Page = {
        id: fact.page,
        ladder: fact.ladder,
        person: fact.person,
        localTime: fact.localTime,
        reason: fact.reason,
        pagedAt: fact.at,
        ...(fact.dueAt === undefined ? {} : { dueAt: fact.dueAt }),
        ...(fact.round === undefined ? {} : { round: fact.round }),
        state: 'waiting',
        sent: [],
        failed: [],
      };
      return moveLadder(addPage(incident, page), fact.ladder, 'climbing');
    }
    case 'policy-called':
      // The ladder stays exhausted: whoever comes on later is paged all the same.
      return addPage(incident, {
        id: fact.page,
        ladder: fact.ladder,
        person: `name:${POLICY}`,
        policy: fact.policy,
        localTime: '',
        reason: '',
        pagedAt: fact.at,
        round: fact.round,
        state: 'waiting',
        sent: [],
        failed: [],
      });
    case 'policy-took-over':
      return changePage(incident, fact.page, () => ({ takenOverAt: fact.at }));
    case 'page-sent': {
      const { via, id, url, at } = fact;
      const sent = url === undefined ? { via, id, at } : { via, id, url, at };
      return changePage(incident, fact.page, (page) => ({ sent: [...page.sent, sent] }));
    }
    case 'page-delivered':
      return changePage(incident, fact.page, () => ({ rangAt: fact.at }));
    case 'page-failed': {
      const { via, why, at } = fact;
      return changePage(incident, fact.page, (page) => ({ failed: [...page.failed, { via, why, at }] }));
    }
    case 'page-acknowledged': {
      const page = incident.pages[fact.page];
      if (!page) return incident;
      const settled = settlePage(incident, fact.page, 'acknowledged', fact);
      return moveLadder(withRole(settled, page, fact), page.ladder, 'acknowledged');
    }
    case 'page-declined':
      return settlePage(incident, fact.page, 'declined', fact);
    case 'page-unanswered':
      return settlePage(incident, fact.page, 'unanswered', fact);
    case 'page-retimed':
      return changePage(incident, fact.page, () => ({ pagedAt: fact.at, dueAt: fact.dueAt }));
  }
}

/** It looks again, from now on, whom it can page; whom it has paged, and since when it waits, stay known. */
function askAnew(incident: Incident, { id, awaited, waitsUntil }: Ladder, askedAt: Instant): Incident {
  const known = awaited !== undefined && waitsUntil !== undefined;
  const waitedFor = known ? { waitedFor: { person: awaited, from: waitsUntil } } : {};
  return changeLadder(moveLadder(incident, id, 'climbing'), id, { askedAt, ...waitedFor });
}

function addPage(incident: Incident, page: Page): Incident {
  const climbed = [...(incident.ladders[page.ladder]?.pages ?? []), page.id];
  const paged = { ...incident, pages: { ...incident.pages, [page.id]: page } };
  return changeLadder(paged, page.ladder, { pages: climbed });
}

function settlePage(incident: Incident, id: string, state: Page['state'], fact: Fact): Incident {
  return changePage(incident, id, () => ({ state, settledAt: fact.at, settledBy: fact.by }));
}

function changePage(incident: Incident, id: string, patch: (page: Page) => Partial<Page>): Incident {
  const page = incident.pages[id];
  if (!page) return incident;
  return { ...incident, pages: { ...incident.pages, [id]: { ...page, ...patch(page) } } };
}

/** An incident that is over pages nobody any more. */
export function stopLadders(incident: Incident): Incident {
  const standing = Object.values(incident.ladders).filter(({ state }) => state !== 'acknowledged');
  return standing.reduce((stopped, { id }) => moveLadder(stopped, id, 'stopped'), incident);
}

function moveLadder(
  incident: Incident,
  id: string,
  state: Ladder['state'],
  wait?: { person: PersonId; from: Instant },
): Incident {
  const ladder = incident.ladders[id];
  if (!ladder) return incident;
  const { waitsUntil: _over, awaited: _paged, ...rest } = ladder;
  const moved = { ...rest, state, ...(wait ? { waitsUntil: wait.from, awaited: wait.person } : {}) };
  return { ...incident, ladders: { ...incident.ladders, [id]: moved } };
}

function beginWait(incident: Incident, { ladder: id, at }: { ladder: string; at: Instant }): Incident {
  return changeLadder(incident, id, { waitedSince: [...(incident.ladders[id]?.waitedSince ?? []), at] });
}

function changeLadder(incident: Incident, id: string, patch: Partial<Ladder>): Incident {
  const ladder = incident.ladders[id];
  if (!ladder) return incident;
  return { ...incident, ladders: { ...incident.ladders, [id]: { ...ladder, ...patch } } };
}

/** Whoever answers for a roster that is called like a role holds that role, if nobody does. */
function withRole(incident: Incident, page: Page, { by, at }: Pick<Fact, 'by' | 'at'>): Incident {
  const roster = incident.ladders[page.ladder]?.roster;
  const role = ROLES.find((name) => name === roster);
  if (!role || by.kind !== 'person' || incident.roles[role] !== undefined) return incident;
  return giveRole(incident, role, by.id, at);
}
