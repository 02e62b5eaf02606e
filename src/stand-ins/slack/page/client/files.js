import { readFile } from './api.js';
import { dialogHead, openDialog } from './dialogs.js';
import { h, toast } from './dom.js';
import { markdown } from './markdown.js';

/** The files of a message: pictures drawn, everything else behind a card that opens it. */
export function fileCards(files, desk) {
  return (files ?? []).map((file) => {
    const isPicture = /^image\//.test(file.mimetype);
    const address = `/files/${file.id}?${new URLSearchParams({ user: desk.reader.id })}`;
    const open = () => (isPicture ? openPicture(file, address) : openFile(file, desk));
    return h(
      'button',
      {
        type: 'button',
        class: isPicture ? 'file picture-file' : 'file',
        'data-focus': `file/${file.id}`,
        onclick: open,
      },
      isPicture
        ? h('img', { src: address, alt: file.title })
        : h('span', { class: 'file-kind' }, kindOf(file)),
      h('span', { class: 'file-name' }, h('strong', {}, file.title), h('small', {}, sizeOf(file.size))),
    );
  });
}

function openPicture(file, address) {
  const dialog = openDialog(
    [
      dialogHead(file.title, () => dialog.close()),
      h('div', { class: 'dialog-body' }, h('img', { src: address, alt: file.title })),
    ],
    { look: 'large' },
  );
}

async function openFile(file, desk) {
  let content;
  try {
    content = await readFile(file.id, desk.reader.id);
  } catch (error) {
    toast(error.message, 'bad');
    return;
  }
  const body = h('div', { class: 'dialog-body paper' });
  const source = () => h('pre', { class: 'source' }, content.text);
  const views = content.tree ? { Read: () => markdown(content.tree), Source: source } : { Source: source };
  const tabs = Object.entries(views).map(([name, draw], index) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(index === 0),
        onclick: (event) => show(event.target, draw),
      },
      name,
    ),
  );
  function show(tab, draw) {
    for (const each of tabs) each.setAttribute('aria-selected', String(each === tab));
    body.replaceChildren(draw());
  }
  const dialog = openDialog(
    [dialogHead(file.name, () => dialog.close()), h('div', { class: 'tabs', role: 'tablist' }, tabs), body],
    { look: 'large' },
  );
  body.replaceChildren(Object.values(views)[0]());
}

function kindOf(file) {
  return (/\.(\w{1,4})$/.exec(file.name)?.[1] ?? 'file').toUpperCase();
}

function sizeOf(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(1)} kB`;
}
