import { avatar } from './avatar.js';
import { messageWords } from './blocks.js';
import { fromTs, timeOf } from './clock.js';
import { h, redraw } from './dom.js';
import { fileCards } from './files.js';

/** The right column: what is pinned, the files, and who is in the channel at what local time. */
export function createDetails(node, page) {
  return {
    update({ channel }) {
      const desk = page.desk();
      const isShown = Boolean(channel) && !channel.direct && page.areDetailsOpen();
      node.hidden = !isShown;
      if (!isShown) return;
      const pinned = channel.messages.filter((message) => message.pinned);
      const files = channel.messages.flatMap((message) => message.files ?? []);
      const clock = channel.members.map((id) => timeOf(desk.now, desk.people.get(id)?.tz ?? 'UTC'));
      redraw(node, [desk.reader.id, pinned, files, channel.members, clock], () => [
        pinned.map((message) => pinnedCard(message, page)),
        files.length > 0 && h('section', {}, h('h2', {}, 'Files'), fileCards(files, desk)),
        members(channel, desk),
      ]);
    },
  };
}

function pinnedCard(message, page) {
  const desk = page.desk();
  const target = { channel: message.channel, ts: message.ts };
  const press = (blockId, actionId, value) =>
    page.act({ kind: 'press', user: desk.reader.id, target, blockId, actionId, value });
  const time = timeOf(fromTs(message.ts), desk.reader.tz);
  return h(
    'section',
    { class: 'pinned-card' },
    h('h2', {}, '📌 Pinned', h('small', {}, ` by ${message.name}, ${time}`)),
    messageWords(message, desk, press),
  );
}

function members(channel, desk) {
  const people = channel.members.flatMap((id) => desk.people.get(id) ?? []);
  return h(
    'section',
    {},
    h('h2', {}, 'Members'),
    h(
      'ul',
      { class: 'members' },
      people.map((person) =>
        h(
          'li',
          {},
          avatar(person, 'tiny'),
          h('span', { class: 'channel-name' }, person.name),
          !person.bot && h('time', {}, `${timeOf(desk.now, person.tz)} ${person.zone}`),
        ),
      ),
    ),
  );
}
