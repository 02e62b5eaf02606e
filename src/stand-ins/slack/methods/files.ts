import { randomUUID } from 'node:crypto';
import { addMessage } from '../acts/messages.ts';
import type { World } from '../acts/world.ts';
import { objects, text } from '../arguments.ts';
import { BOT } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { mimetypeOf, sharedFileShape } from '../shapes/file.ts';
import { isReply } from '../state.ts';
import type { Channel, Json, StoredFile } from '../types.ts';
import { type Method, TIER_3, TIER_4 } from './method.ts';

export const fileMethods = {
  'files.getUploadURLExternal': {
    perMinute: TIER_4,
    required: ['filename', 'length'],
    optional: ['alt_txt', 'snippet_type'],
    refusals: [],
    run(world, args) {
      const length = Number(text(args, 'length'));
      if (!Number.isInteger(length) || length < 1)
        throw new Refusal('invalid_arguments', 'length is in bytes');
      const name = text(args, 'filename');
      const file: StoredFile = {
        id: world.state.nextId('F'),
        name,
        title: name,
        mimetype: mimetypeOf(name),
        user: BOT.userId,
        created: world.state.seconds(),
        bytes: Buffer.alloc(0),
        shares: [],
        deleted: false,
      };
      const ticket = randomUUID();
      world.state.uploads.set(ticket, { file, length, isDone: false });
      return { upload_url: `${world.baseUrl}/upload/v1/${ticket}`, file_id: file.id };
    },
  },
  'files.completeUploadExternal': {
    perMinute: TIER_4,
    required: ['files'],
    optional: ['blocks', 'channel_id', 'channels', 'initial_comment', 'thread_ts'],
    refusals: ['channel_not_found', 'not_in_channel', 'file_not_found', 'posting_to_channel_denied'],
    run: complete,
  },
  'files.info': {
    perMinute: TIER_4,
    required: ['file'],
    optional: ['count', 'cursor', 'limit', 'page'],
    refusals: ['file_not_found', 'file_deleted'],
    run: (world, args) => ({
      file: sharedFileShape(knownFile(world, args), world.baseUrl, world.state.channels),
    }),
  },
  'files.delete': {
    perMinute: TIER_3,
    required: ['file'],
    optional: [],
    refusals: ['file_not_found', 'file_deleted', 'cant_delete_file'],
    run(world, args) {
      const file = knownFile(world, args);
      if (file.user !== BOT.userId) throw new Refusal('cant_delete_file');
      file.deleted = true;
      return {};
    },
  },
} satisfies Record<string, Method>;

/** Shares the uploaded files; without a channel they stay the bot's own. */
function complete(world: World, args: Json): Json {
  const listed = objects(args, 'files', 'invalid_arguments') ?? [];
  const files = listed.map((entry) => uploaded(world, entry));
  const ids = (text(args, 'channel_id') || text(args, 'channels')).split(',').filter(Boolean);
  const channels = ids.map((id) => sharedTo(world, id));
  for (const file of files) world.state.files.set(file.id, file);
  for (const channel of channels) {
    const parent = channel.messages.get(text(args, 'thread_ts'));
    if (parent && isReply(parent)) throw new Refusal('invalid_arguments', 'thread_ts must be of the parent');
    addMessage(world, channel, {
      text: text(args, 'initial_comment'),
      user: BOT.userId,
      bot_id: BOT.botId,
      subtype: 'file_share',
      files,
      ...(parent ? { thread_ts: parent.ts } : {}),
    });
  }
  return { files: files.map((file) => sharedFileShape(file, world.baseUrl, world.state.channels)) };
}

function uploaded(world: World, entry: Json): StoredFile {
  const id = text(entry, 'id');
  const upload = [...world.state.uploads.values()].find(({ file }) => file.id === id);
  if (!upload?.isDone) throw new Refusal('file_not_found');
  if (entry.title !== undefined) upload.file.title = text(entry, 'title');
  return upload.file;
}

function sharedTo(world: World, id: string): Channel {
  const channel = world.state.channels.get(id);
  if (!channel || (channel.private && !channel.members.has(BOT.userId)))
    throw new Refusal('channel_not_found');
  if (!channel.members.has(BOT.userId)) throw new Refusal('not_in_channel');
  if (channel.archived) throw new Refusal('posting_to_channel_denied');
  return channel;
}

function knownFile(world: World, args: Json): StoredFile {
  const file = world.state.files.get(text(args, 'file'));
  if (!file) throw new Refusal('file_not_found');
  if (file.deleted) throw new Refusal('file_deleted');
  return file;
}
