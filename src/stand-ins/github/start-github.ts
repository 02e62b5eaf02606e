import type { Faults } from '../faults.ts';
import {
  type RecordedCall,
  type RestAnswer,
  type RestRequest,
  startRestServer,
} from '../rest/rest-server.ts';
import {
  addIssue,
  createRepositories,
  type KeptIssue,
  type KeptRepository,
  type RepositorySeed,
} from './repositories.ts';
import { createRoutes, notFound, problem } from './routes.ts';

export interface GitHubOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  port?: number;
  token?: string;
  /** Whose token it is; null as with an App, which is no user. */
  login?: string | null;
  repositories?: RepositorySeed[];
}

/** A GitHub on loopback: repositories, issues and the people who work on them. */
export interface GitHubStandIn {
  url: string;
  token: string;
  calls: RecordedCall[];
  faults: Faults;
  issues(repository: string): KeptIssue[];
  openIssueAs(login: string, repository: string, issue: { title: string; body: string }): KeptIssue;
  openPullRequestAs(login: string, repository: string, request: { title: string; body: string }): KeptIssue;
  closeIssue(repository: string, number: number, reason?: 'completed' | 'not_planned'): void;
  close(): Promise<void>;
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubStandIn> {
  const now = options.now ?? Date.now;
  const token = options.token ?? 'github-token-of-the-stand-in';
  const login = options.login === null ? undefined : (options.login ?? 'daywatch-bot');
  const repositories = createRepositories(options.repositories ?? [{ fullName: 'acme/infrastructure' }]);
  const server = await startRestServer({
    service: 'github',
    routes: createRoutes({ repositories, login, now }),
    guard: (request) => guard(request, token),
    notFound: notFound(),
    now,
    port: options.port,
  });

  function repositoryOf(fullName: string): KeptRepository {
    const repository = repositories.find((candidate) => candidate.fullName === fullName);
    if (repository === undefined) throw new Error(`the stand-in has no repository ${fullName}`);
    return repository;
  }

  function add(
    author: string,
    fullName: string,
    text: { title: string; body: string },
    isPullRequest: boolean,
  ) {
    const { title, body } = text;
    return structuredClone(
      addIssue(repositoryOf(fullName), { title, body, labels: [], author, isPullRequest, at: now() }),
    );
  }

  return {
    url: server.url,
    token,
    calls: server.calls,
    faults: server.faults,
    issues: (fullName) => structuredClone(repositoryOf(fullName).issues),
    openIssueAs: (author, fullName, text) => add(author, fullName, text, false),
    openPullRequestAs: (author, fullName, text) => add(author, fullName, text, true),
    closeIssue(fullName, number, reason = 'completed') {
      const issue = repositoryOf(fullName).issues.find((candidate) => candidate.number === number);
      if (issue === undefined) throw new Error(`${fullName} has no issue ${number}`);
      Object.assign(issue, { state: 'closed', stateReason: reason, closedAt: now(), updatedAt: now() });
    },
    close: server.close,
  };
}

function guard({ headers }: RestRequest, token: string): RestAnswer | undefined {
  const given = headers.authorization;
  if (given === `token ${token}` || given === `Bearer ${token}`) return undefined;
  return problem(401, 'Bad credentials');
}
