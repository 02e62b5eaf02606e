import type { Faults } from '../faults.ts';
import {
  type RecordedCall,
  type RestAnswer,
  type RestRequest,
  startRestServer,
} from '../rest/rest-server.ts';
import { type AppSeed, createAppRoutes } from './app-routes.ts';
import { commitFile, mergeInto } from './git.ts';
import {
  addIssue,
  createRepositories,
  type KeptIssue,
  type KeptRepository,
  type RepositorySeed,
} from './repositories.ts';
import { createRoutes, type KeptUser, notFound, problem } from './routes.ts';

export interface GitHubOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  port?: number;
  token?: string;
  /** Whose token it is; null as with an App, which is no user. */
  login?: string | null;
  repositories?: RepositorySeed[];
  /** Accounts whose e-mail address everybody sees. */
  users?: KeptUser[];
  app?: AppSeed;
}

/** A GitHub on loopback: repositories, issues and the people who work on them. */
export interface GitHubStandIn {
  url: string;
  token: string;
  calls: RecordedCall[];
  faults: Faults;
  issues(repository: string): KeptIssue[];
  openIssueAs(
    login: string,
    repository: string,
    issue: { title: string; body: string; labels?: string[] },
  ): KeptIssue;
  reopenIssue(repository: string, number: number): void;
  openPullRequestAs(login: string, repository: string, request: { title: string; body: string }): KeptIssue;
  /** The text of a file on a branch; nothing where there is none. */
  file(repository: string, path: string, branch?: string): string | undefined;
  bytes(repository: string, path: string, branch?: string): Buffer | undefined;
  branches(repository: string): string[];
  /** The messages of a branch's commits, the oldest first. */
  commits(repository: string, branch: string): string[];
  commitAs(login: string, repository: string, change: { branch?: string; path: string; text: string }): void;
  mergePullRequest(repository: string, number: number): void;
  closeIssue(repository: string, number: number, reason?: 'completed' | 'not_planned'): void;
  close(): Promise<void>;
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubStandIn> {
  const now = options.now ?? Date.now;
  const token = options.token ?? 'github-token-of-the-stand-in';
  const login = options.login === null ? undefined : (options.login ?? 'daywatch-bot');
  const repositories = createRepositories(options.repositories ?? [{ fullName: 'acme/infrastructure' }]);
  const app = createAppRoutes(options.app, now);
  const server = await startRestServer({
    service: 'github',
    routes: { ...createRoutes({ repositories, users: options.users ?? [], login, now }), ...app.routes },
    guard: (request) => (app.lets(request) ? undefined : guard(request, token)),
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
    text: { title: string; body: string; labels?: string[] },
    isPullRequest: boolean,
  ) {
    const { title, body, labels = [] } = text;
    return structuredClone(
      addIssue(repositoryOf(fullName), { title, body, labels, author, isPullRequest, at: now() }),
    );
  }

  function bytes(fullName: string, path: string, branch?: string): Buffer | undefined {
    const { git, defaultBranch } = repositoryOf(fullName);
    return git.branches.get(branch ?? defaultBranch)?.files.get(path);
  }

  return {
    url: server.url,
    token,
    calls: server.calls,
    faults: server.faults,
    issues: (fullName) => structuredClone(repositoryOf(fullName).issues),
    openIssueAs: (author, fullName, text) => add(author, fullName, text, false),
    openPullRequestAs: (author, fullName, text) => add(author, fullName, text, true),
    file: (fullName, path, branch) => bytes(fullName, path, branch)?.toString(),
    bytes,
    commits: (fullName, branch) =>
      (repositoryOf(fullName).git.branches.get(branch)?.commits ?? []).map(({ message }) => message),
    branches: (fullName) => [...repositoryOf(fullName).git.branches.keys()],
    commitAs(author, fullName, { branch: name, path, text }) {
      const { git, defaultBranch } = repositoryOf(fullName);
      const branch = git.branches.get(name ?? defaultBranch);
      if (branch === undefined) throw new Error(`${fullName} has no branch ${name}`);
      const content = Buffer.from(text);
      commitFile(git, branch, { path, content, message: `Update ${path}`, author, at: now() });
    },
    mergePullRequest(fullName, number) {
      const repository = repositoryOf(fullName);
      const pull = repository.issues.find((candidate) => candidate.number === number);
      if (pull?.head === undefined) throw new Error(`${fullName} has no pull request ${number}`);
      mergeInto(repository.git, pull.head, repository.defaultBranch);
      Object.assign(pull, {
        state: 'closed',
        stateReason: 'completed',
        closedAt: now(),
        mergedAt: now(),
        updatedAt: now(),
      });
    },
    closeIssue(fullName, number, reason = 'completed') {
      const issue = repositoryOf(fullName).issues.find((candidate) => candidate.number === number);
      if (issue === undefined) throw new Error(`${fullName} has no issue ${number}`);
      Object.assign(issue, { state: 'closed', stateReason: reason, closedAt: now(), updatedAt: now() });
    },
    reopenIssue(fullName, number) {
      const issue = repositoryOf(fullName).issues.find((candidate) => candidate.number === number);
      if (issue === undefined) throw new Error(`${fullName} has no issue ${number}`);
      Object.assign(issue, { state: 'open', stateReason: 'reopened', closedAt: undefined, updatedAt: now() });
    },
    close: server.close,
  };
}

function guard({ headers }: RestRequest, token: string): RestAnswer | undefined {
  const given = headers.authorization;
  if (given === `token ${token}` || given === `Bearer ${token}`) return undefined;
  return problem(401, 'Bad credentials');
}
