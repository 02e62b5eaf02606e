import { h } from './dom.js';
import { emoji } from './words.js';

const QUICK = ['pushpin', 'hammer', 'bulb', 'mega', 'white_check_mark'];

/** What can be done with a message: quick reactions, a reply, the bot's shortcuts, one's own edits. */
export function messageActions(item, page, thread) {
  const desk = page.desk();
  const { reader } = desk;
  const place = { user: reader.id, channel: item.channel, ts: item.ts };
  const quick = QUICK.map((name) =>
    h(
      'button',
      {
        type: 'button',
        title: `React with :${name}:`,
        'aria-label': `React with ${name}`,
        onclick: () => page.react(item, name),
      },
      emoji(name, desk),
    ),
  );
  const entries = [
    ...desk.settings.shortcuts.map(({ label, callbackId }) => [
      label,
      () => page.act({ kind: 'shortcut', ...place, callbackId }),
    ]),
    ...(item.user === reader.id
      ? [
          ['Edit message', () => edit(item, place, page)],
          ['Delete message', () => page.act({ kind: 'remove', ...place })],
        ]
      : []),
  ];
  return h(
    'div',
    { class: 'message-actions', role: 'toolbar', 'aria-label': 'Message actions' },
    quick,
    thread &&
      h(
        'button',
        {
          type: 'button',
          title: 'Reply in thread',
          'aria-label': 'Reply in thread',
          onclick: () => thread.reply(),
        },
        '💬',
      ),
    h(
      'details',
      { class: 'menu', name: 'menu' },
      h('summary', { title: 'More', 'aria-label': 'More actions' }, '⋯'),
      h(
        'div',
        { class: 'menu-items' },
        entries.map(([label, go]) =>
          h(
            'button',
            {
              type: 'button',
              onclick(event) {
                event.target.closest('details').open = false;
                go();
              },
            },
            label,
          ),
        ),
      ),
    ),
  );
}

function edit(item, place, page) {
  const article = document.querySelector(`article[data-ts="${CSS.escape(item.ts)}"] .message-body`);
  const input = h('textarea', { rows: 2, 'aria-label': 'Edit message' }, item.raw);
  const done = () => form.remove();
  async function save(event) {
    event?.preventDefault();
    if (await page.act({ kind: 'edit', ...place, text: input.value })) done();
  }
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') done();
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) save(event);
  });
  const form = h(
    'form',
    { class: 'edit', onsubmit: save },
    input,
    h('button', { type: 'button', class: 'button', onclick: done }, 'Cancel'),
    h('button', { type: 'submit', class: 'button primary' }, 'Save'),
  );
  article?.append(form);
  input.focus();
}
