/** The grammar of times that people type, without any calendar: what stands there, not what it means. */

/** Seconds after midnight as typed; `problem` when it looks like a time and is none. */
type TypedClock = { seconds: number; text: string; problem?: undefined } | { problem: string };

export type TypedDay = 'today' | 'yesterday' | { date: string; iso: boolean };

export interface TypedTime {
  approximate: boolean;
  day?: TypedDay;
  clock: TypedClock;
  until?: { clock: TypedClock; day?: TypedDay };
  /** `17:30-05:00` could be a range over midnight, or half past five at UTC-05:00. */
  untilOrOffset?: string;
  /** Everything after it, the zone included. */
  rest: string;
}

const ABOUT = /^\s*(?:~|≈|(?:ca|circa|about|around|approx|c)\b\.?)\s*/i;
const AT = /^\s*at\s+/i;
const DASH = /^\s*(?:-|–|—|\bto\b|\buntil\b)\s*/i;

/** Reads a time off the front of `text`; `undefined` when it does not start with one. */
export function readTypedTime(text: string): TypedTime | undefined {
  let rest = text.trimStart().replace(AT, '');
  let approximate = false;
  let day: TypedDay | undefined;
  // "ca. yesterday 18:30" and "yesterday ca. 18:30" are said equally.
  for (let round = 0; round < 2; round += 1) {
    const about = rest.match(ABOUT)?.[0];
    if (about !== undefined) {
      approximate = true;
      rest = rest.slice(about.length);
    }
    const readDay = day === undefined ? readTypedDay(rest) : undefined;
    if (readDay) ({ day, rest } = readDay);
  }
  const clock = readTypedClock(rest);
  if (!clock) return undefined;
  const common = { approximate, ...(day === undefined ? {} : { day }) };
  return { ...common, ...readRange(clock, day) };
}

interface ReadClock {
  clock: TypedClock;
  meridiem?: string;
  rest: string;
}

function readRange(first: ReadClock, day: TypedDay | undefined): Omit<TypedTime, 'approximate' | 'day'> {
  const alone = { clock: first.clock, rest: first.rest };
  const iso = typeof day === 'object' && day.iso;
  // "17:30 -05:00" is an offset, and so is "2025-08-12T17:30-05:00".
  const offset = first.rest.match(iso ? /^\s*[+-]\d{2}:?\d{2}(?![\d:])/ : /^\s+[+-]\d{2}:?\d{2}(?![\d:])/);
  const dash = first.rest.match(DASH)?.[0];
  if (dash === undefined || offset) return alone;
  const endDay = readTypedDay(first.rest.slice(dash.length));
  const end = readTypedClock(endDay?.rest ?? first.rest.slice(dash.length));
  if (!end) return alone;
  const mayBeOffset = first.rest.match(/^-(0\d|1[0-2]):([03]0|45)(?![\d:])/)?.[0];
  return {
    clock:
      first.meridiem === undefined && end.meridiem ? withMeridiem(first.clock, end.meridiem) : first.clock,
    until: { clock: end.clock, ...(endDay ? { day: endDay.day } : {}) },
    ...(mayBeOffset === undefined ? {} : { untilOrOffset: mayBeOffset }),
    rest: end.rest,
  };
}

function readTypedDay(text: string): { day: TypedDay; rest: string } | undefined {
  const word = text.match(/^\s*(today|yesterday),?\s+(?:at\s+)?/i);
  if (word) {
    const day = word[1]?.toLowerCase() === 'today' ? 'today' : 'yesterday';
    return { day, rest: text.slice(word[0].length) };
  }
  const date = text.match(/^\s*(\d{4}-\d{2}-\d{2})(T|,?\s+(?:at\s+)?)/i);
  if (!date) return undefined;
  const iso = date[2]?.toUpperCase() === 'T';
  return { day: { date: date[1] ?? '', iso }, rest: text.slice(date[0].length) };
}

function readTypedClock(text: string): ReadClock | undefined {
  const found =
    text.match(/^\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:\s*([ap])\.?m\b\.?)?/i) ??
    text.match(/^\s*(\d{1,2})()()\s*([ap])\.?m\b\.?/i);
  if (!found) return undefined;
  const [whole, hour, minute, second, half] = found;
  const rest = text.slice(whole.length);
  if (/^:?\d/.test(rest)) return undefined;
  const meridiem = half?.toLowerCase();
  const clock = makeClock(Number(hour), Number(minute || 0), Number(second || 0), meridiem, whole.trim());
  return meridiem === undefined ? { clock, rest } : { clock, meridiem, rest };
}

function makeClock(
  hour: number,
  minute: number,
  second: number,
  meridiem: string | undefined,
  text: string,
): TypedClock {
  if (meridiem !== undefined && (hour < 1 || hour > 12)) {
    return { problem: `${text} is not a time of day; with am and pm the hours go from 1 to 12` };
  }
  if (hour > 23 || minute > 59 || second > 59) {
    return { problem: `${text} is not a time of day; hours go from 00 to 23 and minutes from 00 to 59` };
  }
  const hours = meridiem === undefined ? hour : (hour % 12) + (meridiem === 'p' ? 12 : 0);
  return { seconds: hours * 3600 + minute * 60 + second, text };
}

/** "5:30-5:45pm": what the end says holds for the start too. */
function withMeridiem(clock: TypedClock, meridiem: string): TypedClock {
  if (clock.problem !== undefined) return clock;
  const hour = Math.floor(clock.seconds / 3600);
  return makeClock(hour, Math.floor(clock.seconds / 60) % 60, clock.seconds % 60, meridiem, clock.text);
}
