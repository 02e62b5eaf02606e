import type { Fact } from './facts.ts';
import { changePaging, type Ladder, type Page, stopLadders } from './paging-state.ts';
import { isOpen } from './permitted.ts';
import { changeUpdates, NO_UPDATES, type Updates } from './updates.ts';
import type {
  ActionCategory,
  Actor,
  Instant,
  LessonKind,
  MessageRef,
  Moment,
  PersonId,
  Role,
  SeverityName,
  Status,
} from './words.ts';

export interface Handoff {
  id: string;
  role: Role;
  from?: PersonId;
  to: PersonId;
  brief: string;
  offeredAt: Instant;
  offeredBy: Actor;
  state: 'offered' | 'accepted' | 'declined' | 'overtaken';
}

export interface ActionItem {
  id: string;
  title: string;
  category?: ActionCategory;
  url?: string;
  done: boolean;
  withdrawn: boolean;
  addedBy: Actor;
  /** The entry that it was made of. */
  entry?: string;
}

export interface Lesson {
  id: string;
  kind: LessonKind;
  text: string;
  withdrawn: boolean;
  by: Actor;
  /** The entry that it was made of. */
  entry?: string;
}

/** One interruption, as its facts add up. Every field is derived from them and from nothing else. */
export interface Incident {
  number: number;
  uid: string;
  title: string;
  severity: SeverityName;
  status: Status;
  private: boolean;
  service?: string;
  declaredAt: Instant;
  declaredBy: Actor;
  resolvedAt?: Instant;
  resolvedBy?: Actor;
  impact: { start?: Moment; end?: Moment };
  channel?: { id: string; name: string };
  /** Why there is no channel, while there is none. */
  channelRefused?: string;
  /** The bot's own standing messages. */
  placed: Record<string, MessageRef>;
  roles: Partial<Record<Role, PersonId>>;
  /** Everybody who took part, in the order in which they came. */
  people: PersonId[];
  handoffs: Record<string, Handoff>;
  ladders: Record<string, Ladder>;
  pages: Record<string, Page>;
  actions: ActionItem[];
  lessons: Lesson[];
  /** When the community or stakeholders were last told, and how often. */
  updates: Updates;
  summary?: string;
  resolution?: string;
  reportFile?: string;
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
  return {
    ...id,
    title: fact.title,
    severity: fact.severity,
    status: 'investigating',
    private: fact.private,
    ...(fact.service === undefined ? {} : { service: fact.service }),
    declaredAt: fact.at,
    declaredBy: fact.by,
    impact: {},
    placed: {},
    roles: { responder: fact.responder },
    people: [...new Set([...people, fact.responder])],
    handoffs: {},
    ladders: {},
    pages: {},
    actions: [],
    lessons: [],
    updates: NO_UPDATES,
    seq: fact.seq,
  };
}

/** Adds one fact. Answers a new value; what it was given stays as it is. */
export function applyFact(incident: Incident, fact: Fact): Incident {
  const next = { ...change(incident, fact), seq: fact.seq };
  // Whoever only says "not me" takes no part.
  const declines = fact.type === 'page-declined' || fact.type === 'handoff-declined';
  return fact.by.kind === 'person' && !declines ? withPerson(next, fact.by.id) : next;
}

function change(incident: Incident, fact: Fact): Incident {
  switch (fact.type) {
    case 'declared':
      throw new Error('an incident is declared once');
    case 'channel-opened': {
      const { channelRefused: _, ...rest } = incident;
      return { ...rest, channel: { id: fact.channel, name: fact.name } };
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
      return { ...incident, severity: fact.to };
    case 'status-changed': {
      const moved = changeStatus(incident, fact);
      return isOpen(moved) ? moved : stopLadders(moved);
    }
    case 'impact-set':
      return { ...incident, impact: { ...incident.impact, [fact.edge]: fact.moment } };
    case 'joined':
      return withPerson(incident, fact.person);
    case 'role-assigned':
      return withPerson({ ...incident, roles: { ...incident.roles, [fact.role]: fact.person } }, fact.person);
    case 'handoff-offered':
    case 'handoff-accepted':
    case 'handoff-declined':
      return { ...incident, handoffs: changeHandoffs(incident.handoffs, fact) };
    case 'page-asked':
    case 'ladder-waits':
    case 'ladder-exhausted':
    case 'paged':
    case 'page-sent':
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
      return { ...incident, updates: changeUpdates(incident.updates, fact) };
    case 'action-added': {
      const { action: id, title, category, entry, by } = fact;
      const item: ActionItem = {
        id,
        title,
        ...(category === undefined ? {} : { category }),
        done: false,
        withdrawn: false,
        addedBy: by,
        ...(entry === undefined ? {} : { entry }),
      };
      return { ...incident, actions: [...incident.actions, item] };
    }
    case 'action-withdrawn':
      return { ...incident, actions: changeById(incident.actions, fact.action, { withdrawn: true }) };
    case 'action-restored':
      return { ...incident, actions: changeById(incident.actions, fact.action, { withdrawn: false }) };
    case 'action-linked':
      return { ...incident, actions: changeById(incident.actions, fact.action, { url: fact.url }) };
    case 'action-done':
      return { ...incident, actions: changeById(incident.actions, fact.action, { done: true }) };
    case 'lesson-added': {
      const { lesson: id, kind, text, by, entry } = fact;
      const lesson = { id, kind, text, by, withdrawn: false, ...(entry === undefined ? {} : { entry }) };
      return { ...incident, lessons: [...incident.lessons, lesson] };
    }
    case 'lesson-withdrawn':
      return { ...incident, lessons: changeById(incident.lessons, fact.lesson, { withdrawn: true }) };
    case 'lesson-restored':
      return { ...incident, lessons: changeById(incident.lessons, fact.lesson, { withdrawn: false }) };
    case 'summary-written':
      return {
        ...incident,
        ...(fact.summary === undefined ? {} : { summary: fact.summary }),
        ...(fact.resolution === undefined ? {} : { resolution: fact.resolution }),
      };
    case 'report-made':
      return { ...incident, reportFile: fact.file };
    case 'entry-marked':
    case 'entry-unmarked':
    case 'entry-edited':
    case 'alert-closed':
      return incident;
  }
}

function changeStatus(incident: Incident, fact: Fact & { type: 'status-changed' }): Incident {
  const { resolvedAt, resolvedBy, ...rest } = incident;
  if (fact.to === 'resolved') {
    return { ...rest, status: 'resolved', resolvedAt: fact.at, resolvedBy: fact.by };
  }
  const stays = fact.to === 'closed' && resolvedAt !== undefined && resolvedBy !== undefined;
  return stays ? { ...incident, status: fact.to } : { ...rest, status: fact.to };
}

function changeHandoffs(
  handoffs: Incident['handoffs'],
  fact: Fact & { type: 'handoff-offered' | 'handoff-accepted' | 'handoff-declined' },
): Incident['handoffs'] {
  if (fact.type !== 'handoff-offered') {
    const handoff = handoffs[fact.handoff];
    if (!handoff) return handoffs;
    const state = fact.type === 'handoff-accepted' ? 'accepted' : 'declined';
    return { ...handoffs, [fact.handoff]: { ...handoff, state } };
  }
  const others = Object.entries(handoffs).map(([id, other]) => {
    const overtaken = other.role === fact.role && other.state === 'offered';
    return [id, overtaken ? { ...other, state: 'overtaken' as const } : other] as const;
  });
  const offered: Handoff = {
    id: fact.handoff,
    role: fact.role,
    ...(fact.from === undefined ? {} : { from: fact.from }),
    to: fact.to,
    brief: fact.brief,
    offeredAt: fact.at,
    offeredBy: fact.by,
    state: 'offered',
  };
  return { ...Object.fromEntries(others), [fact.handoff]: offered };
}

function withPerson(incident: Incident, person: PersonId): Incident {
  return incident.people.includes(person) ? incident : { ...incident, people: [...incident.people, person] };
}

function changeById<Item extends { id: string }>(items: Item[], id: string, patch: Partial<Item>): Item[] {
  return items.map((item) => (item.id === id ? { ...item, ...patch } : item));
}
