import { type Nodes, type Parents, parseMarkdown } from '../../domain/markdown.ts';

/** How people appear: by their plain name, or as a mention that notifies them. */
export interface SlackTextOptions {
  mention?: boolean;
}

/** What differs between Slack's markup and plain words. */
interface Marks {
  text(value: string): string;
  wrap(mark: string, inner: string): string;
  code(value: string): string;
  fence(value: string): string;
  link(url: string, words: string): string;
}

/**
 * Markdown as mrkdwn for a section block. Nothing that people wrote notifies anybody: mentions are names unless
 * `mention` is set, and `@channel` is never live.
 */
export function slackFromMarkdown(markdown: string, options: SlackTextOptions = {}): string {
  const marks: Marks = {
    text: inert,
    wrap: (mark, inner) => (inner.trim() === '' ? inner : `${mark}${inner}${mark}`),
    code: (value) => `\`${inert(value.replaceAll('`', 'ˋ').replaceAll(/\s/g, ' '))}\``,
    // Slack has no longer fence, so a fence inside is broken up by a character without width.
    fence: (value) => `\`\`\`\n${inert(value.replaceAll('``', '`\u200B`'))}\n\`\`\``,
    link: (url, words) => slackLink(url, words, options),
  };
  return blocks(parseMarkdown(markdown), marks);
}

/** Markdown as plain words: for notifications, page titles, plain_text objects. */
export function plainFromMarkdown(markdown: string): string {
  const marks: Marks = {
    text: (value) => value,
    wrap: (_mark, inner) => inner,
    code: (value) => value,
    fence: (value) => value,
    link: (url, words) =>
      /^(person|channel):/.test(url) || words === url || url === `mailto:${words}`
        ? words
        : `${words} (${url})`,
  };
  return blocks(parseMarkdown(markdown), marks);
}

function blocks(parent: Parents, marks: Marks): string {
  return parent.children
    .map((child) => block(child, marks))
    .filter((text) => text !== '')
    .join('\n\n');
}

function block(node: Nodes, marks: Marks): string {
  switch (node.type) {
    case 'heading':
      return marks.wrap('*', inline(node, marks));
    case 'code':
      return marks.fence(node.value);
    case 'blockquote':
      return prefixed(blocks(node, marks), '> ');
    case 'thematicBreak':
      return '———';
    case 'list':
      return node.children
        .map((item, index) => {
          const bullet = node.ordered ? `${(node.start ?? 1) + index}. ` : '• ';
          return (
            bullet +
            item.children
              .map((child) => block(child, marks))
              .join('\n')
              .replaceAll('\n', '\n    ')
          );
        })
        .join('\n');
    default:
      return 'children' in node ? inline(node, marks) : leaf(node, marks);
  }
}

function inline(parent: Parents, marks: Marks): string {
  return parent.children.map((child) => leaf(child, marks)).join('');
}

function leaf(node: Nodes, marks: Marks): string {
  switch (node.type) {
    case 'text':
      return marks.text(node.value);
    case 'break':
      return '\n';
    case 'inlineCode':
      return marks.code(node.value);
    case 'strong':
      return marks.wrap('*', inline(node, marks));
    case 'emphasis':
      return marks.wrap('_', inline(node, marks));
    case 'delete':
      return marks.wrap('~', inline(node, marks));
    case 'link':
      return marks.link(node.url, inline(node, marks));
    case 'image':
      return marks.link(node.url, marks.text(node.alt || node.url));
    default:
      return 'children' in node ? inline(node, marks) : '';
  }
}

function prefixed(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => prefix + line)
    .join('\n');
}

/** Slack's three entities, and a broadcast that stays words wherever Slack looks for mentions. */
function inert(text: string): string {
  return escapeSlack(text.replaceAll(/@(?=channel|here|everyone)/gi, '@\u2060'));
}

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function slackLink(url: string, words: string, options: SlackTextOptions): string {
  const person = /^person:([UW][A-Z0-9]+)$/.exec(url)?.[1];
  if (person !== undefined && options.mention) return `<@${person}>`;
  const channel = /^channel:([CGD][A-Z0-9]+)$/.exec(url)?.[1];
  if (channel !== undefined) return `<#${channel}>`;
  if (!/^(https?:\/\/|mailto:[\w.+-]+@[\w-]+\.)/i.test(url)) return words;
  const target = escapeSlack(url.replaceAll(/[|<>\s]/g, encodeURIComponent));
  return `<${target}|${words.replaceAll('|', '¦').replaceAll('\n', ' ')}>`;
}
