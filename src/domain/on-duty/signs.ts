import { dayWords, hourMinute, localDate } from '../clock-words.ts';
import type { Instant } from '../words.ts';

/** What the chat shows of somebody by itself. It breaks ties and is told; it drops nobody. */
export interface Signs {
  /** The stretch of do-not-disturb that is under way or comes next. */
  quiet?: { from: Instant; to: Instant };
  /** Their status says that they are away; without an end it stands until they take it down. */
  away?: { until?: Instant };
}

/** `🌴 away by their Slack status, 🔕 do not disturb until 18:00`, on their own clock; nothing where nothing is shown now. */
export function signWords({ quiet, away }: Signs, now: Instant, zone: string): string | undefined {
  const isAway = away !== undefined && (away.until === undefined || now < away.until);
  const isQuiet = quiet !== undefined && quiet.from <= now && now < quiet.to;
  const words = [
    isAway ? `🌴 away by their Slack status${untilWords(away.until, now, zone)}` : undefined,
    isQuiet ? `🔕 do not disturb${untilWords(quiet.to, now, zone)}` : undefined,
  ].filter((part) => part !== undefined);
  return words.length > 0 ? words.join(', ') : undefined;
}

function untilWords(until: Instant | undefined, now: Instant, zone: string): string {
  if (until === undefined) return '';
  const day = localDate(until, zone) === localDate(now, zone) ? '' : `${dayWords(until, zone)} `;
  return ` until ${day}${hourMinute(until, zone)}`;
}
