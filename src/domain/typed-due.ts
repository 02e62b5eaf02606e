import { WEEKDAYS } from './team.ts';
import { DAY_MS } from './zone-offsets.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const ALLOWED = 'Type it as `due 2025-09-01`, `due friday`, `due 12 sep` or `due in 2 weeks`.';

export type Due = { due: string } | { problem: string };

/**
 * A day as one types it: `2025-09-01`, `tomorrow`, `friday` (the next one), `12 sep`, `in 2 weeks`, `3 days`. Nothing
 * where the words are no day at all; a problem where they look like one and are none.
 */
export function readDue(words: string, today: string): Due | undefined {
  const text = words.trim().toLowerCase().replace(/[.,]$/, '');
  const start = Date.parse(`${today}T00:00:00Z`);
  if (text === 'today') return { due: today };
  if (text === 'tomorrow') return later(start, 1);
  const weekday = WEEKDAYS.findIndex((day) => new RegExp(`^${day}[a-z]*$`).test(text));
  if (weekday >= 0) return later(start, ((weekday - mondayBased(start) + 6) % 7) + 1);
  const [, count, unit] = /^(?:in\s+)?(\d{1,3})\s*(d|days?|w|weeks?|months?)$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return afterSoMany(start, Number(count), unit);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]), words);
  const [, before, name, after] = /^(?:(\d{1,2})\s*)?([a-z]{3,9})(?:\s*(\d{1,2}))?$/.exec(text) ?? [];
  const month = name === undefined ? -1 : MONTHS.findIndex((short) => name.startsWith(short));
  const day = before ?? after;
  if (month >= 0 && day !== undefined) return nextOf(month + 1, Number(day), today, words);
  return /^\d/.test(text) ? { problem: `“${words.trim()}” is no day. ${ALLOWED}` } : undefined;
}

function mondayBased(at: number): number {
  return (new Date(at).getUTCDay() + 6) % 7;
}

function later(start: number, days: number): Due {
  return { due: new Date(start + days * DAY_MS).toISOString().slice(0, 10) };
}

function afterSoMany(start: number, count: number, unit: string): Due {
  if (unit.startsWith('d')) return later(start, count);
  if (unit.startsWith('w')) return later(start, count * 7);
  const date = new Date(start);
  const wanted = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + count);
  // A month that is too short ends on its last day.
  if (date.getUTCDate() !== wanted) date.setUTCDate(0);
  return { due: date.toISOString().slice(0, 10) };
}

function nextOf(month: number, day: number, today: string, words: string): Due {
  const year = Number(today.slice(0, 4));
  const found = dayOf(year, month, day, words);
  return 'due' in found && found.due < today ? dayOf(year + 1, month, day, words) : found;
}

function dayOf(year: number, month: number, day: number, words: string): Due {
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  if (!exists) return { problem: `“${words.trim()}” is on no calendar. ${ALLOWED}` };
  return { due: at.toISOString().slice(0, 10) };
}
