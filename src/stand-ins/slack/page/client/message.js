import { avatar } from './avatar.js';
import { messageWords } from './blocks.js';
import { fromTs, fullTimeOf, timeOf } from './clock.js';
import { h, redraw } from './dom.js';
import { fileCards } from './files.js';
import { messageActions } from './message-actions.js';
import { createThread } from './thread.js';
import { emoji, mrkdwn } from './words.js';

/** A row of the conversation that can be brought up to date without losing what is being typed in it. */
export function createRow(item, page) {
  const body = h('div', { class: 'message-slot' });
  const thread = item.isReply || item.ephemeral ? undefined : createThread(item, page);
  const node = h('li', { class: 'row' }, body, thread?.node);
  node.update = (next) => {
    const { replies, ...own } = next;
    redraw(body, [own, page.desk().reader.id], () => drawMessage(next, page, thread));
    thread?.update(next);
  };
  node.update(item);
  return node;
}

function drawMessage(item, page, thread) {
  const desk = page.desk();
  if (item.isSystem) return systemLine(item, desk);
  const author = desk.people.get(item.user) ?? {
    id: item.user ?? item.name,
    name: item.name,
    bot: item.isBot,
  };
  const pressed = item.ephemeral ? { ephemeral: item.ephemeral } : { channel: item.channel, ts: item.ts };
  const press = (blockId, actionId, value) =>
    page.act({ kind: 'press', user: desk.reader.id, target: pressed, blockId, actionId, value });
  const time = fromTs(item.ts);
  const stamp = h('time', { title: fullTimeOf(time, desk.reader.tz) }, timeOf(time, desk.reader.tz));
  return h(
    'article',
    { class: look(item), 'data-ts': item.ts, tabindex: '-1' },
    item.compact ? h('span', { class: 'gutter' }, stamp) : avatar(author),
    h(
      'div',
      { class: 'message-body' },
      !item.compact &&
        h(
          'header',
          {},
          h('strong', {}, item.name),
          item.isBot && h('span', { class: 'tag' }, 'app'),
          stamp,
          item.pinned && h('span', { class: 'pinned' }, '📌 pinned'),
        ),
      item.ephemeral && h('p', { class: 'only-you' }, '👁 Only visible to you'),
      messageWords(item, desk, press),
      item.edited && h('small', { class: 'quiet' }, '(edited)'),
      fileCards(item.files, desk),
      reactions(item, page),
    ),
    !item.ephemeral && !item.isGone && messageActions(item, page, thread),
  );
}

function look(item) {
  return [
    'message',
    item.compact && 'compact',
    item.ephemeral && 'ephemeral',
    item.isGone && 'gone',
    item.pinned && 'is-pinned',
  ]
    .filter(Boolean)
    .join(' ');
}

function systemLine(item, desk) {
  const time = fromTs(item.ts);
  return h(
    'article',
    { class: 'message system', 'data-ts': item.ts },
    h('span', { class: 'gutter' }, h('time', {}, timeOf(time, desk.reader.tz))),
    h(
      'div',
      { class: 'message-body' },
      !item.text.startsWith('<@') && h('b', {}, `${item.name} `),
      mrkdwn(item.text, desk),
    ),
  );
}

function reactions(item, page) {
  if (!item.reactions?.length) return undefined;
  const desk = page.desk();
  return h(
    'div',
    { class: 'reactions' },
    item.reactions.map(({ name, users, count }) => {
      const isMine = users.includes(desk.reader.id);
      const who = users.map((id) => desk.people.get(id)?.name ?? id).join(', ');
      return h(
        'button',
        {
          type: 'button',
          class: isMine ? 'reaction mine' : 'reaction',
          title: `${who} reacted with :${name}:`,
          'aria-pressed': String(isMine),
          'aria-label': `${name}, ${count}, by ${who}`,
          'data-focus': `reaction/${name}`,
          onclick: () => page.react(item, name),
        },
        emoji(name, desk),
        h('span', {}, String(count)),
      );
    }),
  );
}
