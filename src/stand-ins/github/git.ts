import { createHash } from 'node:crypto';

/** A commit on a branch, with the one file that it changed. */
export interface KeptCommit {
  sha: string;
  message: string;
  author: string;
  path: string;
  at: number;
}

export interface KeptBranch {
  files: Map<string, Buffer>;
  /** The newest last. */
  commits: KeptCommit[];
  /** Of the newest commit. */
  sha: string;
}

/** Git as far as the web API shows it: branches with files, one commit a change. */
export interface KeptGit {
  branches: Map<string, KeptBranch>;
  commits: number;
}

export function createGit(defaultBranch: string): KeptGit {
  const empty: KeptBranch = { files: new Map(), commits: [], sha: hash('the first commit') };
  return { branches: new Map([[defaultBranch, empty]]), commits: 0 };
}

/** As git itself names a file's content. */
export function blobSha(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

export function branchFrom(git: KeptGit, name: string, sha: string): KeptBranch | undefined {
  const source = [...git.branches.values()].find((branch) => branch.sha === sha);
  if (!source) return undefined;
  const branch = { files: new Map(source.files), commits: [...source.commits], sha };
  git.branches.set(name, branch);
  return branch;
}

export function commitFile(
  git: KeptGit,
  branch: KeptBranch,
  change: { path: string; content: Buffer; message: string; author: string; at: number },
): KeptCommit {
  git.commits += 1;
  const { path, message, author, at } = change;
  const commit = { sha: hash(`${git.commits} ${message}`), message, author, path, at };
  branch.files.set(path, change.content);
  branch.commits.push(commit);
  branch.sha = commit.sha;
  return commit;
}

/** What a pull request brings, as GitHub merges it: the files of one branch on another. */
export function mergeInto(git: KeptGit, from: string, into: string): void {
  const [source, target] = [git.branches.get(from), git.branches.get(into)];
  if (!source || !target) throw new Error(`there is no branch ${source ? into : from}`);
  for (const [path, content] of source.files) target.files.set(path, content);
  target.commits.push(
    ...source.commits.filter(({ sha }) => !target.commits.some((known) => known.sha === sha)),
  );
  git.commits += 1;
  target.sha = hash(`${git.commits} merge`);
}

export function differs(one: KeptBranch, other: KeptBranch): boolean {
  return [...one.files].some(([path, content]) => !other.files.get(path)?.equals(content));
}

function hash(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
