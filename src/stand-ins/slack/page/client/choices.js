import { h } from './dom.js';
import { words } from './words.js';

/** A menu for one choice: `{ node, control, read }`. */
export function menu(element, value, desk) {
  const entry = (option) =>
    h('option', { value: option.value, selected: option.value === value }, option.text.text);
  const node = h(
    'select',
    { 'aria-label': element.placeholder?.text },
    h('option', { value: '' }, element.placeholder?.text ?? 'Choose…'),
    element.option_groups
      ? element.option_groups.map((group) =>
          h('optgroup', { label: group.label.text }, group.options.map(entry)),
        )
      : optionsOf(element, desk).map(entry),
  );
  return { node, control: node, read: () => node.value || null };
}

/** A menu for several choices, drawn as a list to tick. */
export function tickList(element, values, desk) {
  return ticks('checkbox', optionsOf(element, desk), values ?? [], desk, 'several');
}

export function checkboxes(element, values, desk) {
  return ticks('checkbox', element.options, values ?? [], desk);
}

export function radioButtons(element, value, desk) {
  const drawn = ticks('radio', element.options, [value], desk);
  return { ...drawn, read: () => drawn.read()[0] ?? null };
}

let groups = 0;

function ticks(type, options, current, desk, look = '') {
  groups += 1;
  const name = `group-${groups}`;
  const node = h(
    'div',
    { class: `ticks ${look}`, role: type === 'radio' ? 'radiogroup' : 'group' },
    options.map((option) =>
      h(
        'label',
        {},
        h('input', { type, name, value: option.value, checked: current.includes(option.value) }),
        h('span', {}, words(option.text, desk)),
        option.description && h('small', {}, words(option.description, desk)),
      ),
    ),
  );
  const read = () => [...node.querySelectorAll('input:checked')].map((input) => input.value);
  return { node, control: node, read };
}

function optionsOf(element, desk) {
  if (element.option_groups) return element.option_groups.flatMap((group) => group.options);
  if (element.options) return element.options;
  const named = (value, text) => ({ text: { type: 'plain_text', text }, value });
  if (/users_select$/.test(element.type)) {
    return [...desk.people.values()]
      .filter((person) => !person.bot)
      .map((person) => named(person.id, person.name));
  }
  return [...desk.channels.values()].map((channel) => named(channel.id, `#${channel.name}`));
}
