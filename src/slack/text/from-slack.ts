import { type RootContent, wordsOf, writeMarkdown } from '../../domain/markdown.ts';
import { treesOfAttachments } from './attachments.ts';
import { treesOfBlocks } from './blocks.ts';
import { treesOfMrkdwn } from './mrkdwn.ts';
import type { SlackNames } from './slack-names.ts';

/** What of a Slack message holds words. Everything comes from outside, so its shape is not trusted. */
export interface SlackWords {
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
}

/**
 * A Slack message as Markdown. People stand in it as `[Ana](person:U0ANA)`, channels as `[#ops](channel:C1)`;
 * a broadcast is its typed words. `code` is the preformatted block that ends the message after other words.
 */
export function markdownFromSlack(message: SlackWords, names: SlackNames): { text: string; code?: string } {
  const fromBlocks = treesOfBlocks(message.blocks ?? [], names);
  const own = hasWords(fromBlocks) ? fromBlocks : treesOfMrkdwn(message.text ?? '', names);
  const trees = [...own, ...treesOfAttachments(message.attachments ?? [], names)];
  const last = trees.at(-1);
  const code = last?.type === 'code' && trees.length > 1 ? last.value : undefined;
  const children = code === undefined ? trees : trees.slice(0, -1);
  const text = writeMarkdown({ type: 'root', children });
  return code === undefined ? { text } : { text, code };
}

function hasWords(trees: RootContent[]): boolean {
  return trees.some((tree) => wordsOf(tree).trim() !== '');
}
