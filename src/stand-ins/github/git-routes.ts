import { z } from 'zod';
import type { RestAnswer, RestRequest } from '../rest/rest-server.ts';
import { blobSha, branchFrom, commitFile, type KeptBranch, type KeptCommit } from './git.ts';
import { commitJson, fileJson, refJson, writtenCommitJson } from './git-json.ts';
import type { KeptRepository } from './repositories.ts';
import { notFound, problem } from './routes.ts';

type Answer = (repository: KeptRepository, request: RestRequest) => RestAnswer;

const NewRef = z.object({ ref: z.string().startsWith('refs/heads/'), sha: z.string() });
const Put = z.object({
  message: z.string(),
  content: z.base64(),
  branch: z.string().optional(),
  sha: z.string().optional(),
});

/** References, files and commits, as far as publishing a file needs them. */
export function gitAnswers(login: string, now: () => number): Record<string, Answer> {
  return {
    'GET /repos/:owner/:repo/git/ref/:ref': (repository, { params, origin }) => {
      const name = (params.ref ?? '').replace(/^heads\//, '');
      const branch = repository.git.branches.get(name);
      return branch ? { status: 200, body: refJson(origin, repository, name, branch) } : notFound();
    },
    'POST /repos/:owner/:repo/git/refs': (repository, { body, origin }) => {
      const read = NewRef.safeParse(body);
      if (!read.success) return problem(422, 'Reference name must start with refs/heads');
      if (!repository.push) return notFound();
      const name = read.data.ref.slice('refs/heads/'.length);
      if (repository.git.branches.has(name)) return problem(422, 'Reference already exists');
      const branch = branchFrom(repository.git, name, read.data.sha);
      return branch
        ? { status: 201, body: refJson(origin, repository, name, branch) }
        : problem(422, 'Object does not exist');
    },
    'GET /repos/:owner/:repo/contents/:path': (repository, { params, query, origin }) => {
      const path = params.path ?? '';
      const content = branchOf(repository, query.get('ref'))?.files.get(path);
      return content ? { status: 200, body: fileJson(origin, repository, path, content) } : notFound();
    },
    'PUT /repos/:owner/:repo/contents/:path': (repository, request) => put(repository, request, login, now()),
    'GET /repos/:owner/:repo/commits': (repository, { query, origin }) => {
      const branch = branchOf(repository, query.get('sha'));
      if (!branch) return notFound();
      const path = query.get('path');
      const commits = branch.commits.filter((commit) => path === null || commit.path === path).toReversed();
      const body = commits
        .slice(0, Number(query.get('per_page') ?? 30))
        .map((commit) => commitJson(origin, repository, commit));
      return { status: 200, body };
    },
  };
}

function branchOf(repository: KeptRepository, name: string | null): KeptBranch | undefined {
  return repository.git.branches.get(name ?? repository.defaultBranch);
}

function put(
  repository: KeptRepository,
  { params, body, origin }: RestRequest,
  author: string,
  at: number,
): RestAnswer {
  const read = Put.safeParse(body);
  const path = params.path ?? '';
  if (!read.success) return problem(422, 'Invalid request.');
  if (!repository.push) return notFound();
  const { message, content, branch: name, sha } = read.data;
  const branch = branchOf(repository, name ?? null);
  if (!branch) return problem(404, `Branch ${name} not found`);
  const standing = branch.files.get(path);
  if (standing && sha === undefined) return problem(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (sha !== undefined && (!standing || blobSha(standing) !== sha)) {
    return problem(409, `${path} does not match ${sha}`);
  }
  const commit: KeptCommit = commitFile(repository.git, branch, {
    path,
    content: Buffer.from(content, 'base64'),
    message,
    author,
    at,
  });
  const file = fileJson(origin, repository, path, Buffer.from(content, 'base64'));
  return {
    status: standing ? 200 : 201,
    body: { content: file, commit: writtenCommitJson(origin, repository, commit) },
  };
}
