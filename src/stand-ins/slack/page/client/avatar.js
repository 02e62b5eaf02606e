import { h } from './dom.js';

/** Initials on a colour that stays with the person. */
export function avatar(person, look = '') {
  if (person.bot) return h('span', { class: `avatar bot ${look}`, 'aria-hidden': 'true' }, '☼');
  const initials = person.name
    .split(/[\s._-]+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');
  return h('span', { class: `avatar hue-${hueOf(person.id)} ${look}`, 'aria-hidden': 'true' }, initials);
}

function hueOf(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return sum % 8;
}
