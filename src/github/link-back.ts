import type { Octokit } from 'octokit';
import { githubError } from './github-error.ts';
import { issueMarker } from './issue-marker.ts';
import { ownerAndName } from './owner-and-name.ts';
import type { WriteQueue } from './write-queue.ts';

/** Puts `to` where `from` stands in the text of an issue of ours. What somebody has written there since stays. */
export async function linkBack(
  octokit: Octokit,
  writeQueue: WriteQueue,
  {
    repository,
    number,
    marker,
    from,
    to,
  }: { repository: string; number: number; marker: string; from: string; to: string },
): Promise<void> {
  const issue = { ...ownerAndName(repository), issue_number: number };
  try {
    await writeQueue(async () => {
      const body = (await octokit.rest.issues.get(issue)).data.body ?? '';
      if (!body.includes(issueMarker(marker)) || !body.includes(from)) return;
      await octokit.rest.issues.update({ ...issue, body: body.replace(from, () => to) });
    });
  } catch (error) {
    throw githubError(error, { what: `issue #${number} of ${repository}`, writing: true });
  }
}
