import type { Octokit } from 'octokit';
import { isServiceError } from '../service-error.ts';
import { canBeAssigned } from './assignees.ts';
import { githubError } from './github-error.ts';
import { inertText, inertTitle } from './inert-text.ts';
import { issueMarker } from './issue-marker.ts';
import { ownerAndName } from './owner-and-name.ts';
import type { IssueRequest, OpenedIssue } from './repository.ts';
import type { WriteQueue } from './write-queue.ts';

/** GitHub's limit for the body of an issue. */
const BODY_LIMIT = 65_536;
/** Clocks differ: an issue of ours may seem a little older than the try that made it. */
const CLOCK_LEEWAY_MS = 5 * 60_000;

/**
 * Opens the issue of a marker. GitHub has no key that would refuse a second one, so every try but the
 * first looks through the issues made since, and so does a try whose answer was lost. Looking and
 * making are one turn of the queue: two tries at the same time end in one issue.
 */
export function openIssueOnce(
  octokit: Octokit,
  writeQueue: WriteQueue,
  request: IssueRequest,
): Promise<OpenedIssue> {
  const marker = issueMarker(request.marker);
  const target = ownerAndName(request.repository);
  const what = `an issue in ${request.repository}`;

  return writeQueue(async () => {
    if (!request.firstTry) {
      const standing = await find();
      if (standing !== undefined) return standing;
    }
    const assignee = await assignable();
    try {
      const { data } = await octokit.rest.issues.create({
        ...target,
        title: inertTitle(request.title),
        body: markedBody(request.body, marker),
        labels: [...request.labels],
        ...(assignee === undefined ? {} : { assignees: [assignee] }),
      });
      return { number: data.number, url: data.html_url, found: false, assigned: isAssigned(data, assignee) };
    } catch (error) {
      const trouble = githubError(error, { what, writing: true });
      if (!isServiceError(trouble, 'unknown-outcome')) throw trouble;
      const standing = await find().catch(() => undefined);
      if (standing === undefined) throw trouble;
      return standing;
    }
  });

  async function assignable(): Promise<string | undefined> {
    const { assignee, repository } = request;
    if (assignee === undefined || !(await canBeAssigned(octokit, repository, assignee))) return undefined;
    return assignee;
  }

  async function find(): Promise<OpenedIssue | undefined> {
    try {
      return await findIssue(octokit, target, marker, request);
    } catch (error) {
      throw githubError(error, { what: `the issues of ${request.repository}`, writing: false });
    }
  }
}

async function findIssue(
  octokit: Octokit,
  target: { owner: string; repo: string },
  marker: string,
  { since, assignee }: IssueRequest,
): Promise<OpenedIssue | undefined> {
  const creator = await ownLogin(octokit);
  const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
    ...target,
    state: 'all',
    since: new Date(since.getTime() - CLOCK_LEEWAY_MS).toISOString(),
    sort: 'created',
    direction: 'desc',
    per_page: 100,
    ...(creator === undefined ? {} : { creator }),
  });
  for await (const { data } of pages) {
    for (const issue of data) {
      if (issue.pull_request !== undefined || !issue.body?.includes(marker)) continue;
      return {
        number: issue.number,
        url: issue.html_url,
        found: true,
        assigned: isAssigned(issue, assignee),
      };
    }
  }
  return undefined;
}

function isAssigned(
  { assignees }: { assignees?: { login: string }[] | null },
  wanted: string | undefined,
): boolean {
  return (assignees ?? []).some(({ login }) => login.toLowerCase() === wanted?.toLowerCase());
}

/** Who we are, so that nobody else's marker counts; an App's token is told nothing (403). */
async function ownLogin(octokit: Octokit): Promise<string | undefined> {
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch (error) {
    const trouble = githubError(error, { what: 'who we are', writing: false });
    if (isServiceError(trouble, 'unauthorized', 'not-found')) return undefined;
    throw trouble;
  }
}

function markedBody(body: string, marker: string): string {
  const end = `\n\n${marker}`;
  const text = inertText(body);
  const room = BODY_LIMIT - end.length;
  if (text.length <= room) return text + end;
  return `${text.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, '')}…${end}`;
}
