import { createHash } from 'node:crypto';
import type { Octokit } from 'octokit';
import { isServiceError } from '../service-error.ts';
import { githubError } from './github-error.ts';

interface Target {
  owner: string;
  repo: string;
}

/** As git itself names a file's content. */
export function blobSha(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The file as it stands on a branch; nothing where there is none. */
export async function fileOnBranch(
  octokit: Octokit,
  target: Target,
  path: string,
  ref: string,
): Promise<{ sha: string } | undefined> {
  try {
    const { data } = await octokit.rest.repos.getContent({ ...target, path, ref });
    if (Array.isArray(data) || data.type !== 'file') {
      throw new TypeError(`${path} is no file in ${target.owner}/${target.repo}`);
    }
    return { sha: data.sha };
  } catch (error) {
    if (error instanceof TypeError) throw error;
    if (isServiceError(githubError(error, { what: path, writing: false }), 'not-found')) return undefined;
    throw error;
  }
}

/** A commit says what it wrote, so that a text of ours is known again though the answer to it was lost. */
function trailerOf(marker: string, blob: string): string {
  return `Daywatch: ${marker} ${blob}`;
}

/** Whether the file is as we left it; otherwise who changed it, and where that can be seen. */
export async function isOurs(
  octokit: Octokit,
  target: Target,
  wanted: { path: string; branch: string; marker: string; file: { sha: string } },
): Promise<'ours' | { by: string; url: string }> {
  const { path, branch, marker, file } = wanted;
  const { data } = await octokit.rest.repos.listCommits({ ...target, sha: branch, path, per_page: 20 });
  if (data.some(({ commit }) => commit.message.includes(trailerOf(marker, file.sha)))) return 'ours';
  const [last] = data;
  return {
    by: last?.author?.login ?? last?.commit.author?.name ?? 'somebody',
    url: last?.html_url ?? `https://github.com/${target.owner}/${target.repo}/blob/${branch}/${path}`,
  };
}

/** Writes the file in a commit of its own. `sha` is what it replaces: where that is not there any more, GitHub refuses. */
export async function putFile(
  octokit: Octokit,
  target: Target,
  file: {
    path: string;
    bytes: Uint8Array;
    branch: string;
    title: string;
    marker: string;
    blob: string;
    sha: string | undefined;
  },
): Promise<void> {
  await octokit.rest.repos.createOrUpdateFileContents({
    ...target,
    path: file.path,
    branch: file.branch,
    message: `${file.title}\n\n${trailerOf(file.marker, file.blob)}`,
    content: Buffer.from(file.bytes).toString('base64'),
    ...(file.sha === undefined ? {} : { sha: file.sha }),
  });
}
