import { zoneAbbreviation } from '../../../domain/clock-words.ts';
import type { SeenChannel } from '../readings.ts';
import type { Bookmark, Person, View } from '../types.ts';
import { markdownTree } from './markdown-tree.ts';
import type { PageWorkspace } from './page-workspace.ts';
import {
  nameOf,
  type ShownMessage,
  type Surroundings,
  shownEphemeral,
  shownMessage,
} from './shown-message.ts';

interface ListedChannel {
  id: string;
  name: string;
  private: boolean;
  archived: boolean;
  direct: boolean;
  isMember: boolean;
  topic: string;
  members: string[];
  /** Of the newest message, replies counted. */
  latest?: string;
}

/** Everything that one person sees at this moment, with one conversation open. */
export interface Snapshot {
  /** ISO 8601, of the workspace's clock. */
  now: string;
  reader: string;
  people: {
    id: string;
    name: string;
    /** What one types after an `@`. */
    handle: string;
    tz: string;
    /** The abbreviation in use there now, such as BST. */
    zone: string;
    bot: boolean;
    /** Forms that the bot has open for them. */
    forms: number;
    latestDirect?: string;
  }[];
  channels: ListedChannel[];
  channel?: ListedChannel & { messages: ShownMessage[]; bookmarks: Bookmark[] };
  home?: Pick<View, 'id' | 'hash' | 'blocks'>;
  forms: {
    id: string;
    hash: string;
    title: string;
    submit?: string;
    close: string;
    blocks: View['blocks'];
    typed: View['typed'];
  }[];
}

/**
 * Reads the workspace for `user`, with the channel of that id, or `direct` for what they and the bot say to
 * each other. An unknown person or a channel they cannot see becomes the first that fits.
 */
export function snapshot(workspace: PageWorkspace, user?: string, channelId?: string): Snapshot {
  const people = workspace.people().filter((person) => !person.deleted);
  const humans = people.filter((person) => !person.bot);
  const reader = humans.find((person) => person.id === user) ?? humans[0];
  if (!reader) throw new Error('Nobody is in this workspace.');
  const channels = visibleChannels(workspace, reader);
  const open =
    channels.find((channel) => channel.id === channelId || (channel.direct && channelId === 'direct')) ??
    firstToShow(channels);
  const home = workspace.home(reader.id);
  return {
    now: workspace.now().toISOString(),
    reader: reader.id,
    people: people.map((person) => shownPerson(workspace, person)),
    channels,
    ...(open ? { channel: openChannel(workspace, reader, open, channels) } : {}),
    ...(home ? { home: { id: home.id, hash: home.hash, blocks: home.blocks } } : {}),
    forms: workspace.views(reader.id).map(shownForm),
  };
}

/** A file that `user` can see, or nothing. Markdown comes with its syntax tree. */
export function fileFor(workspace: PageWorkspace, user: string, id: string) {
  const file = workspace.files().find((each) => each.id === id);
  const reader = workspace.people().find((person) => person.id === user);
  if (!file || !reader) return undefined;
  const visible = new Set(visibleChannels(workspace, reader).map((channel) => channel.id));
  if (!file.shares.some((share) => visible.has(share.channel))) return undefined;
  const tree = file.name.endsWith('.md') ? { tree: markdownTree(file.text) } : {};
  return { file, content: { id, name: file.name, title: file.title, text: file.text, ...tree } };
}

function visibleChannels(workspace: PageWorkspace, reader: Person): ListedChannel[] {
  const own = workspace
    .channels()
    .filter((channel) => !channel.private || channel.members.includes(reader.id))
    .map((channel) => listedChannel(workspace, channel, reader));
  const direct = latestOf(workspace.directMessages(reader.id));
  return [
    ...own.toSorted(byUse),
    {
      id: workspace.directChannel(reader.id),
      name: nameOfBot(workspace),
      private: true,
      archived: false,
      direct: true,
      isMember: true,
      topic: '',
      members: [reader.id, workspace.botUserId],
      ...(direct ? { latest: direct } : {}),
    },
  ];
}

function listedChannel(workspace: PageWorkspace, channel: SeenChannel, reader: Person): ListedChannel {
  const messages = workspace.messages(channel.id);
  const latest = latestOf([
    ...messages,
    ...messages.flatMap((message) => (message.reply_count ? workspace.replies(channel.id, message.ts) : [])),
  ]);
  const { id, name, archived, topic, members } = channel;
  return {
    id,
    name,
    private: channel.private,
    archived,
    direct: false,
    isMember: members.includes(reader.id),
    topic,
    members,
    ...(latest ? { latest } : {}),
  };
}

/** Archived channels sink; incidents stand newest first, the others by name. */
function byUse(a: ListedChannel, b: ListedChannel): number {
  if (a.archived !== b.archived) return a.archived ? 1 : -1;
  const [first, second] = [incidentNumber(a.name), incidentNumber(b.name)];
  if (first !== second) return second - first;
  return a.name.localeCompare(b.name);
}

function incidentNumber(name: string): number {
  return Number(/^inc-(\d+)/.exec(name)?.[1] ?? -1);
}

function firstToShow(channels: ListedChannel[]): ListedChannel | undefined {
  return channels.find((channel) => channel.isMember && !channel.direct) ?? channels[0];
}

function openChannel(
  workspace: PageWorkspace,
  reader: Person,
  channel: ListedChannel,
  channels: ListedChannel[],
): NonNullable<Snapshot['channel']> {
  const around: Surroundings = {
    channel: channel.id,
    people: new Map(workspace.people().map((person) => [person.id, person])),
    channels: new Map(channels.map((each) => [each.id, each])),
    pinned: new Set(channel.direct ? [] : workspace.pins(channel.id).map(({ ts }) => ts)),
    bot: workspace.botUserId,
  };
  const ephemerals = workspace.ephemerals(reader.id).filter((each) => each.channel === channel.id);
  const repliesOf = (ts: string): ShownMessage[] => [
    ...workspace.replies(channel.id, ts).map((reply) => shownMessage(reply, around)),
    ...ephemerals.filter((each) => each.threadTs === ts).map((each) => shownEphemeral(each, around)),
  ];
  const messages = [
    ...workspace.messages(channel.id).map((message) => shownMessage(message, around, repliesOf(message.ts))),
    ...ephemerals.filter((each) => !each.threadTs).map((each) => shownEphemeral(each, around)),
  ];
  return {
    ...channel,
    messages: messages.toSorted((a, b) => Number(a.ts) - Number(b.ts)),
    bookmarks: channel.direct ? [] : workspace.bookmarks(channel.id),
  };
}

function shownPerson(workspace: PageWorkspace, person: Person): Snapshot['people'][number] {
  const latest = person.bot ? undefined : latestOf(workspace.directMessages(person.id));
  return {
    id: person.id,
    name: nameOf(person),
    handle: person.name,
    tz: person.tz,
    zone: zoneAbbreviation(workspace.now(), person.tz),
    bot: person.bot ?? false,
    forms: workspace.views(person.id).length,
    ...(latest ? { latestDirect: latest } : {}),
  };
}

function shownForm(view: View): Snapshot['forms'][number] {
  const { title, submit, close } = view.body;
  return {
    id: view.id,
    hash: view.hash,
    title: wordsOf(title) ?? '',
    ...(submit ? { submit: wordsOf(submit) ?? 'Submit' } : {}),
    close: wordsOf(close) ?? 'Close',
    blocks: view.blocks,
    typed: view.typed,
  };
}

function wordsOf(text: unknown): string | undefined {
  if (typeof text !== 'object' || text === null || !('text' in text)) return undefined;
  return String(text.text);
}

function nameOfBot(workspace: PageWorkspace): string {
  const bot = workspace.people().find((person) => person.id === workspace.botUserId);
  return bot ? nameOf(bot) : 'App';
}

function latestOf(messages: { ts: string }[]): string | undefined {
  let latest: string | undefined;
  for (const { ts } of messages) if (Number(ts) > Number(latest ?? 0)) latest = ts;
  return latest;
}
