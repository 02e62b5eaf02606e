import { parseArgs } from 'node:util';
import { didYouMean } from '../config/nearest-word.ts';
import { isoWithOffset } from '../domain/clock-words.ts';
import { AHEAD_MS } from '../domain/on-duty/coverage.ts';
import { firstChoiceOverTime } from '../domain/on-duty/first-choice-over-time.ts';
import type { Team } from '../domain/team.ts';
import { SEVERITIES, type SeverityName } from '../domain/words.ts';
import { DAY_MS, instantsOfWallClock, MINUTE_MS } from '../domain/zone-offsets.ts';
import { drawDutyCalendar } from './duty-calendar.ts';

export interface CommandResult {
  output: string;
  /** 0 done, 2 used wrongly. */
  exit: 0 | 1 | 2;
}

const USAGE = `Usage: daywatch on-duty [--roster NAME] [--from ISO] [--to ISO] [--severity sev1] [--json]
Who would be paged first, from the team's file alone. Without --severity nobody is woken.
Without --from it starts now, without --to it shows 60 days. --roster may be left out when there is only one.
Times are instants such as 2025-08-12T09:00:00+01:00, or dates and times in the team's zone.`;

const LONGEST_MS = 5 * 366 * DAY_MS;

interface Question {
  roster: string;
  from: Date;
  to: Date;
  severity?: SeverityName;
  json: boolean;
}

/**
 * `daywatch on-duty`. In JSON, `from` and `to` bear the offset of the team's zone, `next` that of the person's own.
 * `args` is what follows the command's name; `now` is where it starts when they do not say.
 */
export function onDutyCommand(team: Team, args: readonly string[], now: Date): CommandResult {
  const question = readQuestion(team, args, now);
  if (typeof question === 'string') return { output: `${question}\n\n${USAGE}`, exit: 2 };
  const { roster, from, to, severity } = question;
  const choices = firstChoiceOverTime(team, roster, from, to, severity);
  if (!question.json) return { output: drawDutyCalendar(team, roster, choices, severity), exit: 0 };
  const rows = choices.map((choice) => ({
    from: isoWithOffset(choice.from, team.timezone),
    to: isoWithOffset(choice.to, team.timezone),
    person: choice.person,
    next: choice.next,
  }));
  return { output: JSON.stringify(rows), exit: 0 };
}

/** What was asked, or a sentence that says what was wrong with it. */
function readQuestion(team: Team, args: readonly string[], now: Date): Question | string {
  const values = readOptions(args);
  if (typeof values === 'string') return values;
  const rosters = Object.keys(team.rosters);
  const known = rosters.length > 0 ? `known are ${rosters.join(', ')}` : 'the team file has none';
  const roster = values.roster ?? (rosters.length === 1 ? rosters[0] : undefined);
  if (roster === undefined) return `--roster is missing; ${known}.`;
  if (!rosters.includes(roster))
    return `There is no roster called ${roster}; ${known}${didYouMean(roster, rosters)}`;
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  const from = values.from === undefined ? minute : readTime('--from', values.from, team.timezone);
  if (typeof from === 'string') return from;
  const ahead = new Date(from.getTime() + AHEAD_MS);
  const to = values.to === undefined ? ahead : readTime('--to', values.to, team.timezone);
  if (typeof to === 'string') return to;
  if (to <= from) return `--to ${values.to} is not after ${values.from ? `--from ${values.from}` : 'now'}.`;
  if (to.getTime() - from.getTime() > LONGEST_MS)
    return 'That is more than five years; ask for less at once.';
  const json = values.json ?? false;
  if (values.severity === undefined) return { roster, from, to, json };
  const severity = SEVERITIES.find((name) => name === values.severity);
  if (!severity) return `--severity is ${values.severity}; allowed are ${SEVERITIES.join(', ')}.`;
  return { roster, from, to, severity, json };
}

interface Options {
  roster?: string;
  from?: string;
  to?: string;
  severity?: string;
  json?: boolean;
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const text = { type: 'string' } as const;
    const options = {
      roster: text,
      from: text,
      to: text,
      severity: text,
      json: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readTime(option: string, text: string, zone: string): Date | string {
  const example = 'an instant such as 2025-08-12T09:00:00+01:00, or a date such as 2025-08-12';
  const [, date, clock = 'T00:00', offset] =
    text.match(/^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/) ?? [];
  const wall = Date.parse(`${date}${clock}Z`);
  const real = !Number.isNaN(wall) && new Date(wall).toISOString().startsWith(date ?? '-');
  if (!real || (offset !== undefined && !text.includes('T')))
    return `${option} is ${text}; write ${example}.`;
  if (offset !== undefined) return new Date(Date.parse(text));
  const instants = instantsOfWallClock(zone, wall);
  const [instant] = instants;
  if (instants.length !== 1 || instant === undefined) {
    const often = instants.length === 0 ? 'does not exist' : 'comes twice';
    return `${option} ${text} ${often} in ${zone}, where the clocks change; add the offset.`;
  }
  return new Date(instant);
}
