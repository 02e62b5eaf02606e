export type Json = Record<string, unknown>;

export interface Person {
  id: string;
  name: string;
  realName: string;
  displayName?: string;
  /** IANA name. */
  tz: string;
  email?: string;
  /** What they have set beside their name; the end in epoch seconds, 0 for none. */
  status?: { text: string; emoji: string; end: number };
  /** Do-not-disturb, under way or next, in epoch seconds. */
  quiet?: { from: number; to: number };
  guest?: boolean;
  deleted?: boolean;
  bot?: boolean;
}

export interface Reaction {
  name: string;
  users: string[];
  count: number;
}

/** A message as Slack stores it, under Slack's own names; what is derived (reply counts) is not here. */
export interface Message {
  type: 'message';
  ts: string;
  text: string;
  user?: string;
  subtype?: string;
  bot_id?: string;
  app_id?: string;
  username?: string;
  blocks?: Json[];
  attachments?: Json[];
  metadata?: { event_type: string; event_payload: Json };
  thread_ts?: string;
  parent_user_id?: string;
  client_msg_id?: string;
  edited?: { user: string; ts: string };
  reactions?: Reaction[];
  files?: StoredFile[];
  topic?: string;
  purpose?: string;
  inviter?: string;
  name?: string;
  old_name?: string;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  user: string;
  /** Epoch seconds. */
  created: number;
  bytes: Buffer;
  shares: { channel: string; ts: string; threadTs?: string }[];
  deleted: boolean;
  /** It is a canvas, and these have written in it. */
  canvas?: { markdown: string; editors: string[] };
}

interface Pin {
  ts: string;
  created: number;
  createdBy: string;
}

export interface Bookmark {
  id: string;
  title: string;
  link: string;
  emoji: string;
  created: number;
  updated: number;
  by: string;
}

interface Note {
  value: string;
  creator: string;
  last_set: number;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'im';
  private: boolean;
  archived: boolean;
  /** With another workspace. */
  shared?: boolean;
  creator: string;
  /** Epoch seconds. */
  created: number;
  topic: Note;
  purpose: Note;
  previousNames: string[];
  members: Set<string>;
  /** By ts, in the order of writing, thread replies among the others. */
  messages: Map<string, Message>;
  /** Parent ts → ts of its replies, oldest first. */
  threads: Map<string, string[]>;
  pins: Pin[];
  bookmarks: Bookmark[];
  /** The id of its canvas. */
  canvas?: string;
}

/** What one person sees and nobody else. */
export interface Ephemeral {
  /** Also its message ts. */
  id: string;
  user: string;
  channel: string;
  text: string;
  blocks: Json[];
  threadTs?: string;
}

export interface View {
  id: string;
  user: string;
  type: 'modal' | 'home';
  hash: string;
  rootId: string;
  previousId?: string;
  /** The view as the bot sent it, its blocks and elements given ids where they had none. */
  body: Json;
  blocks: Json[];
  /** What the person has put into the form so far: block id → action id → state value. */
  typed: Record<string, Record<string, Json>>;
}
