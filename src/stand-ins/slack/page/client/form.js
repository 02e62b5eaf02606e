import { drawBlocks } from './blocks.js';
import { dialogHead, openDialog } from './dialogs.js';
import { h } from './dom.js';
import { stateValue } from './field-values.js';
import { plainWords } from './words.js';

/**
 * Keeps the dialog in line with the forms that the bot has open for the reader: opened, replaced, pushed,
 * closed. Only the topmost is shown.
 */
export function createForms({ act, desk }) {
  let shown;
  return {
    sync(views) {
      const top = views.at(-1);
      if (shown && shown.id !== top?.id) {
        shown.dismiss();
        shown = undefined;
      }
      if (!top) return;
      if (shown) shown.update(top);
      else shown = openForm(top, { act, desk });
    },
  };
}

/** One form. What was typed survives every redraw, and a refusal. */
function openForm(opened, { act, desk }) {
  let view = opened;
  let problems = {};
  let isDismissed = false;
  const fields = new Map();
  const kept = new Map();
  const form = h('form', { class: 'form', novalidate: true, onsubmit: submit });
  const dialog = openDialog(form, {
    onClose() {
      if (!isDismissed) act({ kind: 'close', user: desk().reader.id, view: view.id });
    },
  });
  dialog.setAttribute('aria-labelledby', 'form-title');
  draw();
  const field = form.querySelector('.block-input :is(input, textarea, select)');
  (form.querySelector('[autofocus]') ?? field ?? form.querySelector('[type=submit]'))?.focus();

  function draw() {
    fields.clear();
    const collector = {
      add: (block, action, read) => fields.set(`${block}/${action}`, { block, read }),
      kept(block, action) {
        const name = `${block}/${action}`;
        if (kept.has(name)) return kept.get(name);
        const state = view.typed[block]?.[action];
        return state && stateValue(state);
      },
      problem: (block) => problems[block],
    };
    form.replaceChildren(
      dialogHead(plainWords(view.title, desk()), () => dialog.close(), 'form-title'),
      h('div', { class: 'dialog-body' }, drawBlocks(view.blocks, desk(), { press, form: collector })),
      h(
        'footer',
        {},
        h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, view.close),
        view.submit && h('button', { type: 'submit', class: 'button primary' }, view.submit),
      ),
    );
  }

  function keep() {
    for (const [name, { read }] of fields) kept.set(name, read());
  }

  function redraw() {
    keep();
    const focused = document.activeElement?.dataset.focus;
    draw();
    if (focused) form.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  function press(blockId, actionId, value) {
    act({ kind: 'press', user: desk().reader.id, target: { view: view.id }, blockId, actionId, value });
  }

  async function submit(event) {
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    if (!button || button.disabled) return;
    button.disabled = true;
    const values = Object.fromEntries([...fields.values()].map(({ block, read }) => [block, read()]));
    const result = await act({ kind: 'submit', user: desk().reader.id, view: view.id, values });
    button.disabled = false;
    problems = result?.errors ?? {};
    if (isDismissed) return;
    redraw();
    form.querySelector('[aria-invalid]')?.focus();
  }

  return {
    id: view.id,
    update(next) {
      if (next.hash === view.hash) return;
      view = next;
      problems = {};
      redraw();
    },
    dismiss() {
      isDismissed = true;
      dialog.close();
    },
  };
}
