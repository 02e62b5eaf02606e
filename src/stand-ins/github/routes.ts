import { z } from 'zod';
import type { RestAnswer, RestRequest, Routes } from '../rest/rest-server.ts';
import { gitAnswers } from './git-routes.ts';
import { issueJson, repositoryJson, userJson } from './github-json.ts';
import { pullAnswers } from './pull-routes.ts';
import { addIssue, type KeptIssue, type KeptRepository } from './repositories.ts';

const TITLE_LIMIT = 256;
const BODY_LIMIT = 65_536;

const NewIssue = z.object({
  title: z.string(),
  body: z.string().default(''),
  labels: z.array(z.string()).default([]),
  assignees: z.array(z.string()).default([]),
});

const IssueChange = z.object({ body: z.string().max(BODY_LIMIT).optional() });
const Assignees = z.object({ assignees: z.array(z.string()) });

export interface KeptUser {
  login: string;
  /** Shown to everybody. */
  email?: string;
}

interface Parts {
  users: KeptUser[];
  repositories: KeptRepository[];
  /** Whose token the bot has; undefined as with an App, which has no user. */
  login: string | undefined;
  now: () => number;
}

export function createRoutes({ repositories, users, login, now }: Parts): Routes {
  const author = login ?? 'daywatch[bot]';
  const further = { ...gitAnswers(author, now), ...pullAnswers(author, now) };
  return {
    ...Object.fromEntries(Object.entries(further).map(([name, answer]) => [name, inRepository(answer)])),
    'GET /user': ({ origin }) =>
      login === undefined
        ? problem(403, 'Resource not accessible by integration')
        : ok(userJson(origin, login)),
    'GET /search/users': ({ query, origin }) => {
      const wanted = (query.get('q') ?? '').replace(/\s*in:email\s*/, '').toLowerCase();
      const found = users.filter(({ email }) => email?.toLowerCase() === wanted);
      const items = found.map((user) => ({ ...userJson(origin, user.login), score: 1 }));
      return ok({ total_count: items.length, incomplete_results: false, items });
    },
    'GET /repos/:owner/:repo/assignees/:assignee': inRepository(({ assignable }, { params }) =>
      mayBeAssigned(assignable, params.assignee ?? '') ? { status: 204, body: '' } : notFound(),
    ),
    'POST /repos/:owner/:repo/issues/:number/assignees': inRepository(onIssue(assign)),
    'PATCH /repos/:owner/:repo/issues/:number': inRepository(onIssue(changeIssue)),
    'GET /repos/:owner/:repo': inRepository((repository, { origin }) =>
      ok(repositoryJson(origin, repository)),
    ),
    'GET /repos/:owner/:repo/issues': inRepository(listIssues),
    'POST /repos/:owner/:repo/issues': inRepository(createIssue),
    'GET /repos/:owner/:repo/issues/:number': inRepository(
      onIssue((repository, issue, { origin }) => ok(issueJson(origin, repository, issue))),
    ),
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
      assignees: assignees(repository, read.data.assignees),
      author,
      isPullRequest: false,
      at: now(),
    });
    return { status: 201, body: issueJson(origin, repository, issue) };
  }

  /** GitHub leaves out whoever may not be assigned, without a word. */
  function assign(repository: KeptRepository, issue: KeptIssue, { body, origin }: RestRequest): RestAnswer {
    const read = Assignees.safeParse(body);
    if (!read.success) return unprocessable('assignees', 'invalid');
    const fresh = assignees(repository, read.data.assignees).filter((one) => !issue.assignees.includes(one));
    Object.assign(issue, { assignees: [...issue.assignees, ...fresh], updatedAt: now() });
    return { status: 201, body: issueJson(origin, repository, issue) };
  }

  function changeIssue(
    repository: KeptRepository,
    issue: KeptIssue,
    { body, origin }: RestRequest,
  ): RestAnswer {
    const read = IssueChange.safeParse(body);
    if (!read.success) return unprocessable('body', 'invalid');
    Object.assign(issue, {
      ...(read.data.body === undefined ? {} : { body: read.data.body }),
      updatedAt: now(),
    });
    return ok(issueJson(origin, repository, issue));
  }
}

function onIssue(
  answer: (repository: KeptRepository, issue: KeptIssue, request: RestRequest) => RestAnswer,
): (repository: KeptRepository, request: RestRequest) => RestAnswer {
  return (repository, request) => {
    if (!repository.hasIssues) return issuesOff();
    const issue = repository.issues.find(({ number }) => String(number) === request.params.number);
    return issue === undefined ? notFound() : answer(repository, issue, request);
  };
}

/** As the accounts are spelt. */
function assignees({ assignable }: KeptRepository, wanted: readonly string[]): string[] {
  return assignable.filter((login) => mayBeAssigned(wanted, login));
}

function mayBeAssigned(logins: readonly string[], login: string): boolean {
  return logins.some((one) => one.toLowerCase() === login.toLowerCase());
}

function listIssues(repository: KeptRepository, { query, origin, path }: RestRequest): RestAnswer {
  if (!repository.hasIssues) return issuesOff();
  const state = query.get('state') ?? 'open';
  const labels = (query.get('labels') ?? '').split(',').filter(Boolean);
  const creator = query.get('creator')?.toLowerCase();
  const since = query.has('since') ? Date.parse(query.get('since') ?? '') : 0;
  const perPage = Math.min(100, Number(query.get('per_page') ?? 30));
  const page = Number(query.get('page') ?? 1);
  const found = repository.issues
    .filter((issue) => state === 'all' || issue.state === state)
    .filter(({ author }) => creator === undefined || author.toLowerCase() === creator)
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
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
