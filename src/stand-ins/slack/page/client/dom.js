/**
 * Makes an element. Strings become text nodes, never markup, so nothing that a person or a bot wrote
 * can become an element of its own.
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat(Number.POSITIVE_INFINITY).filter(isShown));
  return node;
}

function isShown(child) {
  return child !== undefined && child !== null && child !== false && child !== '';
}

/** Brings a container's children in line with `items`, keeping the nodes that are still right. */
export function reconcile(container, items, { key, render, update }) {
  const known = new Map([...container.children].map((node) => [node.dataset.key, node]));
  let cursor = container.firstElementChild;
  for (const item of items) {
    const name = key(item);
    let node = known.get(name);
    known.delete(name);
    if (node) update(node, item);
    else {
      node = render(item);
      node.dataset.key = name;
    }
    if (cursor === node) cursor = node.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  for (const node of known.values()) node.remove();
}

/** Redraws a part when what it shows has changed; the focused control stays focused. */
export function redraw(slot, data, draw) {
  const signature = JSON.stringify(data);
  if (slot.dataset.drawn === signature) return;
  const focused = slot.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  slot.dataset.drawn = signature;
  slot.replaceChildren(...[draw()].flat(Number.POSITIVE_INFINITY).filter(isShown));
  if (focused) slot.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

/** An outside link, or nothing where the address is not one that a browser should follow. */
export function link(url, ...children) {
  if (!/^(https?:|mailto:)/i.test(url)) return h('span', { class: 'dead-link', title: url }, children);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, children);
}

export function toast(words, kind = 'note') {
  const note = h('p', { class: `toast ${kind}` }, words);
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), 8000);
}
