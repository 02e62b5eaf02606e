import moment from 'moment-timezone';
import { nearestWord } from './nearest-word.ts';

// Names without a slash that are zones and mean the same all year.
const PLAIN_NAMES: readonly string[] = ['UTC', 'GMT'];

const EXAMPLE = 'write the name of a place from the zone database, such as Europe/London';

const PLACES_OF_ABBREVIATIONS: Readonly<Record<string, string>> = {
  BST: 'Europe/London',
  WET: 'Europe/Lisbon',
  WEST: 'Europe/Lisbon',
  CET: 'Europe/Paris',
  CEST: 'Europe/Paris',
  EET: 'Europe/Bucharest',
  EEST: 'Europe/Bucharest',
  MSK: 'Europe/Moscow',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
};

/** What is wrong with a zone's name and what to write instead; `undefined` when it is one. */
export function zoneProblem(name: string): string | undefined {
  if (PLAIN_NAMES.includes(name)) return undefined;
  if (/^[A-Z]{2,5}\d?([A-Z]{3})?$/.test(name)) {
    const place = PLACES_OF_ABBREVIATIONS[name];
    const meant = place ? ` (\`${name}\` may be \`${place}\`)` : '';
    return `an abbreviation is not a zone, for it does not know when the clocks change; ${EXAMPLE}${meant}`;
  }
  if (/^([+-]|(UTC|GMT)[+-]|Etc\/GMT[+-])/.test(name)) {
    return `an offset is not a zone, for it does not know when the clocks change; ${EXAMPLE}`;
  }
  if (isZone(name)) return undefined;
  const nearest = nearestZone(name);
  return nearest
    ? `there is no such zone; did you mean \`${nearest}\`?`
    : `there is no such zone; ${EXAMPLE}`;
}

/** Whether the zone database knows exactly this name, and so does this machine's. */
function isZone(name: string): boolean {
  if (!moment.tz.names().includes(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone that was most likely meant, also when only the place or other capitals were written. */
function nearestZone(name: string): string | undefined {
  const names = moment.tz.names().filter((zone) => zone.includes('/'));
  const wanted = name.trim().replaceAll(' ', '_').toLowerCase();
  const sameCity = names.find(
    (zone) => zone.toLowerCase() === wanted || zone.toLowerCase().endsWith(`/${wanted}`),
  );
  return sameCity ?? nearestWord(wanted, names);
}
