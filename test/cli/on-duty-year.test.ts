import { expect, test } from 'vitest';
import { onDutyCommand } from '../../src/cli/on-duty.ts';
import { dutyByTheMinute, type Situation } from '../domain/on-duty/duty-by-the-minute.ts';
import { AROUND_THE_WORLD, CHANGES } from '../domain/on-duty/eight-zones.ts';
import { teamOf } from '../domain/on-duty/people.ts';
import { isoOnTheWall } from '../domain/on-duty/wall-clock-by-intl.ts';
import { testTeam } from '../harness/team.ts';

const TEAM = { ...testTeam(), ...teamOf(AROUND_THE_WORLD, CHANGES) };
const FROM = Date.parse('2025-10-01T00:00:00+01:00');
const MINUTES = 365 * 1440;
const SLOW = dutyByTheMinute({ people: AROUND_THE_WORLD, overrides: CHANGES, from: FROM, minutes: MINUTES });

interface Row {
  from: string;
  to: string;
  person: string | null;
  next: string | null;
}

/** The rule read at every minute, with a new row wherever the answer is another one. */
function rowsByTheMinute(severity: Situation['severity']): Row[] {
  const rows: Row[] = [];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    const person = SLOW.firstAt(minute, { severity })?.replace('!', '') ?? null;
    const next = SLOW.nextAt(minute);
    const last = rows.at(-1);
    if (last && last.person === person && last.next === next) continue;
    const from = londonTime(minute);
    if (last) last.to = from;
    rows.push({ from, to: londonTime(MINUTES), person, next });
  }
  return rows;
}

function londonTime(minute: number): string {
  return isoOnTheWall('Europe/London', FROM / 60_000 + minute);
}

test.each([undefined, 'sev1', 'sev2'] as const)('a year of eight zones is exact for %s', (severity) => {
  const asked = ['--roster', 'tech-lead', '--from', '2025-10-01', '--to', '2026-10-01', '--json'];
  const args = severity ? [...asked, '--severity', severity] : asked;
  const { output, exit } = onDutyCommand(TEAM, args, new Date());
  expect(exit).toBe(0);
  const rows = rowsByTheMinute(severity);
  expect(rows.length).toBeGreaterThan(3_000);
  expect(JSON.parse(output)).toEqual(rows);
});
