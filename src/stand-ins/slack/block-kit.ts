import { messageBlock, viewBlock } from './block-kit/blocks.ts';
import { plainText } from './block-kit/composition.ts';
import { textLength } from './block-kit/data-blocks.ts';
import { byType, codePoints, flag, isRecord, list, type Rule, shape, text } from './block-kit/rules.ts';

/** Above this Slack answers `msg_blocks_too_long` (seen, in no table: slackapi/bolt-js issue 2509). */
export const MESSAGE_BLOCKS_CHARACTERS = 13_200;

const MARKDOWN_CHARACTERS = 12_000;

/**
 * Code points that a message's blocks show together: what `MESSAGE_BLOCKS_CHARACTERS` is held against.
 * A data table is left out; its content has a limit of its own.
 */
export function messageBlocksLength(blocks: unknown): number {
  return textLength(records(blocks).filter((block) => block.type !== 'data_table'));
}

/** What Slack would refuse in the `blocks` of a message, in words with the path. Nothing wrong: empty. */
export function validateMessageBlocks(blocks: unknown): string[] {
  const problems = list(messageBlock, { max: 50 })(blocks, 'blocks');
  if (problems.length > 0) return problems;
  return [
    ...duplicateBlockIds(answeringBlocks(blocks)),
    ...duplicateActionIds(blocks),
    ...tooMuchMarkdown(blocks),
    ...tooManyTables(blocks),
    ...tooLong(blocks),
  ];
}

const shared = {
  private_metadata: text({ min: 0, max: 3000 }),
  callback_id: text({ min: 0, max: 255 }),
  external_id: text({ min: 0, max: 255 }),
};
const blocks = list(viewBlock, { min: 1, max: 100 });

const view: Rule = byType('a view', {
  modal: shape({
    required: { title: plainText(24), blocks },
    optional: {
      ...shared,
      close: plainText(24),
      submit: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
      submit_disabled: flag,
    },
    together: (fields, path) =>
      !fields.submit && blocksOfType(fields.blocks, 'input').length > 0
        ? [`${path}/submit is missing: a modal with an input block needs it`]
        : [],
  }),
  home: shape({ required: { blocks }, optional: shared }),
});

/** What Slack would refuse in a modal or a Home tab, in words with the path. Nothing wrong: empty. */
export function validateView(value: unknown): string[] {
  const problems = view(value, 'view');
  if (problems.length > 0 || !isRecord(value)) return problems;
  return [
    ...duplicateBlockIds(records(value.blocks)),
    ...duplicateActionIds(value.blocks),
    ...tooManyFocused(value.blocks),
  ];
}

/** The `blocks` inside the attachments of a message, each held to the limits of a message. */
export function validateAttachments(attachments: unknown): string[] {
  if (!Array.isArray(attachments)) return ['attachments must be a list'];
  if (attachments.length > 100) return ['attachments must have at most 100 items'];
  return attachments.flatMap((attachment, index) => {
    if (!isRecord(attachment)) return [`attachments/${index} must be an object`];
    if (attachment.blocks === undefined) return [];
    return validateMessageBlocks(attachment.blocks).map((problem) => `attachments/${index}/${problem}`);
  });
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function blocksOfType(value: unknown, type: string): Record<string, unknown>[] {
  return records(value).filter((block) => block.type === type);
}

function elementsOf(block: Record<string, unknown>): Record<string, unknown>[] {
  return [...records(block.elements), ...records([block.accessory, block.element])];
}

function repeated(ids: unknown[]): string[] {
  const strings = ids.filter((value) => typeof value === 'string');
  return [...new Set(strings.filter((value, index) => strings.indexOf(value) !== index))];
}

function duplicateBlockIds(blocks: Record<string, unknown>[]): string[] {
  return repeated(blocks.map((block) => block.block_id)).map(
    (name) => `blocks: block_id "${name}" is used twice`,
  );
}

function duplicateActionIds(value: unknown): string[] {
  return records(value).flatMap((block, index) =>
    repeated(elementsOf(block).map((element) => element.action_id)).map(
      (name) => `blocks/${index}: action_id "${name}" is used twice in the block`,
    ),
  );
}

/** A message may repeat the id of blocks that only show words; where answers come from, it may not. */
function answeringBlocks(value: unknown): Record<string, unknown>[] {
  const asking = records(value).filter((block) =>
    elementsOf(block).some((element) => 'action_id' in element),
  );
  const ids = new Set(asking.map((block) => block.block_id));
  return records(value).filter((block) => ids.has(block.block_id));
}

function tooMuchMarkdown(value: unknown): string[] {
  const length = blocksOfType(value, 'markdown').reduce(
    (sum, block) => sum + codePoints(String(block.text)),
    0,
  );
  return length > MARKDOWN_CHARACTERS
    ? [
        `blocks: markdown blocks must have at most ${MARKDOWN_CHARACTERS} characters together, they have ${length}`,
      ]
    : [];
}

function tooManyTables(value: unknown): string[] {
  return blocksOfType(value, 'table').length > 1 ? ['blocks: only one table is allowed in a message'] : [];
}

function tooManyFocused(value: unknown): string[] {
  const focused = records(value)
    .flatMap(elementsOf)
    .filter((element) => element.focus_on_load === true);
  return focused.length > 1 ? ['view/blocks: only one element may have focus_on_load'] : [];
}

function tooLong(value: unknown): string[] {
  const length = messageBlocksLength(value);
  return length > MESSAGE_BLOCKS_CHARACTERS
    ? [`blocks must have at most ${MESSAGE_BLOCKS_CHARACTERS} characters together, they have ${length}`]
    : [];
}
