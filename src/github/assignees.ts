import { type Octokit, RequestError } from 'octokit';
import { githubError } from './github-error.ts';
import { ownerAndName } from './owner-and-name.ts';
import type { WriteQueue } from './write-queue.ts';

/** Whether GitHub would take this account as an assignee there. */
export async function canBeAssigned(octokit: Octokit, repository: string, login: string): Promise<boolean> {
  try {
    await octokit.rest.issues.checkUserCanBeAssigned({ ...ownerAndName(repository), assignee: login });
    return true;
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return false;
    throw githubError(error, { what: `who may be assigned in ${repository}`, writing: false });
  }
}

/** Adds somebody to an issue. False where GitHub leaves them out, which it does without a word. */
export async function assign(
  octokit: Octokit,
  writeQueue: WriteQueue,
  { repository, number, login }: { repository: string; number: number; login: string },
): Promise<boolean> {
  if (!(await canBeAssigned(octokit, repository, login))) return false;
  try {
    const { data } = await writeQueue(() =>
      octokit.rest.issues.addAssignees({
        ...ownerAndName(repository),
        issue_number: number,
        assignees: [login],
      }),
    );
    return (data.assignees ?? []).some((one) => one.login.toLowerCase() === login.toLowerCase());
  } catch (error) {
    throw githubError(error, { what: `issue #${number} of ${repository}`, writing: true });
  }
}

/** Whose public e-mail address this is, where GitHub shows it. */
export async function loginByEmail(octokit: Octokit, email: string): Promise<string | undefined> {
  try {
    const { data } = await octokit.rest.search.users({ q: `${email} in:email`, per_page: 2 });
    // Two accounts with one address: neither is surely meant.
    return data.total_count === 1 ? data.items[0]?.login : undefined;
  } catch (error) {
    throw githubError(error, { what: 'an account by its e-mail address', writing: false });
  }
}
