import { nowOf } from '../../core.ts';
import { clockTime, dayWords, zonePlace } from '../../domain/clock-words.ts';
import {
  AHEAD_MS,
  type Coverage,
  coverageOf,
  type UnusualHole,
  type WeekAhead,
} from '../../domain/on-duty/coverage.ts';
import {
  clockChangeWords,
  nobodyWords,
  OVERLOAD_RULE,
  offWords,
  overloadWords,
  unusualHoleWords,
} from '../../domain/on-duty/coverage-words.ts';
import { personIdOf } from '../../domain/people.ts';
import { asTyped, mention } from '../../domain/sentence.ts';
import type { Team } from '../../domain/team.ts';
import type { Gesture, Reply } from '../gesture.ts';
import { zoneOf } from '../when-typed.ts';

/** Lines of holes and of odd weeks a roster; more is for the command line. */
const SHOWN = 15;
/** Slack takes about 13,200 characters in a message. */
const LONGEST = 9_000;

/** `/incident who week`: what the next 60 days have in store, in the reader's own zone. */
export async function whoWeek(gesture: Gesture, rosterName: string): Promise<Reply> {
  const { team } = gesture.core;
  const names = Object.keys(team.rosters);
  const asked = rosterName ? names.filter((name) => name === rosterName) : names;
  if (names.length === 0) {
    return {
      text: 'The team’s file names no roster. `people:` and `rosters:` in daywatch.yaml say whose day it is.',
    };
  }
  if (asked.length === 0) {
    const known = names.map((name) => `\`/incident who week ${name}\``).join(' or ');
    return { text: `There is no roster called “${asTyped(rosterName)}”. Type ${known}.` };
  }
  const zone = await zoneOf(gesture);
  const from = nowOf(gesture.core);
  const parts = asked.map((name) => {
    const coverage = coverageOf(team, name, new Date(from), new Date(from + AHEAD_MS));
    return rosterAhead(team, name, coverage, zone).join('\n');
  });
  const head = `The next 60 days, from the team’s file. Times are those of ${zonePlace(zone)}, where it is ${clockTime(from, zone)}.`;
  return { text: [head, ...asManyAsFit(asked, parts)].join('\n') };
}

/** The first roster in any case; those that make the answer too long are named. */
function asManyAsFit(names: readonly string[], parts: readonly string[]): string[] {
  const shown: string[] = [];
  const left: string[] = [];
  let length = 0;
  for (const [index, part] of parts.entries()) {
    length += part.length;
    if (index === 0 || length <= LONGEST) shown.push(part);
    else left.push(`\`/incident who week ${names[index]}\``);
  }
  return left.length > 0 ? [...shown, `For the others: ${left.join(', ')}.`] : shown;
}

function rosterAhead(team: Team, name: string, coverage: Coverage, zone: string): string[] {
  const call = (person: string) => {
    const member = team.people.find((candidate) => candidate.name === person);
    return member ? mention(personIdOf(member)) : asTyped(person);
  };
  const { weeks, unusualHoles } = coverage;
  const holes = unusualHoles.map((hole: UnusualHole) => `• ${unusualHoleWords(hole, zone, call)}`);
  const odd = weeks.flatMap((week) => oddWeek(week, team.timezone, call));
  const overloaded = weeks.some(({ overloads }) => overloads.length > 0);
  return [
    `**${asTyped(name)}**`,
    ...weeks.map(
      (week) => `• ${dayWords(week.from, team.timezone)}${marksOf(week)}: ${nobodyWords(week, zone)}`,
    ),
    ...listOf('Holes that other weeks do not have', holes, name),
    ...listOf('Odd weeks', odd, name),
    ...(overloaded ? [OVERLOAD_RULE] : []),
  ];
}

/** What of a week is told below, at a glance. */
function marksOf({ changes, off, overloads }: WeekAhead): string {
  const marks = [
    changes.length > 0 ? '⏰' : '',
    off.length > 0 ? '🌴' : '',
    overloads.length > 0 ? '⚖️' : '',
  ].join('');
  return marks ? ` ${marks}` : '';
}

function oddWeek(week: WeekAhead, teamZone: string, call: (person: string) => string): string[] {
  const { changes, off, overloads } = week;
  const what = [
    changes.length > 0 ? `⏰ clocks change: ${changes.map(clockChangeWords).join(', ')}` : '',
    off.length > 0 ? `🌴 off: ${off.map((person) => offWords(person, call)).join(', ')}` : '',
    ...overloads.map((overload) => `⚖️ ${overloadWords(overload, call)}`),
  ].filter(Boolean);
  return what.length > 0 ? [`• Week of ${dayWords(week.from, teamZone)}: ${what.join('; ')}`] : [];
}

function listOf(title: string, lines: readonly string[], roster: string): string[] {
  if (lines.length === 0) return [];
  const more =
    lines.length > SHOWN
      ? [`• … and ${lines.length - SHOWN} more: \`npx daywatch on-duty --roster ${roster}\``]
      : [];
  return [`_${title}_`, ...lines.slice(0, SHOWN), ...more];
}
