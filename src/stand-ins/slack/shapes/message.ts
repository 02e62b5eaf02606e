import { TEAM, WORKSPACE_URL } from '../identity.ts';
import { isReply, repliesTo, type WorkspaceState } from '../state.ts';
import type { Channel, Json, Message } from '../types.ts';
import { fileShape } from './file.ts';
import { botProfile } from './person.ts';
import { pick } from './pick.ts';

const HISTORY_KEYS = (
  'type subtype text bot_id ts thread_ts root username parent_user_id reply_count ' +
  'reply_users_count latest_reply reply_users subscribed user team bot_profile edited topic ' +
  'purpose client_msg_id reactions app_id inviter is_locked files blocks attachments metadata'
).split(' ');

const REPLY_KEYS = (
  'bot_id type text user ts team bot_profile thread_ts reply_count reply_users_count latest_reply ' +
  'reply_users subscribed parent_user_id is_locked app_id edited reactions blocks attachments ' +
  'files metadata'
).split(' ');

const POSTED_KEYS = (
  'bot_id type text user ts team bot_profile thread_ts parent_user_id subtype root app_id metadata ' +
  'attachments blocks'
).split(' ');

const UPDATED_KEYS = 'bot_id type text user team bot_profile edited app_id metadata files blocks'.split(' ');

const REACTED_KEYS = 'bot_id type text user ts team bot_profile reactions permalink app_id blocks'.split(' ');

const PAYLOAD_KEYS = (
  'type subtype team user username text blocks attachments ts thread_ts app_id bot_id bot_profile ' +
  'files parent_user_id inviter client_msg_id topic purpose edited reply_count reply_users ' +
  'reply_users_count latest_reply metadata root pinned_to'
).split(' ');

const ROOT_KEYS = (
  'type subtype text ts bot_id thread_ts reply_count reply_users_count latest_reply subscribed ' + 'username'
).split(' ');

export type MessagePlace = 'history' | 'replies' | 'posted' | 'updated' | 'reacted' | 'payload';

const KEYS: Record<MessagePlace, readonly string[]> = {
  history: HISTORY_KEYS,
  replies: REPLY_KEYS,
  posted: POSTED_KEYS,
  updated: UPDATED_KEYS,
  reacted: REACTED_KEYS,
  payload: PAYLOAD_KEYS,
};

/** A message as Slack shows it in this kind of answer: the same message has other keys elsewhere. */
export function messageShape(
  state: WorkspaceState,
  channel: Channel,
  message: Message,
  place: MessagePlace,
  baseUrl: string,
): Json {
  const full = wholeMessage(state, channel, message, baseUrl);
  return pick(full, KEYS[place]);
}

/** Everything there is to say about a message, stored or derived. Events pick from it. */
export function wholeMessage(
  state: WorkspaceState,
  channel: Channel,
  message: Message,
  baseUrl: string,
): Json {
  const author = message.user === undefined ? undefined : state.people.get(message.user);
  const parent = isReply(message) ? channel.messages.get(message.thread_ts ?? '') : undefined;
  const whole: Json = {
    ...message,
    team: TEAM.id,
    ...threadSummary(channel, message),
    ...(message.files ? { files: message.files.map((file) => fileShape(file, baseUrl)) } : {}),
    ...(channel.pins.some((pin) => pin.ts === message.ts) ? { pinned_to: [channel.id] } : {}),
    permalink: permalink(channel, message),
  };
  if (message.bot_id && author) whole.bot_profile = botProfile(author.id, author.name);
  if (message.subtype === 'thread_broadcast' && parent) {
    whole.root = pick({ ...parent, ...threadSummary(channel, parent) }, ROOT_KEYS);
  }
  return whole;
}

function threadSummary(channel: Channel, message: Message): Json {
  if (isReply(message)) return {};
  const replies = repliesTo(channel, message.ts);
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.flatMap((reply) => reply.user ?? reply.bot_id ?? []))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: latest.ts,
    reply_users: users.slice(0, 5),
    subscribed: false,
    is_locked: false,
  };
}

/** The permanent link; a reply's names its thread, which is how the thread can be found again. */
export function permalink(channel: Channel, message: Message): string {
  const link = `${WORKSPACE_URL}archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return isReply(message) ? `${link}?thread_ts=${message.thread_ts}&cid=${channel.id}` : link;
}
