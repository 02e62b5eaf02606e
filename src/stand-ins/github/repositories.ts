import { createGit, type KeptGit } from './git.ts';

/** What the stand-in keeps of a repository. */
export interface KeptRepository {
  /** `owner/name`. */
  fullName: string;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  /** What the bot's token may do here. */
  push: boolean;
  /** Who may be assigned to its issues. */
  assignable: string[];
  defaultBranch: string;
  issues: KeptIssue[];
  git: KeptGit;
}

export interface KeptIssue {
  number: number;
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  author: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | null;
  isPullRequest: boolean;
  /** The branch that a pull request brings. */
  head?: string;
  createdAt: number;
  updatedAt: number;
  closedAt: number | undefined;
  mergedAt?: number;
}

/** What a test or the demo says of a repository; the rest is usual. */
export type RepositorySeed = { fullName: string } & Partial<Omit<KeptRepository, 'issues' | 'git'>>;

export function createRepositories(seeds: RepositorySeed[]): KeptRepository[] {
  return seeds.map((seed) => ({
    private: false,
    archived: false,
    hasIssues: true,
    push: true,
    assignable: [],
    defaultBranch: 'main',
    ...seed,
    issues: [],
    git: createGit(seed.defaultBranch ?? 'main'),
  }));
}

/** Adds an issue or pull request; they share one row of numbers. */
export function addIssue(
  repository: KeptRepository,
  {
    author,
    at,
    assignees = [],
    ...wanted
  }: Pick<KeptIssue, 'title' | 'body' | 'labels' | 'author' | 'isPullRequest'> & {
    at: number;
    assignees?: string[];
  },
): KeptIssue {
  const issue: KeptIssue = {
    ...wanted,
    assignees,
    number: repository.issues.length + 1,
    author,
    state: 'open',
    stateReason: null,
    createdAt: at,
    updatedAt: at,
    closedAt: undefined,
  };
  repository.issues.push(issue);
  return issue;
}
