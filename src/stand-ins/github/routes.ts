import { z } from 'zod';
import type { RestAnswer, RestRequest, Routes } from '../rest/rest-server.ts';
import { issueJson, repositoryJson, userJson } from './github-json.ts';
import { addIssue, type KeptIssue, type KeptRepository } from './repositories.ts';

const TITLE_LIMIT = 256;
const BODY_LIMIT = 65_536;

const NewIssue = z.object({
  title: z.string(),
  body: z.string().default(''),
  labels: z.array(z.string()).default([]),
});

interface Parts {
  repositories: KeptRepository[];
  /** Whose token the bot has; undefined as with an App, which has no user. */
  login: string | undefined;
  now: () => number;
}

export function createRoutes({ repositories, login, now }: Parts): Routes {
  return {
    'GET /user': ({ origin }) =>
      login === undefined
        ? problem(403, 'Resource not accessible by integration')
        : ok(userJson(origin, login)),
    'GET /repos/:owner/:repo': inRepository((repository, { origin }) =>
      ok(repositoryJson(origin, repository)),
    ),
    'GET /repos/:owner/:repo/issues': inRepository(listIssues),
    'POST /repos/:owner/:repo/issues': inRepository(createIssue),
    'GET /repos/:owner/:repo/issues/:number': inRepository((repository, { origin, params }) => {
      if (!repository.hasIssues) return issuesOff();
      const issue = repository.issues.find(({ number }) => String(number) === params.number);
      return issue === undefined ? notFound() : ok(issueJson(origin, repository, issue));
    }),
  };

  function inRepository(
    answer: (repository: KeptRepository, request: RestRequest) => RestAnswer,
  ): Routes[string] {
    return (request) => {
      const wanted = `${request.params.owner}/${request.params.repo}`.toLowerCase();
      const repository = repositories.find(({ fullName }) => fullName.toLowerCase() === wanted);
      return repository === undefined ? notFound() : answer(repository, request);
    };
  }

  function createIssue(repository: KeptRepository, { body, origin }: RestRequest): RestAnswer {
    if (repository.archived) return problem(403, 'Repository was archived so is read-only.');
    if (!repository.hasIssues) return issuesOff();
    const read = NewIssue.safeParse(body);
    if (!read.success || read.data.title === '') return unprocessable('title', 'missing_field');
    if (read.data.title.length > TITLE_LIMIT) return unprocessable('title', 'invalid');
    if (read.data.body.length > BODY_LIMIT) return unprocessable('body', 'invalid');
    const issue = addIssue(repository, {
      title: read.data.title,
      body: read.data.body,
      labels: repository.push ? read.data.labels : [],
      author: login ?? 'daywatch[bot]',
      isPullRequest: false,
      at: now(),
    });
    return { status: 201, body: issueJson(origin, repository, issue) };
  }
}

function listIssues(repository: KeptRepository, { query, origin, path }: RestRequest): RestAnswer {
  if (!repository.hasIssues) return issuesOff();
  const state = query.get('state') ?? 'open';
  const creator = query.get('creator')?.toLowerCase();
  const since = query.has('since') ? Date.parse(query.get('since') ?? '') : 0;
  const perPage = Math.min(100, Number(query.get('per_page') ?? 30));
  const page = Number(query.get('page') ?? 1);
  const found = repository.issues
    .filter((issue) => state === 'all' || issue.state === state)
    .filter(({ author }) => creator === undefined || author.toLowerCase() === creator)
    .filter(({ updatedAt }) => updatedAt >= since)
    .toSorted(byCreation(query.get('direction') === 'asc'));
  const next = new URLSearchParams(query);
  next.set('page', String(page + 1));
  return {
    status: 200,
    body: found
      .slice((page - 1) * perPage, page * perPage)
      .map((issue) => issueJson(origin, repository, issue)),
    headers: found.length > page * perPage ? { link: `<${origin}${path}?${next}>; rel="next"` } : {},
  };
}

function byCreation(oldestFirst: boolean): (a: KeptIssue, b: KeptIssue) => number {
  const sign = oldestFirst ? 1 : -1;
  return (a, b) => sign * (a.createdAt - b.createdAt || a.number - b.number);
}

function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}

export function problem(status: number, message: string, rest: object = {}): RestAnswer {
  return {
    status,
    body: { message, ...rest, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  };
}

export function notFound(): RestAnswer {
  return problem(404, 'Not Found');
}

function issuesOff(): RestAnswer {
  return problem(410, 'Issues has been disabled in this repository.');
}

function unprocessable(field: string, code: string): RestAnswer {
  return problem(422, 'Validation Failed', { errors: [{ resource: 'Issue', field, code }] });
}
