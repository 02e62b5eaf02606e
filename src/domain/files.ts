import { slug } from './channel-name.ts';
import type { EntryFile } from './facts.ts';
import { asTyped } from './sentence.ts';
import type { Entry } from './timeline.ts';

/** What stands for the words of a message that has none. */
export const NO_WORDS = '(no words)';

/** What became of the bytes of a file: kept, or why they are not. */
export type FileState = { kept: true } | { lost: string };

const NAME_MAX = 60;
const PATH = 'files/F[A-Z0-9]+(?:-[a-z0-9-]+)?(?:\\.[a-z0-9]{1,8})?';
const KEPT = new RegExp(`^${PATH}$`);
const KEPT_IN_TEXT = new RegExp(`(?<=[("])${PATH}(?=[)"])`, 'g');

/** Where the bytes of a file are kept, beside the reports: an address that every report and case can name. */
export function keptPath({ id, name }: Pick<EntryFile, 'id' | 'name'>): string {
  const dot = /\.([a-z0-9]{1,8})$/i.exec(name);
  const words = slug(dot ? name.slice(0, dot.index) : name)
    .slice(0, NAME_MAX)
    .replace(/-+$/, '');
  const called = [id.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''), words].filter(Boolean).join('-');
  return `files/${called}${dot ? `.${dot[1]?.toLowerCase()}` : ''}`;
}

/** Whether an address names a kept file. Such files are their team's only. */
export function isKeptPath(url: string): boolean {
  return KEPT.test(url);
}

/** The kept files that a report or a case names. */
export function keptPathsIn(text: string): string[] {
  return [...new Set(text.match(KEPT_IN_TEXT) ?? [])];
}

const SHOWABLE = /\.(?:png|jpe?g|gif|webp)$/;

/** Whether a kept file is a picture that a page shows by itself. */
export function isShowable(path: string): boolean {
  return SHOWABLE.test(path);
}

/** What people called a kept file, as far as its address tells. */
export function keptName(path: string): string {
  return path.replace(/^files\/F[A-Z0-9]+-?/, '');
}

function isPicture({ type }: Pick<EntryFile, 'type'>): boolean {
  return type.startsWith('image/');
}

/** `(a picture)`, `(2 files)`: of a message that says nothing else. */
export function wordless(files: readonly EntryFile[]): string {
  const standing = files.filter(({ gone }) => !gone);
  const kind = standing.length > 0 && standing.every(isPicture) ? 'picture' : 'file';
  if (standing.length === 0) return NO_WORDS;
  return standing.length === 1 ? `(a ${kind})` : `(${standing.length} ${kind}s)`;
}

/** The files of a message as they are now, after what was known of them: one that is gone keeps its name and place. */
export function followedFiles(
  known: readonly EntryFile[] | undefined,
  now: readonly EntryFile[] | undefined,
): EntryFile[] | undefined {
  if (now === undefined) return known ? [...known] : undefined;
  const left = (known ?? []).filter(({ id }) => !now.some((file) => file.id === id));
  const followed = now.flatMap((file): EntryFile[] => {
    if (!file.gone) return [file];
    const before = known?.find(({ id }) => id === file.id);
    return before ? [{ ...before, gone: true }] : [];
  });
  const all = [...followed, ...left.map((file): EntryFile => ({ ...file, gone: true }))];
  return all.length > 0 ? all : undefined;
}

/** Files of an entry whose bytes are still to be fetched. */
export function filesToKeep({ content, kept = {} }: Pick<Entry, 'content' | 'kept'>): EntryFile[] {
  return (content.files ?? []).filter(({ id }) => kept[id] === undefined);
}

/** Room in a message is scarce: so many are named, the others counted, and no name or address is longer than this. */
const NAMED = 3;
const SHOWN_NAME_MAX = 40;
const SHOWN_LINK_MAX = 200;

/** The files of an entry as one line of Markdown for its team, with what is not kept and why. */
export function filesLine({ content, kept = {} }: Pick<Entry, 'content' | 'kept'>): string {
  const files = content.files ?? [];
  const called = files.slice(0, NAMED).map((file) => {
    const state = kept[file.id];
    const deleted = file.gone ? 'deleted in Slack' : undefined;
    const lost = state && 'lost' in state ? `not kept: ${asTyped(state.lost)}` : undefined;
    const notes = [deleted, lost].filter((note) => note !== undefined).join(', ');
    const name = asTyped(shortName(file.name));
    const isLinked = file.link !== undefined && file.link.length <= SHOWN_LINK_MAX && !file.gone;
    const linked = isLinked ? `[${name}](${file.link})` : name;
    return notes ? `${linked} (${notes})` : linked;
  });
  const more = files.length > NAMED ? [`and ${files.length - NAMED} more`] : [];
  return called.length > 0 ? `📎 ${[...called, ...more].join(' · ')}` : '';
}

/** The ending says what it is, so the middle goes. */
function shortName(name: string): string {
  const characters = [...name];
  if (characters.length <= SHOWN_NAME_MAX) return name;
  return `${characters.slice(0, SHOWN_NAME_MAX - 9).join('')}…${characters.slice(-8).join('')}`;
}

/** What a report for its team, or a case, shows of an entry's files: its first picture, and links to the others. */
export function shownFiles({ content, kept = {} }: Pick<Entry, 'content' | 'kept'>): {
  picture?: string;
  links: { name: string; url: string }[];
} {
  const files = (content.files ?? []).map((file) => {
    const state = kept[file.id];
    const isKept = state !== undefined && 'kept' in state;
    return { file, isKept, url: isKept ? keptPath(file) : file.gone ? undefined : file.link };
  });
  const first =
    content.image === undefined ? files.find(({ file, isKept }) => isKept && isPicture(file)) : undefined;
  const links = files
    .filter((one) => one !== first)
    .flatMap(({ file, url }) => (url === undefined ? [] : [{ name: file.name, url }]));
  return { ...(first?.url === undefined ? {} : { picture: first.url }), links };
}
