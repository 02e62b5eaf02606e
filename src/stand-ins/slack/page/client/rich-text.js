import { h, link } from './dom.js';
import { broadcast, channelMention, emoji, localDate, userMention } from './words.js';

/** The parts of a `rich_text` block: what Slack's composer makes of typed text. */
export function richText(block, desk) {
  return (block.elements ?? []).map((part) => drawPart(part, desk));
}

function drawPart(part, desk) {
  const inline = () => (part.elements ?? []).map((element) => drawInline(element, desk));
  switch (part.type) {
    case 'rich_text_quote':
      return h('blockquote', {}, inline());
    case 'rich_text_preformatted':
      return h('pre', {}, inline());
    case 'rich_text_list': {
      const items = (part.elements ?? []).map((item) => h('li', {}, drawPart(item, desk)));
      const tag = part.style === 'ordered' ? 'ol' : 'ul';
      return h(
        tag,
        { class: `indent-${Math.min(part.indent ?? 0, 4)}`, start: tag === 'ol' && (part.offset ?? 0) + 1 },
        items,
      );
    }
    default:
      return h('span', { class: 'run' }, inline());
  }
}

function drawInline(element, desk) {
  const { bold, italic, strike, underline, code } = element.style ?? {};
  let node = drawBare(element, desk);
  if (code) node = h('code', {}, node);
  if (strike) node = h('s', {}, node);
  if (underline) node = h('u', {}, node);
  if (italic) node = h('em', {}, node);
  if (bold) node = h('strong', {}, node);
  return node;
}

function drawBare(element, desk) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return link(element.url, element.text ?? element.url);
    case 'user':
      return userMention(element.user_id, desk);
    case 'channel':
      return channelMention(element.channel_id, desk);
    case 'usergroup':
      return h('span', { class: 'mention' }, `@${element.usergroup_id}`);
    case 'team':
      return h('span', { class: 'mention' }, `@${element.team_id}`);
    case 'broadcast':
      return broadcast(element.range);
    case 'emoji':
      return emoji(element.name, desk);
    case 'color':
      return h('code', {}, element.value);
    case 'date':
      return localDate(element.timestamp, element.format, desk, element.url);
    default:
      return '';
  }
}
