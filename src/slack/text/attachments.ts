import type { RootContent } from '../../domain/markdown.ts';
import { treesOfBlocks } from './blocks.ts';
import { linkPhrase } from './inline.ts';
import { treesOfMrkdwn } from './mrkdwn.ts';
import { paragraphsOf } from './phrases.ts';
import { recordsIn, type SlackNames, stringOf } from './slack-names.ts';

/** The words that alert bots put into attachments. The preview of a link is nobody's words and is left out. */
export function treesOfAttachments(attachments: readonly unknown[], names: SlackNames): RootContent[] {
  return recordsIn(attachments)
    .filter((attachment) => !isPreview(attachment))
    .flatMap((attachment) => treesOfAttachment(attachment, names));
}

function isPreview(attachment: Record<string, unknown>): boolean {
  return ['from_url', 'original_url', 'is_msg_unfurl'].some((key) => Boolean(attachment[key]));
}

function treesOfAttachment(attachment: Record<string, unknown>, names: SlackNames): RootContent[] {
  const mrkdwn = (key: string) => treesOfMrkdwn(stringOf(attachment[key]), names);
  const trees = [
    ...mrkdwn('pretext'),
    ...titleTrees(attachment),
    ...mrkdwn('text'),
    ...recordsIn(attachment.fields).flatMap((field) => fieldTrees(field, names)),
    ...treesOfBlocks(recordsIn(attachment.blocks), names),
  ];
  return trees.length > 0 ? trees : mrkdwn('fallback');
}

function titleTrees(attachment: Record<string, unknown>): RootContent[] {
  const title = stringOf(attachment.title).trim();
  if (title === '') return [];
  return paragraphsOf([linkPhrase(stringOf(attachment.title_link), title, ['bold'])]);
}

function fieldTrees(field: Record<string, unknown>, names: SlackNames): RootContent[] {
  const title = stringOf(field.title).trim();
  const [value, ...rest] = treesOfMrkdwn(stringOf(field.value), names);
  if (title === '') return value ? [value, ...rest] : [];
  const name = { type: 'text' as const, value: value ? `${title}: ` : title };
  if (value?.type !== 'paragraph') {
    return [{ type: 'paragraph', children: [name] }, ...(value ? [value, ...rest] : [])];
  }
  return [{ ...value, children: [name, ...value.children] }, ...rest];
}
