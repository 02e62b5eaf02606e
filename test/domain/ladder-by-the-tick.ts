import type { DutyByTheMinute } from './on-duty/duty-by-the-minute.ts';

/** Ticks are half minutes: answers come between the minutes, and so do the steps after them. */
export const TICK_MS = 30_000;

/** What somebody does so many ticks after the page; nothing: stays silent. */
export type Habit = { does: 'take' | 'decline'; after: number } | undefined;

export interface Circumstances {
  duty: DutyByTheMinute;
  habits: Readonly<Record<string, Habit>>;
  severity: 'sev1' | 'sev2';
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
export function pagesByTheTick({ duty, habits, severity, limit, rounds, ticks }: Circumstances): string[] {
  const pages: Paged[] = [];
  let asked: string[] = [];
  let standing: Paged | undefined;
  let round = 1;
  let idle = false;

  function pageFrom(tick: number, tried: readonly string[], awakeOnly: boolean): boolean {
    const situation = { severity: awakeOnly ? undefined : severity, tried, inside: tick % 2 === 1 };
    const name = duty.firstAt(Math.floor(tick / 2), situation)?.replace('!', '');
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
      const declined = habit?.does === 'decline' && standing.at + habit.after === tick;
      if (declined || tick >= standing.at + limit) standing = undefined;
    }
    if (standing || pageFrom(tick, asked, idle) || idle) continue;
    if (asked.length > 0 && round < rounds && pageFrom(tick, [], false)) round += 1;
    idle = standing === undefined;
  }
  return pages.map(({ name, at }) => `${name} at ${at}`);
}
