import { type Decision, nothing, refuse } from './decision.ts';
import type { EntryContent } from './facts.ts';
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
