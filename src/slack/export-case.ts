import { ErrandProblem } from '../actions/errand-problem.ts';
import { isoWithOffset } from '../domain/clock-words.ts';
import { present } from '../domain/present.ts';
import { asTyped } from '../domain/sentence.ts';
import type { Instant } from '../domain/words.ts';
import { DAY_MS, wallSpanToInstants } from '../domain/zone-offsets.ts';
import { filesOfZip } from './export-zip.ts';
import { isSystemMessage } from './system-messages.ts';
import { markdownFromSlack } from './text/from-slack.ts';
import { isRecord, recordsIn, stringOf } from './text/slack-names.ts';

/** What of an export becomes a case. */
export interface ExportChoice {
  /** A name, with `#` or without, or an id; needed where the export has several. */
  channel?: string;
  /** Nothing before and after these. */
  from?: Instant;
  to?: Instant;
  title?: string;
  /** IANA zone of the report. */
  timezone: string;
}

const LISTS = ['channels.json', 'groups.json', 'mpims.json', 'dms.json', 'users.json'];
const DAY = /^(.+)\/\d{4}-\d{2}-\d{2}\.json$/;
const MOST_NAMED = 20;

interface Message extends Record<string, unknown> {
  at: Instant;
}

/**
 * A channel of a Slack export as the text of a case: who said what, threads included, people by their names. It is taken
 * as resolved at its last message.
 * @throws ErrandProblem that says what to choose, or what is wrong with the file.
 */
export function caseOfSlackExport(bytes: Uint8Array, fileName: string, choice: ExportChoice): string {
  const lists = filesOfZip(bytes, fileName, (path) => LISTS.includes(path));
  const channels = LISTS.slice(0, 3).flatMap((list) => recordsIn(lists.get(list)));
  if (channels.length === 0) {
    throw new ErrandProblem(
      `${fileName} is no export of Slack: it has no channels.json. Give the zip as Slack made it. Nothing was imported.`,
    );
  }
  const channel = chosenChannel(channels, choice.channel);
  const folder = stringOf(channel.name) || stringOf(channel.id);
  const days = filesOfZip(bytes, fileName, (path) => DAY.exec(path)?.[1] === folder);
  const messages = messagesOf([...days.values()].flatMap(recordsIn), choice);
  if (messages.length === 0) {
    throw new ErrandProblem(
      `#${folder} has no message in that time. Choose another with --channel, --from and --to. Nothing was imported.`,
    );
  }
  const people = new Map(recordsIn(lists.get('users.json')).map((user) => [stringOf(user.id), nameOf(user)]));
  const called = new Map(channels.map((one) => [stringOf(one.id), `#${stringOf(one.name)}`]));
  const last = messages.at(-1)?.at ?? 0;
  return JSON.stringify(
    {
      title: choice.title ?? titleOf(channel, folder),
      timezone: choice.timezone,
      resolvedAt: isoWithOffset(last, choice.timezone),
      entries: messages.map((message) => entryOf(message, { people, called }, choice.timezone)),
    },
    null,
    2,
  );
}

function chosenChannel(
  channels: readonly Record<string, unknown>[],
  typed: string | undefined,
): Record<string, unknown> {
  const wanted = typed?.replace(/^#/, '').toLowerCase();
  const found = channels.filter(
    ({ id, name }) =>
      wanted === undefined ||
      stringOf(name).toLowerCase() === wanted ||
      stringOf(id).toLowerCase() === wanted,
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = channels.map(({ name, id }) => stringOf(name) || stringOf(id));
  const listed = names.slice(0, MOST_NAMED).join(', ') + (names.length > MOST_NAMED ? ', …' : '');
  const problem =
    wanted === undefined ? 'The export has several channels' : `The export has no channel #${wanted}`;
  throw new ErrandProblem(`${problem}; choose one with --channel: ${listed}. Nothing was imported.`);
}

/** People's and machines' words in that time, in order, each once. */
function messagesOf(all: readonly Record<string, unknown>[], { from, to }: ExportChoice): Message[] {
  const byTime = new Map<string, Message>();
  for (const message of all) {
    const ts = stringOf(message.ts);
    const at = Math.floor(Number(ts) * 1000);
    const wanted = Number.isFinite(at) && ts !== '' && !isSystemMessage(stringOf(message.subtype));
    if (wanted && at >= (from ?? 0) && at <= (to ?? Infinity)) byTime.set(ts, { ...message, at });
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

function entryOf(
  message: Message,
  { people, called }: { people: ReadonlyMap<string, string>; called: ReadonlyMap<string, string> },
  zone: string,
): object {
  const words = markdownFromSlack(
    {
      text: stringOf(message.text),
      ...(Array.isArray(message.blocks) ? { blocks: message.blocks } : {}),
      ...(Array.isArray(message.attachments) ? { attachments: message.attachments } : {}),
    },
    {
      person: (id) => people.get(id) ?? id,
      channel: (id) => called.get(id) ?? id,
      group: (id) => id,
    },
  );
  const user = stringOf(message.user);
  const bot =
    stringOf(message.username) || (isRecord(message.bot_profile) ? stringOf(message.bot_profile.name) : '');
  const isBot = bot !== '' || stringOf(message.bot_id) !== '';
  const files = recordsIn(message.files).map(
    (file) => stringOf(file.title) || stringOf(file.name) || 'a file',
  );
  const shared = files.length > 0 ? `Shares ${asTyped(files.join(', '))}` : '(no words)';
  const text = namedPlainly(words.text, people) || shared;
  return {
    at: isoWithOffset(message.at, zone),
    kind: isBot ? 'alert' : 'message',
    ...(isBot ? { role: bot || 'bot' } : { person: people.get(user) || user || undefined }),
    text,
    ...present({ quote: isBot ? undefined : true, code: words.code }),
  };
}

/** A case knows people by their names: `person:U0ANA` → `person:name%3AAna`. */
function namedPlainly(text: string, people: ReadonlyMap<string, string>): string {
  return text
    .replaceAll(
      /\(person:([A-Z0-9]+)\)/g,
      (_, id: string) => `(person:${encodeURIComponent(`name:${people.get(id) ?? id}`)})`,
    )
    .replaceAll(/\[([^\]]*)\]\(channel:[A-Z0-9]+\)/g, '$1');
}

function nameOf(user: Record<string, unknown>): string {
  const profile = isRecord(user.profile) ? user.profile : {};
  return (
    stringOf(profile.real_name) ||
    stringOf(user.real_name) ||
    stringOf(profile.display_name) ||
    stringOf(user.name) ||
    stringOf(user.id)
  );
}

/** `inc-12-leap-hub-outage` → `Leap hub outage`. */
function titleOf(channel: Record<string, unknown>, folder: string): string {
  const purpose = isRecord(channel.purpose) ? stringOf(channel.purpose.value).split('\n')[0]?.trim() : '';
  const words = folder
    .replace(/^inc-\d+-/, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim();
  const title = purpose && [...purpose].length <= 120 ? purpose : words || folder;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** `2025-08-12` is that whole day in the zone; otherwise an instant with its offset. Nothing when it is neither. */
export function edgeOfRange(typed: string, edge: 'from' | 'to', zone: string): Instant | undefined {
  if (/T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(typed)) {
    const at = Date.parse(typed);
    return Number.isNaN(at) ? undefined : at;
  }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(day)) return undefined;
  const spans = wallSpanToInstants(zone, day, day + DAY_MS);
  return edge === 'from' ? spans[0]?.from : (spans.at(-1)?.to ?? day) - 1;
}
