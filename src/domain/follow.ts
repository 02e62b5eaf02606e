import { type Changes, type Decision, type Effect, isRefusal, nothing } from './decision.ts';
import { askAboutDeleted } from './deleted-source.ts';
import { entryOfMessage, type RecordedMessage } from './entries.ts';
import type { NewFact } from './facts.ts';
import { followedFiles, NO_WORDS } from './files.ts';
import { followMade } from './follow-made.ts';
import { type HeardMessage, marksHeard } from './heard.ts';
import { applyFact, type Incident } from './incident.ts';
import { markMessage, unmarkMessage } from './marks.ts';
import { objection } from './permitted.ts';
import { type Entry, withFacts } from './timeline.ts';
import type { Actor, Instant } from './words.ts';

const BY: Actor = { kind: 'daywatch' };

/** What a message called for, as changes and as the incident and entry that they make. */
export interface Followed extends Changes {
  incident: Incident;
  entry: Entry | undefined;
}

/**
 * Brings an entry to what its message calls for: the reactions that stand on it, its latest words, whether it is
 * still there. It looks at what was heard and never at the order of hearing, so every order ends the same.
 * @param ask names the question that goes to whoever recorded a message that was deleted
 */
export function followMessage(
  incident: Incident,
  entry: Entry | undefined,
  heard: HeardMessage,
  now: Instant,
  ask: (entry: Entry) => string = ({ id }) => id,
): Followed {
  const followed: Followed = { ...nothing(), incident, entry };
  if (objection(incident, 'log')) return followed;
  const { message } = heard;
  for (const { mark, person, putAt, stands } of marksHeard(heard.reactions)) {
    const put = () =>
      message
        ? markMessage(
            followed.incident,
            followed.entry,
            { message, mark, by: person, origin: 'reaction' },
            now,
          )
        : nothing();
    if (stands) take(followed, put());
    else {
      // Put and taken away before it was heard of: it can be restored as if it had been heard in time.
      if (putAt !== undefined && !followed.entry) take(followed, put());
      take(followed, unmarkMessage(followed.incident, followed.entry, { mark, person }, now));
    }
  }
  if (message) take(followed, followWords(followed.incident, followed.entry, message, now));
  if (heard.deleted) take(followed, askAboutDeleted(followed.entry, ask, now));
  return { ...followed, effects: unique(followed.effects) };
}

/** Source and entry differ by what was written since: the words follow, the former ones are kept. */
function followWords(
  incident: Incident,
  entry: Entry | undefined,
  message: RecordedMessage,
  now: Instant,
): Changes {
  if (!entry?.said || entry.id !== entryOfMessage(message.source)) return nothing();
  const { said } = entry;
  const { code } = message.content;
  const files = followedFiles(said.files, message.content.files);
  // The message of a file that is gone has nothing to say any more; the entry still tells what there was.
  const text = message.content.text === NO_WORDS && files !== undefined ? said.text : message.content.text;
  const older =
    said.version !== undefined && message.version !== undefined && message.version <= said.version;
  const same =
    text === said.text && code === said.code && JSON.stringify(files) === JSON.stringify(said.files);
  if (older || same) return nothing();
  const edited: NewFact = {
    type: 'entry-edited',
    entry: entry.id,
    text,
    said: {
      ...(code === undefined ? {} : { code }),
      ...(files === undefined ? {} : { files }),
      ...(message.version === undefined ? {} : { version: message.version }),
    },
    by: BY,
    at: now,
  };
  const made = followMade(incident, entry.id, { before: said.text, after: text }, now);
  return { facts: [edited, ...made.facts], effects: made.effects };
}

/** Several messages, one after the other, as one change. */
export function followMessages(
  incident: Incident,
  messages: readonly { entry: Entry | undefined; heard: HeardMessage }[],
  now: Instant,
  ask?: (entry: Entry) => string,
): Changes & { incident: Incident; entries: { before: Entry | undefined; after: Entry | undefined }[] } {
  const facts: NewFact[] = [];
  const effects: Effect[] = [];
  const entries: { before: Entry | undefined; after: Entry | undefined }[] = [];
  let current = incident;
  for (const { entry, heard } of messages) {
    const followed = followMessage(current, entry, heard, now, ask);
    facts.push(...followed.facts);
    effects.push(...followed.effects);
    entries.push({ before: entry, after: followed.entry });
    current = followed.incident;
  }
  return { facts, effects: unique(effects), incident: current, entries };
}

/** Adds a decision, so that the next one sees what it did. */
function take(followed: Followed, decision: Decision): void {
  if (isRefusal(decision)) return;
  for (const fact of decision.facts) {
    const numbered = { ...fact, seq: followed.incident.seq + 1, recordedAt: fact.at };
    followed.incident = applyFact(followed.incident, numbered);
    followed.entry = withFacts(followed.entry, [numbered]);
    followed.facts.push(fact);
  }
  followed.effects.push(...decision.effects);
}

function unique(effects: readonly Effect[]): Effect[] {
  const byWords = new Map(effects.map((effect) => [JSON.stringify(effect), effect]));
  return [...byWords.values()];
}
