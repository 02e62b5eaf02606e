import { readDue } from './typed-due.ts';
import { ACTION_CATEGORIES, type ActionCategory, type PersonId } from './words.ts';

/** An action item as it was typed. */
export interface TypedAction {
  category?: ActionCategory;
  title: string;
  owner?: PersonId;
  /** `2025-09-01` */
  due?: string;
  /** The issue or pull request that stands for it already. */
  url?: string;
  done?: boolean;
}

/** What was typed after the number of an item that stands. */
export interface TypedActionChange extends Partial<TypedAction> {
  reopened?: boolean;
}

export interface ActionReader {
  /** The speaker's day, `2025-08-12`. */
  today: string;
  /** Who is meant by `@ana`, a mention or `me`. */
  person: (word: string) => PersonId | undefined;
}

const WORK =
  /(?:^|\s+)(?:link\s+)?<?(https?:\/\/[^\s<>|]+\/(?:issues|pull|pulls|merge_requests|browse)\/[^\s<>|]+)(?:\|[^>]*)?>?\s*$/i;
const OWNER = /(?:^|\s+)owner:?\s+(<@[^>]+>|@?[^\s@]+)\s*$/i;
const DUE = /(?:^|\s+)due:?\s+((?:in\s+)?\S+(?:\s+\S+)?)\s*$/i;

/**
 * `process rotate the keys owner @ana due friday` → category, title, owner, due; a first word that is no category
 * belongs to the title. `[x]` in front says that it is done; a link to an issue or pull request at the end is its link.
 */
export function readAction(text: string, reader: ActionReader): TypedAction | { problem: string } {
  const [, tick, unticked = ''] = /^(\[x\]\s*)?([\s\S]*)$/i.exec(text.trim()) ?? [];
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(unticked) ?? [];
  const category = readCategory(word);
  const read = readDetails(category ? rest : unticked, reader);
  if ('problem' in read) return read;
  return {
    ...(category ? { category } : {}),
    ...read.details,
    title: read.rest,
    ...(tick ? { done: true } : {}),
  };
}

/** `2 done`, `2 owner @ana due friday`: the item's number, and nothing but changes of it. Otherwise nothing. */
export function readActionChange(
  text: string,
  reader: ActionReader,
): { action: string; change: TypedActionChange } | { problem: string } | undefined {
  const [, action, rest = ''] = /^#?(\d{1,4})(?:\s+([\s\S]+))?$/.exec(text.trim()) ?? [];
  if (action === undefined) return undefined;
  if (rest === '') return { problem: whatOf(action) };
  const word = rest.trim().toLowerCase();
  if (/^(done|closed?|fixed)$/.test(word)) return { action, change: { done: true } };
  if (/^(reopen|open|undone)$/.test(word)) return { action, change: { reopened: true } };
  const category = readCategory(word);
  if (category) return { action, change: { category } };
  const read = readDetails(rest, reader);
  if ('problem' in read) return read;
  if (read.rest === '') return { action, change: read.details };
  return /^(?:owner|due|link)\b/i.test(rest.trim()) ? { problem: whatOf(action, rest.trim()) } : undefined;
}

function whatOf(action: string, typed?: string): string {
  const not =
    typed === undefined
      ? `What of action item ${action}?`
      : `I cannot read “${typed.replaceAll(/[<>@*_~`]/g, '')}”.`;
  return `${not} Type \`/incident action ${action} done\`, \`reopen\`, \`owner @ana\`, \`due friday\` or \`link https://github.com/…/issues/19\`.`;
}

function readCategory(word: string): ActionCategory | undefined {
  return ACTION_CATEGORIES.find((name) => name === word.toLowerCase().replace(/:$/, ''));
}

type Details = Pick<TypedAction, 'owner' | 'due' | 'url'>;

/** Takes owner, day and link off the end, in any order. */
function readDetails(
  text: string,
  { today, person }: ActionReader,
): { details: Details; rest: string } | { problem: string } {
  const details: Details = {};
  let rest = text.trim();
  for (;;) {
    const url = details.url === undefined ? WORK.exec(rest) : null;
    if (url?.[1]) {
      details.url = url[1];
      rest = rest.slice(0, url.index);
      continue;
    }
    const owner = details.owner === undefined ? OWNER.exec(rest) : null;
    if (owner?.[1]) {
      const found = person(owner[1]);
      if (found === undefined) return { problem: nobodyCalled(owner[1]) };
      details.owner = found;
      rest = rest.slice(0, owner.index);
      continue;
    }
    const due = details.due === undefined ? DUE.exec(rest) : null;
    const day = due?.[1] === undefined ? undefined : readDue(due[1], today);
    if (day === undefined || due === null) return { details, rest: rest.trim() };
    if ('problem' in day) return day;
    details.due = day.due;
    rest = rest.slice(0, due.index);
  }
}

function nobodyCalled(word: string): string {
  return `I know nobody called “${word.replaceAll(/[<>@*_~`]/g, '')}”. Mention them: \`owner @ana\`, or \`owner me\`.`;
}
