import { addMessage, deleteMessage, editMessage } from '../acts/messages.ts';
import type { World } from '../acts/world.ts';
import { flag, objects, text } from '../arguments.ts';
import { MESSAGE_BLOCKS_CHARACTERS, messageBlocksLength, validateMessageBlocks } from '../block-kit.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { messageShape, permalink } from '../shapes/message.ts';
import { isJson, isReply, withIds } from '../state.ts';
import type { Channel, Json, Message } from '../types.ts';
import {
  type Method,
  messageAt,
  ownChannel,
  refuseArchived,
  SPECIAL,
  TIER_3,
  TIER_4,
  visibleChannel,
} from './method.ts';

const LONGEST_TEXT = 40_000;
const LARGEST_METADATA = 16_000;
const POSTS_PER_MINUTE = 300;
const CONTENT = ['attachments', 'blocks', 'text', 'markdown_text', 'parse', 'link_names', 'as_user'] as const;
const CONTENT_REFUSALS = [
  'invalid_blocks',
  'invalid_blocks_format',
  'no_text',
  'too_many_attachments',
] as const;
const METADATA_REFUSALS = ['invalid_metadata_format', 'metadata_too_large'] as const;

export const chatMethods = {
  'chat.postMessage': {
    perMinute: POSTS_PER_MINUTE,
    isPerChannel: true,
    required: ['channel'],
    optional: [
      ...CONTENT,
      'icon_emoji',
      'icon_url',
      'metadata',
      'mrkdwn',
      'reply_broadcast',
      'thread_ts',
      'unfurl_links',
      'unfurl_media',
      'username',
    ],
    refusals: [
      ...CONTENT_REFUSALS,
      ...METADATA_REFUSALS,
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'msg_blocks_too_long',
      'markdown_text_conflict',
      'cannot_reply_to_message',
    ],
    run: post,
  },
  'chat.update': {
    perMinute: TIER_3,
    required: ['channel', 'ts'],
    optional: [...CONTENT, 'file_ids', 'metadata', 'reply_broadcast', 'unfurled_attachments'],
    refusals: [
      ...CONTENT_REFUSALS,
      ...METADATA_REFUSALS,
      'channel_not_found',
      'message_not_found',
      'cant_update_message',
      'msg_too_long',
      'markdown_text_conflict',
    ],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const message = messageAt(channel, text(args, 'ts'));
      if (message.user !== BOT.userId || isSystem(message)) throw new Refusal('cant_update_message');
      const change = content(args, 'msg_too_long');
      if ([...text(args, 'text')].length > LONGEST_TEXT) throw new Refusal('msg_too_long');
      // New words without blocks replace the old blocks, or the message would go on showing them.
      if (!change.blocks && args.text !== undefined) delete message.blocks;
      editMessage(world, channel, message, change, BOT.userId);
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: messageShape(world.state, channel, message, 'updated', world.baseUrl),
      };
    },
  },
  'chat.delete': {
    perMinute: TIER_3,
    required: ['channel', 'ts'],
    optional: ['as_user'],
    refusals: ['channel_not_found', 'message_not_found', 'cant_delete_message'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      const message = messageAt(channel, text(args, 'ts'));
      if (message.user !== BOT.userId) throw new Refusal('cant_delete_message');
      deleteMessage(world, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
  },
  'chat.postEphemeral': {
    perMinute: TIER_4,
    required: ['channel', 'user'],
    optional: [...CONTENT, 'icon_emoji', 'icon_url', 'thread_ts', 'username'],
    refusals: [
      ...CONTENT_REFUSALS,
      'channel_not_found',
      'not_in_channel',
      'is_archived',
      'user_not_in_channel',
      'msg_too_long',
      'markdown_text_conflict',
    ],
    run(world, args) {
      const channel = ownChannel(world, args);
      refuseArchived(channel);
      const user = text(args, 'user');
      if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
      const draft = content(args, 'msg_too_long');
      const id = world.state.nextTs();
      const threadTs = text(args, 'thread_ts');
      world.state.ephemerals.push({
        id,
        user,
        channel: channel.id,
        text: draft.text ?? '',
        blocks: withIds(draft.blocks ?? [], () => world.state.nextId('B')),
        ...(threadTs ? { threadTs } : {}),
      });
      world.state.changed();
      return { message_ts: id };
    },
  },
  'chat.getPermalink': {
    perMinute: SPECIAL,
    required: ['channel', 'message_ts'],
    optional: [],
    refusals: ['channel_not_found', 'message_not_found'],
    run(world, args) {
      const channel = visibleChannel(world, args);
      return {
        channel: channel.id,
        permalink: permalink(channel, messageAt(channel, text(args, 'message_ts'))),
      };
    },
  },
} satisfies Record<string, Method>;

function post(world: World, args: Json): Json {
  const channel = destination(world, text(args, 'channel'));
  if (!channel.members.has(BOT.userId)) throw new Refusal('not_in_channel');
  refuseArchived(channel);
  const draft = content(args, 'msg_blocks_too_long');
  const threadTs = text(args, 'thread_ts');
  const parent = threadTs === '' ? undefined : channel.messages.get(threadTs);
  // A reply to nothing becomes a message of the channel's own in Slack; to a reply it is refused here.
  if (parent && isReply(parent)) throw new Refusal('cannot_reply_to_message', 'thread_ts is a reply itself');
  const isBroadcast = parent !== undefined && flag(args, 'reply_broadcast');
  const message = addMessage(world, channel, {
    text: '',
    ...draft,
    user: BOT.userId,
    bot_id: BOT.botId,
    app_id: BOT.appId,
    ...(parent ? { thread_ts: parent.ts } : {}),
    ...(isBroadcast ? { subtype: 'thread_broadcast' } : {}),
  });
  const shape = messageShape(world.state, channel, message, 'posted', world.baseUrl);
  return { channel: channel.id, ts: message.ts, message: shape };
}

/** A channel id, a person's id (their direct channel), or `#name` of a public channel. */
function destination(world: World, id: string): Channel {
  const person = world.state.people.get(id);
  if (person && !person.deleted && id !== BOT.userId) return world.state.directChannel(id).channel;
  if (!id.startsWith('#')) return visibleChannel(world, { channel: id });
  const named = world.state.channelNamed(id.slice(1));
  if (!named || named.private) throw new Refusal('channel_not_found');
  return named;
}

/** What a message says, held to Slack's limits. Text that is too long is cut, as Slack does. */
function content(args: Json, tooLong: string): Partial<Message> {
  const blocks = objects(args, 'blocks', 'invalid_blocks_format');
  const attachments = objects(args, 'attachments', 'too_many_attachments');
  const markdown = text(args, 'markdown_text');
  const words = text(args, 'text');
  if (markdown && (words || blocks)) throw new Refusal('markdown_text_conflict');
  if (!words && !markdown && !blocks?.length && !attachments?.length) throw new Refusal('no_text');
  if (attachments && attachments.length > 100) throw new Refusal('too_many_attachments');
  if (blocks) {
    if (messageBlocksLength(blocks) > MESSAGE_BLOCKS_CHARACTERS) throw new Refusal(tooLong);
    const problems = validateMessageBlocks(blocks);
    if (problems.length > 0) throw new Refusal('invalid_blocks', problems.join('; '));
  }
  const metadata = metadataOf(args);
  return {
    ...(args.text === undefined && !markdown ? {} : { text: cut(words || markdown) }),
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  };
}

function metadataOf(args: Json): Message['metadata'] {
  const { metadata } = args;
  if (metadata === undefined || metadata === '') return undefined;
  if (!isJson(metadata) || typeof metadata.event_type !== 'string' || !isJson(metadata.event_payload)) {
    throw new Refusal('invalid_metadata_format', 'metadata needs event_type and event_payload');
  }
  if (JSON.stringify(metadata).length > LARGEST_METADATA) throw new Refusal('metadata_too_large');
  return { event_type: metadata.event_type, event_payload: metadata.event_payload };
}

function cut(words: string): string {
  const characters = [...words];
  return characters.length <= LONGEST_TEXT ? words : characters.slice(0, LONGEST_TEXT).join('');
}

function isSystem(message: Message): boolean {
  return /^(channel|group)_/.test(message.subtype ?? '');
}
