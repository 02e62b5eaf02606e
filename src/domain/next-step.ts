import { dayAndTime } from './clock-words.ts';
import type { Incident } from './incident.ts';
import { type Choice, chooseNext, membersOf, nextToComeOn } from './on-duty/choose-next.ts';
import type { NextStep } from './paging.ts';
import { alreadyAsked, roundOf } from './paging.ts';
import type { Ladder } from './paging-state.ts';
import { memberById, personIdOf } from './people.ts';
import { asTyped, mention } from './sentence.ts';
import type { Person, Roster, Team } from './team.ts';
import type { PersonId } from './words.ts';

/** What is known from outside when the next step of a ladder is chosen. */
export interface DutyKnowledge {
  /** Names of those whom PagerDuty has on call, where a schedule is configured and was ever read. */
  onCall?: readonly string[];
  /** Added to the reason when that knowledge is old: "PagerDuty as of 14:02". */
  staleness?: string;
  /** How often each was paged in the last 7 days. */
  pages: Readonly<Record<PersonId, number>>;
}

/** The next step of a roster's ladder, in the words of the incident. */
export function nextStepOf(
  team: Team,
  incident: Incident,
  ladder: Ladder,
  roster: Roster,
  known: DutyKnowledge,
  now: Date,
): NextStep {
  const asked = alreadyAsked(incident, ladder);
  const tried = asked.flatMap((id) => memberById(team, id)?.name ?? []);
  const counts = team.people.map((person) => [person.name, known.pages[personIdOf(person)] ?? 0] as const);
  const input = {
    roster,
    people: team.people,
    severity: incident.severity,
    now,
    ...(known.onCall ? { onCall: known.onCall } : {}),
    pagesInLast7Days: Object.fromEntries(counts),
  };
  const round = roundOf(incident, ladder);
  const choice = chooseNext({ ...input, tried });
  if (choice.kind !== 'exhausted')
    return inRound(stepOf(choice, roster, known, team.timezone), round, roster);
  const again = round < roster.rounds ? chooseNext({ ...input, tried: [] }) : undefined;
  if (again?.kind === 'page') return inRound(stepOf(again, roster, known, team.timezone), round + 1, roster);
  return exhausted(team, roster, tried, now);
}

function inRound(step: NextStep, round: number, roster: Roster): NextStep {
  if (step.kind !== 'page' || round === 1) return step;
  return { ...step, round, reason: `asked again, round ${round} of ${roster.rounds}: ${step.reason}` };
}

/** Whoever could not be asked now is asked when their day starts. */
function exhausted(team: Team, roster: Roster, tried: readonly string[], now: Date): NextStep {
  const all = `Everybody of the ${asTyped(roster.name)} roster who may be asked now was asked`;
  const others = membersOf(roster, team.people).filter(({ name }) => !tried.includes(name));
  const next = nextToComeOn(others, roster, now);
  if (!next) return { kind: 'exhausted', reason: all };
  const person = personIdOf(next.person);
  return {
    kind: 'exhausted',
    reason: `${all}; ${mention(person)} is paged at the start of their day, ${startWords(next, team.timezone)}, if nobody has it by then`,
    later: { person, from: next.from.getTime() },
  };
}

function startWords({ person, from }: { person: Person; from: Date }, zone: string): string {
  const ours = person.timezone === zone ? '' : `, ${dayAndTime(from, zone)} for the team`;
  return `${dayAndTime(from, person.timezone)}${ours}`;
}

function stepOf(
  choice: Exclude<Choice, { kind: 'exhausted' }>,
  roster: Roster,
  known: DutyKnowledge,
  zone: string,
): NextStep {
  switch (choice.kind) {
    case 'page': {
      const stale = known.staleness ? ` (${known.staleness})` : '';
      const { person, localTime } = choice;
      return { kind: 'page', person: personIdOf(person), localTime, reason: `${choice.reason}${stale}` };
    }
    case 'wait': {
      const person = personIdOf(choice.person);
      return {
        kind: 'wait',
        person,
        from: choice.from.getTime(),
        reason: `Nobody of the ${asTyped(roster.name)} roster is in hours until ${startWords(choice, zone)}; ${mention(person)} is paged then`,
      };
    }
    case 'nobody':
      return {
        kind: 'exhausted',
        reason: `Nobody of the ${asTyped(roster.name)} roster has any hours to come`,
      };
  }
}

/** Somebody asked for by name: asked whatever the hour, because a person decided so, and once. */
export function directStep(
  incident: Incident,
  ladder: Ladder & { person: PersonId },
  localTime: string,
): NextStep {
  if (alreadyAsked(incident, ladder).includes(ladder.person)) {
    return { kind: 'exhausted', reason: `Only ${mention(ladder.person)} was asked` };
  }
  const by =
    ladder.askedBy.kind === 'person' ? `asked for by ${mention(ladder.askedBy.id)}` : 'asked for by name';
  return { kind: 'page', person: ladder.person, localTime, reason: by };
}
