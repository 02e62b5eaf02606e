import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository } from '../../src/github/repository.ts';
import { createWriteQueue } from '../../src/github/write-queue.ts';
import { type GitHubStandIn, startGitHub } from '../../src/stand-ins/github/start-github.ts';
import type { RecordedCall } from '../../src/stand-ins/rest/rest-server.ts';
import { type Contract, contractFile, loadContract } from './contract.ts';

const FILE = contractFile('github-issues.json');
if (FILE === undefined)
  console.warn('GitHub contract: skipped, ../shared/contracts is not beside this checkout');

const ISSUE = {
  repository: 'acme/infrastructure',
  title: 'Protect namespaces',
  body: 'words',
  labels: ['incident-action-item'],
  marker: 'INC-12/action-3',
  since: new Date(),
} as const;

const REPORT = {
  repository: 'acme/infrastructure',
  branch: 'daywatch/inc-12-report',
  path: 'reports/a.md',
  content: 'words\n',
  images: [],
  title: 'Incident report: a',
  body: 'words',
  marker: 'INC-12/abc',
  published: [],
} as const;

describe.skipIf(FILE === undefined)("GitHub's own schema", () => {
  let contract: Contract;
  let gitHub: GitHubStandIn;
  let calls: RecordedCall[];

  beforeAll(async () => {
    contract = loadContract(FILE ?? '');
    gitHub = await startGitHub({
      repositories: [
        { fullName: 'acme/infrastructure' },
        { fullName: 'acme/off', hasIssues: false },
        { fullName: 'acme/old', archived: true },
      ],
    });
    const repository = createRepository({
      auth: { kind: 'token', token: gitHub.token },
      apiUrl: gitHub.url,
      writeQueue: createWriteQueue({ spacingMs: 0 }),
    });
    gitHub.openPullRequestAs('ana', 'acme/infrastructure', { title: 'A change', body: '' });
    await repository.openIssue({ ...ISSUE, firstTry: true });
    await repository.openIssue({ ...ISSUE, firstTry: false });
    await repository.openIssue({ ...ISSUE, marker: 'INC-12/action-4', labels: [], firstTry: false });
    await repository.issueState({ repository: 'acme/infrastructure', number: 2 });
    gitHub.closeIssue('acme/infrastructure', 2);
    await repository.issueState({ repository: 'acme/infrastructure', number: 2 });
    await repository.standingIssues({ repository: 'acme/infrastructure', labels: ['incident-action-item'] });
    await repository.changedIssues({ repository: 'acme/infrastructure', since: new Date(0) });
    await repository.linkBack({ ...ISSUE, number: 2, from: 'words', to: 'more' });
    await repository.check('acme/infrastructure');
    for (const name of ['off', 'old', 'none']) {
      await repository
        .openIssue({ ...ISSUE, repository: `acme/${name}`, firstTry: true })
        .catch(() => undefined);
    }
    await repository.check('acme/none').catch(() => undefined);
    await repository.publishReport(REPORT);
    await repository.publishReport({ ...REPORT, content: 'more\n' });
    // Who the token belongs to, branches, commits and pull requests are not in the document.
    calls = gitHub.calls.filter(({ name }) => !/^GET \/user$|\/(git|commits|pulls)\b/.test(name));
  });

  afterAll(() => gitHub?.close());

  it('permits every request of the bot', () => {
    expect(
      calls.flatMap((call) => contract.requestFaults(call).map((fault) => `${call.name}: ${fault}`)),
    ).toEqual([]);
  });

  it('permits every answer of the stand-in', () => {
    expect(
      calls.flatMap((call) => contract.answerFaults(call).map((fault) => `${call.name}: ${fault}`)),
    ).toEqual([]);
  });

  it('saw every kind of answer', () => {
    expect(new Set(calls.map(({ status }) => status))).toEqual(new Set([200, 201, 403, 404, 410]));
  });

  it('is awake: what is wrong is found', () => {
    const create = calls.find(({ name }) => name.startsWith('POST'));
    const list = calls.find(({ name }) => name === 'GET /repos/acme/infrastructure/issues');
    if (create === undefined || list === undefined) return expect.unreachable();
    expect(contract.requestFaults({ ...create, args: { body: 'no title' } })).not.toEqual([]);
    expect(contract.requestFaults({ ...create, args: { ...create.args, labels: 'one' } })).not.toEqual([]);
    expect(contract.requestFaults({ ...list, args: { ...list.args, state: 'asleep' } })).not.toEqual([]);
    expect(contract.requestFaults({ ...list, args: { ...list.args, author: 'ana' } })).not.toEqual([]);
    expect(contract.answerFaults({ ...create, answer: { number: 1 } })).not.toEqual([]);
  });
});
