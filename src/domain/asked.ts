import type { Effect } from './decision.ts';
import type { Fact } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Instant, PersonId } from './words.ts';

/** A question to whoever recorded messages that were deleted since: do their entries stay? */
export interface Asked {
  person: PersonId;
  entries: AskedEntry[];
}

export interface AskedEntry {
  entry: string;
  /** When its message was written. */
  at: Instant;
  author?: PersonId;
  /** How it begins. */
  words: string;
  answer?: 'kept' | 'removed';
}

/** The question in which an entry stands. */
export function askOf(
  incident: Pick<Incident, 'asked'>,
  entry: string,
): { id: string; question: Asked } | undefined {
  const found = Object.entries(incident.asked ?? {}).find(([, { entries }]) =>
    entries.some((one) => one.entry === entry),
  );
  return found ? { id: found[0], question: found[1] } : undefined;
}

/** What shows an answer where the question stands. */
export function askShown(incident: Pick<Incident, 'asked'>, entry: string): Effect[] {
  const found = askOf(incident, entry);
  return found ? [{ do: 'show', message: `asked:${found.id}` }] : [];
}

/** Follows the questions; anything else changes nothing. */
export function changeAsked(asked: Incident['asked'], fact: Fact): Incident['asked'] {
  switch (fact.type) {
    case 'entry-source-deleted': {
      if (!fact.asked) return asked;
      const { id, person, ...about } = fact.asked;
      const entries = [...(asked?.[id]?.entries ?? []), { entry: fact.entry, ...about }];
      return { ...asked, [id]: { person, entries } };
    }
    case 'entry-kept':
    case 'entry-restored':
      return answered(asked, fact.entry, 'kept');
    case 'entry-removed':
      return answered(asked, fact.entry, 'removed');
    default:
      return asked;
  }
}

function answered(asked: Incident['asked'], entry: string, answer: 'kept' | 'removed'): Incident['asked'] {
  const found = askOf(asked ? { asked } : {}, entry);
  if (!found) return asked;
  const entries = found.question.entries.map((one) => (one.entry === entry ? { ...one, answer } : one));
  return { ...asked, [found.id]: { ...found.question, entries } };
}
