import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRepository, type IssueRequest, type Repository } from '../../src/github/repository.ts';
import { createWriteQueue } from '../../src/github/write-queue.ts';
import type { ServiceError } from '../../src/service-error.ts';
import type { FaultAct, ReceivedCall } from '../../src/stand-ins/faults.ts';
import { type GitHubStandIn, startGitHub } from '../../src/stand-ins/github/start-github.ts';

const REPOSITORY = 'acme/infrastructure';
const PATH = `/repos/${REPOSITORY}/issues`;
const NOW = Date.parse('2025-08-12T18:00:00Z');

let gitHub: GitHubStandIn;
let repository: Repository;

beforeEach(async () => {
  gitHub = await startGitHub({ now: () => NOW });
  repository = newRepository();
});

afterEach(() => gitHub.close());

function newRepository(overrides: Partial<Parameters<typeof createRepository>[0]> = {}): Repository {
  return createRepository({
    auth: { kind: 'token', token: gitHub.token },
    apiUrl: gitHub.url,
    deadlineMs: 2_000,
    writeQueue: createWriteQueue({ spacingMs: 0 }),
    ...overrides,
  });
}

const REQUEST: IssueRequest = {
  repository: REPOSITORY,
  title: 'Protect production namespaces',
  body: 'So that nobody deletes them by mistake.',
  labels: ['incident-action-item'],
  marker: 'INC-12/action-3',
  since: new Date(NOW),
  firstTry: true,
};
const AGAIN = { ...REQUEST, firstTry: false };

function named(name: string): (call: ReceivedCall) => boolean {
  return (call) => call.name === name;
}

function names(): string[] {
  return gitHub.calls.map(({ name }) => name);
}

function troubleOf(work: Promise<unknown>): Promise<ServiceError> {
  return work.then(
    () => expect.unreachable('it went well'),
    (error) => error as ServiceError,
  );
}

describe('opening an issue', () => {
  it('takes one call the first time', async () => {
    expect(await repository.openIssue(REQUEST)).toEqual({
      number: 1,
      url: 'https://github.com/acme/infrastructure/issues/1',
      assigned: false,
      found: false,
    });
    expect(names()).toEqual([`POST ${PATH}`]);
    expect(gitHub.issues(REPOSITORY)).toMatchObject([
      {
        title: 'Protect production namespaces',
        body: 'So that nobody deletes them by mistake.\n\n<!-- daywatch: INC-12/action-3 -->',
        labels: ['incident-action-item'],
      },
    ]);
  });

  it.each<[string, FaultAct]>([
    ['a cut connection', { kind: 'cut' }],
    ['a 502', { kind: 'answer', status: 502, body: '<html>unicorn</html>' }],
    ['silence', { kind: 'hang' }],
  ])('finds its issue behind %s that came after the work', async (_, act) => {
    gitHub.faults.add({ match: named(`POST ${PATH}`), when: 'after', act });
    const opened = await newRepository({ deadlineMs: 300 }).openIssue(REQUEST);
    expect(opened).toMatchObject({ number: 1, found: true });
    expect(gitHub.issues(REPOSITORY)).toHaveLength(1);
  });

  it('makes one where the first try never arrived, and none where it did', async () => {
    gitHub.faults.add({ match: named(`POST ${PATH}`), when: 'before', act: { kind: 'cut' } });
    expect(await troubleOf(repository.openIssue(REQUEST))).toMatchObject({ kind: 'unknown-outcome' });
    expect(await repository.openIssue(AGAIN)).toMatchObject({ number: 1, found: false });
    expect(await newRepository().openIssue(AGAIN)).toMatchObject({ number: 1, found: true });
    expect(gitHub.issues(REPOSITORY)).toHaveLength(1);
  });

  it('finds it closed, edited and among hundreds, but takes nobody else’s for it', async () => {
    const marker = '<!-- daywatch: INC-12/action-3 -->';
    gitHub.openIssueAs('daywatch-bot', REPOSITORY, {
      title: 'Mine',
      body: `${marker}\n\nand what Ana added`,
    });
    gitHub.closeIssue(REPOSITORY, 1, 'not_planned');
    gitHub.openPullRequestAs('daywatch-bot', REPOSITORY, { title: 'Report', body: marker });
    gitHub.openIssueAs('mallory', REPOSITORY, { title: 'Trap', body: marker });
    for (let i = 0; i < 230; i += 1) {
      gitHub.openIssueAs('daywatch-bot', REPOSITORY, {
        title: 'Other',
        body: '<!-- daywatch: INC-12/action-33 -->',
      });
    }
    expect(await repository.openIssue(AGAIN)).toMatchObject({ number: 1, found: true });
    expect(names().filter((name) => name === `GET ${PATH}`)).toHaveLength(3);
  });

  it('allows for clocks that differ by minutes, and looks at nothing older', async () => {
    await repository.openIssue(REQUEST);
    const late = { ...AGAIN, since: new Date(NOW + 4 * 60_000) };
    expect(await repository.openIssue(late)).toMatchObject({ number: 1, found: true });
    const later = { ...AGAIN, since: new Date(NOW + 24 * 3_600_000) };
    expect(await repository.openIssue(later)).toMatchObject({ number: 2, found: false });
  });

  it('works with an App, which is no user', async () => {
    await gitHub.close();
    gitHub = await startGitHub({ now: () => NOW, login: null });
    repository = newRepository();
    await repository.openIssue(REQUEST);
    expect(await repository.openIssue(AGAIN)).toMatchObject({ number: 1, found: true });
  });

  it('creates nothing when it could not look', async () => {
    gitHub.faults.add({ match: named(`GET ${PATH}`), when: 'before', act: { kind: 'cut' } });
    expect(await troubleOf(repository.openIssue(AGAIN))).toMatchObject({ kind: 'unreachable' });
    expect(gitHub.issues(REPOSITORY)).toEqual([]);
  });

  it('makes one of two tries at the same time', async () => {
    const both = await Promise.all([repository.openIssue(AGAIN), repository.openIssue(AGAIN)]);
    expect(both.map(({ number }) => number)).toEqual([1, 1]);
    expect(gitHub.issues(REPOSITORY)).toHaveLength(1);
  });

  it('calls nobody and closes nothing', async () => {
    await repository.openIssue({
      ...REQUEST,
      title: 'Ask @ana about #12',
      body: 'closes #12, cc @acme/team <!-- daywatch: INC-1/action-1 -->',
    });
    const [issue] = gitHub.issues(REPOSITORY);
    expect(`${issue?.title} ${issue?.body}`).not.toMatch(/@[a-z]|#\d|<!-- daywatch: INC-1\//);
  });

  it('keeps to GitHub’s lengths', async () => {
    await repository.openIssue({ ...REQUEST, title: '🦉'.repeat(400), body: '🦉'.repeat(50_000) });
    const [issue] = gitHub.issues(REPOSITORY);
    expect(issue?.body).toMatch(/…\n\n<!-- daywatch: INC-12\/action-3 -->$/);
    expect(`${issue?.title}${issue?.body}`.isWellFormed()).toBe(true);
  });

  it.each(['a --> b', 'a--b', '', 'two words', 'a-', '-->'])('refuses the marker %j', (marker) => {
    expect(() => repository.openIssue({ ...REQUEST, marker })).toThrow(TypeError);
  });
});

describe('trouble at GitHub', () => {
  const limited = (status: number, headers: Record<string, string>, message = 'no'): FaultAct => ({
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  });
  const resetIn30s = String(Math.ceil(Date.now() / 1000) + 30);

  it.each<[string, FaultAct, Partial<ServiceError> | object]>([
    [
      '403 with retry-after',
      limited(403, { 'retry-after': '9' }),
      { kind: 'rate-limited', retryAfterMs: 9_000 },
    ],
    ['429 with nothing', limited(429, {}), { kind: 'rate-limited', retryAfterMs: 60_000 }],
    [
      '403 with an empty allowance',
      limited(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': resetIn30s }),
      { kind: 'rate-limited', retryAfterMs: expect.any(Number) },
    ],
    [
      '403 that says so in words',
      limited(403, {}, 'You have exceeded a secondary rate limit'),
      { kind: 'rate-limited', retryAfterMs: 60_000 },
    ],
    ['403 for a missing right', limited(403, {}, 'Resource not accessible'), { kind: 'unauthorized' }],
    ['401', limited(401, {}), { kind: 'unauthorized' }],
    ['404', limited(404, {}), { kind: 'not-found' }],
    ['410', limited(410, {}), { kind: 'refused' }],
    ['422', limited(422, {}), { kind: 'refused' }],
    ['500', limited(500, {}), { kind: 'unknown-outcome' }],
    ['a cut connection', { kind: 'cut' }, { kind: 'unknown-outcome' }],
    ['silence', { kind: 'hang' }, { kind: 'unknown-outcome', code: 'TimeoutError' }],
  ])('calls %s by its name and sends the write once', async (_, act, expected) => {
    gitHub.faults.add({ match: named(`POST ${PATH}`), when: 'before', act, times: 9 });
    const trouble = await troubleOf(newRepository({ deadlineMs: 300 }).openIssue(REQUEST));
    expect(trouble).toMatchObject({ service: 'GitHub', ...expected });
    expect(trouble.message).toMatch(/^GitHub .*\.$/);
    expect(names().filter((name) => name === `POST ${PATH}`)).toHaveLength(1);
    expect(JSON.stringify({ ...trouble, stack: trouble.stack })).not.toContain(gitHub.token);
  });

  it('says that nothing was done when nobody listens', async () => {
    await gitHub.close();
    expect(await troubleOf(repository.openIssue(REQUEST))).toMatchObject({ kind: 'unreachable' });
  });
});

describe('asking', () => {
  it('tells what became of an issue', async () => {
    await repository.openIssue(REQUEST);
    expect(await repository.issueState({ repository: REPOSITORY, number: 1 })).toMatchObject({
      state: 'open',
    });
    gitHub.closeIssue(REPOSITORY, 1, 'not_planned');
    expect(await repository.issueState({ repository: REPOSITORY, number: 1 })).toEqual({
      state: 'closed',
      reason: 'not_planned',
      title: 'Protect production namespaces',
      url: 'https://github.com/acme/infrastructure/issues/1',
    });
    expect(await troubleOf(repository.issueState({ repository: REPOSITORY, number: 2 }))).toMatchObject({
      kind: 'not-found',
    });
  });

  it('says what the token may do', async () => {
    await gitHub.close();
    gitHub = await startGitHub({
      repositories: [
        { fullName: 'acme/good' },
        { fullName: 'acme/old', archived: true, hasIssues: false, push: false },
      ],
    });
    repository = newRepository();
    expect(await repository.check('acme/good')).toBe('GitHub: acme/good (public)');
    expect(await repository.check('acme/old')).toMatch(/archived.*switched off.*may not push/);
    expect(await troubleOf(repository.check('acme/none'))).toMatchObject({ kind: 'not-found' });
    expect(
      await troubleOf(newRepository({ auth: { kind: 'token', token: 'wrong' } }).check('acme/good')),
    ).toMatchObject({
      kind: 'unauthorized',
    });
    await expect(repository.check('../..')).rejects.toThrow();
  });
});

describe('who is to see to it', () => {
  beforeEach(async () => {
    await gitHub.close();
    gitHub = await startGitHub({
      now: () => NOW,
      repositories: [{ fullName: REPOSITORY, assignable: ['anasilva'] }],
      users: [{ login: 'anasilva', email: 'ana@example.org' }, { login: 'two' }],
    });
    repository = newRepository();
  });

  it('is assigned with the issue, and left out where GitHub does not take them', async () => {
    expect(await repository.openIssue({ ...REQUEST, assignee: 'AnaSilva' })).toMatchObject({
      assigned: true,
    });
    expect(
      await repository.openIssue({ ...REQUEST, marker: 'INC-12/action-4', assignee: 'two' }),
    ).toMatchObject({
      assigned: false,
    });
    expect(gitHub.issues(REPOSITORY).map(({ assignees }) => assignees)).toEqual([['anasilva'], []]);
  });

  it('is assigned afterwards', async () => {
    const { number } = await repository.openIssue(REQUEST);
    expect(await repository.assign({ repository: REPOSITORY, number, login: 'two' })).toBe(false);
    expect(await repository.assign({ repository: REPOSITORY, number, login: 'anasilva' })).toBe(true);
    expect(gitHub.issues(REPOSITORY)[0]?.assignees).toEqual(['anasilva']);
  });

  it('is found by an address that GitHub shows', async () => {
    expect(await repository.loginByEmail('ana@example.org')).toBe('anasilva');
    expect(await repository.loginByEmail('ben@example.org')).toBeUndefined();
  });
});

describe('what stands there', () => {
  it('is compared by its labels, and ours is known by its marker', async () => {
    await repository.openIssue(REQUEST);
    gitHub.openIssueAs('ana', REPOSITORY, { title: 'Unlabelled', body: '' });
    gitHub.openPullRequestAs('ana', REPOSITORY, { title: 'A change', body: '' });
    const [labelled] = await repository.standingIssues({
      repository: REPOSITORY,
      labels: ['incident-action-item'],
    });
    expect(labelled).toMatchObject({ number: 1, marker: 'INC-12/action-3', raisedAt: NOW });
    const all = await repository.standingIssues({ repository: REPOSITORY, labels: [] });
    expect(all.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('says what was closed, merged, thrown away or reopened', async () => {
    for (const title of ['a', 'b', 'c']) gitHub.openIssueAs('ana', REPOSITORY, { title, body: '' });
    gitHub.openPullRequestAs('ana', REPOSITORY, { title: 'A change', body: '' });
    gitHub.closeIssue(REPOSITORY, 1);
    gitHub.closeIssue(REPOSITORY, 2, 'not_planned');
    gitHub.closeIssue(REPOSITORY, 3);
    gitHub.reopenIssue(REPOSITORY, 3);
    gitHub.closeIssue(REPOSITORY, 4);
    const changed = await repository.changedIssues({ repository: REPOSITORY, since: new Date(NOW) });
    expect(changed.toSorted((a, b) => a.number - b.number)).toMatchObject([
      { open: false, unmerged: false },
      { open: false, notPlanned: true },
      { open: true, reopened: true },
      { open: false, unmerged: true },
    ]);
    expect(await repository.changedIssues({ repository: REPOSITORY, since: new Date(NOW + 1) })).toEqual([]);
  });

  it('says where the report is, once, and only in an issue of ours', async () => {
    const link = {
      repository: REPOSITORY,
      number: 1,
      marker: 'INC-12/action-3',
      from: 'by mistake',
      to: 'at night',
    };
    await repository.openIssue(REQUEST);
    await repository.linkBack({ ...link, marker: 'INC-12/action-9' });
    await repository.linkBack(link);
    await repository.linkBack(link);
    expect(gitHub.issues(REPOSITORY)[0]?.body).toContain('So that nobody deletes them at night.');
    expect(names().filter((name) => name.startsWith('PATCH'))).toHaveLength(1);
  });
});
