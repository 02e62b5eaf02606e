import type { Changes, Effect } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import type { Actor, Instant } from './words.ts';

const BY: Actor = { kind: 'daywatch' };

/**
 * What was made of a message follows its words, unless somebody has given it words of its own. An issue is read by
 * others and keeps what it says; the channel is told, so that somebody can look.
 */
export function followMade(
  incident: Incident,
  entry: string,
  words: { before: string; after: string },
  now: Instant,
): Changes {
  const { before, after } = words;
  const facts: NewFact[] = [];
  const effects: Effect[] = [];
  if (before === after) return { facts, effects };
  for (const item of incident.actions.filter((made) => made.entry === entry && made.title === before)) {
    if (item.url === undefined) {
      facts.push({ type: 'action-changed', action: item.id, title: after, by: BY, at: now });
    } else if (!item.withdrawn) {
      const text = `The message that action item ${item.id} was made of says something else now; [its issue](${item.url}) keeps the former words.`;
      effects.push({ do: 'say', notice: `action-words:${item.id}:${now}`, text });
    }
  }
  for (const lesson of incident.lessons.filter((made) => made.entry === entry && made.text === before)) {
    facts.push({ type: 'lesson-edited', lesson: lesson.id, text: after, by: BY, at: now });
  }
  return { facts, effects };
}
