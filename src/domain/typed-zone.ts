import moment from 'moment-timezone';
import { zoneAbbreviation } from './clock-words.ts';
import { HOUR_MS, MINUTE_MS, offsetAt } from './zone-offsets.ts';

/** A zone as somebody typed it after a time. */
export type TypedZone =
  | { kind: 'place'; zone: string }
  | { kind: 'offset'; offset: number; label: string }
  /** Means this offset, and the clocks of this place. */
  | { kind: 'abbreviation'; abbreviation: string; offset: number; zone: string };

export type ZoneReading =
  | { kind: 'read'; zone: TypedZone; rest: string }
  | { kind: 'several'; abbreviation: string; zones: TypedZone[]; rest: string }
  | { kind: 'unknown'; name: string };

interface Meaning {
  offset: number;
  zone: string;
}

/** What abbreviations mean, the common meaning first. */
const ABBREVIATIONS: Readonly<Record<string, readonly Meaning[]>> = {
  UTC: [at(0, 'UTC')],
  GMT: [at(0, 'Europe/London')],
  BST: [at(1, 'Europe/London')],
  IST: [at(5.5, 'Asia/Kolkata'), at(1, 'Europe/Dublin'), at(2, 'Asia/Jerusalem')],
  IDT: [at(3, 'Asia/Jerusalem')],
  WET: [at(0, 'Europe/Lisbon')],
  WEST: [at(1, 'Europe/Lisbon')],
  CET: [at(1, 'Europe/Paris')],
  CEST: [at(2, 'Europe/Paris')],
  EET: [at(2, 'Europe/Bucharest')],
  EEST: [at(3, 'Europe/Bucharest')],
  MSK: [at(3, 'Europe/Moscow')],
  WAT: [at(1, 'Africa/Lagos')],
  CAT: [at(2, 'Africa/Maputo')],
  EAT: [at(3, 'Africa/Nairobi')],
  SAST: [at(2, 'Africa/Johannesburg')],
  PKT: [at(5, 'Asia/Karachi')],
  HKT: [at(8, 'Asia/Hong_Kong')],
  JST: [at(9, 'Asia/Tokyo')],
  KST: [at(9, 'Asia/Seoul')],
  AWST: [at(8, 'Australia/Perth')],
  ACST: [at(9.5, 'Australia/Adelaide')],
  ACDT: [at(10.5, 'Australia/Adelaide')],
  AEST: [at(10, 'Australia/Sydney')],
  AEDT: [at(11, 'Australia/Sydney')],
  NZST: [at(12, 'Pacific/Auckland')],
  NZDT: [at(13, 'Pacific/Auckland')],
  NST: [at(-3.5, 'America/St_Johns')],
  NDT: [at(-2.5, 'America/St_Johns')],
  AST: [at(-4, 'America/Halifax')],
  ADT: [at(-3, 'America/Halifax')],
  EST: [at(-5, 'America/New_York')],
  EDT: [at(-4, 'America/New_York')],
  CST: [at(-6, 'America/Chicago'), at(8, 'Asia/Shanghai'), at(-5, 'America/Havana')],
  CDT: [at(-5, 'America/Chicago'), at(-4, 'America/Havana')],
  MST: [at(-7, 'America/Denver')],
  MDT: [at(-6, 'America/Denver')],
  PST: [at(-8, 'America/Los_Angeles'), at(8, 'Asia/Manila')],
  PDT: [at(-7, 'America/Los_Angeles')],
  AKST: [at(-9, 'America/Anchorage')],
  AKDT: [at(-8, 'America/Anchorage')],
  HST: [at(-10, 'Pacific/Honolulu')],
};

/** Abbreviations of which no meaning is so common that it may be assumed. */
const ALWAYS_ASKED: readonly string[] = ['IST'];

/**
 * Reads a zone off the front of `text`: `UTC`, `Z`, `BST`, `Europe/London`, `+05:30`, `UTC+2`. `undefined` when none
 * stands there. An abbreviation with several meanings is the one in use where the speaker is, else where the team is.
 */
export function readTypedZone(
  text: string,
  near: { zones: readonly string[]; now: number },
): ZoneReading | undefined {
  return readOffset(text) ?? readPlace(text) ?? readAbbreviation(text, near);
}

/** How far ahead of UTC the clocks of a typed zone are at an instant. */
export function offsetOfTyped(zone: TypedZone, instant: number): number {
  return zone.kind === 'place' ? offsetAt(zone.zone, instant) : zone.offset;
}

function readOffset(text: string): ZoneReading | undefined {
  const [whole, prefix = '', sign, hours, minutes] =
    text.match(/^\s*(UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?(?![\d:])/i) ?? [];
  if (whole === undefined || hours === undefined) return undefined;
  // A bare "+1" is a vote, not a zone.
  if (prefix === '' && (minutes === undefined || hours.length < 2)) return undefined;
  const size = Number(hours) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS;
  if (size > 14 * HOUR_MS || Number(minutes ?? 0) > 59) return { kind: 'unknown', name: whole.trim() };
  const offset = sign === '-' ? -size : size;
  return {
    kind: 'read',
    zone: { kind: 'offset', offset, label: whole.trim() },
    rest: text.slice(whole.length),
  };
}

function readPlace(text: string): ZoneReading | undefined {
  const [whole, name = ''] = text.match(/^\s*([A-Z][A-Za-z]+(?:\/[A-Za-z][A-Za-z_+-]*)+)/) ?? [];
  if (whole === undefined) return undefined;
  const areas = new Set(moment.tz.names().map((zone) => zone.split('/')[0]));
  if (!areas.has(name.split('/')[0] ?? '')) return undefined;
  if (!moment.tz.names().includes(name)) return { kind: 'unknown', name };
  return { kind: 'read', zone: { kind: 'place', zone: name }, rest: text.slice(whole.length) };
}

function readAbbreviation(
  text: string,
  near: { zones: readonly string[]; now: number },
): ZoneReading | undefined {
  const [whole, typed = ''] = text.match(/^\s*(Z(?![\w/])|utc\b|gmt\b|[A-Z]{3,4}\b)/) ?? [];
  if (whole === undefined) return undefined;
  const abbreviation = typed === 'Z' ? 'UTC' : typed.toUpperCase();
  const meanings = Object.hasOwn(ABBREVIATIONS, abbreviation) ? ABBREVIATIONS[abbreviation] : undefined;
  const [common] = meanings ?? [];
  if (!meanings || !common) return undefined;
  const rest = text.slice(whole.length);
  const zones = meanings.map((meaning) => ({ kind: 'abbreviation' as const, abbreviation, ...meaning }));
  const local = inUseNear(abbreviation, near);
  if (local) return { kind: 'read', zone: { kind: 'abbreviation', abbreviation, ...local }, rest };
  if (ALWAYS_ASKED.includes(abbreviation)) return { kind: 'several', abbreviation, zones, rest };
  return { kind: 'read', zone: { kind: 'abbreviation', abbreviation, ...common }, rest };
}

/** The abbreviation as the speaker's or the team's clocks use it at some time of the year. */
function inUseNear(
  abbreviation: string,
  near: { zones: readonly string[]; now: number },
): Meaning | undefined {
  for (const zone of near.zones) {
    for (let month = 0; month < 12; month += 1) {
      const instant = near.now - month * 30.5 * 24 * HOUR_MS;
      if (zoneAbbreviation(instant, zone) === abbreviation) return { offset: offsetAt(zone, instant), zone };
    }
  }
  return undefined;
}

function at(hours: number, zone: string): Meaning {
  return { offset: hours * HOUR_MS, zone };
}
