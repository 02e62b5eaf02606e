/** The repository and number of an issue or pull request on GitHub; nothing for any other address. */
export function issueOfUrl(url: string): { repository: string; number: number } | undefined {
  const [, repository, number] =
    /^https?:\/\/[^/]+\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/(\d{1,9})(?:[/?#].*)?$/i.exec(url) ?? [];
  return repository === undefined ? undefined : { repository, number: Number(number) };
}
