import { h } from './dom.js';
import { words } from './words.js';

/** Opens a dialog that goes away when it is closed. Esc closes it, as everywhere in the browser. */
export function openDialog(content, { look = '', onClose } = {}) {
  const dialog = h('dialog', { class: `dialog ${look}` }, content);
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function dialogHead(title, close, id) {
  return h(
    'header',
    {},
    h('h2', { id }, title),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Close', onclick: close }, '✕'),
  );
}

/** Asks before a button does what it says. Resolves to true when the person confirms. */
export function ask(confirm, desk) {
  return new Promise((resolve) => {
    let answer = false;
    const end = (value) => () => {
      answer = value;
      dialog.close();
    };
    const dialog = openDialog(
      [
        dialogHead(words(confirm.title, desk), end(false)),
        h('div', { class: 'dialog-body' }, h('p', {}, words(confirm.text, desk))),
        h(
          'footer',
          {},
          h('button', { type: 'button', class: 'button', onclick: end(false) }, words(confirm.deny, desk)),
          h(
            'button',
            { type: 'button', class: `button ${confirm.style ?? 'primary'}`, onclick: end(true) },
            words(confirm.confirm, desk),
          ),
        ),
      ],
      { look: 'small', onClose: () => resolve(answer) },
    );
  });
}
