import { readWhen, type When, type WhenContext } from './when.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './zone-offsets.ts';

const UNITS: Record<string, number> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };
/** `in 2h`, `90m`, `1h30m`, `in an hour`, `in 45 minutes` */
const SPAN =
  /^\s*(?:in\s+)?((?:(?:\d{1,4}(?:[.,]5)?|an?)\s*(?:d(?:ays?)?|h(?:ours?|rs?)?|m(?:in(?:ute)?s?)?)(?![a-z])\s*)+)(?=$|[\s,;:.–—-])/i;
const PART = /(\d{1,4}(?:[.,]5)?|an?)\s*([dhm])/gi;
const LONGEST_MS = 14 * DAY_MS;

/** Takes a time to come off the front of a text: a span from now, or any way of writing a time. */
export function readTimeToCome(text: string, context: WhenContext): When {
  const span = SPAN.exec(text);
  // "a" and a letter may begin a sentence: without "in" a number must stand there.
  if (span?.[1] && (/^\s*in\s/i.test(text) || /^\s*\d/.test(text)))
    return spanFromNow(span[0], text, context);
  const [tomorrow] = /^\s*tomorrow(?:\s+at)?,?\s+/i.exec(text) ?? [];
  return tomorrow === undefined
    ? readWhen(text, { ...context, ahead: { days: 0 } })
    : readWhen(text.slice(tomorrow.length), { ...context, ahead: { days: 1 } });
}

function spanFromNow(taken: string, text: string, { now }: WhenContext): When {
  let ms = 0;
  for (const [, count = '', unit = ''] of taken.replace(/^\s*in\s+/i, '').matchAll(PART)) {
    const number = /^an?$/i.test(count) ? 1 : Number(count.replace(',', '.'));
    ms += number * (UNITS[unit.toLowerCase()] ?? 0);
  }
  if (ms < MINUTE_MS || ms > LONGEST_MS)
    return { problem: `${taken.trim()} is not a time for an update; from one minute to 14 days it can be` };
  const rest = text.slice(taken.length).replace(/^[\s,;:.–—-]+/, '');
  return { at: new Date(now.getTime() + ms), approximate: false, rest };
}
