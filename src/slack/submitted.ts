import { changeIncident } from '../actions/change.ts';
import type { Decision } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { Actor } from '../domain/words.ts';
import { type Gesture, type Reply, replyOf } from './gesture.ts';
import { plainFromMarkdown } from './text/to-slack.ts';
import type { FormMemory } from './views/forms.ts';

/** A form either stands with what is wrong under its fields, or is done, with a word to the person. */
export type FormAnswer = { errors: Record<string, string> } | { reply?: Reply };

/** A form that came back: what it remembers and what was typed. */
export interface Submitted {
  gesture: Gesture;
  memory: FormMemory;
  values: Record<string, string>;
}

/** A refusal keeps what was typed: it stands under the field that it is about. */
export async function onIncident(
  { gesture, memory }: Submitted,
  field: string,
  decide: (incident: Incident, by: Actor, now: number) => Decision,
): Promise<FormAnswer> {
  const { core, person, delivery } = gesture;
  const outcome = await changeIncident(
    core.store,
    { number: memory.incident ?? 0 },
    (incident) => decide(incident, { kind: 'person', id: person }, core.store.now().getTime()),
    { delivery },
  );
  if (outcome.kind === 'refused') return { errors: { [field]: asError(outcome.sentence) } };
  return { reply: replyOf(outcome) };
}

/** Errors in forms are plain text. */
export function asError(sentence: string): string {
  return plainFromMarkdown(sentence);
}

export const WHEN_HELP = 'Type a time such as 17:32, ca. 17:30, 17:30-17:45 or 2025-08-12 17:32 UTC';
