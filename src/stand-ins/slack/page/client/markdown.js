import { h, link } from './dom.js';

/** Draws a Markdown syntax tree (mdast). Raw HTML in it is shown as the words that it is. */
export function markdown(node) {
  const children = () => (node.children ?? []).map(markdown);
  switch (node.type) {
    case 'root':
      return h('div', { class: 'markdown' }, children());
    case 'paragraph':
      return h('p', {}, children());
    case 'heading':
      return h(`h${Math.min(node.depth + 1, 6)}`, {}, children());
    case 'emphasis':
      return h('em', {}, children());
    case 'strong':
      return h('strong', {}, children());
    case 'delete':
      return h('s', {}, children());
    case 'inlineCode':
      return h('code', {}, node.value);
    case 'code':
      return h('pre', {}, node.value);
    case 'blockquote':
      return h('blockquote', {}, children());
    case 'list':
      return h(node.ordered ? 'ol' : 'ul', { start: node.ordered && (node.start ?? 1) }, children());
    case 'listItem':
      return h('li', {}, typeof node.checked === 'boolean' && (node.checked ? '☑ ' : '☐ '), tight(node));
    case 'link':
      return link(node.url, children());
    case 'image':
      return h('span', { class: 'picture' }, `🖼 ${node.alt || node.url}`);
    case 'thematicBreak':
      return h('hr');
    case 'break':
      return h('br');
    case 'table':
      return table(node);
    default:
      return node.children ? h('span', {}, children()) : (node.value ?? '');
  }
}

/** An item of one paragraph needs no paragraph around it. */
function tight(item) {
  const only = item.children?.[0];
  const isLoose = item.spread || only?.type !== 'paragraph';
  if (isLoose) return (item.children ?? []).map(markdown);
  return [only.children.map(markdown), item.children.slice(1).map(markdown)];
}

function table(node) {
  const [head, ...rows] = node.children;
  const cells = (row, tag) =>
    h(
      'tr',
      {},
      row.children.map((cell) => h(tag, {}, cell.children.map(markdown))),
    );
  return h(
    'div',
    { class: 'table' },
    h(
      'table',
      {},
      h('thead', {}, cells(head, 'th')),
      h(
        'tbody',
        {},
        rows.map((row) => cells(row, 'td')),
      ),
    ),
  );
}
