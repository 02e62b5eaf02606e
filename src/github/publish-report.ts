import { type Octokit, RequestError } from 'octokit';
import { isServiceError } from '../service-error.ts';
import { blobSha, fileOnBranch, isOurs, putFile } from './branch-file.ts';
import { githubError } from './github-error.ts';
import { inertTitle } from './inert-text.ts';
import { ownerAndName } from './owner-and-name.ts';
import type { WriteQueue } from './write-queue.ts';

/** A report and where it belongs. The same request may be made again and again. */
export interface ReportRequest {
  /** `owner/name`. */
  repository: string;
  /** Made from the incident; a suffix is added once a pull request from it is over. */
  branch: string;
  path: string;
  content: string;
  /** What the report shows beside its words. One that somebody changed is left as it is. */
  images: readonly { path: string; bytes: Uint8Array }[];
  title: string;
  /** Safe words of ours. */
  body: string;
  /** Stands in every commit of ours: the incident by its random name. */
  marker: string;
  /** Git's names of what was published before, so that a merged text of ours is known again. */
  published: readonly string[];
}

export type PublishedReport =
  | { kind: 'published'; url: string; number: number; branch: string; blob: string }
  /** The repository holds these very words already. */
  | { kind: 'unchanged'; blob: string }
  /** Somebody else changed the file since. It was not written; the pull request is there where their branch has one. */
  | { kind: 'edited'; by: string; url: string; pull?: { url: string; number: number; blob: string } };

interface Target {
  owner: string;
  repo: string;
}

const MOST_BRANCHES = 20;
const MOST_LOOKS = 3;

/**
 * Brings a report into a pull request, whatever became of earlier tries: each step looks what stands there before it
 * writes, so a lost answer or a kill ends in the same branch, commit and pull request. A person's edit is never
 * written over.
 */
export async function publishReportOnce(
  octokit: Octokit,
  writeQueue: WriteQueue,
  request: ReportRequest,
): Promise<PublishedReport> {
  const target = ownerAndName(request.repository);
  const bytes = Buffer.from(request.content);
  const blob = blobSha(bytes);
  const what = `the report in ${request.repository}`;
  try {
    const { data: repository } = await octokit.rest.repos.get(target);
    const base = repository.default_branch;
    const standing = await fileOnBranch(octokit, target, request.path, base);
    if (standing?.sha === blob) return { kind: 'unchanged', blob };

    const branch = await branchInUse(octokit, target, request.branch);
    await writeQueue(() => ensureBranch(octokit, target, branch.name, base));
    const place = { ...request, branch: branch.name };
    const edit = await bringFile(octokit, writeQueue, target, { ...place, bytes });
    // Theirs stands where everybody has it: there is nothing to ask for.
    if (edit && edit.sha === standing?.sha) return edited(edit);
    for (const image of request.images) await bringFile(octokit, writeQueue, target, { ...place, ...image });
    const pull =
      branch.open ?? (await writeQueue(() => openPull(octokit, target, request, branch.name, base)));
    return edit ? edited(edit, { ...pull, blob }) : { kind: 'published', ...pull, branch: branch.name, blob };
  } catch (error) {
    throw githubError(error, { what, writing: true });
  }
}

interface Edit {
  by: string;
  url: string;
  sha: string;
}

function edited({ by, url }: Edit, pull?: Pull & { blob: string }): PublishedReport {
  return { kind: 'edited', by, url, ...(pull ? { pull } : {}) };
}

/** Writes the file unless it says the same already. Answers whose edit stands in the way. */
async function bringFile(
  octokit: Octokit,
  writeQueue: WriteQueue,
  target: Target,
  wanted: Pick<ReportRequest, 'path' | 'branch' | 'title' | 'marker' | 'published'> & { bytes: Uint8Array },
): Promise<Edit | undefined> {
  const blob = blobSha(wanted.bytes);
  for (let attempt = 1; ; attempt += 1) {
    const file = await fileOnBranch(octokit, target, wanted.path, wanted.branch);
    if (file?.sha === blob) return undefined;
    if (file && !wanted.published.includes(file.sha)) {
      const last = await isOurs(octokit, target, { ...wanted, file });
      if (last !== 'ours') return { ...last, sha: file.sha };
    }
    try {
      await writeQueue(() => putFile(octokit, target, { ...wanted, blob, sha: file?.sha }));
      return undefined;
    } catch (error) {
      // Changed between the look and the writing: look again.
      const stale = error instanceof RequestError && (error.status === 409 || error.status === 422);
      if (!stale || attempt === MOST_LOOKS) throw error;
    }
  }
}

interface Pull {
  url: string;
  number: number;
}

/** The first branch of this name whose pull request is not over, with that if it is open. */
async function branchInUse(
  octokit: Octokit,
  target: Target,
  wanted: string,
): Promise<{ name: string; open?: Pull }> {
  for (let count = 1; count < MOST_BRANCHES; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    const pulls = await pullsFrom(octokit, target, name);
    const open = pulls.find(({ state }) => state === 'open');
    if (open) return { name, open: { url: open.html_url, number: open.number } };
    if (pulls.length === 0) return { name };
  }
  return { name: `${wanted}-${MOST_BRANCHES}` };
}

async function pullsFrom(octokit: Octokit, target: Target, branch: string) {
  const head = `${target.owner}:${branch}`;
  const { data } = await octokit.rest.pulls.list({ ...target, head, state: 'all', per_page: 100 });
  // A filter that a server does not know would give every pull request there is.
  return data.filter((pull) => pull.head.ref === branch);
}

async function ensureBranch(octokit: Octokit, target: Target, name: string, base: string): Promise<void> {
  if (await shaOf(octokit, target, name)) return;
  const sha = await shaOf(octokit, target, base);
  if (sha === undefined) throw new TypeError(`${target.owner}/${target.repo} has no commit on ${base} yet`);
  try {
    await octokit.rest.git.createRef({ ...target, ref: `refs/heads/${name}`, sha });
  } catch (error) {
    // "Reference already exists": an earlier try made it, or somebody did.
    if (!(await shaOf(octokit, target, name))) throw error;
  }
}

async function shaOf(octokit: Octokit, target: Target, branch: string): Promise<string | undefined> {
  try {
    return (await octokit.rest.git.getRef({ ...target, ref: `heads/${branch}` })).data.object.sha;
  } catch (error) {
    if (isServiceError(githubError(error, { what: branch, writing: false }), 'not-found')) return undefined;
    throw error;
  }
}

async function openPull(
  octokit: Octokit,
  target: Target,
  request: ReportRequest,
  branch: string,
  base: string,
): Promise<Pull> {
  const [standing] = await pullsFrom(octokit, target, branch);
  if (standing) return { url: standing.html_url, number: standing.number };
  const { data } = await octokit.rest.pulls.create({
    ...target,
    title: inertTitle(request.title),
    body: request.body,
    head: branch,
    base,
  });
  return { url: data.html_url, number: data.number };
}
