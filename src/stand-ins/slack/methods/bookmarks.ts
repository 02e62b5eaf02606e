import type { World } from '../acts/world.ts';
import { text } from '../arguments.ts';
import { BOT, TEAM } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import type { Bookmark, Channel, Json } from '../types.ts';
import { type Method, TIER_2, TIER_3, visibleChannel } from './method.ts';

const MOST_BOOKMARKS = 100;

export const bookmarkMethods = {
  'bookmarks.add': {
    perMinute: TIER_2,
    required: ['title', 'type'],
    optional: ['channel_id', 'link', 'emoji', 'entity_id', 'parent_id', 'access_level'],
    refusals: [
      'channel_not_found',
      'permission_denied',
      'invalid_bookmark_type',
      'invalid_link',
      'too_many_bookmarks',
    ],
    run(world, args) {
      const channel = bookmarkedChannel(world, args);
      if (text(args, 'type') !== 'link') throw new Refusal('invalid_bookmark_type');
      if (channel.bookmarks.length >= MOST_BOOKMARKS) throw new Refusal('too_many_bookmarks');
      const now = world.state.seconds();
      const bookmark: Bookmark = {
        id: world.state.nextId('Bk'),
        title: text(args, 'title'),
        link: checkedLink(text(args, 'link')),
        emoji: text(args, 'emoji'),
        created: now,
        updated: now,
        by: BOT.userId,
      };
      channel.bookmarks.push(bookmark);
      return { bookmark: bookmarkShape(channel, bookmark) };
    },
  },
  'bookmarks.edit': {
    perMinute: TIER_2,
    required: [],
    optional: ['bookmark_id', 'channel_id', 'emoji', 'link', 'title'],
    refusals: ['channel_not_found', 'permission_denied', 'not_found', 'invalid_link'],
    run(world, args) {
      const channel = bookmarkedChannel(world, args);
      const bookmark = knownBookmark(channel, args);
      if (args.link !== undefined) bookmark.link = checkedLink(text(args, 'link'));
      if (args.title !== undefined) bookmark.title = text(args, 'title');
      if (args.emoji !== undefined) bookmark.emoji = text(args, 'emoji');
      bookmark.updated = world.state.seconds();
      return { bookmark: bookmarkShape(channel, bookmark) };
    },
  },
  'bookmarks.remove': {
    perMinute: TIER_2,
    required: [],
    optional: ['bookmark_id', 'channel_id', 'quip_section_id'],
    refusals: ['channel_not_found', 'permission_denied', 'not_found'],
    run(world, args) {
      const channel = bookmarkedChannel(world, args);
      const bookmark = knownBookmark(channel, args);
      channel.bookmarks = channel.bookmarks.filter((other) => other !== bookmark);
      return {};
    },
  },
  'bookmarks.list': {
    perMinute: TIER_3,
    required: [],
    optional: ['channel_id'],
    refusals: ['channel_not_found'],
    run(world, args) {
      const channel = visibleChannel(world, args, 'channel_id');
      return { bookmarks: channel.bookmarks.map((bookmark) => bookmarkShape(channel, bookmark)) };
    },
  },
} satisfies Record<string, Method>;

function bookmarkedChannel(world: World, args: Json): Channel {
  const channel = visibleChannel(world, args, 'channel_id');
  if (!channel.members.has(BOT.userId)) throw new Refusal('permission_denied');
  return channel;
}

function knownBookmark(channel: Channel, args: Json): Bookmark {
  const bookmark = channel.bookmarks.find(({ id }) => id === text(args, 'bookmark_id'));
  if (!bookmark) throw new Refusal('not_found');
  return bookmark;
}

function checkedLink(link: string): string {
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) throw new Refusal('invalid_link');
  return link;
}

function bookmarkShape(channel: Channel, bookmark: Bookmark): Json {
  return {
    id: bookmark.id,
    channel_id: channel.id,
    title: bookmark.title,
    link: bookmark.link,
    emoji: bookmark.emoji,
    icon_url: '',
    type: 'link',
    date_created: bookmark.created,
    date_updated: bookmark.updated,
    rank: 'i',
    last_updated_by_user_id: bookmark.by,
    last_updated_by_team_id: TEAM.id,
  };
}
