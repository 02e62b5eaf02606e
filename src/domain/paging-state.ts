import type { Fact } from './facts.ts';
import type { Incident } from './incident.ts';
import { type Actor, type Instant, type PersonId, ROLES } from './words.ts';

export interface Page {
  id: string;
  ladder: string;
  person: PersonId;
  localTime: string;
  reason: string;
  pagedAt: Instant;
  dueAt?: Instant;
  state: 'waiting' | 'acknowledged' | 'declined' | 'unanswered';
  settledAt?: Instant;
  settledBy?: Actor;
  sent: { via: 'slack' | 'pagerduty'; id: string; url?: string; at: Instant }[];
  failed: { via: 'slack' | 'pagerduty'; why: string; at: Instant }[];
}

/** Who is paged in what order, for one asking. */
export interface Ladder {
  id: string;
  /** A roster is climbed; a person asked for by name is the only step. */
  roster?: string;
  person?: PersonId;
  askedBy: Actor;
  askedAt: Instant;
  state: 'climbing' | 'waiting' | 'acknowledged' | 'exhausted';
  waitsUntil?: Instant;
  /** Page ids, in the order of paging. */
  pages: string[];
}

type PagingFact = Fact & {
  type:
    | 'page-asked'
    | 'ladder-waits'
    | 'ladder-exhausted'
    | 'paged'
    | 'page-sent'
    | 'page-failed'
    | 'page-acknowledged'
    | 'page-declined'
    | 'page-unanswered';
};

/** What a fact about paging makes of the incident. */
export function changePaging(incident: Incident, fact: PagingFact): Incident {
  switch (fact.type) {
    case 'page-asked': {
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
      return changeLadder(incident, fact.ladder, { state: 'waiting', waitsUntil: fact.from });
    case 'ladder-exhausted':
      return changeLadder(incident, fact.ladder, { state: 'exhausted' });
    case 'paged': {
      const page: Page = {
        id: fact.page,
        ladder: fact.ladder,
        person: fact.person,
        localTime: fact.localTime,
        reason: fact.reason,
        pagedAt: fact.at,
        ...(fact.dueAt === undefined ? {} : { dueAt: fact.dueAt }),
        state: 'waiting',
        sent: [],
        failed: [],
      };
      const climbed = [...(incident.ladders[fact.ladder]?.pages ?? []), fact.page];
      const paged = { ...incident, pages: { ...incident.pages, [fact.page]: page } };
      return changeLadder(paged, fact.ladder, { state: 'climbing', pages: climbed });
    }
    case 'page-sent': {
      const { via, id, url, at } = fact;
      const sent = url === undefined ? { via, id, at } : { via, id, url, at };
      return changePage(incident, fact.page, (page) => ({ sent: [...page.sent, sent] }));
    }
    case 'page-failed': {
      const { via, why, at } = fact;
      return changePage(incident, fact.page, (page) => ({ failed: [...page.failed, { via, why, at }] }));
    }
    case 'page-acknowledged': {
      const page = incident.pages[fact.page];
      if (!page) return incident;
      const settled = settlePage(incident, fact.page, 'acknowledged', fact);
      return changeLadder(withRole(settled, page, fact.by), page.ladder, { state: 'acknowledged' });
    }
    case 'page-declined':
      return settlePage(incident, fact.page, 'declined', fact);
    case 'page-unanswered':
      return settlePage(incident, fact.page, 'unanswered', fact);
  }
}

function settlePage(incident: Incident, id: string, state: Page['state'], fact: Fact): Incident {
  return changePage(incident, id, () => ({ state, settledAt: fact.at, settledBy: fact.by }));
}

function changePage(incident: Incident, id: string, patch: (page: Page) => Partial<Page>): Incident {
  const page = incident.pages[id];
  if (!page) return incident;
  return { ...incident, pages: { ...incident.pages, [id]: { ...page, ...patch(page) } } };
}

function changeLadder(incident: Incident, id: string, patch: Partial<Ladder>): Incident {
  const ladder = incident.ladders[id];
  if (!ladder) return incident;
  return { ...incident, ladders: { ...incident.ladders, [id]: { ...ladder, ...patch } } };
}

/** Whoever answers for a roster that is called like a role holds that role, if nobody does. */
function withRole(incident: Incident, page: Page, by: Actor): Incident {
  const roster = incident.ladders[page.ladder]?.roster;
  const role = ROLES.find((name) => name === roster);
  if (!role || by.kind !== 'person' || incident.roles[role] !== undefined) return incident;
  return { ...incident, roles: { ...incident.roles, [role]: by.id } };
}
