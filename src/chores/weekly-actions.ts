import { profileOfPerson } from '../actions/profiles.ts';
import type { Core } from '../core.ts';
import { localDate } from '../domain/clock-words.ts';
import { lastOccurrence } from '../domain/on-duty/weeks.ts';
import { memberById, nameOf } from '../domain/people.ts';
import { weeklyActions } from '../domain/weekly-actions.ts';
import type { PersonId } from '../domain/words.ts';
import { DAY_MS, HOUR_MS } from '../domain/zone-offsets.ts';
import { isServiceError } from '../service-error.ts';
import { addedAt, type OpenItem, openItems } from '../store/action-items.ts';
import { recall, remember } from '../store/remembered.ts';

interface Kept {
  /** Local date of the day that it is about. */
  day: string;
  state: 'posting' | 'posted' | 'refused';
}

const KEY = 'weekly-actions';
/** A list that could not come on its day is of no use the week after. */
const LATE_MS = 2 * DAY_MS;
/** How long a refusal is believed. */
const REFUSED_MS = HOUR_MS;

/** Names and not mentions: a list on Monday calls nobody. */
async function namesOf(core: Core, items: readonly OpenItem[]): Promise<(person: PersonId) => string> {
  const owners = new Set(items.flatMap(({ item }) => (item.owner === undefined ? [] : [item.owner])));
  const profiles = await Promise.all([...owners].map((person) => profileOfPerson(core, person)));
  const names = new Map(
    profiles.flatMap((profile) => (profile ? [[profile.id, profile.name] as const] : [])),
  );
  return (person) => memberById(core.team, person)?.name ?? names.get(person) ?? nameOf(core.team, person);
}

/** Lists what is still to be done on the configured day, once; nothing where nothing is. */
export async function listWeeklyActions(core: Core, now: Date): Promise<void> {
  const { team, store } = core;
  const wanted = team.weeklyActions;
  if (!wanted) return;
  const due = lastOccurrence(team.timezone, wanted.day, wanted.minute, now.getTime());
  const day = localDate(due, team.timezone);
  const recalled = await recall<Kept>(store, KEY);
  const kept = recalled?.body;
  // A clock that was set back asks for no older list, and a bot that is new begins with the next one.
  if (kept && (kept.day > day || (kept.day === day && kept.state === 'posted'))) return;
  const stale = now.getTime() - due > LATE_MS;
  const refusedFor = recalled ? now.getTime() - recalled.at.getTime() : REFUSED_MS;
  if (kept?.day === day && kept.state === 'refused' && Math.abs(refusedFor) < REFUSED_MS) return;
  const items = kept && !stale ? await openItems(store.database.prisma) : [];
  const text = weeklyActions(
    items.map((open) => ({ ...open, addedAt: addedAt(open) })),
    team.timezone,
    now.getTime(),
    await namesOf(core, items),
  );
  if (text !== undefined) {
    // What is kept as being posted may stand there already: the process that began it ended.
    const first = kept?.day !== day;
    await remember(store, KEY, { day, state: 'posting' } satisfies Kept);
    try {
      await core.world.chat.post(core.world.chat.drawFor(wanted.channel, text), {
        marker: { incident: KEY, message: day },
        first,
        since: new Date(due),
      });
    } catch (error) {
      if (!isServiceError(error) || error.worthRepeating) throw error;
      core.log.warn(
        { error: error.message },
        'the list of action items is not taken; it is tried again in an hour',
      );
      await remember(store, KEY, { day, state: 'refused' } satisfies Kept);
      return;
    }
  }
  await remember(store, KEY, { day, state: 'posted' } satisfies Kept);
}
