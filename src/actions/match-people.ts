import type { Core } from '../core.ts';
import { memberById, personIdOf } from '../domain/people.ts';
import type { Person } from '../domain/team.ts';
import type { PersonId } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { recall, remember } from '../store/remembered.ts';
import { keepProfile, keptProfiles, profileOfPerson } from './profiles.ts';

/** Somebody of PagerDuty's. */
interface PagerUser {
  id: string;
  name: string;
}

/**
 * The PagerDuty account of a person: by the team's file, else by their e-mail, in the file or in the chat. What was
 * found is kept, for when PagerDuty does not answer; that there is none is asked again each time. Throws ServiceErrors.
 */
export async function pagerUserOf(core: Core, person: PersonId): Promise<string | undefined> {
  const member = memberById(core.team, person);
  if (member?.pagerduty) return member.pagerduty;
  const email = member?.email ?? (await profileOfPerson(core, person))?.email;
  const { pager } = core.world;
  if (!email || !pager) return undefined;
  const key = `pagerduty-user:${email.toLowerCase()}`;
  const kept = (await recall<string>(core.store, key))?.body;
  try {
    const found = await pager.userByEmail(email);
    if (found !== undefined && found !== kept) await remember(core.store, key, found);
    return found;
  } catch (error) {
    if (kept === undefined) throw error;
    return kept;
  }
}

/**
 * Who a user of PagerDuty is here: by the team's file, else by their e-mail in the file or in the chat, else nobody
 * but their name. Undefined for the bot's own user; throws a ServiceError when nobody can tell whether it is that.
 */
export async function personOfPagerUser(core: Core, user: PagerUser): Promise<PersonId | undefined> {
  const named = core.team.people.find(({ pagerduty }) => pagerduty === user.id);
  if (named) return personIdOf(named);
  const { pager } = core.world;
  if (!pager || (await pager.isSelf(user.id))) return undefined;
  try {
    return (await personByEmail(core, await pager.emailOf(user.id))) ?? `name:${user.name}`;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    core.log.warn({ error: error.message }, 'nobody says whose account this is');
    return `name:${user.name}`;
  }
}

/**
 * Who of the team these users of PagerDuty are: by the team's file, else by their e-mail, in the file or in what is
 * kept of the chat; the chat is not asked.
 */
export async function membersOfPagerUsers(
  core: Core,
  users: readonly { userId: string; email?: string }[],
): Promise<Person[]> {
  const { people } = core.team;
  const profiles = await keptProfiles(core, people.map(personIdOf));
  const reachable = people.map((person) => {
    const email = person.email ?? profiles.get(personIdOf(person))?.email;
    return email === undefined ? person : { ...person, email };
  });
  return users.flatMap(({ userId, email }) => {
    const named = people.find(({ pagerduty }) => pagerduty === userId);
    return named ?? (email === undefined ? [] : (onlyMemberWith(reachable, email) ?? []));
  });
}

async function personByEmail(core: Core, email: string | undefined): Promise<PersonId | undefined> {
  if (email === undefined) return undefined;
  const member = onlyMemberWith(core.team.people, email);
  if (member) return personIdOf(member);
  const profile = await core.world.chat.profileByEmail(email);
  if (!profile || profile.deleted || profile.bot) return undefined;
  await keepProfile(core, profile);
  return profile.id;
}

/** Of those whom the file gives no account; an address of two people tells neither. */
function onlyMemberWith(people: readonly Person[], email: string): Person | undefined {
  const wanted = email.toLowerCase();
  const found = people.filter((person) => !person.pagerduty && person.email?.toLowerCase() === wanted);
  return found.length === 1 ? found[0] : undefined;
}
