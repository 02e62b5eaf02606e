import { askShown } from './asked.ts';
import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { EntryContent, EntryFields, EntryOrigin, NewFact } from './facts.ts';
import { followedFiles } from './files.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import { present } from './present.ts';
import { isTimeOfWriting } from './retrospective.ts';
import { asTyped, mention } from './sentence.ts';
import type { Entry } from './timeline.ts';
import type { Actor, EntryKind, Instant, MessageRef, Moment, PersonId } from './words.ts';

/** What a reaction on a message means; the emoji are configured. */
export type Mark = 'timeline' | 'action_item' | 'lesson' | 'update';

/** A message as the rules need it. */
export interface RecordedMessage {
  source: MessageRef;
  at: Instant;
  author?: PersonId;
  /** The name of the bot that wrote it, where nobody did. */
  service?: string;
  content: Omit<EntryContent, 'kind'>;
  /** Which state of it this is; a later one compares greater. */
  version?: string;
}

/** A message is one entry, whoever records it and however often. */
export function entryOfMessage(source: MessageRef): string {
  return `message-${source.channel}-${source.ts}`;
}

/** The fact that puts a message into the timeline: at its own time unless another one is given. */
export function recordMessage(
  message: RecordedMessage,
  how: { kind: 'message' | 'update'; origin: EntryOrigin; by: Actor; at: Instant; moment?: Moment },
): NewFact {
  const { source, author, service, version } = message;
  const { kind, origin, by, at, moment = { at: message.at } } = how;
  const { files: given, ...words } = message.content;
  const files = followedFiles(undefined, given);
  const entry = entryOfMessage(source);
  return {
    type: 'entry-recorded',
    entry,
    origin,
    content: { ...words, kind, ...present({ files }) },
    moment,
    ...present({ author, service, source, version }),
    by,
    at,
    key: `entry:${entry}`,
  };
}

const AT_WRITING =
  ' That is when this was already being written down: `/incident log 17:32 …` says when it was, and `/incident timeline` moves it.';

/** `/incident log`: words with a time of their own. `when` is that time in words. */
export function logEntry(
  incident: Incident,
  log: { id: string; text: string; moment: Moment; by: PersonId; when: string; kind?: EntryKind },
  now: Instant,
): Decision {
  const against = objection(incident, 'log');
  if (against) return refuse(against);
  const text = log.text.trim();
  if (!text) return refuse('There is nothing to log. Type `/incident log 17:32 what happened`.');
  const by: Actor = { kind: 'person', id: log.by };
  return {
    facts: [
      {
        type: 'entry-recorded',
        entry: log.id,
        origin: 'log',
        content: { kind: log.kind ?? 'note', text },
        moment: log.moment,
        author: log.by,
        by,
        at: now,
        key: `entry:${log.id}`,
      },
    ],
    effects: [
      // Everybody reads along, as they would have read a message.
      { do: 'say', notice: log.id, text: `📝 ${log.when} ${mention(log.by)}: ${text}` },
      ...(log.kind === 'update' ? [{ do: 'show', message: 'card' } as const] : []),
    ],
    answer: `In the timeline at ${log.when}.${isTimeOfWriting(incident, log.moment) ? AT_WRITING : ''}`,
  };
}

/** An entry from outside the chat: the HTTP API. `when` is its moment in words. */
export function addEntry(
  incident: Incident,
  given: { id: string; content: EntryContent; moment: Moment; author?: PersonId; when: string },
  by: Actor,
  now: Instant,
): Decision {
  const { id, content, moment, author, when } = given;
  const against = objection(incident, 'log');
  if (against) return refuse(against);
  if (!content.text.trim()) return refuse('An entry needs words.');
  const teller = author ?? (by.kind === 'person' ? by.id : undefined);
  const who = teller === undefined ? asTyped(by.kind === 'service' ? by.name : 'Daywatch') : mention(teller);
  const card: Effect[] = content.kind === 'update' ? [{ do: 'show', message: 'card' }] : [];
  // Whoever is in the channel reads along; where there is none, the timeline says it.
  const said: Effect[] = incident.channel
    ? [{ do: 'say', notice: id, text: `📝 ${when} ${who}: ${content.text}` }]
    : [];
  return {
    facts: [
      {
        type: 'entry-recorded',
        entry: id,
        origin: 'http',
        content,
        moment,
        ...(author === undefined ? {} : { author }),
        by,
        at: now,
        key: `entry:${id}`,
      },
    ],
    effects: [...said, ...card],
  };
}

export function editEntry(
  incident: Incident,
  entry: Entry | undefined,
  text: string,
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'log') ?? missing(entry);
  if (against || !entry) return refuse(against ?? '');
  if (!text.trim()) return refuse('An entry needs words. To take it out, press *Remove*.');
  if (text === entry.content.text) return nothing('It says that already.');
  return {
    facts: [{ type: 'entry-edited', entry: entry.id, text, by, at: now }],
    effects: [],
    answer: 'Changed. The former text is kept.',
  };
}

/** What of an entry is written anew; what is absent stays, null takes away. */
export interface EntryChanges {
  text?: string;
  kind?: EntryKind;
  fields?: EntryFields;
}

/** An entry's words, kind and what belongs to them, in one change. */
export function amendEntry(
  incident: Incident,
  entry: Entry | undefined,
  { text, kind, fields = {} }: EntryChanges,
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'log') ?? missing(entry);
  if (against || !entry) return refuse(against ?? '');
  const { content } = entry;
  const words = text ?? content.text;
  if (!words.trim()) return refuse('An entry needs words. To take it out, delete it.');
  const facts: NewFact[] = [];
  if (kind !== undefined && kind !== entry.kind) {
    facts.push({ type: 'entry-kind-changed', entry: entry.id, kind, moment: entry.moment, by, at: now });
  }
  const differs = Object.entries(fields).some(
    ([key, value]) => (content[key as keyof EntryFields] ?? null) !== value,
  );
  if (words !== content.text || differs) {
    const also = differs ? { fields } : {};
    facts.push({ type: 'entry-edited', entry: entry.id, text: words, ...also, by, at: now });
  }
  const isUpdate = kind === 'update' || entry.kind === 'update';
  return { facts, effects: isUpdate && facts.length > 0 ? [{ do: 'show', message: 'card' }] : [] };
}

export function retimeEntry(
  incident: Incident,
  entry: Entry | undefined,
  moment: Moment,
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'log') ?? missing(entry);
  if (against || !entry) return refuse(against ?? '');
  return {
    facts: [{ type: 'entry-retimed', entry: entry.id, moment, by, at: now }],
    effects: [],
    answer: 'Moved to its new time.',
  };
}

export function removeEntry(incident: Incident, entry: Entry | undefined, by: Actor, now: Instant): Decision {
  const against = objection(incident, 'log') ?? missing(entry);
  if (against || !entry) return refuse(against ?? '');
  if (entry.removed) return nothing('It is out already.');
  return {
    facts: [{ type: 'entry-removed', entry: entry.id, why: 'taken out by hand', by, at: now }],
    effects: [...markEffects(entry), ...askShown(incident, entry.id)],
    answer: 'Taken out. *Restore* brings it back.',
  };
}

export function restoreEntry(
  incident: Incident,
  entry: Entry | undefined,
  by: Actor,
  now: Instant,
): Decision {
  const against = objection(incident, 'log') ?? missing(entry);
  if (against || !entry) return refuse(against ?? '');
  if (!entry.removed) return nothing('It is in the timeline.');
  return {
    facts: [{ type: 'entry-restored', entry: entry.id, by, at: now }],
    effects: [...markEffects(entry), ...askShown(incident, entry.id)],
    answer: 'Back in the timeline.',
  };
}

/** The ✅ follows what stands. */
function markEffects(entry: Entry): Effect[] {
  return entry.source ? [{ do: 'mark-message', source: entry.source, entry: entry.id }] : [];
}

function missing(entry: Entry | undefined): string | undefined {
  return entry ? undefined : 'There is no such entry in this timeline.';
}
