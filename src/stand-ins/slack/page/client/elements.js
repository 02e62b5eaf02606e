import { checkboxes, menu, radioButtons, tickList } from './choices.js';
import { secondsAt, wallAt } from './clock.js';
import { ask } from './dialogs.js';
import { h } from './dom.js';
import { initialValue } from './field-values.js';
import { words } from './words.js';

/**
 * Draws an interactive element: `{ node, read }`. `kept` is what the person chose before a redraw;
 * `press(value)` is called when the element acts at once.
 */
export function drawElement(element, { kept, desk, press, focus }) {
  const value = kept === undefined ? initialValue(element) : kept;
  const drawn = draw(element, value, desk, press);
  drawn.control?.setAttribute('data-focus', focus);
  if (press && drawn.read) {
    drawn.node.addEventListener('change', () => confirmed(element, desk, () => press(drawn.read())));
  }
  return drawn;
}

/** An outside picture is named, not fetched: the page asks nothing of the outside. */
export function picture({ image_url: url = '', alt_text: alt = '' }) {
  if (/^(\/(?!\/)|data:image\/)/.test(url)) return h('img', { src: url, alt });
  return h('span', { class: 'picture', title: url }, `🖼 ${alt}`);
}

async function confirmed(element, desk, go) {
  if (!element.confirm || (await ask(element.confirm, desk))) go();
}

function draw(element, value, desk, press) {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return button(element, desk, press);
    case 'overflow':
      return overflow(element, desk, press);
    case 'checkboxes':
      return checkboxes(element, value, desk);
    case 'radio_buttons':
      return radioButtons(element, value, desk);
    case 'datetimepicker':
      return instant(value, desk);
    case 'plain_text_input':
    case 'rich_text_input':
      return typed(element, value);
    case 'image':
      return { node: picture(element) };
    default:
      if (FIELDS[element.type]) return field(element, FIELDS[element.type], value);
      if (/^multi_.*_select$/.test(element.type)) return tickList(element, value, desk);
      if (/_select$/.test(element.type)) return menu(element, value, desk);
      return { node: h('em', { class: 'quiet' }, `This page has no ${element.type}.`) };
  }
}

const FIELDS = {
  datepicker: 'date',
  timepicker: 'time',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
};

function button(element, desk, press) {
  function go() {
    openLink(element.url);
    press?.(element.value ?? null);
  }
  const node = h(
    'button',
    {
      type: 'button',
      class: `button ${element.style ?? ''}`,
      'aria-label': element.accessibility_label,
      onclick: () => confirmed(element, desk, go),
    },
    words(element.text, desk),
  );
  return { node, control: node };
}

function openLink(url) {
  if (/^https?:/.test(url ?? '')) window.open(url, '_blank', 'noopener,noreferrer');
}

function overflow(element, desk, press) {
  function choose(option) {
    node.open = false;
    openLink(option.url);
    confirmed(element, desk, () => press?.(option.value));
  }
  const items = element.options.map((option) =>
    h('button', { type: 'button', onclick: () => choose(option) }, words(option.text, desk)),
  );
  const node = h(
    'details',
    { class: 'menu', name: 'menu' },
    h('summary', { class: 'button', 'aria-label': 'More' }, '⋯'),
    h('div', { class: 'menu-items' }, items),
  );
  return { node };
}

function field(element, type, value) {
  const input = h('input', {
    type,
    value,
    placeholder: element.placeholder?.text,
    min: element.min_value,
    max: element.max_value,
    step: element.is_decimal_allowed ? 'any' : undefined,
    autofocus: element.focus_on_load,
  });
  return { node: input, control: input, read: () => input.value || null };
}

function instant(value, desk) {
  const { tz } = desk.reader;
  const input = h('input', { type: 'datetime-local', value: value && wallAt(Number(value), tz) });
  return {
    node: input,
    control: input,
    read: () => (input.value ? String(secondsAt(input.value, tz)) : null),
  };
}

function typed(element, value) {
  const attributes = {
    placeholder: element.placeholder?.text,
    maxlength: element.max_length ?? 3000,
    autofocus: element.focus_on_load,
  };
  const isLong = element.multiline || element.type === 'rich_text_input';
  const input = isLong
    ? h('textarea', { ...attributes, rows: 5 }, value)
    : h('input', { ...attributes, type: 'text', value });
  return { node: input, control: input, read: () => input.value || null };
}
