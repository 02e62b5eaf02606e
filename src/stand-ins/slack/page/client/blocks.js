import { h } from './dom.js';
import { drawElement, picture } from './elements.js';
import { markdown } from './markdown.js';
import { richText } from './rich-text.js';
import { mrkdwn, plainWords, words } from './words.js';

/**
 * Draws Block Kit. `press(blockId, actionId, value)` is what a button or menu does; `form` collects the
 * fields of a form and knows what was typed before and what was wrong with it.
 */
export function drawBlocks(blocks, desk, { press, form } = {}) {
  return (blocks ?? []).map((block) => {
    const node = drawBlock(block, desk, { press, form });
    node.classList.add('block', `block-${block.type}`);
    return node;
  });
}

function drawBlock(block, desk, acts) {
  switch (block.type) {
    case 'section':
      return section(block, desk, acts);
    case 'header':
      return h('h3', {}, words(block.text, desk));
    case 'divider':
      return h('hr');
    case 'context':
      return h(
        'div',
        {},
        (block.elements ?? []).map((element) => contextPart(element, desk)),
      );
    case 'actions':
    case 'context_actions':
      return h(
        'div',
        {},
        (block.elements ?? []).map((element) => acting(element, block, desk, acts)),
      );
    case 'input':
      return input(block, desk, acts);
    case 'rich_text':
      return h('div', {}, richText(block, desk));
    case 'image':
      return h('figure', {}, block.title && h('figcaption', {}, words(block.title, desk)), picture(block));
    case 'markdown':
      return h('div', {}, block.tree ? markdown(block.tree) : h('pre', {}, block.text));
    case 'alert':
      return h('div', { role: 'note' }, words(block.text, desk));
    case 'table':
    case 'data_table':
      return table(block, desk);
    default:
      return h(
        'div',
        {},
        h('em', { class: 'quiet' }, `A ${block.type} block, which this page does not draw.`),
      );
  }
}

function section(block, desk, acts) {
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'section-words' },
      block.text && h('div', { class: 'words' }, words(block.text, desk)),
      block.fields &&
        h(
          'div',
          { class: 'fields' },
          block.fields.map((field) => h('div', { class: 'words' }, words(field, desk))),
        ),
    ),
    block.accessory && h('div', { class: 'accessory' }, acting(block.accessory, block, desk, acts)),
  );
}

function contextPart(element, desk) {
  return element.type === 'image' ? picture(element) : h('span', { class: 'words' }, words(element, desk));
}

function acting(element, block, desk, { press, form }) {
  const focus = `${block.block_id}/${element.action_id}`;
  const kept = form?.kept(block.block_id, element.action_id);
  const drawn = drawElement(element, {
    kept,
    desk,
    focus,
    press: (value) => press?.(block.block_id, element.action_id, value),
  });
  return drawn.node;
}

function input(block, desk, { press, form }) {
  const { element } = block;
  const drawn = drawElement(element, {
    kept: form?.kept(block.block_id, element.action_id),
    desk,
    focus: `${block.block_id}/${element.action_id}`,
    press: block.dispatch_action ? (value) => press?.(block.block_id, element.action_id, value) : undefined,
  });
  if (drawn.read) form?.add(block.block_id, element.action_id, drawn.read);
  const problem = form?.problem(block.block_id);
  const isGroup = drawn.node.matches('.ticks');
  if (problem) drawn.node.setAttribute('aria-invalid', 'true');
  return h(
    'div',
    { class: problem ? 'wrong' : '' },
    h(
      isGroup ? 'div' : 'label',
      { class: 'field' },
      h(
        'span',
        { class: 'label' },
        plainWords(block.label.text, desk),
        block.optional && h('small', {}, ' (optional)'),
      ),
      drawn.node,
    ),
    problem && h('p', { class: 'problem', role: 'alert' }, problem),
    block.hint && h('p', { class: 'hint' }, plainWords(block.hint.text, desk)),
  );
}

function table(block, desk) {
  const cell = (each) =>
    each.type === 'rich_text' ? richText(each, desk) : String(each.text ?? each.value ?? '');
  const [head = [], ...rows] = block.rows ?? [];
  return h(
    'div',
    { class: 'table' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((each) => h('th', {}, cell(each))),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) =>
          h(
            'tr',
            {},
            row.map((each) => h('td', {}, cell(each))),
          ),
        ),
      ),
    ),
  );
}

/** What a message says, whether it has blocks or only text. */
export function messageWords(message, desk, press) {
  const hasBlocks = message.blocks?.length > 0;
  return [
    hasBlocks
      ? drawBlocks(message.blocks, desk, { press })
      : message.text && h('div', { class: 'block words' }, mrkdwn(message.text, desk)),
    (message.attachments ?? []).map((attachment) =>
      h(
        'div',
        { class: 'attachment' },
        attachment.title && h('strong', {}, plainWords(attachment.title, desk)),
        attachment.text && h('div', { class: 'words' }, mrkdwn(attachment.text, desk)),
        attachment.blocks
          ? drawBlocks(attachment.blocks, desk, { press })
          : !attachment.text && attachment.fallback,
      ),
    ),
  ];
}
