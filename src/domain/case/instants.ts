import { z } from 'zod';

const ISO = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?([Zz]|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 with date, time and offset → epoch milliseconds, of a day and time that exist. */
export const instant = z.string().transform((text, context) => {
  const read = readInstant(text.trim());
  if (typeof read === 'number') return read;
  context.addIssue(read);
  return z.NEVER;
});

function readInstant(text: string): number | string {
  const parts = ISO.exec(text);
  if (!parts) {
    return /[Zz]$|[+-]\d{2}:?\d{2}$/.test(text.slice(10))
      ? 'must be an instant such as 2025-08-12T17:00:00+01:00'
      : 'must be an instant with an offset such as 2025-08-12T17:00:00+01:00';
  }
  const [, year, month, day, hour, minute, second = '0', fraction = '0', zone = 'Z'] = parts;
  const numbers = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = numbers;
  if (y < 1970 || y > 2100) return 'must be in a year from 1970 to 2100';
  const wall = new Date(Date.UTC(y, mo - 1, d, h, mi, s));
  const same = [wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate(), wall.getUTCHours()];
  const exists = [y, mo, d, h].every((part, index) => part === same[index]) && mi < 60 && s < 60;
  if (!exists) return 'must be a day and a time that exist';
  const offset = offsetMinutes(zone);
  if (offset === undefined) return 'must have an offset that exists, up to 14 hours';
  return wall.getTime() + Math.floor(Number(`0.${fraction}`) * 1000) - offset * 60_000;
}

function offsetMinutes(zone: string): number | undefined {
  if (/^[Zz]$/.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** An IANA zone: `Europe/London`, `UTC`. Abbreviations and offsets are none. */
export const zoneName = z
  .string()
  .refine(isZone, 'must be an IANA time zone such as Europe/London, America/Los_Angeles or UTC');

/** A name of the zone database. */
export function isZone(name: string): boolean {
  if (name !== 'UTC' && !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
