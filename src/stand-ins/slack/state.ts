import { BOT } from './identity.ts';
import type { Channel, Ephemeral, Json, Message, Person, StoredFile, View } from './types.ts';

/** Everything that the workspace knows. It changes nothing by itself and tells nobody. */
export class WorkspaceState {
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, StoredFile>();
  /** Handles of groups of people, by id. */
  readonly groups = new Map<string, string>();
  /** By the ticket in the upload address. */
  readonly uploads = new Map<string, { file: StoredFile; length: number; isDone: boolean }>();
  readonly modals = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  ephemerals: Ephemeral[] = [];
  /** Answers of the bot that Slack would not have shown, in words. A good run leaves none. */
  readonly problems: string[] = [];
  readonly now: () => Date;
  readonly #ids = new Map<string, number>();
  readonly #idsByName = new Map<string, string>();
  readonly #watchers = new Set<() => void>();
  #lastMicros = 0;

  constructor(now: () => Date) {
    this.now = now;
  }

  /** Epoch seconds of the workspace's clock. */
  seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  /** The next time stamp: unique and rising, also while the clock stands still or is turned back. */
  nextTs(): string {
    this.#lastMicros = Math.max(this.now().getTime() * 1000, this.#lastMicros + 1);
    const seconds = Math.floor(this.#lastMicros / 1_000_000);
    return `${seconds}.${String(this.#lastMicros % 1_000_000).padStart(6, '0')}`;
  }

  /** Ids count up by kind (`C`, `D`, `F`, `V` …), so that the same run gives the same ids. */
  nextId(prefix: string): string {
    const count = (this.#ids.get(prefix) ?? 0) + 1;
    this.#ids.set(prefix, count);
    return `${prefix}0${count.toString(36).toUpperCase().padStart(8, '0')}`;
  }

  addChannel(options: {
    id?: string;
    name: string;
    private?: boolean;
    creator: string;
    kind?: 'im';
  }): Channel {
    const created = this.seconds();
    const channel: Channel = {
      id: options.id ?? this.nextId(options.kind === 'im' ? 'D' : 'C'),
      name: options.name,
      kind: options.kind ?? 'channel',
      private: options.private ?? false,
      archived: false,
      creator: options.creator,
      created,
      topic: { value: '', creator: '', last_set: 0 },
      purpose: { value: '', creator: '', last_set: 0 },
      previousNames: [],
      members: new Set(),
      messages: new Map(),
      threads: new Map(),
      pins: [],
      bookmarks: [],
    };
    this.channels.set(channel.id, channel);
    if (channel.kind === 'channel') this.#idsByName.set(channel.name, channel.id);
    return channel;
  }

  renameChannel(channel: Channel, name: string): void {
    this.#idsByName.delete(channel.name);
    channel.previousNames.push(channel.name);
    channel.name = name;
    this.#idsByName.set(name, channel.id);
  }

  /** Archived and private channels keep their names too. */
  channelNamed(name: string): Channel | undefined {
    const id = this.#idsByName.get(name);
    return id === undefined ? undefined : this.channels.get(id);
  }

  /** The conversation between the bot and one person, opened when there is none. */
  directChannel(user: string): { channel: Channel; isNew: boolean } {
    const name = `@${user}`;
    const id = this.#idsByName.get(name);
    const known = id === undefined ? undefined : this.channels.get(id);
    if (known) return { channel: known, isNew: false };
    const channel = this.addChannel({ name, kind: 'im', private: true, creator: BOT.userId });
    channel.members.add(user).add(BOT.userId);
    this.#idsByName.set(name, channel.id);
    return { channel, isNew: true };
  }

  modalsOf(user: string): View[] {
    const stack = this.modals.get(user) ?? [];
    this.modals.set(user, stack);
    return stack;
  }

  findView(id: string): View | undefined {
    for (const stack of this.modals.values()) {
      const found = stack.find((view) => view.id === id);
      if (found) return found;
    }
    return [...this.homes.values()].find((view) => view.id === id);
  }

  /** The other party of a direct channel. */
  partnerIn(channel: Channel): string {
    return [...channel.members].find((id) => id !== BOT.userId) ?? BOT.userId;
  }

  onChange(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}

/** The replies of a thread, oldest first, without their parent. */
export function repliesTo(channel: Channel, parentTs: string): Message[] {
  const replies = channel.threads.get(parentTs) ?? [];
  return replies.flatMap((ts) => channel.messages.get(ts) ?? []);
}

export function isReply(message: Message): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

/** Slack gives every block and interactive element an id; the bot's own are kept. */
export function withIds(blocks: Json[], next: () => string): Json[] {
  return blocks.map((block) => {
    const own: Json = { ...block, block_id: block.block_id ?? next() };
    if (isJson(block.accessory)) own.accessory = withActionId(block.accessory, next);
    if (isJson(block.element)) own.element = withActionId(block.element, next);
    if (Array.isArray(block.elements) && block.type === 'actions') {
      own.elements = block.elements.filter(isJson).map((element) => withActionId(element, next));
    }
    return own;
  });
}

function withActionId(element: Json, next: () => string): Json {
  if (element.type === 'image') return element;
  return { ...element, action_id: element.action_id ?? next() };
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
