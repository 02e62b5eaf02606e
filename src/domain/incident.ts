import { type ActionItem, changeActions } from './action-items.ts';
import { type AlertNews, changeAlertNews } from './alert-news.ts';
import type { Fact } from './facts.ts';
import type { ImpactProposal } from './impact-proposals.ts';
import { changeLessons, type LessonState } from './lesson-state.ts';
import { changePaging, type Ladder, type Page, stopLadders } from './paging-state.ts';
import { isOpen } from './permitted.ts';
import { changeReport, type ReportState } from './report-state.ts';
import { changeReview, type ReviewedGap } from './review-state.ts';
import { changeRoles, type Handoff, type Relief, settleOffers, type Tenure } from './role-state.ts';
import { changeSources, type SourceState, withAnswer } from './source-state.ts';
import { changeUpdates, NO_UPDATES, type Updates } from './updates.ts';
import type { Outage } from './uptime/outage.ts';
import type { Actor, Instant, MessageRef, Moment, PersonId, Role, SeverityName, Status } from './words.ts';
import { type Written, withSeverityKnown } from './written.ts';

/** One interruption, as its facts add up. Every field is derived from them and from nothing else. */
export interface Incident extends ReportState, SourceState, LessonState {
  number: number;
  uid: string;
  title: string;
  severity: SeverityName;
  status: Status;
  private: boolean;
  service?: string;
  /** It was over when it was declared, and is only written down: see `isLive`. */
  retrospective?: true;
  declaredAt: Instant;
  declaredBy: Actor;
  resolvedAt?: Instant;
  resolvedBy?: Actor;
  /** When a retrospective was resolved in truth. */
  overAt?: Instant;
  impact: { start?: Moment; end?: Moment };
  /** What measurements suggest for it, by id; absent where nothing does. */
  proposals?: Record<string, ImpactProposal>;
  /** The uptime check that tells of it, as it was read last. */
  check?: { host: string; outage?: Outage };
  channel?: { id: string; name: string; openedAt?: Instant };
  /** Why there is no channel, while there is none. */
  channelRefused?: string;
  /** The bot's own standing messages. */
  placed: Record<string, MessageRef>;
  roles: Record<Role, PersonId>;
  /** Who held which role from when to when, first to last. */
  tenures?: Tenure[];
  /** Everybody who took part, in the order in which they came. */
  people: PersonId[];
  /** Of those, who went out of the channel. */
  left?: PersonId[];
  handoffs: Record<string, Handoff>;
  /** Questions who takes a role whose holder goes. */
  reliefs?: Record<string, Relief>;
  ladders: Record<string, Ladder>;
  pages: Record<string, Page>;
  actions: ActionItem[];
  /** What its report lacks, and what became of it; absent before the first review. */
  gaps?: ReviewedGap[];
  /** When the community or stakeholders were last told, and how often. */
  updates: Updates;
  /** How its alerts were told of in the channel; absent before the first. */
  alertNews?: AlertNews;
  /** It was imported as a case: what came with it. */
  written?: Written;
  /** Facts so far; the next one gets this number plus one. */
  seq: number;
}

export type IncidentId = Pick<Incident, 'number' | 'uid'>;

/** The log, added up. The first fact is `declared`. */
export function foldIncident(id: IncidentId, facts: readonly Fact[]): Incident {
  const [first, ...rest] = facts;
  if (first?.type !== 'declared') throw new Error('the log of an incident starts with declared');
  return rest.reduce(applyFact, beginIncident(id, first));
}

export function beginIncident(id: IncidentId, fact: Fact & { type: 'declared' }): Incident {
  const people = fact.by.kind === 'person' ? [fact.by.id] : [];
  // Who led what is private and only written down is not brought in, so nothing of it is theirs to read.
  const led = fact.responder === undefined || (fact.private && fact.retrospective) ? [] : [fact.responder];
  return {
    ...id,
    title: fact.title,
    severity: fact.severity,
    status: 'investigating',
    private: fact.private,
    ...(fact.service === undefined ? {} : { service: fact.service }),
    ...(fact.retrospective === undefined ? {} : { retrospective: true }),
    declaredAt: fact.at,
    declaredBy: fact.by,
    impact: {},
    placed: {},
    roles: fact.responder === undefined ? {} : { responder: fact.responder },
    tenures:
      fact.responder === undefined ? [] : [{ role: 'responder', person: fact.responder, from: fact.at }],
    people: [...new Set([...people, ...led])],
    handoffs: {},
    ladders: {},
    pages: {},
    actions: [],
    lessons: [],
    updates: NO_UPDATES,
    ...(fact.written === undefined ? {} : { written: fact.written }),
    seq: fact.seq,
  };
}

/** Adds one fact. Answers a new value; what it was given stays as it is. */
export function applyFact(incident: Incident, fact: Fact): Incident {
  const next = { ...change(incident, fact), seq: fact.seq };
  // Whoever only says "not me" takes no part.
  const declines = ['page-declined', 'handoff-declined', 'left'].includes(fact.type);
  return fact.by.kind === 'person' && !declines ? withPerson(next, fact.by.id) : next;
}

function change(incident: Incident, fact: Fact): Incident {
  switch (fact.type) {
    case 'declared':
      throw new Error('an incident is declared once');
    case 'channel-opened': {
      const { channelRefused: _, ...rest } = incident;
      const openedAt = incident.channel?.openedAt ?? fact.at;
      return { ...rest, channel: { id: fact.channel, name: fact.name, openedAt } };
    }
    case 'channel-refused':
      return { ...incident, channelRefused: fact.why };
    case 'placed':
      return {
        ...incident,
        placed: { ...incident.placed, [fact.message]: fact.ref },
      };
    case 'renamed':
      return { ...incident, title: fact.to };
    case 'severity-changed':
      return {
        ...incident,
        severity: fact.to,
        ...(incident.written ? { written: withSeverityKnown(incident.written) } : {}),
      };
    case 'status-changed': {
      const moved = {
        ...changeStatus(incident, fact),
        updates: changeUpdates(incident.updates, fact),
      };
      // Its story goes on, so nobody has found its report right.
      if (isOpen(moved)) return moved.reportState === undefined ? moved : { ...moved, reportState: 'draft' };
      // Who is offered a role of a resolved incident may still take it: its report and follow-ups are to come.
      const stopped = stopLadders(moved);
      return fact.to === 'resolved' ? stopped : settleOffers(stopped, undefined, 'withdrawn', fact.at);
    }
    case 'impact-set':
      return { ...incident, impact: { ...incident.impact, [fact.edge]: fact.moment } };
    case 'impact-proposed': {
      const { proposal: id, edge, moment, because } = fact;
      return { ...incident, proposals: { ...incident.proposals, [id]: { edge, moment, because } } };
    }
    case 'check-read': {
      const { series, outage } = fact;
      return { ...incident, check: { host: series.host, ...(outage === undefined ? {} : { outage }) } };
    }
    case 'joined':
      return withPerson({ ...incident, left: without(incident.left, fact.person) }, fact.person);
    case 'left':
      return { ...incident, left: [...without(incident.left, fact.person), fact.person] };
    case 'role-assigned':
      return withPerson(changeRoles(incident, fact), fact.person);
    case 'role-released':
    case 'handoff-offered':
    case 'handoff-accepted':
    case 'handoff-declined':
    case 'handoff-unanswered':
    case 'handoff-withdrawn':
    case 'handoff-exhausted':
    case 'relief-proposed':
    case 'holder-stays':
      return changeRoles(incident, fact);
    case 'page-asked':
    case 'ladder-waits':
    case 'ladder-exhausted':
    case 'paged':
    case 'policy-called':
    case 'policy-took-over':
    case 'page-sent':
    case 'page-delivered':
    case 'page-failed':
    case 'page-acknowledged':
    case 'page-declined':
    case 'page-unanswered':
    case 'page-retimed':
    case 'step-overdue':
      return changePaging(incident, fact);
    case 'entry-recorded':
    case 'entry-kind-changed':
    case 'entry-retimed':
    case 'entry-removed':
    case 'entry-restored':
      return withAnswer({ ...incident, updates: changeUpdates(incident.updates, fact) }, fact);
    case 'entry-file-kept':
    case 'entry-file-lost':
      return incident;
    case 'entry-source-deleted':
    case 'entry-kept':
    case 'recovered':
    case 'recovery-told':
    case 'adopted':
    case 'history-read':
      return changeSources(incident, fact);
    case 'update-written':
    case 'update-corrected':
    case 'update-sent':
    case 'update-failed':
    case 'update-reminded':
    case 'update-snoozed':
      return { ...incident, updates: changeUpdates(incident.updates, fact) };
    case 'action-added':
    case 'action-changed':
    case 'action-withdrawn':
    case 'action-restored':
    case 'action-linked':
    case 'action-resembles':
    case 'action-is-new':
    case 'action-done':
    case 'action-reopened':
      return { ...incident, actions: changeActions(incident.actions, fact) };
    case 'lesson-added':
    case 'lesson-edited':
    case 'lesson-withdrawn':
    case 'lesson-restored':
    case 'lessons-answered':
    case 'lessons-reminded':
      return { ...incident, ...changeLessons(incident, fact) };
    case 'summary-written':
    case 'report-made':
    case 'publish-asked':
    case 'report-published':
    case 'report-marked':
    case 'finding-decided':
      return { ...incident, ...changeReport(incident, fact) };
    case 'gaps-found':
    case 'gap-left':
      return { ...incident, gaps: changeReview(incident.gaps, fact) };
    case 'duplicate-joined':
    case 'entry-marked':
    case 'entry-unmarked':
    case 'entry-edited':
    case 'alert-closed':
    case 'alert-told':
      return incident;
    case 'alert-news':
      return { ...incident, alertNews: changeAlertNews(incident.alertNews, fact) };
  }
}

function changeStatus(incident: Incident, fact: Fact & { type: 'status-changed' }): Incident {
  const { resolvedAt, resolvedBy, overAt: _, ...rest } = incident;
  if (fact.to === 'resolved') {
    const over = fact.happenedAt === undefined ? {} : { overAt: fact.happenedAt };
    return { ...rest, status: 'resolved', resolvedAt: fact.at, resolvedBy: fact.by, ...over };
  }
  const stays = fact.to === 'closed' && resolvedAt !== undefined && resolvedBy !== undefined;
  if (fact.to === 'merged') {
    return { ...incident, status: 'merged', ...(fact.into === undefined ? {} : { mergedInto: fact.into }) };
  }
  return stays ? { ...incident, status: fact.to } : { ...rest, status: fact.to };
}

/** Takes part and has not gone out of the channel since: what is private is theirs to read. */
export function isHere(incident: Pick<Incident, 'people' | 'left'>, person: PersonId): boolean {
  return incident.people.includes(person) && !(incident.left ?? []).includes(person);
}

function without(people: readonly PersonId[] = [], gone: PersonId): PersonId[] {
  return people.filter((person) => person !== gone);
}

function withPerson(incident: Incident, person: PersonId): Incident {
  return incident.people.includes(person) ? incident : { ...incident, people: [...incident.people, person] };
}
