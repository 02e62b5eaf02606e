import { isKeptPath, shownFiles } from '../files.ts';
import {
  type PhrasingContent,
  parseMarkdown,
  type Root,
  type RootContent,
  wordsOf,
  writeMarkdown,
} from '../markdown.ts';
import type { Entry } from '../timeline.ts';
import type { Callings } from './callings.ts';
import { linkWord } from './link-word.ts';
import { noticeQuote } from './notice-quote.ts';
import { calmTree, keptPicture } from './people-text.ts';
import { actToldIn, isOfIncident, namesWhoActs } from './told-acts.ts';

// "Team: launches are back" says nothing that the line alone does not.
const NOBODY_IN_PARTICULAR = new Set(['team', 'the team', 'users', 'monitoring', 'everybody', 'somebody']);

/**
 * An entry as it stands in a report: who and what; direct speech as a quote under the name, an alert's own words as a
 * quote of one line, code in a fence, evidence as a link, a picture.
 */
export function entryLine(entry: Entry, callings: Callings, isPublic: boolean): string {
  const { content } = entry;
  const files = shownFiles(entry);
  const links = callings.showsFiles
    ? calmTree({ type: 'root', children: fileLinks(files.links) }, callings).children
    : files.links.flatMap(({ url }) => keptPicture(url, callings));
  const words = [...calmTree(entryTree(entry), callings).children, ...links];
  const who = nameOfAuthor(entry, callings, isPublic);
  const told = who !== undefined && standsAlone(words, who, entry) ? undefined : who;
  const link = linkOf(content.link, callings);
  const children = [
    ...(content.quote && !isActToldAsUpdate(entry)
      ? quoted(words, leadIn(told, entry.kind), link)
      : said(words, told, link)),
    ...(content.raw ? noticeQuote(content.raw, wordsOf(entryTree(entry)), callings, isPublic) : []),
    ...codeBlock(content.code, callings),
    ...picture(content.image ?? files.picture, callings),
  ];
  return writeMarkdown({ type: 'root', children });
}

/** Sentences of Daywatch and of machines need no name before them. */
function nameOfAuthor(entry: Entry, callings: Callings, isPublic: boolean): string | undefined {
  if (entry.origin === 'daywatch' || entry.kind === 'alert') return undefined;
  const role = entry.content.role?.trim() ?? '';
  if (entry.author.kind === 'person' && (isPublic ? !isNobody(role) : true))
    return callings.person(entry.author.id);
  // Another bot that spoke in the channel; a program that only passed something on is not its author.
  if (entry.author.kind === 'service' && entry.source) return callings.inWords(entry.author.name);
  if (role === '' || isNobody(role)) return undefined;
  return callings.inWords(role.charAt(0).toUpperCase() + role.slice(1));
}

function isNobody(role: string): boolean {
  return NOBODY_IN_PARTICULAR.has(role.toLowerCase());
}

/** Words that name their author, or that say of others or of the incident what happened: no name is put before them. */
function standsAlone([first]: readonly RootContent[], who: string, { kind, content }: Entry): boolean {
  if (first === undefined) return false;
  const words = wordsOf(first);
  if (words.toLowerCase().startsWith(who.toLowerCase())) return true;
  if (content.quote) return false;
  return kind === 'status' ? isOfIncident(words) : isAccount(kind) && namesWhoActs(words);
}

/** Written down about what happened, unlike what somebody said. */
function isAccount(kind: Entry['kind']): boolean {
  return kind === 'note' || kind === 'report';
}

function said(words: RootContent[], who: string | undefined, link: PhrasingContent[]): RootContent[] {
  const [first, ...rest] = words;
  const name = nameLine(who);
  if (first?.type !== 'paragraph') {
    const line = spaced(name, link);
    return line.length === 0 ? words : [{ type: 'paragraph', children: line }, ...words];
  }
  const act = who === undefined ? undefined : asAct(who, first.children);
  const lines: RootContent[] = [
    { type: 'paragraph', children: act ?? spaced(name, first.children) },
    ...rest,
  ];
  const last = lines.at(-1);
  if (link.length === 0) return lines;
  if (last?.type !== 'paragraph') return [...lines, { type: 'paragraph', children: link }];
  return [...lines.slice(0, -1), { type: 'paragraph', children: spaced(last.children, link) }];
}

function leadIn(who: string | undefined, kind: Entry['kind']): string | undefined {
  return who !== undefined && kind === 'update' ? `${who} writes an update` : who;
}

/** "Tells the community that it is over" is no quote of what the community read. */
function isActToldAsUpdate({ kind, content }: Entry): boolean {
  return kind === 'update' && actToldIn(content.text) !== undefined;
}

/** "Kills the job" of the primary engineer: "Primary engineer kills the job". */
function asAct(who: string, [first, ...rest]: readonly PhrasingContent[]): PhrasingContent[] | undefined {
  if (first?.type !== 'text') return undefined;
  const act = actToldIn(first.value, rest[0]?.type === 'inlineCode');
  return act === undefined ? undefined : [{ type: 'text', value: `${who} ${act}` }, ...rest];
}

function quoted(words: RootContent[], who: string | undefined, link: PhrasingContent[]): RootContent[] {
  const name = nameLine(who);
  const quote: RootContent[] =
    words.length === 0 ? [] : [{ type: 'blockquote', children: words.filter(isQuotable) }];
  const before: RootContent[] = name.length === 0 ? [] : [{ type: 'paragraph', children: name }];
  const after: RootContent[] = link.length === 0 ? [] : [{ type: 'paragraph', children: link }];
  return [...before, ...quote, ...after];
}

function isQuotable(
  node: RootContent,
): node is Extract<RootContent, { type: 'paragraph' | 'code' | 'list' | 'blockquote' | 'thematicBreak' }> {
  return ['paragraph', 'code', 'list', 'blockquote', 'thematicBreak'].includes(node.type);
}

function nameLine(who: string | undefined): PhrasingContent[] {
  return who === undefined ? [] : [{ type: 'text', value: `${who}:` }];
}

function spaced(before: PhrasingContent[], after: PhrasingContent[]): PhrasingContent[] {
  if (before.length === 0 || after.length === 0) return [...before, ...after];
  return [...before, { type: 'text', value: ' ' }, ...after];
}

function linkOf(url: string | undefined, callings: Callings): PhrasingContent[] {
  if (url === undefined || callings.tell(url)) return [];
  return [
    { type: 'text', value: '(' },
    { type: 'link', url, children: [{ type: 'text', value: linkWord(url) }] },
    { type: 'text', value: ')' },
  ];
}

function codeBlock(code: string | undefined, callings: Callings): RootContent[] {
  return code === undefined || code === '' ? [] : [{ type: 'code', value: callings.inCode(code) }];
}

function picture(url: string | undefined, callings: Callings): RootContent[] {
  if (url === undefined) return [];
  if (isKeptPath(url) && !callings.showsFiles) return keptPicture(url, callings);
  if (callings.lacks?.(url)) return [];
  if (callings.tell(url)) return [];
  return [{ type: 'paragraph', children: [{ type: 'image', url, alt: 'Picture' }] }];
}

/** Links to what came with an entry, as a paragraph of its words. */
export function fileLinks(links: readonly { name: string; url: string }[]): RootContent[] {
  const children = links.flatMap(({ name, url }, index): PhrasingContent[] => [
    ...(index === 0 ? [] : [{ type: 'text' as const, value: ' · ' }]),
    { type: 'link', url, children: [{ type: 'text', value: name }] },
  ]);
  return children.length === 0 ? [] : [{ type: 'paragraph', children }];
}

const trees = new WeakMap<Entry['content'], Root>();

/** The tree of an entry's own words, read once for all who ask. */
export function entryTree({ content }: Pick<Entry, 'content'>): Root {
  const known = trees.get(content);
  if (known) return known;
  const tree = parseMarkdown(content.text);
  trees.set(content, tree);
  return tree;
}
