import { h } from './dom.js';

/**
 * The box in which people type. Enter sends, Shift+Enter starts a line, Tab takes the marked suggestion.
 * `send(text)` resolves to something true when the words are gone and the box may be emptied.
 */
export function createComposer({ page, label, placeholder, send, onEscape, id }) {
  const input = h('textarea', { rows: 1, 'aria-label': label, id, autocomplete: 'off', spellcheck: 'true' });
  const hints = h('ul', { class: 'hints', role: 'listbox', 'aria-label': 'Suggestions', hidden: true });
  const node = h(
    'form',
    { class: 'composer', onsubmit: submit },
    hints,
    h(
      'div',
      { class: 'composer-box' },
      input,
      h('button', { type: 'submit', class: 'send', 'aria-label': 'Send' }, '➤'),
    ),
  );
  let offered = [];
  let marked = -1;

  input.addEventListener('input', () => {
    grow();
    suggest();
  });
  input.addEventListener('blur', () => setTimeout(hideHints, 150));
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      if (hints.hidden) onEscape?.();
      hideHints();
    } else if (!hints.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      mark(marked + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (!hints.hidden && (event.key === 'Tab' || (event.key === 'Enter' && marked >= 0))) {
      event.preventDefault();
      take(offered[Math.max(marked, 0)]);
    } else if (event.key === 'Enter' && !event.shiftKey) submit(event);
  });

  async function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    hideHints();
    input.value = '';
    grow();
    if (await send(text)) return;
    if (input.value === '') input.value = text;
    grow();
  }

  function grow() {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
  }

  function suggest() {
    offered = suggestions(input.value.slice(0, input.selectionStart), page.desk());
    marked = -1;
    hints.hidden = offered.length === 0;
    hints.replaceChildren(
      ...offered.map((hint) =>
        h(
          'li',
          { role: 'option', onmousedown: (event) => event.preventDefault(), onclick: () => take(hint) },
          h('code', {}, hint.line),
          h('span', {}, hint.says),
        ),
      ),
    );
  }

  function mark(index) {
    marked = (index + offered.length) % offered.length;
    for (const [at, entry] of [...hints.children].entries()) {
      entry.setAttribute('aria-selected', String(at === marked));
      if (at === marked) entry.scrollIntoView({ block: 'nearest' });
    }
  }

  function take(hint) {
    const before = input.value.slice(0, input.selectionStart);
    const after = input.value.slice(input.selectionStart);
    input.value = before.slice(0, before.length - hint.replaces) + hint.inserts + after;
    hideHints();
    input.focus();
    grow();
  }

  function hideHints() {
    hints.hidden = true;
    marked = -1;
  }

  input.placeholder = placeholder();
  return {
    node,
    focus: () => input.focus(),
    refresh() {
      input.placeholder = placeholder();
    },
  };
}

/** Commands after a slash at the start, people after an `@`. */
function suggestions(before, desk) {
  if (before.startsWith('/') && !before.includes('\n')) {
    return desk.settings.commands
      .filter(({ line }) => line.startsWith(before) || before.trimEnd() === line.split(' ')[0])
      .map(({ line, says }) => ({ line, says, inserts: typable(line), replaces: before.length }));
  }
  const [, part] = /(?:^|\s)@(\w*)$/.exec(before) ?? [];
  if (part === undefined) return [];
  return [...desk.people.values()]
    .filter((person) => person.handle.toLowerCase().startsWith(part.toLowerCase()))
    .map((person) => ({
      line: `@${person.handle}`,
      says: person.name,
      inserts: `${person.handle} `,
      replaces: part.length,
    }));
}

/** What of a usage line is typed as it stands: `/incident log [when] <text>` → `/incident log `. */
function typable(line) {
  return `${line.split(/ [[<@(]/)[0].trimEnd()} `;
}
