import { type Entry, foldEntry } from '../../src/domain/timeline.ts';
import { factsOf, incidentOfChannel } from '../../src/store/incidents.ts';
import type { Scenario } from '../harness/scenario.ts';

/** The entries that people made in the incident of this channel, in the order of their recording. */
export async function entriesOf({ app }: Pick<Scenario, 'app'>, channelId: string): Promise<Entry[]> {
  const { prisma } = app.core.store.database;
  const incident = await incidentOfChannel(prisma, channelId);
  if (!incident) throw new Error(`${channelId} is no incident's channel`);
  const facts = await factsOf(prisma, incident.number);
  const ids = new Set(facts.flatMap((fact) => (fact.type === 'entry-recorded' ? [fact.entry] : [])));
  return [...ids].flatMap(
    (id) => foldEntry(facts.filter((fact) => 'entry' in fact && fact.entry === id)) ?? [],
  );
}
