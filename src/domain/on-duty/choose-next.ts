import { clockTime, hourMinute, zonePlace } from '../clock-words.ts';
import type { Person, Roster } from '../team.ts';
import type { SeverityName } from '../words.ts';
import { MINUTE_MS } from '../zone-offsets.ts';
import { dutySpanAt, isAway, nextStart } from './duty.ts';
import { minutesToWindow } from './unsocial.ts';

/** Who has less than this left of the day comes after those who have more. */
export const ENOUGH_TIME_MS = 30 * MINUTE_MS;

export interface ChoiceInput {
  roster: Roster;
  people: readonly Person[];
  /** Without one nobody is woken. */
  severity?: SeverityName;
  now: Date;
  /** Names of those who were asked already. */
  tried: readonly string[];
  /** The name of whom the channel was told to come on first: they are asked first while they are in hours. */
  awaited?: string;
  /** Names of those whom the pager's schedule has on call. */
  onCall?: readonly string[];
  /** How often each was paged in the last 7 days, by name; nobody: 0. */
  pagesInLast7Days?: Readonly<Record<string, number>>;
  /** Names of those who show a sign of not being there, such as do-not-disturb: of two that are equal the other is asked. */
  withSigns?: readonly string[];
}

export type Choice =
  /** Ask this person now; `reason` is a clause for the timeline. */
  | { kind: 'page'; person: Person; basis: 'in-hours' | 'woken'; reason: string; localTime: string }
  /** Nobody is in hours or may be woken; this person comes on first. */
  | { kind: 'wait'; person: Person; from: Date }
  /** Everybody who may be asked was asked. */
  | { kind: 'exhausted' }
  /** Nobody of the roster is ever on duty. */
  | { kind: 'nobody' };

/** The next person to ask, by the rule "On duty and paging" of the product. */
export function chooseNext(input: ChoiceInput): Choice {
  const members = membersOf(input.roster, input.people);
  const untried = members.filter(({ name }) => !input.tried.includes(name));
  const choice = chooseInHours(untried, input) ?? chooseToWake(untried, input);
  if (choice) return choice;
  if (untried.length < members.length) return { kind: 'exhausted' };
  const next = nextToComeOn(members, input.roster, input.now);
  return next ? { kind: 'wait', ...next } : { kind: 'nobody' };
}

/** The people of a roster in its order. */
export function membersOf(roster: Roster, people: readonly Person[]): Person[] {
  return roster.members.flatMap((name) => people.find((person) => person.name === name) ?? []);
}

/** Whoever's in-hours time starts soonest after that instant, ties by roster order. */
export function nextToComeOn(
  members: readonly Person[],
  roster: Pick<Roster, 'overrides'>,
  now: Date,
): { person: Person; from: Date } | undefined {
  let next: { person: Person; from: Date } | undefined;
  for (const person of members) {
    const start = nextStart(person, now.getTime(), roster.overrides);
    if (start !== undefined && (!next || start < next.from.getTime()))
      next = { person, from: new Date(start) };
  }
  return next;
}

/** Whether the person agreed to be woken for this severity. */
export function mayBeWoken(person: Person, severity: SeverityName | undefined): boolean {
  if (severity === undefined || person.nights === 'never') return false;
  return person.nights === 'always' || severity === 'sev1';
}

interface Candidate {
  person: Person;
  until: number;
  short: boolean;
  awaited: boolean;
  onCall: boolean;
  pages: number;
  sign: boolean;
}

function chooseInHours(people: readonly Person[], input: ChoiceInput): Choice | undefined {
  const now = input.now.getTime();
  const candidates = people.flatMap((person): Candidate[] => {
    const span = dutySpanAt(person, now, input.roster.overrides);
    if (!span) return [];
    return [
      {
        person,
        until: span.to,
        short: span.to - now < ENOUGH_TIME_MS,
        awaited: person.name === input.awaited,
        onCall: input.onCall?.includes(person.name) ?? false,
        pages: input.pagesInLast7Days?.[person.name] ?? 0,
        sign: hasSign(person, input),
      },
    ];
  });
  // The sort is stable: what compares equal stays in roster order.
  const [first, second] = candidates.toSorted(
    (a, b) =>
      Number(b.awaited) - Number(a.awaited) ||
      Number(a.short) - Number(b.short) ||
      Number(b.onCall) - Number(a.onCall) ||
      a.pages - b.pages ||
      Number(a.sign) - Number(b.sign),
  );
  if (!first) return undefined;
  const { person } = first;
  return {
    kind: 'page',
    person,
    basis: 'in-hours',
    reason: [hoursLeft(first, now), whyFirst(first, second, input.tried.length)].join(', '),
    localTime: clockTime(now, person.timezone),
  };
}

function hoursLeft({ person, until, short }: Candidate, now: number): string {
  const place = zonePlace(person.timezone);
  const end = clockTime(until, person.timezone);
  if (!short) return `in hours in ${place} until ${end}`;
  return `in hours in ${place} for another ${Math.ceil((until - now) / MINUTE_MS)} min, until ${end}`;
}

/** What set the first apart from the next best. */
function whyFirst(first: Candidate, second: Candidate | undefined, asked: number): string {
  if (first.awaited && second) return 'first to come on, as the channel was told';
  if (first.onCall) return 'on call by PagerDuty';
  if (!second) return asked > 0 ? 'not asked yet' : 'nobody else is';
  if (first.short !== second.short) return 'the others are nearly off';
  if (first.pages < second.pages) return 'paged least in the last 7 days';
  if (first.sign !== second.sign) return 'shows no sign of being away in Slack';
  return 'first in the roster';
}

function hasSign({ name }: Person, { withSigns }: ChoiceInput): boolean {
  return withSigns?.includes(name) ?? false;
}

function chooseToWake(people: readonly Person[], input: ChoiceInput): Choice | undefined {
  const now = input.now.getTime();
  const { overrides } = input.roster;
  const [first, second] = people
    .filter((person) => mayBeWoken(person, input.severity) && !isAway(person, now, overrides))
    .map((person) => ({
      person,
      distance: minutesToWindow(person, now, overrides),
      sign: hasSign(person, input),
    }))
    .toSorted((a, b) =>
      // Without any window the distance is infinite, and two of those cannot be subtracted.
      a.distance === b.distance ? Number(a.sign) - Number(b.sign) : a.distance - b.distance,
    );
  if (!first) return undefined;
  const { person } = first;
  const agreed = person.nights === 'always' ? 'at any time' : 'for sev1';
  const clock = `${hourMinute(now, person.timezone)} in ${zonePlace(person.timezone)}`;
  const why = second ? `${clock} is the least unsocial time` : `it is ${clock}`;
  return {
    kind: 'page',
    person,
    basis: 'woken',
    reason: `agreed to be woken ${agreed}; ${why}`,
    localTime: clockTime(now, person.timezone),
  };
}
