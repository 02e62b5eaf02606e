import { drawBlocks } from './blocks.js';
import { dayName, dayOf, fromTs } from './clock.js';
import { createComposer } from './composer.js';
import { h, link, reconcile, redraw } from './dom.js';
import { createRow } from './message.js';
import { mrkdwn } from './words.js';

const GROUPED_WITHIN_SECONDS = 300;

/** The middle column: head, bookmarks, messages by day, and the box to type in. */
export function createConversation(node, page) {
  const head = h('header', { class: 'conversation-head' });
  const bookmarks = h('div', { class: 'bookmarks' });
  const list = h('ol', { class: 'messages', 'aria-label': 'Messages' });
  const home = h('div', { class: 'home', hidden: true });
  const scroll = h('div', { class: 'scroll', tabindex: '0' }, home, list);
  const composer = createComposer({
    page,
    id: 'composer',
    label: 'Message',
    placeholder: () => placeholder(page),
    send(text) {
      isFollowing = true;
      return page.type(text);
    },
  });
  const joinBar = h(
    'div',
    { class: 'join', hidden: true },
    h('span', {}, 'You are looking in from outside.'),
    h('button', { type: 'button', class: 'button primary', onclick: join }, 'Join'),
  );
  node.append(head, bookmarks, scroll, joinBar, composer.node);
  let open;
  let newest;
  let isFollowing = true;
  scroll.addEventListener('scroll', () => {
    isFollowing = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
  });

  function join() {
    page.act({ kind: 'join', user: page.desk().reader.id, channel: page.seat.channel });
  }

  return {
    focus: () => composer.focus(),
    update(view) {
      const { channel } = view;
      const name = `${page.desk().reader.id}/${channel?.id}`;
      const isOther = open !== name;
      open = name;
      redraw(head, headData(view, page), () => drawHead(view, page));
      redraw(bookmarks, channel?.bookmarks ?? [], () => drawBookmarks(channel, page.desk()));
      bookmarks.hidden = !channel?.bookmarks.length;
      const isHome = page.seat.tab === 'home' && channel?.direct;
      list.hidden = Boolean(isHome);
      home.hidden = !isHome;
      const isOutside = channel !== undefined && !channel.isMember;
      joinBar.hidden = !isOutside || channel.archived;
      composer.node.hidden = Boolean(isHome) || !channel || isOutside || channel.archived;
      if (isHome) redraw(home, [view.home, page.desk().reader.id], () => drawHome(view, page));
      if (isOther) list.replaceChildren();
      const items = withDays(channel?.messages ?? [], page.desk());
      const isNew = items.at(-1)?.key !== newest;
      newest = items.at(-1)?.key;
      reconcile(list, items, {
        key: (item) => item.key,
        render: (item) => (item.day ? dayDivider(item) : createRow(item, page)),
        update: (row, item) => row.update(item),
      });
      composer.refresh();
      if (isOther || (isNew && isFollowing)) scroll.scrollTop = isHome ? 0 : scroll.scrollHeight;
    },
  };
}

function placeholder(page) {
  const channel = page.view()?.channel;
  if (!channel) return '';
  return channel.direct ? `Message ${channel.name}, or /incident` : `Message #${channel.name}, or /incident`;
}

function headData(view, page) {
  const { channel } = view;
  return (
    channel && [
      channel.id,
      channel.name,
      channel.topic,
      channel.archived,
      channel.members,
      page.seat,
      page.areDetailsOpen(),
    ]
  );
}

function drawHead({ channel }, page) {
  if (!channel) return h('h2', {}, 'No channel is open');
  const tab = (name, label) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'data-focus': `tab/${name}`,
        'aria-selected': String(page.seat.tab === name),
        onclick: () => page.sit({ tab: name }),
      },
      label,
    );
  return [
    h(
      'div',
      { class: 'head-words' },
      h(
        'h2',
        {},
        h('span', { class: 'sign' }, channel.direct ? '☼' : channel.private ? '🔒' : '#'),
        channel.name,
      ),
      channel.archived && h('span', { class: 'tag' }, 'archived'),
      h('p', { class: 'topic' }, mrkdwn(channel.topic, page.desk())),
    ),
    channel.direct &&
      h('div', { class: 'tabs', role: 'tablist' }, tab('home', 'Home'), tab('messages', 'Messages')),
    !channel.direct &&
      h(
        'button',
        {
          type: 'button',
          class: 'button quiet-button',
          'data-focus': 'details',
          'aria-expanded': String(page.areDetailsOpen()),
          onclick: () => page.toggleDetails(),
        },
        `${channel.members.length} ${channel.members.length === 1 ? 'member' : 'members'}`,
        h('span', { 'aria-hidden': 'true' }, ' ▤'),
      ),
  ];
}

function drawBookmarks(channel, desk) {
  return (channel?.bookmarks ?? []).map((bookmark) =>
    h(
      'span',
      { class: 'bookmark' },
      link(bookmark.link, bookmark.emoji ? mrkdwn(bookmark.emoji, desk) : '🔖', ' ', bookmark.title),
    ),
  );
}

function drawHome(view, page) {
  const desk = page.desk();
  if (!view.home) return h('p', { class: 'quiet' }, 'The app has not drawn its Home for this person yet.');
  const press = (blockId, actionId, value) =>
    page.act({
      kind: 'press',
      user: desk.reader.id,
      target: { view: view.home.id },
      blockId,
      actionId,
      value,
    });
  return drawBlocks(view.home.blocks, desk, { press });
}

function dayDivider(item) {
  const node = h('li', { class: 'day' }, h('span', {}, item.day));
  node.update = (next) => {
    node.firstElementChild.textContent = next.day;
  };
  return node;
}

/** Puts a divider before each day of the reader, and joins what one author says in one go. */
function withDays(messages, desk) {
  const items = [];
  let day;
  let before;
  for (const message of messages) {
    const date = fromTs(message.ts);
    const own = dayOf(date, desk.reader.tz);
    if (own !== day) {
      items.push({ key: `day ${own}`, day: dayName(date, desk.reader.tz, desk.now) });
      before = undefined;
    }
    day = own;
    items.push({ ...message, key: message.ts, compact: continues(before, message) });
    before = message;
  }
  return items;
}

function continues(before, message) {
  return (
    before !== undefined &&
    !before.isSystem &&
    !message.isSystem &&
    !message.pinned &&
    before.replies.length === 0 &&
    before.name === message.name &&
    before.user === message.user &&
    Boolean(before.ephemeral) === Boolean(message.ephemeral) &&
    Number(message.ts) - Number(before.ts) < GROUPED_WITHIN_SECONDS
  );
}
