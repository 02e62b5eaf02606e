import type { Desk } from '../core.ts';
import type { PersonId } from '../domain/words.ts';
import { jsonOf } from '../store/rows.ts';
import type { Profile } from '../world.ts';

/** People change their zone when they travel; older than this is asked again. */
const FRESH_MS = 12 * 3_600_000;

/** What the chat says of a person, kept for half a day; the last known when the chat does not answer. */
export async function profileOfPerson(core: Desk, person: PersonId): Promise<Profile | undefined> {
  if (person.startsWith('name:')) return undefined;
  const row = await core.store.database.prisma.profile.findUnique({ where: { userId: person } });
  // What is kept in this table was written by keepProfile.
  const known = row ? (row.body as unknown as Profile) : undefined;
  const age = row ? core.store.now().getTime() - row.fetchedAt.getTime() : Number.POSITIVE_INFINITY;
  if (known && age < FRESH_MS) return known;
  try {
    return (await fetchAndKeep(core, person)) ?? known;
  } catch (error) {
    core.log.warn({ error: error instanceof Error ? error.message : error }, 'a profile could not be read');
    return known;
  }
}

/** What is kept of these people, however old; nobody is asked. */
export async function keptProfiles(core: Desk, people: readonly PersonId[]): Promise<Map<PersonId, Profile>> {
  const rows = await core.store.database.prisma.profile.findMany({ where: { userId: { in: [...people] } } });
  return new Map(rows.map(({ userId, body }) => [userId, body as unknown as Profile]));
}

/** Everybody has a name before a report is written: what is not known cannot be held back. Throws ServiceErrors. */
export async function nameablePerson(core: Desk, person: PersonId): Promise<Profile | undefined> {
  const known = await profileOfPerson(core, person);
  return known || person.startsWith('name:') ? known : fetchAndKeep(core, person);
}

async function fetchAndKeep(core: Desk, person: PersonId): Promise<Profile | undefined> {
  const fetched = await core.world.chat.profile(person);
  if (fetched) await keepProfile(core, fetched);
  return fetched;
}

export async function keepProfile(core: Desk, profile: Profile): Promise<void> {
  const fetchedAt = core.store.now();
  const body = jsonOf(profile);
  await core.store.database.prisma.profile.upsert({
    where: { userId: profile.id },
    create: { userId: profile.id, body, fetchedAt },
    update: { body, fetchedAt },
  });
}
