import { avatar } from './avatar.js';
import { timeOf, weekdayOf } from './clock.js';
import { h, redraw } from './dom.js';

/** The left column: who is reading, the channels, the bot, the other people and their local time. */
export function createSidebar(node, page) {
  return {
    update(view) {
      const { desk, seat } = page;
      const { reader, now, settings } = desk();
      const shown = {
        reader: reader.id,
        open: seat.channel,
        clock: view.people.map((person) => timeOf(now, person.tz)),
        channels: view.channels.map((channel) => [
          channel.id,
          channel.name,
          channel.archived,
          page.isUnread(channel),
        ]),
        people: view.people.map((person) => [person.id, person.forms, page.isCalled(person)]),
      };
      redraw(node, shown, () => [
        h(
          'header',
          { class: 'workspace' },
          h('img', { src: '/icon.svg', alt: '' }),
          h('h1', {}, settings.title),
        ),
        whoYouAre(view, reader, now, page),
        h('div', { class: 'sidebar-scroll' }, sections(view, page), others(view, reader, now, page)),
        settings.links.length > 0 &&
          h(
            'footer',
            { class: 'links' },
            settings.links.map(({ label, url }) =>
              h('a', { href: url, target: '_blank', rel: 'noopener' }, label),
            ),
          ),
      ]);
    },
  };
}

function whoYouAre(view, reader, now, page) {
  const select = h(
    'select',
    { id: 'reader', 'data-focus': 'reader', onchange: () => page.sit({ user: select.value }) },
    view.people
      .filter((person) => !person.bot)
      .map((person) => h('option', { value: person.id, selected: person.id === reader.id }, person.name)),
  );
  return h(
    'div',
    { class: 'you' },
    avatar(reader),
    h(
      'div',
      {},
      h('label', { for: 'reader' }, 'You are'),
      select,
      h('small', {}, `${weekdayOf(now, reader.tz)} ${timeOf(now, reader.tz)} ${reader.zone}`),
    ),
  );
}

function sections(view, page) {
  const channels = view.channels.filter((channel) => !channel.direct);
  const isIncident = (channel) => /^inc-\d/.test(channel.name);
  return [
    section('Incidents', channels.filter(isIncident), page),
    section(
      'Channels',
      channels.filter((channel) => !isIncident(channel)),
      page,
    ),
    section(
      'Direct messages',
      view.channels.filter((channel) => channel.direct),
      page,
    ),
  ];
}

function section(title, channels, page) {
  if (channels.length === 0) return undefined;
  return h(
    'section',
    {},
    h('h2', {}, title),
    h(
      'ul',
      {},
      channels.map((channel) => h('li', {}, channelButton(channel, page))),
    ),
  );
}

function channelButton(channel, page) {
  const isOpen = channel.id === page.seat.channel;
  const isUnread = page.isUnread(channel);
  const sign = channel.direct ? '☼' : channel.private ? '🔒' : '#';
  return h(
    'button',
    {
      type: 'button',
      class: ['channel', isUnread && 'unread', channel.archived && 'archived'].filter(Boolean).join(' '),
      'aria-current': isOpen && 'page',
      'data-focus': `channel/${channel.id}`,
      title: channel.topic || undefined,
      onclick: () => page.sit({ channel: channel.id }),
    },
    h('span', { class: 'sign' }, sign),
    h('span', { class: 'channel-name' }, channel.name),
    isUnread && h('span', { class: 'dot', title: 'Unread' }),
  );
}

function others(view, reader, now, page) {
  const people = view.people.filter((person) => !person.bot && person.id !== reader.id);
  return h(
    'section',
    {},
    h('h2', {}, 'People'),
    h(
      'ul',
      {},
      people.map((person) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'person',
              'data-focus': `person/${person.id}`,
              title: `Become ${person.name} (${person.tz})`,
              onclick: () => page.sit({ user: person.id }),
            },
            avatar(person, 'tiny'),
            h('span', { class: 'channel-name' }, person.name),
            (page.isCalled(person) || person.forms > 0) &&
              h('span', { class: 'dot', title: 'The bot wants something of them' }),
            h('time', {}, timeOf(now, person.tz)),
          ),
        ),
      ),
    ),
  );
}
