import { blobSha, type KeptBranch, type KeptCommit } from './git.ts';
import { userJson } from './github-json.ts';
import type { KeptRepository } from './repositories.ts';

const WEB = 'https://github.com';

export function refJson(
  api: string,
  { fullName }: KeptRepository,
  name: string,
  { sha }: KeptBranch,
): object {
  const self = `${api}/repos/${fullName}/git`;
  return {
    ref: `refs/heads/${name}`,
    node_id: `REF_${name}`,
    url: `${self}/refs/heads/${name}`,
    object: { type: 'commit', sha, url: `${self}/commits/${sha}` },
  };
}

export function fileJson(api: string, { fullName }: KeptRepository, path: string, content: Buffer): object {
  const sha = blobSha(content);
  const self = `${api}/repos/${fullName}/contents/${path}`;
  const git = `${api}/repos/${fullName}/git/blobs/${sha}`;
  const html = `${WEB}/${fullName}/blob/main/${path}`;
  return {
    type: 'file',
    encoding: 'base64',
    size: content.length,
    name: path.split('/').at(-1),
    path,
    content: content.toString('base64'),
    sha,
    url: self,
    git_url: git,
    html_url: html,
    download_url: `https://raw.githubusercontent.com/${fullName}/main/${path}`,
    _links: { git, self, html },
  };
}

function signature({ author, at }: KeptCommit): object {
  return { name: author, email: `${author}@users.noreply.github.com`, date: new Date(at).toISOString() };
}

/** A commit in a list of them. */
export function commitJson(api: string, { fullName }: KeptRepository, commit: KeptCommit): object {
  const self = `${api}/repos/${fullName}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: self,
    html_url: `${WEB}/${fullName}/commit/${commit.sha}`,
    comments_url: `${self}/comments`,
    author: userJson(api, commit.author),
    committer: userJson(api, commit.author),
    parents: [],
    commit: {
      url: self,
      message: commit.message,
      author: signature(commit),
      committer: signature(commit),
      comment_count: 0,
      tree: { sha: commit.sha, url: `${api}/repos/${fullName}/git/trees/${commit.sha}` },
    },
  };
}

/** The commit that writing a file answers. */
export function writtenCommitJson(api: string, { fullName }: KeptRepository, commit: KeptCommit): object {
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: `${api}/repos/${fullName}/git/commits/${commit.sha}`,
    html_url: `${WEB}/${fullName}/commit/${commit.sha}`,
    message: commit.message,
    author: signature(commit),
    committer: signature(commit),
    tree: { sha: commit.sha, url: `${api}/repos/${fullName}/git/trees/${commit.sha}` },
    parents: [],
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  };
}
