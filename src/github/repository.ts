import { Octokit } from 'octokit';
import { type GitHubAuth, signAsApp } from './app-access.ts';
import { assign, loginByEmail } from './assignees.ts';
import { githubError } from './github-error.ts';
import { linkBack } from './link-back.ts';
import { openIssueOnce } from './open-issue.ts';
import { ownerAndName } from './owner-and-name.ts';
import { type PublishedReport, publishReportOnce, type ReportRequest } from './publish-report.ts';
import { changedIssues, standingIssues } from './standing-issues.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

export interface RepositoryOptions {
  auth: GitHubAuth;
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
  /** GitHub's name of who is to see to it. */
  assignee?: string;
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
  /** Whoever was to be assigned is. */
  assigned: boolean;
}

/** An open issue, to compare an action item with. */
export interface StandingIssue {
  number: number;
  title: string;
  url: string;
  /** Epoch milliseconds. */
  raisedAt: number;
  /** Our own id of what it was made for. */
  marker?: string;
}

/** An issue or pull request to which something happened. */
export interface ChangedIssue {
  number: number;
  url: string;
  open: boolean;
  /** A pull request whose change is not in. */
  unmerged: boolean;
  reopened?: boolean;
  notPlanned?: boolean;
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
  /** Brings a report into a pull request; nobody's edit is written over. */
  publishReport(request: ReportRequest): Promise<PublishedReport>;
  /** The open issues with these labels, the newest first. */
  standingIssues(where: { repository: string; labels: readonly string[] }): Promise<StandingIssue[]>;
  /** What was opened, closed or otherwise touched since then. */
  changedIssues(where: { repository: string; since: Date }): Promise<ChangedIssue[]>;
  /** False: GitHub does not take them there. */
  assign(issue: { repository: string; number: number; login: string }): Promise<boolean>;
  loginByEmail(email: string): Promise<string | undefined>;
  /** Says in an issue of ours where its report is, once and only where nobody has changed that line. */
  linkBack(issue: {
    repository: string;
    number: number;
    marker: string;
    from: string;
    to: string;
  }): Promise<void>;
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
    publishReport: (request) => publishReportOnce(octokit, writeQueue, request),

    standingIssues: (where) => standingIssues(octokit, where),
    changedIssues: (where) => changedIssues(octokit, where),
    assign: (issue) => assign(octokit, writeQueue, issue),
    loginByEmail: (email) => loginByEmail(octokit, email),
    linkBack: (issue) => linkBack(octokit, writeQueue, issue),

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
function createOctokit({ auth, apiUrl }: RepositoryOptions, deadlineMs: number): Octokit {
  const make = (options: object) => {
    const octokit = new Octokit({
      ...options,
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
  };
  if (auth.kind === 'token') return make({ auth: auth.token });
  const octokit = make({});
  signAsApp(octokit, auth, make);
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
