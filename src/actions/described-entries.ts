import type { Desk } from '../core.ts';
import { describer } from '../domain/describe.ts';
import type { Fact } from '../domain/facts.ts';
import type { Incident } from '../domain/incident.ts';
import { type Entry, timeline } from '../domain/timeline.ts';
import { factsOf } from '../store/incidents.ts';

/** The log of an incident and the timeline that it makes. */
export async function describedEntries(
  core: Pick<Desk, 'store'>,
  incident: Pick<Incident, 'number'>,
): Promise<{ facts: Fact[]; entries: Entry[] }> {
  const facts = await factsOf(core.store.database.prisma, incident.number);
  return { facts, entries: timeline(facts, describer()) };
}
