import type { Entry } from '../timeline.ts';
import type { Actor } from '../words.ts';

/** Who writes the facts of an imported case. What this actor does is no part of the incident's own story. */
export const IMPORTER: Actor = { kind: 'service', name: 'import' };

export function isImporter(actor: Actor): boolean {
  return actor.kind === 'service' && actor.name === 'import';
}

/** Whether an entry is a follow-up: as its case says, otherwise by its time. */
export function followsUp(entry: Entry): boolean {
  return entry.content.followUp ?? entry.followUp;
}
