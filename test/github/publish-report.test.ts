import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReportRequest } from '../../src/github/publish-report.ts';
import { createRepository, type Repository } from '../../src/github/repository.ts';
import { createWriteQueue } from '../../src/github/write-queue.ts';
import { type GitHubStandIn, startGitHub } from '../../src/stand-ins/github/start-github.ts';

const NAME = 'acme/incident-reports';
const PATH = 'reports/2025-08-12-leap-hub-outage.md';
const REQUEST: ReportRequest = {
  repository: NAME,
  branch: 'daywatch/inc-12-report',
  path: PATH,
  content: '# LEAP hub outage\n',
  images: [],
  title: 'Incident report: LEAP hub outage',
  body: 'From INC-12.',
  marker: 'INC-12/abc',
  published: [],
};

let gitHub: GitHubStandIn;
let repository: Repository;

beforeEach(async () => {
  gitHub = await startGitHub({ repositories: [{ fullName: NAME }] });
  repository = createRepository({
    auth: { kind: 'token', token: gitHub.token },
    apiUrl: gitHub.url,
    deadlineMs: 1_500,
    writeQueue: createWriteQueue({ spacingMs: 0 }),
  });
});

afterEach(() => gitHub.close());

const publish = (more: Partial<ReportRequest> = {}) => repository.publishReport({ ...REQUEST, ...more });
const pulls = () => gitHub.issues(NAME).filter(({ isPullRequest }) => isPullRequest);
const onBranch = (branch = REQUEST.branch) => gitHub.file(NAME, PATH, branch);

describe('publishing a report', () => {
  it('makes one branch, one commit, one pull request', async () => {
    const url = `https://github.com/${NAME}/pull/1`;
    expect(await publish()).toMatchObject({ kind: 'published', url, number: 1, branch: REQUEST.branch });
    expect(onBranch()).toBe(REQUEST.content);
    expect(gitHub.branches(NAME)).toEqual(['main', REQUEST.branch]);
    expect(pulls()).toMatchObject([{ title: REQUEST.title, body: REQUEST.body, state: 'open' }]);
  });

  it('again brings the same one up to date', async () => {
    await publish();
    const again = await publish({ content: '# LEAP hub outage\n\nMore.\n' });
    expect(again).toMatchObject({ kind: 'published', number: 1 });
    expect(onBranch()).toBe('# LEAP hub outage\n\nMore.\n');
    await publish({ content: '# LEAP hub outage\n\nMore.\n' });
    expect(pulls()).toHaveLength(1);
    expect(gitHub.calls.filter(({ name }) => name.startsWith('PUT'))).toHaveLength(2);
  });

  it('brings the pictures along, and leaves one that somebody changed', async () => {
    const images = [{ path: 'reports/inc-12-uptime.png', bytes: Buffer.from('first') }];
    await publish({ images });
    expect(gitHub.file(NAME, 'reports/inc-12-uptime.png', REQUEST.branch)).toBe('first');
    gitHub.commitAs('ana', NAME, { branch: REQUEST.branch, path: 'reports/inc-12-uptime.png', text: 'hers' });
    await publish({ images, content: 'new\n' });
    expect(gitHub.file(NAME, 'reports/inc-12-uptime.png', REQUEST.branch)).toBe('hers');
    expect(onBranch()).toBe('new\n');
  });

  it('never writes over what a person wrote', async () => {
    await publish();
    gitHub.commitAs('ana', NAME, { branch: REQUEST.branch, path: PATH, text: 'Ana knows better\n' });
    expect(await publish({ content: 'new\n' })).toMatchObject({ kind: 'edited', by: 'ana' });
    expect(onBranch()).toBe('Ana knows better\n');
    expect(pulls()).toHaveLength(1);
  });

  it('makes the pull request of what a person edited before there was one', async () => {
    gitHub.faults.add({ match: ({ name }) => name.startsWith('PUT '), when: 'after', act: { kind: 'cut' } });
    await expect(publish()).rejects.toMatchObject({ kind: 'unknown-outcome' });
    gitHub.commitAs('ana', NAME, { branch: REQUEST.branch, path: PATH, text: 'Ana was faster\n' });
    expect(await publish()).toMatchObject({ kind: 'edited', by: 'ana', pull: { number: 1 } });
    expect(onBranch()).toBe('Ana was faster\n');
    expect(pulls()).toMatchObject([{ head: REQUEST.branch, state: 'open' }]);
  });

  it('nor what is edited between the look and the writing', async () => {
    await publish();
    gitHub.faults.add({
      match: ({ name }) => name.startsWith('PUT '),
      when: 'before',
      act: { kind: 'answer', status: 409, body: '{"message":"does not match"}' },
    });
    const publishing = publish({ content: 'new\n' });
    gitHub.commitAs('ben', NAME, { branch: REQUEST.branch, path: PATH, text: 'Ben was faster\n' });
    expect(await publishing).toMatchObject({ kind: 'edited', by: 'ben' });
    expect(onBranch()).toBe('Ben was faster\n');
  });

  it('takes a new branch once the pull request is merged, and none while nothing changed', async () => {
    await publish();
    gitHub.mergePullRequest(NAME, 1);
    expect(await publish()).toMatchObject({ kind: 'unchanged' });
    const again = await publish({ content: 'corrected\n' });
    expect(again).toMatchObject({ kind: 'published', number: 2, branch: `${REQUEST.branch}-2` });
    expect(onBranch(`${REQUEST.branch}-2`)).toBe('corrected\n');
  });

  it('leaves alone what was corrected after the merge', async () => {
    await publish();
    gitHub.mergePullRequest(NAME, 1);
    gitHub.commitAs('ana', NAME, { path: PATH, text: 'A typo mended\n' });
    expect(await publish({ content: 'new\n' })).toMatchObject({ kind: 'edited', by: 'ana' });
    expect(gitHub.file(NAME, PATH)).toBe('A typo mended\n');
  });

  it('takes a branch that is there already', async () => {
    const first = publish();
    await first;
    const other = { ...REQUEST, path: 'reports/other.md', content: 'other\n' };
    expect(await repository.publishReport(other)).toMatchObject({ kind: 'published', number: 1 });
    expect(gitHub.file(NAME, 'reports/other.md', REQUEST.branch)).toBe('other\n');
  });

  it('says what a repository without the right answers', async () => {
    await expect(publish({ repository: 'acme/none' })).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('acme/none'),
    });
  });
});

const FAULTS = [
  ['a cut connection', { kind: 'cut' }],
  ['a 502', { kind: 'answer', status: 502, body: '{}' }],
  [
    'a secondary limit',
    {
      kind: 'answer',
      status: 403,
      headers: { 'retry-after': '60' },
      body: '{"message":"You have exceeded a secondary rate limit"}',
    },
  ],
] as const;

// One run for each call that publishing makes, the fault once before it took effect and once after.
describe.each(FAULTS)('%s at any call', (_what, act) => {
  it.each(['before', 'after'] as const)('%s it took effect: repeated, it is one of each', async (when) => {
    await publish();
    const points = gitHub.calls.length;
    expect(points).toBeGreaterThanOrEqual(8);
    for (let point = 1; point <= points; point += 1) {
      const more = {
        branch: `daywatch/inc-${when}-${point}`,
        path: `reports/${when}-${point}.md`,
        marker: `m${point}`,
      };
      let count = 0;
      const match = () => {
        count += 1;
        return count === point;
      };
      gitHub.faults.add({ match, when, act });
      let tries = 0;
      const attempt = async (): Promise<unknown> => {
        tries += 1;
        return publish(more).catch((error: unknown) => {
          expect(error).toMatchObject({ service: 'GitHub', worthRepeating: true });
          expect(tries).toBeLessThan(4);
          return attempt();
        });
      };
      expect(await attempt()).toMatchObject({ kind: 'published' });
      expect(gitHub.file(NAME, more.path, more.branch)).toBe(REQUEST.content);
      expect(pulls().filter(({ head }) => head === more.branch)).toHaveLength(1);
    }
    expect(gitHub.branches(NAME)).toHaveLength(points + 2);
  });
});
