import type { Octokit } from 'octokit';
import { githubError } from './github-error.ts';
import { MARKED } from './issue-marker.ts';
import { ownerAndName } from './owner-and-name.ts';
import type { ChangedIssue, StandingIssue } from './repository.ts';

/** More are not compared: nobody keeps a list of that length. */
const MOST_OPEN = 300;
const MOST_CHANGED = 2_000;

/** The open issues of a repository that bear these labels, the newest first. */
export async function standingIssues(
  octokit: Octokit,
  { repository, labels }: { repository: string; labels: readonly string[] },
): Promise<StandingIssue[]> {
  const wanted = { state: 'open' as const, ...(labels.length > 0 ? { labels: labels.join(',') } : {}) };
  const found = await listed(octokit, repository, wanted, MOST_OPEN);
  return found
    .filter(({ pull_request }) => pull_request === undefined)
    .map(({ number, title, html_url: url, created_at, body }) => {
      const marker = MARKED.exec(body ?? '')?.[1];
      return { number, title, url, raisedAt: Date.parse(created_at), ...(marker ? { marker } : {}) };
    });
}

/** Issues and pull requests to which anything happened since then. */
export async function changedIssues(
  octokit: Octokit,
  { repository, since }: { repository: string; since: Date },
): Promise<ChangedIssue[]> {
  const wanted = { state: 'all' as const, since: since.toISOString(), sort: 'updated' as const };
  const found = await listed(octokit, repository, wanted, MOST_CHANGED);
  return found.map(({ number, html_url: url, state, state_reason, pull_request }) => ({
    number,
    url,
    open: state !== 'closed',
    unmerged: pull_request !== undefined && !pull_request.merged_at,
    ...(state_reason === 'reopened' ? { reopened: true } : {}),
    ...(state_reason === 'not_planned' ? { notPlanned: true } : {}),
  }));
}

type Query = { state: 'open' | 'all'; labels?: string; since?: string; sort?: 'updated' };

async function listed(octokit: Octokit, repository: string, query: Query, most: number) {
  try {
    const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
      ...ownerAndName(repository),
      ...query,
      direction: 'desc',
      per_page: 100,
    });
    const found = [];
    for await (const { data } of pages) {
      found.push(...data);
      if (found.length >= most) break;
    }
    return found;
  } catch (error) {
    throw githubError(error, { what: `the issues of ${repository}`, writing: false });
  }
}
