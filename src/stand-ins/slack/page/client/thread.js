import { fromTs, timeOf } from './clock.js';
import { createComposer } from './composer.js';
import { h, reconcile } from './dom.js';
import { createRow } from './message.js';

/** The replies under a message: folded to one line, or open with a box to answer in. */
export function createThread(first, page) {
  let item = first;
  let isOpen = false;
  const summary = h('button', { type: 'button', class: 'thread-summary', onclick: toggle });
  const list = h('ol', { class: 'thread-list' });
  const composer = createComposer({
    page,
    label: 'Reply in thread',
    placeholder: () => 'Reply in thread…',
    send: (text) =>
      page.act({ kind: 'say', user: page.desk().reader.id, channel: item.channel, text, threadTs: item.ts }),
    onEscape: toggle,
  });
  const inside = h('div', { class: 'thread', hidden: true }, list, composer.node);
  const node = h('div', { class: 'thread-slot' }, summary, inside);

  function toggle() {
    isOpen = !isOpen;
    draw();
  }

  function draw() {
    const desk = page.desk();
    const { replies } = item;
    const last = replies.at(-1);
    node.hidden = replies.length === 0 && !isOpen;
    inside.hidden = !isOpen;
    summary.hidden = replies.length === 0;
    summary.setAttribute('aria-expanded', String(isOpen));
    const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
    const when = last ? ` · last at ${timeOf(fromTs(last.ts), desk.reader.tz)}` : '';
    summary.textContent = isOpen ? `▾ ${count}` : `▸ ${count}${when}`;
    if (!isOpen) return;
    reconcile(list, replies, {
      key: (reply) => reply.ts,
      render: (reply) => createRow(reply, page),
      update: (row, reply) => row.update(reply),
    });
  }

  return {
    node,
    reply() {
      isOpen = true;
      draw();
      composer.focus();
    },
    update(next) {
      item = next;
      draw();
    },
  };
}
