import { z } from 'zod';
import type { RestAnswer, RestRequest } from '../rest/rest-server.ts';
import { differs } from './git.ts';
import { userJson } from './github-json.ts';
import { addIssue, type KeptIssue, type KeptRepository } from './repositories.ts';
import { problem } from './routes.ts';

const NewPull = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().default(''),
});

/** Pull requests: making one, and finding those of a branch. */
export function pullAnswers(
  login: string,
  now: () => number,
): Record<string, (repository: KeptRepository, request: RestRequest) => RestAnswer> {
  return {
    'GET /repos/:owner/:repo/pulls': (repository, { query, origin }) => {
      const state = query.get('state') ?? 'open';
      const head = query.get('head')?.replace(/^[^:]*:/, '');
      const found = pulls(repository)
        .filter((pull) => state === 'all' || pull.state === state)
        .filter((pull) => head === undefined || pull.head === head);
      return { status: 200, body: found.map((pull) => pullJson(origin, repository, pull)) };
    },
    'POST /repos/:owner/:repo/pulls': (repository, { body, origin }) => {
      const read = NewPull.safeParse(body);
      if (!read.success) return refused('title', 'missing_field');
      if (!repository.push) return problem(404, 'Not Found');
      const { title, head, base } = read.data;
      const [source, target] = [repository.git.branches.get(head), repository.git.branches.get(base)];
      if (!source) return refused('head', 'invalid');
      if (!target) return refused('base', 'invalid');
      if (pulls(repository).some((pull) => pull.state === 'open' && pull.head === head)) {
        const owner = repository.fullName.split('/')[0];
        return refused('head', 'custom', `A pull request already exists for ${owner}:${head}.`);
      }
      if (!differs(source, target))
        return refused('head', 'custom', `No commits between ${base} and ${head}`);
      const pull = addIssue(repository, {
        title,
        body: read.data.body,
        labels: [],
        author: login,
        isPullRequest: true,
        at: now(),
      });
      pull.head = head;
      return { status: 201, body: pullJson(origin, repository, pull) };
    },
  };
}

function pulls({ issues }: KeptRepository): KeptIssue[] {
  return issues.filter(({ isPullRequest }) => isPullRequest);
}

function refused(field: string, code: string, message?: string): RestAnswer {
  const error = { resource: 'PullRequest', field, code, ...(message ? { message } : {}) };
  return problem(422, 'Validation Failed', { errors: [error] });
}

function pullJson(api: string, repository: KeptRepository, pull: KeptIssue): object {
  const { fullName, defaultBranch } = repository;
  const end = (ref: string) => ({
    ref,
    label: `${fullName.split('/')[0]}:${ref}`,
    sha: repository.git.branches.get(ref)?.sha ?? '',
  });
  const closed = pull.closedAt === undefined ? null : new Date(pull.closedAt).toISOString();
  return {
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    user: userJson(api, pull.author),
    html_url: `https://github.com/${fullName}/pull/${pull.number}`,
    url: `${api}/repos/${fullName}/pulls/${pull.number}`,
    head: end(pull.head ?? ''),
    base: end(defaultBranch),
    draft: false,
    merged_at: pull.stateReason === 'completed' ? closed : null,
    closed_at: closed,
    created_at: new Date(pull.createdAt).toISOString(),
    updated_at: new Date(pull.updatedAt).toISOString(),
  };
}
