import { changeIncident } from '../actions/change.ts';
import { type Core, nowOf } from '../core.ts';
import { followIssue } from '../domain/action-verbs.ts';
import { issueOfUrl } from '../github/issue-of-url.ts';
import type { ChangedIssue } from '../github/repository.ts';
import { isServiceError } from '../service-error.ts';
import { itemsToFollow } from '../store/action-items.ts';
import { recall, remember } from '../store/remembered.ts';

/** Clocks differ, and an issue may be touched while it is being listed. */
const LEEWAY_MS = 10 * 60_000;
/** How far the first look goes back. */
const FIRST_MS = 90 * 86_400_000;

/**
 * What was closed on GitHub is done here, and open again when it is reopened there. One call a repository: GitHub is
 * asked for what changed since the last look, in whatever repository the items' issues and pull requests are.
 */
export async function followIssues(core: Core, now: Date): Promise<void> {
  if (!core.world.repository) return;
  const items = await itemsToFollow(core.store.database.prisma);
  const repositories = new Map<string, typeof items>();
  for (const item of items) {
    const name = issueOfUrl(item.url)?.repository.toLowerCase();
    if (name !== undefined) repositories.set(name, [...(repositories.get(name) ?? []), item]);
  }
  for (const [repository, theirs] of repositories) await followRepository(core, repository, theirs, now);
}

async function followRepository(
  core: Core,
  repository: string,
  items: Awaited<ReturnType<typeof itemsToFollow>>,
  now: Date,
): Promise<void> {
  const key = `issues-followed:${repository}`;
  const since = (await recall<number>(core.store, key))?.body ?? now.getTime() - FIRST_MS;
  const changed = await changedSince(core, repository, new Date(since - LEEWAY_MS));
  if (!changed) return;
  const byNumber = new Map(changed.map((issue) => [issue.number, issue]));
  for (const { incident, action, url } of items) {
    const issue = byNumber.get(issueOfUrl(url)?.number ?? 0);
    if (!issue) continue;
    // A pull request that was thrown away has done nothing.
    const open = issue.open || issue.unmerged;
    const told = {
      open,
      reopened: issue.reopened ?? false,
      label: `${repository}#${issue.number}`,
      ...(issue.notPlanned ? { why: 'as not planned' } : {}),
    };
    await changeIncident(core.store, { number: incident }, (locked) =>
      followIssue(locked, action, told, nowOf(core)),
    );
  }
  await remember(core.store, key, now.getTime());
}

/** Nothing where GitHub cannot tell now: the next look goes back as far. */
async function changedSince(
  core: Core,
  repository: string,
  since: Date,
): Promise<ChangedIssue[] | undefined> {
  try {
    return await core.world.repository?.changedIssues({ repository, since });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    core.log.warn({ repository, error: error.message }, 'the issues of action items could not be looked at');
    return undefined;
  }
}
