import type { KeptIssue, KeptRepository } from './repositories.ts';

const WEB = 'https://github.com';

/** GitHub's JSON of a user. `api` is the stand-in's address. */
export function userJson(api: string, login: string): Record<string, unknown> {
  const self = `${api}/users/${login}`;
  return {
    login,
    id: numberOf(login),
    node_id: `U_${login}`,
    avatar_url: `${WEB}/${login}.png`,
    gravatar_id: '',
    url: self,
    html_url: `${WEB}/${login}`,
    followers_url: `${self}/followers`,
    following_url: `${self}/following{/other_user}`,
    gists_url: `${self}/gists{/gist_id}`,
    starred_url: `${self}/starred{/owner}{/repo}`,
    subscriptions_url: `${self}/subscriptions`,
    organizations_url: `${self}/orgs`,
    repos_url: `${self}/repos`,
    events_url: `${self}/events{/privacy}`,
    received_events_url: `${self}/received_events`,
    type: 'User',
    site_admin: false,
  };
}

export function issueJson(
  api: string,
  repository: KeptRepository,
  issue: KeptIssue,
): Record<string, unknown> {
  const self = `${api}/repos/${repository.fullName}/issues/${issue.number}`;
  const page = `${WEB}/${repository.fullName}/${issue.isPullRequest ? 'pull' : 'issues'}/${issue.number}`;
  return {
    id: numberOf(repository.fullName) * 1_000 + issue.number,
    node_id: `I_${issue.number}`,
    url: self,
    repository_url: `${api}/repos/${repository.fullName}`,
    labels_url: `${self}/labels{/name}`,
    comments_url: `${self}/comments`,
    events_url: `${self}/events`,
    html_url: page,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: userJson(api, issue.author),
    labels: issue.labels.map((name) => labelJson(api, repository, name)),
    assignee: issue.assignees[0] === undefined ? null : userJson(api, issue.assignees[0]),
    assignees: issue.assignees.map((login) => userJson(api, login)),
    milestone: null,
    locked: false,
    comments: 0,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: issue.closedAt === undefined ? null : iso(issue.closedAt),
    author_association: 'MEMBER',
    ...(issue.isPullRequest
      ? {
          pull_request: {
            url: `${api}/repos/${repository.fullName}/pulls/${issue.number}`,
            html_url: page,
            diff_url: null,
            patch_url: null,
            merged_at: issue.mergedAt === undefined ? null : iso(issue.mergedAt),
          },
        }
      : {}),
  };
}

export function repositoryJson(api: string, repository: KeptRepository): Record<string, unknown> {
  const self = `${api}/repos/${repository.fullName}`;
  const page = `${WEB}/${repository.fullName}`;
  const [owner = '', name = ''] = repository.fullName.split('/');
  const openIssues = repository.issues.filter(({ state }) => state === 'open').length;
  return {
    id: numberOf(repository.fullName),
    node_id: `R_${repository.fullName}`,
    name,
    full_name: repository.fullName,
    owner: userJson(api, owner),
    private: repository.private,
    html_url: page,
    description: null,
    fork: false,
    url: self,
    ...Object.fromEntries(ADDRESSES.map(([key, rest]) => [key, self + rest])),
    git_url: `git:${page.slice('https:'.length)}.git`,
    ssh_url: `git@github.com:${repository.fullName}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
    homepage: null,
    language: null,
    mirror_url: null,
    license: null,
    default_branch: repository.defaultBranch,
    has_issues: repository.hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    open_issues: openIssues,
    open_issues_count: openIssues,
    ...Object.fromEntries(COUNTS.map((key) => [key, 0])),
    permissions: {
      admin: false,
      maintain: false,
      push: repository.push,
      triage: repository.push,
      pull: true,
    },
    pushed_at: FOUNDED,
    created_at: FOUNDED,
    updated_at: FOUNDED,
  };
}

const FOUNDED = '2020-01-01T00:00:00Z';

const COUNTS = [
  'forks',
  'forks_count',
  'size',
  'stargazers_count',
  'watchers',
  'watchers_count',
  'network_count',
  'subscribers_count',
];

/** The addresses that GitHub names in every repository, as they follow its own. */
const ADDRESSES: [string, string][] = [
  ['archive_url', '/{archive_format}{/ref}'],
  ['assignees_url', '/assignees{/user}'],
  ['blobs_url', '/git/blobs{/sha}'],
  ['branches_url', '/branches{/branch}'],
  ['collaborators_url', '/collaborators{/collaborator}'],
  ['comments_url', '/comments{/number}'],
  ['commits_url', '/commits{/sha}'],
  ['compare_url', '/compare/{base}...{head}'],
  ['contents_url', '/contents/{+path}'],
  ['contributors_url', '/contributors'],
  ['deployments_url', '/deployments'],
  ['downloads_url', '/downloads'],
  ['events_url', '/events'],
  ['forks_url', '/forks'],
  ['git_commits_url', '/git/commits{/sha}'],
  ['git_refs_url', '/git/refs{/sha}'],
  ['git_tags_url', '/git/tags{/sha}'],
  ['hooks_url', '/hooks'],
  ['issue_comment_url', '/issues/comments{/number}'],
  ['issue_events_url', '/issues/events{/number}'],
  ['issues_url', '/issues{/number}'],
  ['keys_url', '/keys{/key_id}'],
  ['labels_url', '/labels{/name}'],
  ['languages_url', '/languages'],
  ['merges_url', '/merges'],
  ['milestones_url', '/milestones{/number}'],
  ['notifications_url', '/notifications{?since,all,participating}'],
  ['pulls_url', '/pulls{/number}'],
  ['releases_url', '/releases{/id}'],
  ['stargazers_url', '/stargazers'],
  ['statuses_url', '/statuses/{sha}'],
  ['subscribers_url', '/subscribers'],
  ['subscription_url', '/subscription'],
  ['tags_url', '/tags'],
  ['teams_url', '/teams'],
  ['trees_url', '/git/trees{/sha}'],
];

function labelJson(api: string, { fullName }: KeptRepository, name: string): object {
  return {
    id: numberOf(name),
    node_id: `L_${name}`,
    url: `${api}/repos/${fullName}/labels/${encodeURIComponent(name)}`,
    name,
    description: null,
    color: 'ededed',
    default: false,
  };
}

/** A steady number for a name. */
function numberOf(name: string): number {
  let sum = 7;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
