import type { Core } from '../core.ts';
import { memberById, nameOf } from '../domain/people.ts';
import { asTyped } from '../domain/sentence.ts';
import type { PersonId } from '../domain/words.ts';
import { isServiceError } from '../service-error.ts';
import { profileOfPerson } from './profiles.ts';

/** GitHub's name of a person: by the team's file, else by an address that GitHub shows. Trouble there costs the assignee only. */
export async function accountOf(core: Core, person: PersonId): Promise<string | undefined> {
  const member = memberById(core.team, person);
  if (member?.github) return member.github;
  const email = member?.email ?? (await profileOfPerson(core, person))?.email;
  if (email === undefined || !core.world.repository) return undefined;
  try {
    return await core.world.repository.loginByEmail(email);
  } catch (error) {
    if (!isServiceError(error) || error.worthRepeating) throw error;
    return undefined;
  }
}

/** Who sees to it on GitHub, in a clause. */
export function assigneeWords(
  core: Pick<Core, 'team'>,
  owner: PersonId | undefined,
  account: string | undefined,
  assigned: boolean,
): string {
  if (owner === undefined) return '';
  const name = asTyped(nameOf(core.team, owner));
  if (account === undefined) {
    return ` Nobody is assigned there: I know no GitHub account of ${name} (\`github\` in the team's file names it).`;
  }
  return assigned
    ? ` Assigned to ${asTyped(account)}.`
    : ` Nobody is assigned there: GitHub does not take ${asTyped(account)} in that repository.`;
}
