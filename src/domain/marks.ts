import { type Decision, type Effect, nothing, refuse } from './decision.ts';
import { entryOfMessage, type Mark, type RecordedMessage, recordMessage } from './entries.ts';
import type { EntryOrigin, NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import type { Entry } from './timeline.ts';
import { issuesLeft } from './withdraw-action.ts';
import type { Actor, Instant, Moment, PersonId } from './words.ts';

interface Marked {
  message: RecordedMessage;
  mark: Mark;
  by: PersonId;
  origin: EntryOrigin;
  moment?: Moment;
}

/** A reaction, or the message shortcut, puts a message into the timeline at the message's own time. */
export function markMessage(
  incident: Incident,
  entry: Entry | undefined,
  marked: Marked,
  now: Instant,
): Decision {
  const { message, mark, by: person } = marked;
  const against = objection(incident, mark === 'action_item' ? 'action' : 'log');
  if (against) return refuse(against);
  if (entry?.marks.some((other) => other.mark === mark && other.person === person)) return nothing();

  const id = entryOfMessage(message.source);
  const by: Actor = { kind: 'person', id: person };
  const facts: NewFact[] = [...placed(entry, marked, now)];
  facts.push({ type: 'entry-marked', entry: id, mark, person, by, at: now });
  const first = !entry?.marks.some((other) => other.mark === mark);
  if (first) facts.push(...consequences(incident, entry, id, marked, now));
  return {
    facts,
    effects: [
      { do: 'mark-message', source: message.source, entry: id },
      ...cardEffects(mark),
      ...issueEffects(incident, facts),
    ],
  };
}

/** What puts the message into the timeline, or back into it. */
function placed(entry: Entry | undefined, marked: Marked, at: Instant): NewFact[] {
  const { message, mark, origin, moment } = marked;
  const by: Actor = { kind: 'person', id: marked.by };
  if (entry) return entry.removed ? [{ type: 'entry-restored', entry: entry.id, by, at }] : [];
  const kind = mark === 'update' ? 'update' : 'message';
  return [recordMessage(message, { kind, origin, by, at, ...(moment ? { moment } : {}) })];
}

/** A hammer makes an action item of the message, a bulb a lesson, each once; a mega makes it an update. */
function consequences(
  incident: Incident,
  entry: Entry | undefined,
  id: string,
  { message, mark, by: person }: Marked,
  at: Instant,
): NewFact[] {
  const by: Actor = { kind: 'person', id: person };
  const text = message.content.text;
  switch (mark) {
    case 'action_item': {
      const known = incident.actions.find((item) => item.entry === id);
      if (known) return known.withdrawn ? [{ type: 'action-restored', action: known.id, by, at }] : [];
      const action = `${incident.actions.length + 1}`;
      return [{ type: 'action-added', action, title: text, entry: id, by, at, key: `action:${id}` }];
    }
    case 'lesson': {
      const known = incident.lessons.find((lesson) => lesson.entry === id);
      if (known) return known.withdrawn ? [{ type: 'lesson-restored', lesson: known.id, by, at }] : [];
      const lesson = `${incident.lessons.length + 1}`;
      return [{ type: 'lesson-added', lesson, kind: 'badly', text, entry: id, by, at, key: `lesson:${id}` }];
    }
    case 'update': {
      if (!entry || entry.kind === 'update') return [];
      return [{ type: 'entry-kind-changed', entry: id, kind: 'update', moment: entry.moment, by, at }];
    }
    case 'timeline':
      return [];
  }
}

function cardEffects(mark: Mark): Effect[] {
  return mark === 'timeline' ? [] : [{ do: 'show', message: 'card' }];
}

function issueEffects(incident: Incident, facts: readonly NewFact[]): Effect[] {
  return facts.flatMap((fact): Effect[] => {
    if (fact.type === 'action-added') return [{ do: 'open-issue', action: fact.action }];
    if (fact.type !== 'action-restored') return [];
    const item = incident.actions.find(({ id }) => id === fact.action);
    return item?.url ? [] : [{ do: 'open-issue', action: fact.action }];
  });
}

/** Taking the last such reaction away takes back what it made, and with the last of all the entry; both can return. */
export function unmarkMessage(
  incident: Incident,
  entry: Entry | undefined,
  unmarked: { mark: Mark; person: PersonId },
  now: Instant,
): Decision {
  const { mark, person } = unmarked;
  const standing = entry?.marks.some((other) => other.mark === mark && other.person === person);
  if (!entry || !standing) return nothing();
  const by: Actor = { kind: 'person', id: person };
  const facts: NewFact[] = [{ type: 'entry-unmarked', entry: entry.id, mark, person, by, at: now }];
  const effects: Effect[] = entry.source
    ? [{ do: 'mark-message', source: entry.source, entry: entry.id }]
    : [];
  if (entry.marks.filter((other) => other.mark === mark).length === 1) {
    facts.push(...takenBack(incident, entry, mark, by, now));
    effects.push(...cardEffects(mark), ...issuesLeft(incident, facts));
  }
  if (entry.marks.length === 1 && !entry.removed && entry.origin === 'reaction') {
    const why = 'the last reaction was taken away';
    facts.push({ type: 'entry-removed', entry: entry.id, why, by, at: now });
  }
  return { facts, effects };
}

function takenBack(incident: Incident, entry: Entry, mark: Mark, by: Actor, at: Instant): NewFact[] {
  switch (mark) {
    case 'action_item': {
      const item = incident.actions.find((action) => action.entry === entry.id && !action.withdrawn);
      return item ? [{ type: 'action-withdrawn', action: item.id, by, at }] : [];
    }
    case 'lesson': {
      const made = incident.lessons.find((lesson) => lesson.entry === entry.id && !lesson.withdrawn);
      return made ? [{ type: 'lesson-withdrawn', lesson: made.id, by, at }] : [];
    }
    case 'update':
      return [{ type: 'entry-kind-changed', entry: entry.id, kind: 'message', moment: entry.moment, by, at }];
    case 'timeline':
      return [];
  }
}
