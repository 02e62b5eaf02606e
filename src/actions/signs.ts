import { type Core, nowOf } from '../core.ts';
import { type Signs, signWords } from '../domain/on-duty/signs.ts';
import { memberById } from '../domain/people.ts';
import type { PersonId } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { recall, remember } from '../store/remembered.ts';
import { keptProfiles, profileOfPerson } from './profiles.ts';
import { withDeadline } from './with-deadline.ts';

type Quiet = Record<PersonId, NonNullable<Signs['quiet']>>;

const QUIET_KEY = 'quiet';
/** Younger than this is not asked again; the round of `src/chores/signs.ts` keeps it so. */
const FRESH_MS = 15 * 60_000;

/** How these people look in the chat now. */
export interface Looks {
  /** What those who show a sign of not being there show, in words. */
  signs: Record<PersonId, string>;
  /** Those whose accounts are closed. */
  gone: PersonId[];
}

/** The chat is waited for so long; after that what is remembered counts. */
export async function looksOf(core: Core, people: readonly PersonId[], patienceMs: number): Promise<Looks> {
  const quiet = await withDeadline('Slack', patienceMs, askedQuiet(core, people)).catch(
    async () => (await recall<Quiet>(core.store, QUIET_KEY))?.body ?? {},
  );
  const profiles = await keptProfiles(core, people);
  const signs = people.flatMap((person): [PersonId, string][] => {
    const zone = memberById(core.team, person)?.timezone ?? core.team.timezone;
    const away = profiles.get(person)?.away;
    const stretch = quiet[person];
    const shown = { ...(away ? { away } : {}), ...(stretch ? { quiet: stretch } : {}) };
    const words = signWords(shown, nowOf(core), zone);
    return words === undefined ? [] : [[person, words]];
  });
  return {
    signs: Object.fromEntries(signs),
    gone: people.filter((person) => profiles.get(person)?.deleted === true),
  };
}

async function askedQuiet(core: Core, people: readonly PersonId[]): Promise<Quiet> {
  const [quiet] = await Promise.all([
    quietOf(core),
    ...people.map((person) => profileOfPerson(core, person)),
  ]);
  return quiet;
}

async function quietOf(core: Core): Promise<Quiet> {
  const kept = await recall<Quiet>(core.store, QUIET_KEY);
  if (kept && Math.abs(nowOf(core) - kept.at.getTime()) < FRESH_MS) return kept.body;
  return (await refreshQuiet(core)) ?? kept?.body ?? {};
}

/** Asks the chat for the do-not-disturb of the whole team and keeps it; nothing when it does not say. */
export async function refreshQuiet(core: Core): Promise<Quiet | undefined> {
  const people = core.team.people.flatMap(({ slack }) => slack ?? []);
  if (people.length === 0) return {};
  try {
    const quiet = await core.world.chat.quiet(people);
    await remember(core.store, QUIET_KEY, quiet);
    return quiet;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    core.log.info({ error: error.message }, 'Slack does not say who wants no disturbance');
    return undefined;
  }
}
