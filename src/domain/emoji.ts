import { nameToEmoji } from 'gemoji';

const CODE = /(?<![\p{L}\p{N}:/]):([a-z0-9_+-]{2,}):(?![\p{L}\p{N}:/])/gu;

/** The emoji that GitHub and Slack call so. */
export function emojiNamed(name: string): string | undefined {
  return Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : undefined;
}

/** `:cry:` as the emoji that it means; a team's own stay as they were typed. */
export function withEmoji(text: string): string {
  if (!text.includes(':')) return text;
  return text.replaceAll(CODE, (code, name: string) => emojiNamed(name) ?? code);
}
