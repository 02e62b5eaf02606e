import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant, PersonId } from '../domain/words.ts';
import { listeningIncidents } from '../store/incidents.ts';
import { recall, remember } from '../store/remembered.ts';
import { changeIncident } from './change.ts';

/** How far the reading of a channel has come. It goes on from here after a crash. */
export interface Reading {
  run: string;
  /** Where the chat goes on: in the channel, or in the first of `threads`. */
  cursor?: string;
  /** The edge of what was read, as the chat's time: downwards in the channel, upwards in a thread. */
  edge?: string;
  /** The channel that is being read where it is not the incident's own: a duplicate's. */
  place?: string;
  /** Channels of duplicates that are read after it; absent until its own was read. */
  more?: string[];
  /** Parents of threads found so far. */
  parents: string[];
  /** Threads still to be read, once the channel itself was read. */
  threads?: string[];
  /** Who came, with when. */
  joined: { ts: string; person: PersonId }[];
  /** When the last ✅ is put on. */
  lastMark: Instant;
  /** Who wants to know that nothing was missing. */
  asked?: PersonId;
}

/** After `resolved` people still add to the timeline; so long is it looked after. */
const FOLLOW_UP_MS = 7 * 24 * 3_600_000;

/** Reads every channel again that may have gone on without this process being there. */
export async function recoverAll(core: Core): Promise<void> {
  const since = new Date(core.store.now().getTime() - FOLLOW_UP_MS);
  for (const incident of await listeningIncidents(core.store.database.prisma, since)) {
    await startReading(core, incident);
  }
}

/** Begins to read the channel of an incident from its end. A reading that is under way is given up for it. */
export async function startReading(core: Core, incident: Incident, asked?: PersonId): Promise<void> {
  const reading: Reading = {
    ...freshReading(randomUUID().slice(0, 8)),
    ...(asked === undefined ? {} : { asked }),
  };
  await saveReading(core, incident, reading);
  await changeIncident(core.store, { number: incident.number }, () => ({
    facts: [],
    effects: [{ do: 'recover', run: reading.run }],
  }));
}

export function freshReading(run: string): Reading {
  return { run, parents: [], joined: [], lastMark: 0 };
}

export async function readingOf(core: Core, incident: Incident): Promise<Reading | undefined> {
  const kept = await recall<Reading | null>(core.store, readingKey(incident));
  return kept?.body ?? undefined;
}

export async function saveReading(core: Core, incident: Incident, reading: Reading | null): Promise<void> {
  await remember(core.store, readingKey(incident), reading);
}

function readingKey({ uid }: Incident): string {
  return `reading:${uid}`;
}
