import type { List, ListItem } from 'mdast';
import type { RootContent } from '../../domain/markdown.ts';
import { phraseOfElement } from './inline.ts';
import { paragraphsOf } from './phrases.ts';
import { recordsIn, type SlackNames } from './slack-names.ts';

/** The lists that are open while rich text is read, outermost first. */
type OpenLists = { indent: number; list: List }[];

/** Slack's rich text: a flat row of sections, quotes, fences and lists whose nesting is told by `indent`. */
export function treesOfRichText(
  elements: readonly Record<string, unknown>[],
  names: SlackNames,
): RootContent[] {
  const trees: RootContent[] = [];
  let open: OpenLists = [];
  for (const element of elements) {
    if (element.type === 'rich_text_list') {
      open = addList(trees, open, element, names);
      continue;
    }
    open = [];
    trees.push(...treesOfElement(element, names));
  }
  return trees;
}

function treesOfElement(element: Record<string, unknown>, names: SlackNames): RootContent[] {
  const inner = recordsIn(element.elements);
  if (element.type === 'rich_text_preformatted') return codeTrees(inner, names);
  const paragraphs = paragraphsOf(inner.map((part) => phraseOfElement(part, names)));
  if (element.type !== 'rich_text_quote' || paragraphs.length === 0) return paragraphs;
  return [{ type: 'blockquote', children: paragraphs.filter((tree) => tree.type === 'paragraph') }];
}

function codeTrees(elements: readonly Record<string, unknown>[], names: SlackNames): RootContent[] {
  const value = elements.map((element) => verbatim(element, names)).join('');
  return value.trim() === '' ? [] : [{ type: 'code', value: value.replace(/\n$/, '') }];
}

/** In a fence a link is its address: what was typed. */
function verbatim(element: Record<string, unknown>, names: SlackNames): string {
  if (element.type === 'link' && !element.text) return String(element.url ?? '');
  const phrase = phraseOfElement(element, names);
  if ('text' in phrase) return phrase.text;
  const [child] = phrase.node.type === 'link' ? phrase.node.children : [];
  return child && 'value' in child ? child.value : '';
}

function addList(
  trees: RootContent[],
  open: OpenLists,
  element: Record<string, unknown>,
  names: SlackNames,
): OpenLists {
  const items = recordsIn(element.elements).map((item) => itemOf(item, names));
  if (items.length === 0) return open;
  const indent = Number(element.indent) || 0;
  const ordered = element.style === 'ordered';
  const outer = open.filter((other) => other.indent < indent);
  const same = open.find((other) => other.indent === indent);
  if (same && same.list.ordered === ordered) {
    same.list.children.push(...items);
    return [...outer, same];
  }
  const start = ordered ? { start: (Number(element.offset) || 0) + 1 } : {};
  const list: List = { type: 'list', ordered, ...start, spread: false, children: items };
  const parent = outer.at(-1)?.list.children.at(-1);
  if (parent) parent.children.push(list);
  else trees.push(list);
  return [...outer, { indent, list }];
}

function itemOf(item: Record<string, unknown>, names: SlackNames): ListItem {
  const paragraphs = paragraphsOf(recordsIn(item.elements).map((part) => phraseOfElement(part, names)));
  return {
    type: 'listItem',
    spread: paragraphs.length > 1,
    children: paragraphs.filter((tree) => tree.type === 'paragraph'),
  };
}
