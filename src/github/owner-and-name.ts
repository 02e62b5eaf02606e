/** @throws TypeError for anything but `owner/name`. */
export function ownerAndName(repository: string): { owner: string; repo: string } {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (owner === undefined || repo === undefined || repo === '..' || repo === '.') {
    throw new TypeError(`"${repository}" is no GitHub repository: owner/name is wanted`);
  }
  return { owner, repo };
}
