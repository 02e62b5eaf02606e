import { fillDate, fromTs, fullTimeOf } from './clock.js';
import { h, link } from './dom.js';
import { parseMrkdwn } from './mrkdwn.js';

/** Draws Slack's mark-up. `desk` knows the people, the channels, the emoji and the reader's zone. */
export function mrkdwn(text, desk) {
  return parseMrkdwn(text ?? '').map((node) => draw(node, desk));
}

/** Plain words with emoji short codes, as in headers and buttons. */
export function plainWords(text, desk) {
  return String(text ?? '')
    .split(/(:[a-z0-9_+'-]+:)/)
    .map((part) => (/^:.+:$/.test(part) ? emoji(part.slice(1, -1), desk) : part));
}

/** A text object of either kind. */
export function words(object, desk) {
  if (!object) return [];
  return object.type === 'mrkdwn' ? mrkdwn(object.text, desk) : plainWords(object.text, desk);
}

export function emoji(name, desk) {
  const [base, tone] = name.split('::');
  const drawn = desk.emoji[base];
  if (!drawn) return `:${name}:`;
  const skin = {
    'skin-tone-2': '🏻',
    'skin-tone-3': '🏼',
    'skin-tone-4': '🏽',
    'skin-tone-5': '🏾',
    'skin-tone-6': '🏿',
  };
  return h(
    'span',
    { class: 'emoji', role: 'img', 'aria-label': base.replaceAll('_', ' ') },
    drawn + (skin[tone] ?? ''),
  );
}

export function userMention(id, desk, label) {
  const person = desk.people.get(id);
  const isReader = id === desk.reader.id;
  return h('span', { class: isReader ? 'mention me' : 'mention' }, `@${person?.name ?? label ?? id}`);
}

export function channelMention(id, desk, label) {
  const channel = desk.channels.get(id);
  const name = channel?.name ?? label;
  if (!channel) return h('span', { class: 'mention' }, name ? `#${name}` : '🔒 private channel');
  return h('button', { type: 'button', class: 'mention', onclick: () => desk.open(id) }, `#${name}`);
}

export function broadcast(range) {
  return h('span', { class: 'mention me' }, `@${range}`);
}

export function localDate(seconds, pattern, desk, url) {
  const filled = fillDate(seconds, pattern, desk.reader.tz, desk.now);
  const time = h('time', { title: fullTimeOf(fromTs(seconds), desk.reader.tz) }, filled);
  return url ? link(url, time) : time;
}

function draw(node, desk) {
  const children = () => node.children.map((child) => draw(child, desk));
  switch (node.kind) {
    case 'bold':
      return h('strong', {}, children());
    case 'italic':
      return h('em', {}, children());
    case 'strike':
      return h('s', {}, children());
    case 'quote':
      return h('blockquote', {}, children());
    case 'code':
      return h('code', {}, node.text);
    case 'pre':
      return h('pre', {}, node.text);
    case 'link':
      return link(node.url, plainWords(node.label, desk));
    case 'user':
      return userMention(node.id, desk, node.label);
    case 'channel':
      return channelMention(node.id, desk, node.label);
    case 'group':
      return h('span', { class: 'mention' }, node.label ?? `@${node.id}`);
    case 'broadcast':
      return broadcast(node.range);
    case 'date':
      return localDate(node.seconds, node.pattern, desk, node.url);
    case 'emoji':
      return emoji(node.name, desk);
    default:
      return node.text;
  }
}
