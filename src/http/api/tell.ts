import type { z } from 'zod';
import type { ActionItem } from '../../domain/action-items.ts';
import type { EntryFile } from '../../domain/facts.ts';
import type { FileState } from '../../domain/files.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Lesson } from '../../domain/lesson-state.ts';
import { present } from '../../domain/present.ts';
import { ownNames } from '../../domain/report/callings.ts';
import { calmMarkdown } from '../../domain/report/people-text.ts';
import type { Entry } from '../../domain/timeline.ts';
import {
  type Actor,
  type Instant,
  incidentName,
  type LessonKind,
  type Moment,
  type PersonId,
} from '../../domain/words.ts';
import type {
  ToldAction,
  ToldAnyIncident,
  ToldAnyWholeIncident,
  ToldEntry,
  ToldIncident,
  ToldLesson,
} from './shapes.ts';

/** What somebody is called here. */
export type Called = (person: PersonId) => string;

type Told<Shape extends z.ZodType> = z.infer<Shape>;

/** Values of the core as the API's shapes. */
export function tellIncident(incident: Incident, called: Called): Told<typeof ToldAnyIncident> {
  const { number } = incident;
  const name = incidentName(number);
  if (incident.private) return { number, name, private: true, title: `Private incident ${name}` };
  const { title, severity, status, service, summary, resolution, channel, updates, retrospective } = incident;
  const resolvedAt = retrospective ? incident.overAt : incident.resolvedAt;
  const { start, end } = incident.impact;
  const roles = Object.entries(incident.roles).map(([role, id]) => [role, tellPerson(id, called)] as const);
  return present({
    number,
    name,
    private: false as const,
    title,
    severity,
    status,
    service,
    retrospective,
    declaredAt: iso(incident.declaredAt),
    declaredBy: tellActor(incident.declaredBy, called),
    resolvedAt: resolvedAt === undefined ? undefined : iso(resolvedAt),
    impact: present({ start: start && tellMoment(start), end: end && tellMoment(end) }),
    roles: Object.fromEntries(roles),
    channel: channel && { id: channel.id, name: channel.name },
    updates: present({
      count: updates.count,
      lastAt: updates.lastAt === undefined ? undefined : iso(updates.lastAt),
    }),
    summary,
    resolution,
  }) satisfies Told<typeof ToldIncident>;
}

/** The same with its lessons, its action items and its report. */
export function tellWholeIncident(incident: Incident, called: Called): Told<typeof ToldAnyWholeIncident> {
  const told = tellIncident(incident, called);
  if (told.private) return told;
  const lessons = incident.lessons.filter(({ withdrawn }) => !withdrawn);
  const of = (kind: LessonKind) =>
    lessons.filter((lesson) => lesson.kind === kind).map((lesson) => tellLesson(lesson, called));
  const actions = incident.actions.filter(({ withdrawn }) => !withdrawn);
  const { resolvedAt, reportState = 'draft', reportFile: file, published } = incident;
  return {
    ...told,
    lessons: { well: of('well'), badly: of('badly'), lucky: of('lucky') },
    actionItems: actions.map((item) => tellAction(item, called)),
    report: present({
      state: resolvedAt === undefined ? undefined : reportState,
      file,
      published: published && {
        repository: published.repository,
        number: published.number,
        url: published.url,
      },
    }),
  };
}

export function tellEntry(entry: Entry, called: Called): Told<typeof ToldEntry> {
  const { content, endedAt } = entry;
  const { role, code, raw, link, image, quote = false } = content;
  return present({
    id: entry.id,
    kind: entry.kind,
    ...tellMoment(entry.moment),
    text: plainNames(content.text, called),
    author: tellActor(entry.author, called),
    role,
    quote,
    code,
    raw,
    link,
    image,
    files: (content.files ?? []).map((file) => tellFile(file, entry.kept?.[file.id])),
    endedAt: endedAt === undefined ? undefined : iso(endedAt),
    followUp: entry.followUp,
    removed: entry.removed,
    formerTexts: entry.formerTexts.map((text) => plainNames(text, called)),
    recordedAt: iso(entry.recordedAt),
    recordedBy: tellActor(entry.recordedBy, called),
    origin: entry.origin,
  });
}

function tellFile({ id, name, type, size, link, gone }: EntryFile, state: FileState | undefined) {
  return present({
    id,
    name,
    type,
    size,
    kept: state !== undefined && 'kept' in state,
    lost: state && 'lost' in state ? state.lost : undefined,
    link,
    deleted: gone ?? false,
  });
}

export function tellAction(item: ActionItem, called: Called): Told<typeof ToldAction> {
  const { id, title, category, owner, due, url: link, done, withdrawn, addedBy } = item;
  return present({
    id,
    title: plainNames(title, called),
    category,
    owner: owner === undefined ? undefined : tellPerson(owner, called),
    due,
    link,
    done,
    withdrawn,
    addedBy: tellActor(addedBy, called),
  });
}

export function tellLesson({ id, kind, text, by }: Lesson, called: Called): Told<typeof ToldLesson> {
  return { id, kind, text: plainNames(text, called), by: tellActor(by, called) };
}

function tellActor(actor: Actor, called: Called) {
  if (actor.kind === 'person') return tellPerson(actor.id, called);
  return { kind: actor.kind, name: actor.kind === 'service' ? actor.name : 'Daywatch' };
}

function tellPerson(id: PersonId, called: Called) {
  return { kind: 'person' as const, name: called(id), id };
}

function tellMoment({ at, until, approximate = false }: Moment) {
  return present({ at: iso(at), until: until === undefined ? undefined : iso(until), approximate });
}

/** Markdown in which people stand by name: whoever calls has no use for our own addresses. */
function plainNames(text: string, called: Called): string {
  if (!/\]\((?:person|channel):/.test(text)) return text;
  return calmMarkdown(text, ownNames({ person: called })).trimEnd();
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
