import type { Core } from '../../core.ts';
import { memberById, nameOf } from '../../domain/people.ts';
import type { PersonId } from '../../domain/words.ts';
import type { Profile } from '../../world.ts';

/** What people are called: as the team's file has it, else as the chat does. Nobody outside is asked. */
export async function namesKnown({ store, team }: Core): Promise<(person: PersonId) => string> {
  const rows = await store.database.prisma.profile.findMany();
  const names = new Map(rows.map(({ userId, body }) => [userId, (body as unknown as Profile).name]));
  return (id) => memberById(team, id)?.name ?? names.get(id) ?? nameOf(team, id);
}
