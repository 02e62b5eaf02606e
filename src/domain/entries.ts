import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import type { EntryContent, EntryOrigin, NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import { mention } from './sentence.ts';
import type { Entry } from './timeline.ts';
import type { Actor, Instant, MessageRef, Moment, PersonId } from './words.ts';

/** What a reaction on a message means; the emoji are configured. */
export type Mark = 'timeline' | 'action_item' | 'lesson' | 'update';

/** A message as the rules need it. */
export interface RecordedMessage {
  source: MessageRef;
  at: Instant;
  author?: PersonId;
  content: Omit<EntryContent, 'kind'>;
}

/** A message is one entry, whoever records it and however often. */
export function entryOfMessage(source: MessageRef): string {
  return `message-${source.channel}-${source.ts}`;
}

/** A reaction, or the message shortcut, puts a message into the timeline at the message's own time. */
export function markMessage(
  incident: Incident,
  entry: Entry | undefined,
  marked: { message: RecordedMessage; mark: Mark; by: PersonId; origin: EntryOrigin; moment?: Moment },
  now: Instant,
): Decision {
  const against = objection(incident, marked.mark === 'action_item' ? 'action' : 'log');
  if (against) return refuse(against);
  const { message, mark, origin } = marked;
  const id = entryOfMessage(message.source);
  const by: Actor = { kind: 'person', id: marked.by };
  if (entry?.marks.some((other) => other.mark === mark && other.person === marked.by)) return nothing();

  const facts: NewFact[] = [];
  if (!entry) {
    const content: EntryContent = { ...message.content, kind: mark === 'update' ? 'update' : 'message' };
    facts.push({
      type: 'entry-recorded',
      entry: id,
      origin,
      content,
      moment: marked.moment ?? { at: message.at },
      ...(message.author === undefined ? {} : { author: message.author }),
      source: message.source,
      by,
      at: now,
      key: `entry:${id}`,
    });
  } else if (entry.removed) {
    facts.push({ type: 'entry-restored', entry: id, by, at: now });
  }
  facts.push({ type: 'entry-marked', entry: id, mark, person: marked.by, by, at: now });
  const first = !entry?.marks.some((other) => other.mark === mark);
  if (first) facts.push(...consequences(incident, id, message, mark, by, now));
  return { facts, effects: markEffects(id, message.source, mark, facts) };
}

/** A hammer makes an action item of the message, a bulb a lesson; each once. */
function consequences(
  incident: Incident,
  entry: string,
  message: RecordedMessage,
  mark: Mark,
  by: Actor,
  at: Instant,
): NewFact[] {
  const text = message.content.text;
  if (mark === 'action_item') {
    const action = `${incident.actions.length + 1}`;
    return [{ type: 'action-added', action, title: text, entry, by, at, key: `action:${entry}` }];
  }
  if (mark === 'lesson') {
    const lesson = `${incident.lessons.length + 1}`;
    return [{ type: 'lesson-added', lesson, kind: 'badly', text, entry, by, at, key: `lesson:${entry}` }];
  }
  return [];
}

function markEffects(entry: string, source: MessageRef, mark: Mark, facts: NewFact[]): Effect[] {
  const issues = facts.flatMap((fact): Effect[] =>
    fact.type === 'action-added' ? [{ do: 'open-issue', action: fact.action }] : [],
  );
  const card: Effect[] = mark === 'timeline' ? [] : [{ do: 'show', message: 'card' }];
  return [{ do: 'mark-message', source, entry }, ...card, ...issues];
}

/** Taking the last such reaction away takes the entry out; it stays restorable. */
export function unmarkMessage(
  entry: Entry | undefined,
  unmarked: { mark: Mark; person: PersonId },
  now: Instant,
): Decision {
  const standing = entry?.marks.some(
    ({ mark, person }) => mark === unmarked.mark && person === unmarked.person,
  );
  if (!entry || !standing) return nothing();
  const by: Actor = { kind: 'person', id: unmarked.person };
  const facts: NewFact[] = [{ type: 'entry-unmarked', entry: entry.id, ...unmarked, by, at: now }];
  const last = entry.marks.length === 1;
  if (last && !entry.removed && entry.origin === 'reaction') {
    facts.push({
      type: 'entry-removed',
      entry: entry.id,
      why: 'the last reaction was taken away',
      by,
      at: now,
    });
  }
  return {
    facts,
    effects: entry.source ? [{ do: 'mark-message', source: entry.source, entry: entry.id }] : [],
  };
}

/** `/incident log`: words with a time of their own. `when` is that time in words. */
export function logEntry(
  incident: Incident,
  log: { id: string; text: string; moment: Moment; by: PersonId; when: string },
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
        content: { kind: 'note', text },
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
    ],
    answer: `In the timeline at ${log.when}.`,
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
    effects: entry.source ? [{ do: 'mark-message', source: entry.source, entry: entry.id }] : [],
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
    effects: entry.source ? [{ do: 'mark-message', source: entry.source, entry: entry.id }] : [],
    answer: 'Back in the timeline.',
  };
}

function missing(entry: Entry | undefined): string | undefined {
  return entry ? undefined : 'There is no such entry in this timeline.';
}
