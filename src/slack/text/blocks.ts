import { parseMarkdown, type RootContent } from '../../domain/markdown.ts';
import { treesOfMrkdwn } from './mrkdwn.ts';
import { paragraphsOf } from './phrases.ts';
import { treesOfRichText } from './rich-text.ts';
import { isRecord, recordsIn, type SlackNames, stringOf } from './slack-names.ts';

/** The words of a message's blocks; buttons, fields to fill in and dividers have none. */
export function treesOfBlocks(blocks: readonly unknown[], names: SlackNames): RootContent[] {
  return recordsIn(blocks).flatMap((block) => treesOfBlock(block, names));
}

function treesOfBlock(block: Record<string, unknown>, names: SlackNames): RootContent[] {
  switch (block.type) {
    case 'rich_text':
      return treesOfRichText(recordsIn(block.elements), names);
    case 'section':
      return [block.text, ...recordsIn(block.fields)].flatMap((text) => treesOfText(text, names));
    case 'header':
      return treesOfText(block.text, names);
    case 'context':
      return recordsIn(block.elements).flatMap((element) => treesOfText(element, names));
    case 'markdown':
      return parseMarkdown(stringOf(block.text)).children;
    case 'image':
      return plainTrees(stringOf(block.alt_text));
    default:
      return [];
  }
}

function treesOfText(text: unknown, names: SlackNames): RootContent[] {
  if (!isRecord(text)) return [];
  if (text.type === 'mrkdwn') return treesOfMrkdwn(stringOf(text.text), names);
  if (text.type === 'image') return plainTrees(stringOf(text.alt_text));
  return plainTrees(stringOf(text.text));
}

function plainTrees(text: string): RootContent[] {
  return paragraphsOf([{ styles: [], text }]);
}
