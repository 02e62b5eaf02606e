import { clockTime, dayAndTime, dayWords } from './clock-words.ts';
import type { Incident } from './incident.ts';
import { type Choice, chooseNext, membersOf, nextToComeOn } from './on-duty/choose-next.ts';
import type { NextStep } from './paging.ts';
import { alreadyAsked, roundOf } from './paging.ts';
import type { Ladder } from './paging-state.ts';
import { memberById, personIdOf } from './people.ts';
import { asTyped, listed, mention } from './sentence.ts';
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
  /** What those who show a sign of not being there show, in words. */
  signs?: Readonly<Record<PersonId, string>>;
  /** Members who have left: they are passed over, and that is said. */
  gone?: readonly PersonId[];
}

/** The next step of a roster's ladder, in the words of the incident. */
export function nextStepOf(
  team: Team,
  incident: Incident,
  ladder: Ladder,
  whole: Roster,
  known: DutyKnowledge,
  now: Date,
): NextStep {
  const declined = declinedFor(incident, ladder).flatMap((id) => memberById(team, id)?.name ?? []);
  const { roster: present, leavers } = withoutLeavers(team, whole, known.gone ?? []);
  const roster = declinedLast(present, declined);
  const asked = alreadyAsked(incident, ladder);
  const tried = asked.flatMap((id) => memberById(team, id)?.name ?? []);
  const awaited = ladder.awaited === undefined ? undefined : memberById(team, ladder.awaited);
  const counts = team.people.map((person) => [person.name, known.pages[personIdOf(person)] ?? 0] as const);
  const input = {
    roster,
    people: team.people,
    severity: incident.severity,
    now,
    ...(awaited ? { awaited: awaited.name } : {}),
    ...(known.onCall ? { onCall: known.onCall } : {}),
    pagesInLast7Days: Object.fromEntries(counts),
    withSigns: team.people.flatMap((person) => (known.signs?.[personIdOf(person)] ? person.name : [])),
  };
  const round = roundOf(incident, ladder);

  function choose(base: readonly string[]): Choice {
    const willing = chooseNext({ ...input, tried: [...base, ...declined] });
    if (willing.kind !== 'exhausted') return willing;
    const anybody = chooseNext({ ...input, tried: base });
    if (anybody.kind !== 'page') return anybody;
    return { ...anybody, reason: `said “not me” before, but nobody else is left; ${anybody.reason}` };
  }

  const choice = choose(tried);
  if (choice.kind !== 'exhausted')
    return told(inRound(stepOf(choice, roster, known, team.timezone), round, roster), leavers);
  const again = round < roster.rounds ? choose([]) : undefined;
  if (again?.kind === 'page')
    return told(inRound(stepOf(again, roster, known, team.timezone), round + 1, roster), leavers);
  return told(exhausted(team, roster, tried, now), leavers);
}

/** Who said “not me” to this roster's pages of the incident: asked again only when nobody else is left. */
function declinedFor({ pages, ladders }: Incident, { roster }: Ladder): PersonId[] {
  const declined = Object.values(pages).filter(
    ({ state, ladder }) => state === 'declined' && ladders[ladder]?.roster === roster,
  );
  return declined.map(({ person }) => person);
}

/** Of those who come on together, one who has not declined is named and awaited. */
function declinedLast(roster: Roster, declined: readonly string[]): Roster {
  const last = (name: string) => Number(declined.includes(name));
  return { ...roster, members: roster.members.toSorted((a, b) => last(a) - last(b)) };
}

function withoutLeavers(
  team: Team,
  roster: Roster,
  gone: readonly PersonId[],
): { roster: Roster; leavers: PersonId[] } {
  const members = membersOf(roster, team.people);
  const leavers = members.map(personIdOf).filter((id) => gone.includes(id));
  const left = members.filter((person) => !leavers.includes(personIdOf(person)));
  return { roster: { ...roster, members: left.map(({ name }) => name) }, leavers };
}

function told(step: NextStep, leavers: readonly PersonId[]): NextStep {
  if (leavers.length === 0) return step;
  const closed =
    leavers.length === 1 ? 'whose Slack account is closed, is' : 'whose Slack accounts are closed, are';
  return { ...step, reason: `${step.reason} (${listed(leavers.map(mention))}, ${closed} passed over)` };
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

/** `Tue 12 Aug`, and what the team's clock shows where it is another. */
function onWhichDay({ person, from }: { person: Person; from: Date }, zone: string): string {
  const day = dayWords(from, person.timezone);
  if (person.timezone === zone) return day;
  const sameDay = dayWords(from, zone) === day;
  return `${day}, ${sameDay ? clockTime(from, zone) : dayAndTime(from, zone)} for the team`;
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
      const id = personIdOf(person);
      return {
        kind: 'page',
        person: id,
        localTime,
        reason: `${choice.reason}${stale}`,
        ...signOf(id, known),
      };
    }
    case 'wait': {
      const person = personIdOf(choice.person);
      return {
        kind: 'wait',
        person,
        from: choice.from.getTime(),
        ...signOf(person, known),
        reason: `Nobody is in hours until ${clockTime(choice.from, choice.person.timezone)}, ${mention(person)} (${asTyped(roster.name)}; ${onWhichDay(choice, zone)}), who is paged then`,
      };
    }
    case 'nobody':
      return {
        kind: 'exhausted',
        reason: `Nobody of the ${asTyped(roster.name)} roster has any hours to come`,
      };
  }
}

function signOf(person: PersonId, { signs }: Pick<DutyKnowledge, 'signs'>): { sign?: string } {
  const sign = signs?.[person];
  return sign === undefined ? {} : { sign };
}

/** Somebody asked for by name: asked whatever the hour, because a person decided so, and once. */
export function directStep(
  incident: Incident,
  ladder: Ladder & { person: PersonId },
  localTime: string,
  signs: DutyKnowledge['signs'] = {},
): NextStep {
  if (alreadyAsked(incident, ladder).includes(ladder.person)) {
    return { kind: 'exhausted', reason: `Only ${mention(ladder.person)} was asked` };
  }
  const by =
    ladder.askedBy.kind === 'person' ? `asked for by ${mention(ladder.askedBy.id)}` : 'asked for by name';
  return { kind: 'page', person: ladder.person, localTime, reason: by, ...signOf(ladder.person, { signs }) };
}
