import type { EntryContent, EntryOrigin, Fact } from './facts.ts';
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
  formerTexts: string[];
  /** For alerts: when it ended. */
  endedAt?: Instant;
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
  let resolvedAt: Instant | undefined;
  for (const fact of facts) {
    if (fact.type === 'status-changed') {
      resolvedAt = fact.to === 'resolved' ? fact.at : fact.to === 'closed' ? resolvedAt : undefined;
    }
    if (fact.type === 'entry-recorded') {
      entries.set(fact.entry, recorded(fact));
      continue;
    }
    if ('entry' in fact && fact.entry !== undefined && isChange(fact)) {
      const entry = entries.get(fact.entry);
      if (entry) entries.set(fact.entry, changeEntry(entry, fact));
      continue;
    }
    const words = describe(fact);
    if (words) {
      entries.set(`fact-${fact.seq}`, {
        id: `fact-${fact.seq}`,
        kind: words.content.kind,
        moment: { at: fact.at },
        author: fact.by,
        content: words.content,
        origin: 'daywatch',
        recordedAt: fact.recordedAt,
        recordedBy: fact.by,
        marks: [],
        removed: false,
        formerTexts: [],
        followUp: false,
        bookkeeping: words.bookkeeping ?? false,
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
    author: fact.author === undefined ? fact.by : { kind: 'person', id: fact.author },
    content: fact.content,
    origin: fact.origin,
    recordedAt: fact.recordedAt,
    recordedBy: fact.by,
    ...(fact.source === undefined ? {} : { source: fact.source }),
    marks: [],
    removed: false,
    formerTexts: [],
    followUp: false,
    bookkeeping: false,
  };
}

type EntryChange = Fact & {
  type:
    | 'entry-marked'
    | 'entry-unmarked'
    | 'entry-edited'
    | 'entry-retimed'
    | 'entry-kind-changed'
    | 'entry-removed'
    | 'entry-restored'
    | 'alert-closed';
};

function isChange(fact: Fact): fact is EntryChange {
  return fact.type === 'alert-closed' || (fact.type.startsWith('entry-') && fact.type !== 'entry-recorded');
}

/** Adds one later fact to an entry. */
function changeEntry(entry: Entry, fact: EntryChange): Entry {
  switch (fact.type) {
    case 'entry-marked':
      return { ...entry, marks: [...without(entry.marks, fact), { mark: fact.mark, person: fact.person }] };
    case 'entry-unmarked':
      return { ...entry, marks: without(entry.marks, fact) };
    case 'entry-edited':
      return {
        ...entry,
        content: { ...entry.content, text: fact.text },
        formerTexts: [...entry.formerTexts, entry.content.text],
      };
    case 'entry-retimed':
      return { ...entry, moment: fact.moment };
    case 'entry-kind-changed':
      return { ...entry, kind: fact.kind, content: { ...entry.content, kind: fact.kind } };
    case 'entry-removed':
      return { ...entry, removed: true };
    case 'entry-restored':
      return { ...entry, removed: false };
    case 'alert-closed':
      return { ...entry, endedAt: fact.endedAt };
  }
}

function without(marks: Entry['marks'], gone: { mark: string; person: PersonId }): Entry['marks'] {
  return marks.filter(({ mark, person }) => mark !== gone.mark || person !== gone.person);
}

/** What stands of one entry after its facts, or nothing when it was never recorded. */
export function foldEntry(facts: readonly Fact[]): Entry | undefined {
  return timeline(facts, () => undefined)[0];
}
