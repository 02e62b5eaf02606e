import { Octokit } from 'octokit';
import { githubError } from './github-error.ts';
import { openIssueOnce } from './open-issue.ts';
import { ownerAndName } from './owner-and-name.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

export interface RepositoryOptions {
  token: string;
  /** Without trailing slash; GitHub's own by default. */
  apiUrl?: string;
  /** For one call. */
  deadlineMs?: number;
  writeQueue?: WriteQueue;
}

export interface IssueRequest {
  /** `owner/name`. */
  repository: string;
  title: string;
  body: string;
  labels: readonly string[];
  /** Our own id of it, such as `INC-12/action-3`; the same for every try. */
  marker: string;
  /** When the first try was made: nothing older is looked at. */
  since: Date;
  /** Nothing was sent for this marker so far: create without looking. */
  firstTry: boolean;
}

export interface OpenedIssue {
  number: number;
  url: string;
  /** It stood there already. */
  found: boolean;
}

export interface IssueState {
  state: 'open' | 'closed';
  reason?: string;
  title: string;
  url: string;
}

/** GitHub as the bot uses it. What goes wrong there is a ServiceError; a marker or repository name of the wrong form a TypeError. */
export interface Repository {
  /** Makes the issue of this marker once: a lost answer ends in the same issue. */
  openIssue(request: IssueRequest): Promise<OpenedIssue>;
  issueState(issue: { repository: string; number: number }): Promise<IssueState>;
  /** One line for the doctor about what the token may do there. */
  check(repository: string): Promise<string>;
}

const DEFAULT_DEADLINE_MS = 10_000;

export function createRepository(options: RepositoryOptions): Repository {
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const writeQueue = options.writeQueue ?? createWriteQueue();
  const octokit = createOctokit(options, deadlineMs);

  return {
    openIssue: (request) => openIssueOnce(octokit, writeQueue, request),

    async issueState({ repository, number }) {
      const what = `issue #${number} of ${repository}`;
      try {
        const { data } = await octokit.rest.issues.get({ ...ownerAndName(repository), issue_number: number });
        return {
          state: data.state === 'closed' ? 'closed' : 'open',
          title: data.title,
          url: data.html_url,
          ...(data.state_reason ? { reason: data.state_reason } : {}),
        };
      } catch (error) {
        throw githubError(error, { what, writing: false });
      }
    },

    async check(repository) {
      try {
        const { data } = await octokit.rest.repos.get(ownerAndName(repository));
        return `GitHub: ${data.full_name} (${data.private ? 'private' : 'public'})${shortcomings(data)}`;
      } catch (error) {
        throw githubError(error, { what: `repository ${repository}`, writing: false });
      }
    },
  };
}

/**
 * Octokit without the habits that hurt here: its retries repeat a POST whose answer was lost, its
 * throttle lets one hanging call block every later one, and it has no time-out.
 */
function createOctokit({ token, apiUrl }: RepositoryOptions, deadlineMs: number): Octokit {
  const octokit = new Octokit({
    auth: token,
    ...(apiUrl === undefined ? {} : { baseUrl: apiUrl.replace(/\/+$/, '') }),
    retry: { enabled: false },
    throttle: { enabled: false },
    userAgent: 'daywatch',
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  octokit.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = '2022-11-28';
    request.request.signal = AbortSignal.timeout(deadlineMs);
  });
  return octokit;
}

function silent(): void {}

interface RepositoryFacts {
  archived: boolean;
  has_issues: boolean;
  permissions?: { push: boolean };
}

function shortcomings({ archived, has_issues, permissions }: RepositoryFacts): string {
  const found: string[] = [];
  if (archived) found.push('it is archived, nothing can be written');
  if (!has_issues) found.push('issues are switched off');
  if (permissions?.push === false) found.push('the token may not push: no pull requests, and labels vanish');
  return found.length === 0 ? '' : `, but ${found.join('; ')}`;
}
