import type { Nodes, Parents, Root } from '../domain/markdown.ts';

/** Markdown as plain words for a mail: paragraphs apart, lists as lists, links with their address. */
export function plainText(tree: Root): string {
  return `${blocks(tree).trim()}\n`;
}

function blocks(parent: Parents): string {
  return parent.children
    .map((child) => block(child))
    .filter((text) => text !== '')
    .join('\n\n');
}

function block(node: Nodes): string {
  switch (node.type) {
    case 'code':
      return indented(node.value, '    ');
    case 'blockquote':
      return indented(blocks(node), '> ');
    case 'thematicBreak':
      return '---';
    case 'list':
      return node.children
        .map((item, index) => {
          const bullet = node.ordered ? `${(node.start ?? 1) + index}. ` : '- ';
          return `${bullet}${blocks(item).replaceAll('\n', `\n${' '.repeat(bullet.length)}`)}`;
        })
        .join('\n');
    default:
      return words(node);
  }
}

function words(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  if (node.type === 'image') return node.alt ?? node.url;
  if (!('children' in node)) return '';
  const inner = node.children.map(words).join('');
  if (node.type !== 'link' || inner === node.url || `mailto:${inner}` === node.url) return inner;
  return `${inner} (${node.url})`;
}

function indented(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => prefix + line)
    .join('\n');
}
