import { type Decision, type Effect, refuse } from './decision.ts';
import type { NewFact } from './facts.ts';
import type { Incident } from './incident.ts';
import { objection } from './permitted.ts';
import type { Actor, Instant } from './words.ts';

/** Takes an action item back; what was made of a message returns when it is marked again. */
export function withdrawAction(incident: Incident, id: string, by: Actor, now: Instant): Decision {
  const against = objection(incident, 'action');
  if (against) return refuse(against);
  const facts: NewFact[] = [{ type: 'action-withdrawn', action: id, by, at: now }];
  return { facts, effects: [{ do: 'show', message: 'card' }, ...issuesLeft(incident, facts)] };
}

/** An issue on GitHub is not ours to close; the channel is told that it is left. */
export function issuesLeft(incident: Incident, facts: readonly NewFact[]): Effect[] {
  return facts.flatMap((fact): Effect[] => {
    if (fact.type !== 'action-withdrawn') return [];
    const item = incident.actions.find(({ id }) => id === fact.action);
    if (!item?.url) return [];
    const text = `Action item ${item.id} is taken back; [its issue](${item.url}) stays open until somebody closes it.`;
    return [{ do: 'say', notice: `action-withdrawn:${item.id}:${fact.at}`, text }];
  });
}
