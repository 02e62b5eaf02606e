import type { Fact, FactBody, NewFact } from '../facts.ts';
import { present } from '../present.ts';
import type { ActionCategory, Instant, Moment } from '../words.ts';
import type { Written } from '../written.ts';
import { type Asides, takeAsides } from './asides.ts';
import { IMPORTER } from './importer.ts';
import type { Case, CaseEntry } from './schema.ts';

/**
 * The log of an incident that was written down as a case. People are `name:…`; entries carry their role. An imported
 * case is resolved when it says so, and its times are those of the story; only one that holds no time at all is
 * dated by its import.
 */
export function factsOfCase(given: Case, importedAt: Instant): NewFact[] {
  const { startedAt, endedAt, resolvedAt, sections } = given;
  const { entries, asides } = takeAsides(given);
  const declaredAt = asides.declaredAt ?? declaredInstant({ ...given, entries }) ?? importedAt;
  const last = Math.max(declaredAt, resolvedAt ?? 0, ...instantsOf(entries));
  const facts: NewFact[] = [];
  const add = (at: Instant, body: FactBody, key?: string) => {
    facts.push(key === undefined ? { ...body, by: IMPORTER, at } : { ...body, by: IMPORTER, at, key });
  };

  add(declaredAt, {
    type: 'declared',
    title: given.title,
    severity: given.severity ?? 'sev3',
    private: false,
    responder: responderOf(entries, asides),
    ...(asides.retrospective ? { retrospective: true as const } : {}),
    written: writtenOf(given, asides),
  });
  const start = startedAt === undefined ? undefined : (asides.impact.start ?? edgeMoment(startedAt, entries));
  if (start) add(declaredAt, { type: 'impact-set', edge: 'start', moment: start });
  const open = [...asides.closedAlerts];
  for (const [index, entry] of entries.entries()) {
    const id = `case-${index + 1}`;
    add(entry.at, entryFact(id, entry), `entry:${id}`);
    const ended = open.findIndex(({ at, text }) => at === entry.at && text === entry.text.trim());
    const [closed] = entry.kind === 'alert' && ended >= 0 ? open.splice(ended, 1) : [];
    if (closed) add(closed.until, { type: 'alert-closed', entry: id, endedAt: closed.until });
  }
  const end = endedAt === undefined ? undefined : (asides.impact.end ?? edgeMoment(endedAt, entries));
  if (end) add(last, { type: 'impact-set', edge: 'end', moment: end });
  for (const [index, item] of (given.actionItems ?? []).entries()) {
    const action = `case-action-${index + 1}`;
    const doneUnknown = item.done === undefined ? ({ doneUnknown: true } as const) : {};
    add(last, {
      type: 'action-added',
      action,
      title: item.title.trim(),
      ...categoryOf(item.category),
      ...doneUnknown,
      ...workOf(asides, index + 1),
    });
    if (item.link !== undefined) add(last, { type: 'action-linked', action, url: item.link });
    if (item.done) add(last, { type: 'action-done', action });
  }
  const lessons = { well: sections?.wentWell, badly: sections?.wentWrong, lucky: sections?.lucky } as const;
  for (const kind of ['well', 'badly', 'lucky'] as const) {
    for (const [index, text] of (lessons[kind] ?? []).entries()) {
      add(last, { type: 'lesson-added', lesson: `case-${kind}-${index + 1}`, kind, text: text.trim() });
    }
  }
  const { summary, resolution } = sections ?? {};
  if (summary !== undefined || resolution !== undefined) {
    add(last, {
      type: 'summary-written',
      ...present({ summary: summary?.trim(), resolution: resolution?.trim() }),
    });
  }
  for (const finding of asides.shown) {
    add(last, { type: 'finding-decided', finding, shown: true, what: 'something that came with the case' });
  }
  if (resolvedAt !== undefined) {
    const happenedAt = asides.retrospective ? { happenedAt: resolvedAt } : {};
    add(resolvedAt, { type: 'status-changed', from: 'investigating', to: 'resolved', ...happenedAt });
  }
  if (asides.status) {
    const from = resolvedAt === undefined ? 'investigating' : 'resolved';
    add(asides.status.at, { type: 'status-changed', from, to: asides.status.status });
  }
  return facts;
}

/** Facts as a log would keep them, numbered from 1: to fold a case without a database. */
export function numbered(facts: readonly NewFact[], recordedAt: Instant): Fact[] {
  return facts.map((fact, index) => ({ ...fact, seq: index + 1, recordedAt }));
}

/** A case does not say when it was declared: the entry that says so, else the first sign that anybody noticed. */
export function declaredInstant({
  entries,
  startedAt,
  resolvedAt,
}: Pick<Case, 'entries' | 'startedAt' | 'resolvedAt'>): Instant | undefined {
  const inOrder = entries.toSorted((a, b) => a.at - b.at);
  const declares = inOrder.find(({ kind, text }) => kind === 'status' && saysDeclared(text));
  const first = declares ?? inOrder.find(({ kind }) => kind !== 'status') ?? inOrder[0];
  return first?.at ?? startedAt ?? resolvedAt;
}

export function saysDeclared(text: string): boolean {
  return /\bdeclare[sd]?\b/i.test(text);
}

function writtenOf(
  { timezone, source, severity }: Case,
  { pagedAt, acknowledgedAt, waitedMs, chart, cast }: Asides,
): Written {
  return {
    timezone,
    ...present({ source, pagedAt, acknowledgedAt, waitedMs, chart }),
    ...(severity === undefined ? { severityUnknown: true } : {}),
    ...(cast.length > 0 ? { cast } : {}),
  };
}

function instantsOf(entries: readonly CaseEntry[]): Instant[] {
  const latest = entries.reduce((last, { at, until }) => Math.max(last, until ?? at), 0);
  return latest === 0 ? [] : [latest];
}

/** The person who declared or leads, as far as the case names anybody. */
function responderOf(entries: readonly CaseEntry[], { cast }: Asides): string {
  const inOrder = entries.toSorted((a, b) => a.at - b.at);
  const leads = [...inOrder, ...cast].find(
    ({ role, person }) => person?.trim() && /primary|responder|commander/i.test(role ?? ''),
  );
  return `name:${leads?.person?.trim() ?? 'Primary engineer'}`;
}

/** The edge of the impact is as approximate as the entry that stands there. */
export function edgeMoment(at: Instant, entries: readonly CaseEntry[]): Moment {
  return entries.some((entry) => entry.at === at && entry.approximate) ? { at, approximate: true } : { at };
}

function entryFact(id: string, entry: CaseEntry): FactBody {
  const { at, until, approximate, person, kind, role, text, quote, code, raw, link, image, followUp } = entry;
  const given = { role: role?.trim() || undefined, quote, code, raw, link, image, followUp };
  const content = { kind, text: text.trim(), ...present(given) };
  const moment: Moment = { at, ...present({ until, approximate: approximate || undefined }) };
  const author = person?.trim() ? { author: `name:${person.trim()}` } : {};
  return { type: 'entry-recorded', entry: id, origin: 'import', content, moment, ...author };
}

/** Who sees to an action item, by name, and by when. */
function workOf({ work }: Asides, item: number): { owner?: string; due?: string } {
  const found = work.find((one) => one.item === item);
  return present({
    owner: found?.owner === undefined ? undefined : `name:${found.owner}`,
    due: found?.due,
  });
}

/** A category is one of three, or any other heading of the case, which is kept in its own words. */
function categoryOf(heading: string | undefined): { category?: ActionCategory; heading?: string } {
  const words = heading?.trim() ?? '';
  if (words === '') return {};
  const known = /^(process|documentation|technical)( improvements)?$/i.exec(words)?.[1]?.toLowerCase();
  if (known === undefined) return { category: words };
  return words === headingOf(known) ? { category: known } : { category: known, heading: words };
}

/** `process` → `Process improvements`; any other is its own heading. */
export function headingOf(category: ActionCategory): string {
  const known = /^(process|documentation|technical)$/.test(category);
  return known ? `${category.charAt(0).toUpperCase()}${category.slice(1)} improvements` : category;
}
