import type { Core } from '../core.ts';
import { nowOf } from '../core.ts';
import type { SinceWhen } from '../domain/catch-up.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant, PersonId } from '../domain/words.ts';
import { lastWordsOf } from '../store/incidents.ts';
import { recall, remember } from '../store/remembered.ts';

interface Look {
  /** What this look was answered from, when its gesture is delivered again. */
  delivery: string;
  before?: Instant;
}

/** Notes that somebody looks at an incident now. It is no fact of the incident: only what they see next depends on it. */
export async function noteLook(
  core: Core,
  incident: Incident,
  { person, delivery }: { person: PersonId; delivery: string },
): Promise<void> {
  const key = lookKey(incident, person);
  const last = await recall<Look>(core.store, key);
  if (last?.body.delivery === delivery) return;
  await remember(core.store, key, {
    delivery,
    ...(last ? { before: last.at.getTime() } : {}),
  } satisfies Look);
}

/** When somebody last wrote or looked here, before this gesture. */
export async function lastHere(
  core: Core,
  incident: Incident,
  { person, delivery }: { person: PersonId; delivery: string },
): Promise<{ since: Instant; why: SinceWhen }> {
  const look = await recall<Look>(core.store, lookKey(incident, person));
  const looked = look?.body.delivery === delivery ? look.body.before : look?.at.getTime();
  const wrote = incident.channel
    ? await lastWordsOf(core.store.database.prisma, incident.channel.id, person)
    : undefined;
  const known = [
    ...(looked === undefined ? [] : [{ since: looked, why: 'looked' as const }]),
    ...(wrote === undefined || wrote > nowOf(core) ? [] : [{ since: wrote, why: 'wrote' as const }]),
  ].sort((a, b) => b.since - a.since);
  // A moment earlier, so that the declaring itself is told of.
  return known[0] ?? { since: incident.declaredAt - 1, why: 'declared' };
}

function lookKey({ uid }: Incident, person: PersonId): string {
  return `looked:${uid}:${person}`;
}
