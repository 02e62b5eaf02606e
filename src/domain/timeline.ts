import type { EntryContent, EntryFields, EntryFile, EntryOrigin, Fact } from './facts.ts';
import type { FileState } from './files.ts';
import { fenced } from './markdown.ts';
import type { Actor, EntryKind, Instant, MessageRef, Moment, PersonId } from './words.ts';

/** One line of the timeline. */
export interface Entry {
  /** Stable; also what Slack's buttons carry. */
  id: string;
  kind: EntryKind;
  moment: Moment;
  /** Who did or said it; its text may leave the name out. */
  author: Actor;
  content: EntryContent;
  /** `log`: written by Daywatch from what happened. */
  origin: EntryOrigin | 'daywatch';
  recordedAt: Instant;
  recordedBy: Actor;
  source?: MessageRef;
  /** Marks on the source that keep it here: `pushpin by U1`. */
  marks: { mark: string; person: PersonId }[];
  removed: boolean;
  /** The words of the source as they were last followed; people may have edited the entry since. */
  said?: { text: string; code?: string; files?: EntryFile[]; version?: string };
  /** Its message is gone from the chat. */
  sourceDeleted?: boolean;
  /** What became of the bytes of its files, by their ids. */
  kept?: Record<string, FileState>;
  formerTexts: string[];
  /** For alerts: when it ended, and how often it opened. */
  endedAt?: Instant;
  times?: number;
  /** For alerts: what was told last, whatever people made of the line. */
  told?: { text: string; at: Instant };
  followUp: boolean;
  /** Bookkeeping is kept and shown in Slack; a report has its own section for it or none. */
  bookkeeping: boolean;
}

/** Turns a fact that Daywatch wrote itself into words; `undefined`: no line of its own. */
export type Describe = (fact: Fact) => { content: EntryContent; bookkeeping?: boolean } | undefined;

/**
 * The timeline in order of time, ties by arrival. Entries taken out are in it, marked `removed`.
 * A line is a follow-up when it happened after the last `resolved`.
 */
export function timeline(facts: readonly Fact[], describe: Describe): Entry[] {
  const entries = new Map<string, Entry>();
  const offers = new Map<string, string>();
  let resolvedAt: Instant | undefined;
  const [first] = facts;
  const retrospective = first?.type === 'declared' && first.retrospective === true;
  for (const fact of facts) {
    const told = 'happenedAt' in fact ? fact.happenedAt : undefined;
    if (fact.type === 'status-changed') {
      const over = told ?? (retrospective ? undefined : fact.at);
      resolvedAt = fact.to === 'resolved' ? over : fact.to === 'closed' ? resolvedAt : undefined;
    }
    if (fact.type === 'entry-recorded') {
      entries.set(fact.entry, recorded(fact));
      continue;
    }
    if ('entry' in fact && fact.entry !== undefined && isEntryChange(fact)) {
      const entry = entries.get(fact.entry);
      if (entry) entries.set(fact.entry, changeEntry(entry, fact));
      continue;
    }
    if (fact.type === 'handoff-offered') offers.set(fact.handoff, `fact-${fact.seq}`);
    // The story tells that it was accepted; that it was offered before is told beside it.
    const accepted = fact.type === 'handoff-accepted' && entries.get(offers.get(fact.handoff) ?? '');
    if (accepted) entries.set(accepted.id, { ...accepted, bookkeeping: true });
    const words = describe(fact);
    if (words) {
      entries.set(`fact-${fact.seq}`, {
        id: `fact-${fact.seq}`,
        kind: words.content.kind,
        moment: { at: told ?? fact.at },
        author: fact.by,
        content: words.content,
        origin: 'daywatch',
        recordedAt: fact.recordedAt,
        recordedBy: fact.by,
        marks: [],
        removed: false,
        formerTexts: [],
        followUp: false,
        // How a retrospective came to be written down is no part of its story.
        bookkeeping: words.bookkeeping === true || (retrospective && told === undefined),
      });
    }
  }
  const lines = [...entries.values()].sort((a, b) => a.moment.at - b.moment.at);
  const resolved = resolvedAt;
  if (resolved === undefined) return lines;
  return lines.map((entry) => ({ ...entry, followUp: entry.moment.at > resolved }));
}

function recorded(fact: Fact & { type: 'entry-recorded' }): Entry {
  return {
    id: fact.entry,
    kind: fact.content.kind,
    moment: fact.moment,
    author: authorOf(fact),
    content: fact.content,
    origin: fact.origin,
    recordedAt: fact.recordedAt,
    recordedBy: fact.by,
    ...(fact.source === undefined ? {} : { source: fact.source, said: saidIn(fact) }),
    marks: [],
    removed: false,
    formerTexts: [],
    followUp: false,
    bookkeeping: false,
    ...(fact.origin === 'alert' ? { told: { text: fact.content.text, at: fact.moment.at } } : {}),
  };
}

/** Whose words an entry holds. */
export function authorOf({ author, service, by }: Fact & { type: 'entry-recorded' }): Actor {
  if (author !== undefined) return { kind: 'person', id: author };
  return service === undefined ? by : { kind: 'service', name: service };
}

function saidIn({ content, version }: Fact & { type: 'entry-recorded' }): NonNullable<Entry['said']> {
  const { text, code, files } = content;
  return {
    text,
    ...(code === undefined ? {} : { code }),
    ...(files === undefined ? {} : { files }),
    ...(version === undefined ? {} : { version }),
  };
}

export type EntryChange = Fact & {
  type:
    | 'entry-marked'
    | 'entry-unmarked'
    | 'entry-edited'
    | 'entry-retimed'
    | 'entry-kind-changed'
    | 'entry-removed'
    | 'entry-restored'
    | 'entry-source-deleted'
    | 'entry-kept'
    | 'entry-file-kept'
    | 'entry-file-lost'
    | 'alert-closed'
    | 'alert-told';
};

export function isEntryChange(fact: Fact): fact is EntryChange {
  return (
    fact.type === 'alert-closed' ||
    fact.type === 'alert-told' ||
    (fact.type.startsWith('entry-') && fact.type !== 'entry-recorded')
  );
}

/** Adds one later fact to an entry. */
export function changeEntry(entry: Entry, fact: EntryChange): Entry {
  switch (fact.type) {
    case 'entry-marked':
      return { ...entry, marks: [...without(entry.marks, fact), { mark: fact.mark, person: fact.person }] };
    case 'entry-unmarked':
      return { ...entry, marks: without(entry.marks, fact) };
    case 'entry-edited':
      return editedEntry(entry, fact);
    case 'entry-retimed':
      return { ...entry, moment: fact.moment };
    case 'entry-kind-changed':
      return { ...entry, kind: fact.kind, content: { ...entry.content, kind: fact.kind } };
    case 'entry-removed':
      return { ...entry, removed: true };
    case 'entry-restored':
      return { ...entry, removed: false };
    case 'entry-source-deleted':
      return { ...entry, sourceDeleted: true };
    case 'entry-kept':
      return entry;
    case 'entry-file-kept':
      return { ...entry, kept: { ...entry.kept, [fact.file]: { kept: true } } };
    case 'entry-file-lost':
      return { ...entry, kept: { ...entry.kept, [fact.file]: { lost: fact.why } } };
    case 'alert-closed':
      return { ...entry, endedAt: fact.endedAt };
    case 'alert-told':
      return tellAlert(entry, fact);
  }
}

function editedEntry(entry: Entry, { text, said, fields }: Fact & { type: 'entry-edited' }): Entry {
  const before = wholeText(entry.content);
  const amended = { ...withFields(entry.content, fields), text };
  const after = wholeText(said ? { text, ...said } : amended);
  const formerTexts = before === after ? entry.formerTexts : [...entry.formerTexts, before];
  if (!said) return { ...entry, content: amended, formerTexts };
  const { code: _code, files: _files, ...content } = entry.content;
  const { version: _version, ...attached } = said;
  return { ...entry, content: { ...content, text, ...attached }, said: { text, ...said }, formerTexts };
}

function withFields(content: EntryContent, fields: EntryFields = {}): EntryContent {
  const given = Object.entries({ ...content, ...fields }).filter(([, value]) => value !== null);
  // Only what may be absent is ever taken away.
  return Object.fromEntries(given) as unknown as EntryContent;
}

/** An entry's words with the code that belongs to them. */
function wholeText({ text, code }: Pick<EntryContent, 'text' | 'code'>): string {
  if (code === undefined) return text;
  return `${text}\n\n${fenced(code)}`;
}

/** What people wrote into the line, or moved it to, stays. */
function tellAlert(entry: Entry, fact: Fact & { type: 'alert-told' }): Entry {
  const { endedAt: _, ...rest } = entry;
  const { link: __, ...content } = entry.content;
  const { text, raw, link, from, endedAt, times } = fact;
  const isOwn = entry.content.text === entry.told?.text;
  const stands = entry.moment.at === entry.told?.at;
  return {
    ...rest,
    content: {
      ...content,
      raw,
      ...(link === undefined ? {} : { link }),
      ...(isOwn ? { text } : {}),
    },
    moment: stands ? { at: from } : entry.moment,
    told: { text, at: from },
    times,
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function without(marks: Entry['marks'], gone: { mark: string; person: PersonId }): Entry['marks'] {
  return marks.filter(({ mark, person }) => mark !== gone.mark || person !== gone.person);
}

/** An entry after further facts of its own; others leave it as it is. */
export function withFacts(entry: Entry | undefined, facts: readonly Fact[]): Entry | undefined {
  let next = entry;
  for (const fact of facts) {
    if (fact.type === 'entry-recorded') next ??= recorded(fact);
    else if (next && 'entry' in fact && fact.entry === next.id && isEntryChange(fact))
      next = changeEntry(next, fact);
  }
  return next;
}

/** What stands of one entry after its facts, or nothing when it was never recorded. */
export function foldEntry(facts: readonly Fact[]): Entry | undefined {
  return timeline(facts, () => undefined)[0];
}
