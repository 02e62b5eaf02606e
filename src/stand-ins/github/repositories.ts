/** What the stand-in keeps of a repository. */
export interface KeptRepository {
  /** `owner/name`. */
  fullName: string;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  /** What the bot's token may do here. */
  push: boolean;
  defaultBranch: string;
  issues: KeptIssue[];
}

export interface KeptIssue {
  number: number;
  title: string;
  body: string;
  labels: string[];
  author: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | null;
  isPullRequest: boolean;
  createdAt: number;
  updatedAt: number;
  closedAt: number | undefined;
}

/** What a test or the demo says of a repository; the rest is usual. */
export type RepositorySeed = { fullName: string } & Partial<Omit<KeptRepository, 'issues'>>;

export function createRepositories(seeds: RepositorySeed[]): KeptRepository[] {
  return seeds.map((seed) => ({
    private: false,
    archived: false,
    hasIssues: true,
    push: true,
    defaultBranch: 'main',
    ...seed,
    issues: [],
  }));
}

/** Adds an issue or pull request; they share one row of numbers. */
export function addIssue(
  repository: KeptRepository,
  {
    author,
    at,
    ...wanted
  }: Pick<KeptIssue, 'title' | 'body' | 'labels' | 'author' | 'isPullRequest'> & { at: number },
): KeptIssue {
  const issue: KeptIssue = {
    ...wanted,
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
