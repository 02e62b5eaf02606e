import type { Core } from '../core.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant, Status } from '../domain/words.ts';
import { incidentName } from '../domain/words.ts';
import { isCurrent, type WrittenUpdate } from '../domain/written-updates.ts';
import { publicIncidents } from '../store/incidents.ts';
import { wordsOfUpdate } from './words-of-update.ts';

/** Looked through for updates, and shown at most. */
const LOOKED_AT = 100;
const SHOWN = 25;

/** An incident as anybody may read of it. */
export interface PublicIncident {
  name: string;
  title: string;
  status: Status;
  changedAt: Instant;
  /** Newest first. */
  updates: PublicUpdate[];
}

interface PublicUpdate {
  number: string;
  at: Instant;
  correctedAt?: Instant;
  /** Markdown, without names. */
  body: string;
}

/** What the status page tells: updates that were meant for it, of incidents that everybody may know of. */
export function publicUpdatesOf(core: Core): () => Promise<PublicIncident[]> {
  const texts = new Map<string, PublicIncident>();
  let reading: Promise<PublicIncident[]> | undefined;

  async function read(): Promise<PublicIncident[]> {
    const latest = await publicIncidents(core.store.database.prisma, LOOKED_AT);
    const told = latest.filter((incident) => !incident.private && onPage(incident).length > 0);
    const shown: PublicIncident[] = [];
    for (const incident of told.slice(0, SHOWN)) {
      const key = `${incident.number}:${incident.seq}`;
      const known = texts.get(key) ?? (await tell(core, incident));
      texts.set(key, known);
      shown.push(known);
    }
    // What was told before is kept as long as it is shown.
    for (const [key, value] of texts) if (!shown.includes(value)) texts.delete(key);
    return shown;
  }

  // However many ask at once, the database is asked once.
  return () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

function onPage({ updates }: Incident): WrittenUpdate[] {
  return (updates.written ?? []).filter((update) =>
    update.deliveries.some((one) => one.target === 'feed' && isCurrent(update, one)),
  );
}

async function tell(core: Core, incident: Incident): Promise<PublicIncident> {
  const updates = onPage(incident).toReversed();
  const told: PublicUpdate[] = [];
  let title = '';
  for (const update of updates) {
    const { subject, body } = await wordsOfUpdate(core, incident, update, { audience: 'public' });
    title ||= subject;
    const sent = update.deliveries.find(({ target }) => target === 'feed')?.sent;
    const corrected = sent && update.version > 1 ? { correctedAt: sent.at } : {};
    told.push({ number: update.id, at: update.at, ...corrected, body });
  }
  const changes = told.flatMap(({ at, correctedAt }) => [at, correctedAt ?? at]);
  return {
    name: incidentName(incident.number),
    title,
    status: incident.status,
    changedAt: Math.max(...changes, incident.resolvedAt ?? 0),
    updates: told,
  };
}
