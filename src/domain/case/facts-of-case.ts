import type { Fact, FactBody, NewFact } from '../facts.ts';
import type { ActionCategory, Instant, Moment } from '../words.ts';
import { type CaseContent, IMPORTER } from './importer.ts';
import type { Case, CaseEntry } from './schema.ts';

/**
 * The log of an incident that was written down as a case. People are `name:…`; entries carry their role. An imported
 * case is resolved when it says so, and its times are those of the story; only one that holds no time at all is
 * dated by its import.
 */
export function factsOfCase(given: Case, importedAt: Instant): NewFact[] {
  const { startedAt, endedAt, resolvedAt, sections, entries } = given;
  const declaredAt = declaredInstant(given) ?? importedAt;
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
    responder: responderOf(given),
  });
  if (startedAt !== undefined) {
    add(declaredAt, { type: 'impact-set', edge: 'start', moment: edgeMoment(startedAt, entries) });
  }
  for (const [index, entry] of entries.entries()) {
    const id = `case-${index + 1}`;
    add(entry.at, entryFact(id, entry), `entry:${id}`);
  }
  if (endedAt !== undefined) {
    add(last, { type: 'impact-set', edge: 'end', moment: edgeMoment(endedAt, entries) });
  }
  for (const [index, item] of (given.actionItems ?? []).entries()) {
    const action = `case-action-${index + 1}`;
    const category = categoryOf(item.category);
    const added = { type: 'action-added', action, title: item.title } as const;
    add(last, category === undefined ? added : { ...added, category });
    if (item.link !== undefined) add(last, { type: 'action-linked', action, url: item.link });
    if (item.done) add(last, { type: 'action-done', action });
  }
  const lessons = { well: sections?.wentWell, badly: sections?.wentWrong, lucky: sections?.lucky } as const;
  for (const kind of ['well', 'badly', 'lucky'] as const) {
    for (const [index, text] of (lessons[kind] ?? []).entries()) {
      add(last, { type: 'lesson-added', lesson: `case-${kind}-${index + 1}`, kind, text });
    }
  }
  const { summary, resolution } = sections ?? {};
  if (summary !== undefined || resolution !== undefined) {
    add(last, {
      type: 'summary-written',
      ...(summary === undefined ? {} : { summary }),
      ...(resolution === undefined ? {} : { resolution }),
    });
  }
  if (resolvedAt !== undefined) {
    add(resolvedAt, { type: 'status-changed', from: 'investigating', to: 'resolved' });
  }
  return facts;
}

/** Facts as a log would keep them, numbered from 1: to fold a case without a database. */
export function numbered(facts: readonly NewFact[], recordedAt: Instant): Fact[] {
  return facts.map((fact, index) => ({ ...fact, seq: index + 1, recordedAt }));
}

/** A case does not say when it was declared: the entry that says so, else the first sign that anybody noticed. */
function declaredInstant({ entries, startedAt, resolvedAt }: Case): Instant | undefined {
  const inOrder = [...entries].sort((a, b) => a.at - b.at);
  const declares = inOrder.find(({ kind, text }) => kind === 'status' && /\bdeclare[sd]?\b/i.test(text));
  const first = declares ?? inOrder.find(({ kind }) => kind !== 'status') ?? inOrder[0];
  return first?.at ?? startedAt ?? resolvedAt;
}

function instantsOf(entries: readonly CaseEntry[]): Instant[] {
  const latest = entries.reduce((last, { at, until }) => Math.max(last, until ?? at), 0);
  return latest === 0 ? [] : [latest];
}

/** The person who declared or leads, as far as the entries name anybody. */
function responderOf({ entries }: Case): string {
  const leads = entries.find(({ role, person }) => person && /primary|responder|commander/i.test(role ?? ''));
  return `name:${leads?.person?.trim() ?? 'Primary engineer'}`;
}

/** The edge of the impact is as approximate as the entry that stands there. */
function edgeMoment(at: Instant, entries: readonly CaseEntry[]): Moment {
  return entries.some((entry) => entry.at === at && entry.approximate) ? { at, approximate: true } : { at };
}

function entryFact(id: string, entry: CaseEntry): FactBody {
  const { at, until, approximate, person, kind, role, text, quote, code, raw, link, image, followUp } = entry;
  const given = { role: role?.trim() || undefined, quote, code, raw, link, image, followUp };
  const content: CaseContent = { kind, text: text.trim(), ...present(given) };
  const moment: Moment = { at, ...present({ until, approximate: approximate || undefined }) };
  const author = person?.trim() ? { author: `name:${person.trim()}` } : {};
  return { type: 'entry-recorded', entry: id, origin: 'import', content, moment, ...author };
}

type Present<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** Only the fields that are there. */
function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>;
}

/** A category is one of three, or any other heading of the case, which is kept in its own words. */
function categoryOf(heading: string | undefined): ActionCategory | undefined {
  const words = heading?.trim() ?? '';
  if (words === '') return undefined;
  const known = /^(process|documentation|technical)( improvements)?$/i.exec(words)?.[1];
  return (known?.toLowerCase() ?? words) as ActionCategory;
}
