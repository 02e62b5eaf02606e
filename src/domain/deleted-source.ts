import { askOf, askShown } from './asked.ts';
import { type Changes, type Decision, nothing, refuse } from './decision.ts';
import { removeEntry } from './entries.ts';
import type { Incident } from './incident.ts';
import { parseMarkdown, wordsOf } from './markdown.ts';
import type { Entry } from './timeline.ts';
import type { Actor, Instant, PersonId } from './words.ts';

const WORDS_MAX = 120;

/** A deleted message is asked about and not lost: its entry stands until whoever recorded it says otherwise. */
export function askAboutDeleted(
  entry: Entry | undefined,
  ask: (entry: Entry) => string,
  now: Instant,
): Changes {
  if (!entry || entry.sourceDeleted) return nothing();
  const id = ask(entry);
  const { recordedBy } = entry;
  const person = !entry.removed && recordedBy.kind === 'person' ? recordedBy.id : undefined;
  const words = wordsOf(parseMarkdown(entry.content.text)).replaceAll(/\s+/g, ' ').trim();
  const begins = [...words].length > WORDS_MAX ? `${[...words].slice(0, WORDS_MAX - 1).join('')}…` : words;
  return {
    facts: [
      {
        type: 'entry-source-deleted',
        entry: entry.id,
        ...(person === undefined
          ? {}
          : {
              asked: {
                id,
                person,
                at: entry.moment.at,
                words: begins,
                ...(entry.author.kind === 'person' ? { author: entry.author.id } : {}),
              },
            }),
        by: { kind: 'daywatch' },
        at: now,
      },
    ],
    effects: person === undefined ? [] : [{ do: 'show', message: `asked:${id}` }],
  };
}

/** The same answer in the review, where everybody of the incident may give it. */
export function settleDeleted(
  incident: Incident,
  entry: Entry | undefined,
  keep: boolean,
  by: Actor,
  now: Instant,
): Decision {
  const asked = entry ? askOf(incident, entry.id) : undefined;
  if (!entry || !asked) return refuse('There is no such entry in this timeline.');
  if (!keep) return removeEntry(incident, entry, by, now);
  return {
    facts: [{ type: 'entry-kept', entry: entry.id, by, at: now }],
    effects: askShown(incident, entry.id),
    answer: 'It stays in the timeline.',
  };
}

/** The answer to the question, by whoever was asked. */
export function answerAboutDeleted(
  incident: Incident,
  entry: Entry | undefined,
  answer: { person: PersonId; keep: boolean },
  now: Instant,
): Decision {
  const asked = entry ? askOf(incident, entry.id) : undefined;
  if (!entry || !asked || asked.question.person !== answer.person) {
    return refuse('That question was for somebody else. `/incident timeline` shows every entry.');
  }
  return settleDeleted(incident, entry, answer.keep, { kind: 'person', id: answer.person }, now);
}
