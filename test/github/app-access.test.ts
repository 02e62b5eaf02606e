import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRepository, type Repository } from '../../src/github/repository.ts';
import { createWriteQueue } from '../../src/github/write-queue.ts';
import { type GitHubStandIn, startGitHub } from '../../src/stand-ins/github/start-github.ts';

const pem = { format: 'pem' } as const;
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', ...pem },
  // As GitHub hands it out.
  privateKeyEncoding: { type: 'pkcs1', ...pem },
});
const ISSUE = {
  repository: 'acme/infrastructure',
  title: 'Protect production namespaces',
  body: '',
  labels: [],
  since: new Date('2025-08-12T18:00:00Z'),
  firstTry: true,
};

let gitHub: GitHubStandIn;
beforeAll(async () => {
  gitHub = await startGitHub({
    login: null,
    repositories: [{ fullName: 'acme/infrastructure' }, { fullName: 'acme/elsewhere' }],
    app: { id: '4711', publicKey, installedOn: ['acme/infrastructure'] },
  });
});
afterAll(() => gitHub.close());

function asApp(key: string = privateKey): Repository {
  return createRepository({
    auth: { kind: 'app', appId: '4711', privateKey: key },
    apiUrl: gitHub.url,
    writeQueue: createWriteQueue({ spacingMs: 0 }),
  });
}

const asked = () => gitHub.calls.filter(({ name }) => name.endsWith('/access_tokens')).length;

test('an app opens issues where it is installed, with one token for an hour', async () => {
  const repository = asApp();
  await repository.openIssue({ ...ISSUE, marker: 'INC-1/action-1' });
  await repository.openIssue({ ...ISSUE, marker: 'INC-1/action-2' });
  expect(gitHub.issues('acme/infrastructure')).toHaveLength(2);
  expect(asked()).toBe(1);
  vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
  try {
    expect(await repository.check('acme/infrastructure')).toContain('acme/infrastructure');
  } finally {
    vi.useRealTimers();
  }
  expect(asked()).toBe(2);
});

test('where it is not installed, or with another key, it says what GitHub said', async () => {
  await expect(asApp().check('acme/elsewhere')).rejects.toMatchObject({ kind: 'not-found' });
  const other = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', ...pem },
    privateKeyEncoding: { type: 'pkcs8', ...pem },
  });
  await expect(asApp(other.privateKey).check('acme/infrastructure')).rejects.toMatchObject({
    kind: 'unauthorized',
  });
});
