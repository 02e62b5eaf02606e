import { createAppAuth } from '@octokit/auth-app';
import type { Octokit } from 'octokit';

/** How the bot signs in at GitHub: with somebody's token, or as an app. */
export type GitHubAuth =
  | { kind: 'token'; token: string }
  | { kind: 'app'; appId: string; privateKey: string };

/**
 * Signs what goes to a repository with the token of the app's installation there, which GitHub gives for an hour and
 * which is kept for so long.
 * @param makeOctokit makes a client with these options on top of its own
 */
export function signAsApp(
  octokit: Octokit,
  { appId, privateKey }: GitHubAuth & { kind: 'app' },
  makeOctokit: (options: object) => Octokit,
): void {
  const app = makeOctokit({ authStrategy: createAppAuth, auth: { appId, privateKey } });
  const installations = new Map<string, number>();

  async function installationOn(owner: string, repo: string): Promise<number> {
    const name = `${owner}/${repo}`;
    const known = installations.get(name);
    if (known !== undefined) return known;
    const { data } = await app.rest.apps.getRepoInstallation({ owner, repo });
    installations.set(name, data.id);
    return data.id;
  }

  octokit.hook.before('request', async (request) => {
    const { owner, repo } = request as { owner?: unknown; repo?: unknown };
    // Who an app is cannot be asked: only what belongs to a repository is signed.
    if (typeof owner !== 'string' || typeof repo !== 'string') return;
    const installationId = await installationOn(owner, repo);
    const { token } = (await app.auth({ type: 'installation', installationId })) as { token: string };
    request.headers.authorization = `token ${token}`;
  });
}
