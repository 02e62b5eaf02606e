import type { DutyByTheMinute } from './on-duty/duty-by-the-minute.ts';

/** Ticks are half minutes: answers come between the minutes, and so do the steps after them. */
export const TICK_MS = 30_000;

/** What somebody does so many ticks after the page; nothing: stays silent. */
export type Habit = { does: 'take' | 'decline'; after: number } | undefined;

export interface Circumstances {
  duty: DutyByTheMinute;
  habits: Readonly<Record<string, Habit>>;
  severity: 'sev1' | 'sev2';
  /** Whom the pager's schedule has on call. */
  onCall: readonly string[];
  /** How long a page waits for an answer. */
  limit: number;
  rounds: number;
  ticks: number;
}

interface Paged {
  name: string;
  at: number;
}

/** Who is paged at which tick, read off the rule one tick after the other: slow, and sharing nothing with the code under test. */
export function pagesByTheTick({
  duty,
  habits,
  severity,
  onCall,
  limit,
  rounds,
  ticks,
}: Circumstances): string[] {
  const pages: Paged[] = [];
  let asked: string[] = [];
  const declined = new Set<string>();
  let standing: Paged | undefined;
  let round = 1;
  let idle = false;

  /** Who comes on while all wait was named before, by the roster's order alone. */
  function firstOf(tick: number, tried: readonly string[], awaited: boolean): string | undefined {
    const inside = tick % 2 === 1;
    const situation = awaited ? { tried, inside, inOrder: true } : { severity, tried, inside, onCall };
    return duty.firstAt(Math.floor(tick / 2), situation)?.replace('!', '');
  }

  /** Who declined before comes after everybody else. */
  function pageFrom(tick: number, tried: readonly string[], awaited: boolean): boolean {
    const name = firstOf(tick, [...tried, ...declined], awaited) ?? firstOf(tick, tried, awaited);
    if (name === undefined) return false;
    standing = { name, at: tick };
    asked = [...tried, name];
    pages.push(standing);
    idle = false;
    return true;
  }

  for (let tick = 0; tick < ticks; tick += 1) {
    if (pages.some(({ name, at }) => habits[name]?.does === 'take' && at + habits[name].after === tick))
      break;
    if (standing) {
      const habit = habits[standing.name];
      const declines = habit?.does === 'decline' && standing.at + habit.after === tick;
      if (declines) declined.add(standing.name);
      if (declines || tick >= standing.at + limit) standing = undefined;
    }
    if (standing || pageFrom(tick, asked, idle) || idle) continue;
    if (asked.length > 0 && round < rounds && pageFrom(tick, [], false)) round += 1;
    idle = standing === undefined;
  }
  return pages.map(({ name, at }) => `${name} at ${at}`);
}
