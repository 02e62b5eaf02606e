import { expect } from 'vitest';
import { chooseNext } from '../../../src/domain/on-duty/choose-next.ts';
import { firstChoiceOverTime } from '../../../src/domain/on-duty/first-choice-over-time.ts';
import type { Override, Person } from '../../../src/domain/team.ts';
import { type DutyByTheMinute, dutyByTheMinute, type Situation } from './duty-by-the-minute.ts';
import { roster, teamOf } from './people.ts';

const MINUTE = 60_000;

/** A roster over some time, with the rule read minute by minute. */
export interface Comparison {
  people: Person[];
  overrides: Override[];
  from: number;
  minutes: number;
  slow: DutyByTheMinute;
}

export function comparison(people: Person[], overrides: Override[], start: string, days: number): Comparison {
  const from = Date.parse(start);
  const minutes = days * 1440;
  const slow = dutyByTheMinute({ people, overrides, from, minutes });
  return { people, overrides, from, minutes, slow };
}

/** Compares who is first and who is next at every minute, and answers how many different people (or nobody) were first. */
export function compareEveryMinute(
  { people, overrides, from, minutes, slow }: Comparison,
  severity?: 'sev1' | 'sev2',
): number {
  const to = new Date(from + minutes * MINUTE);
  const spans = firstChoiceOverTime(teamOf(people, overrides), 'tech-lead', new Date(from), to, severity);
  const wrong: string[] = [];
  const seen = new Set<string | null>();
  let at = from;
  for (const span of spans) {
    if (span.from.getTime() !== at) wrong.push(`a hole before ${span.from.toISOString()}`);
    for (; at < span.to.getTime(); at += MINUTE) {
      const minute = (at - from) / MINUTE;
      const person = slow.firstAt(minute, { severity })?.replace('!', '') ?? null;
      const next = slow.nextAt(minute);
      seen.add(person);
      if (person === span.person && next === span.next) continue;
      wrong.push(`${new Date(at).toISOString()} ${person}, ${next} but was ${span.person}, ${span.next}`);
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(at).toBe(to.getTime());
  return seen.size;
}

/** Compares the choice at these minutes, each in the next of the situations; answers how often each kind was chosen. */
export function compareChoices(
  { people, overrides, from, slow }: Comparison,
  minutes: Iterable<number>,
  situations: readonly Situation[],
): Record<string, number> {
  const wrong: string[] = [];
  const kinds: Record<string, number> = {};
  let turn = 0;
  for (const minute of minutes) {
    const situation = situations[turn % situations.length] ?? {};
    turn += 1;
    const at = from + minute * MINUTE + (situation.inside ? 59_999 : 0);
    const should = expected(slow, minute, situation, people);
    const was = chosen(people, overrides, at, situation);
    const kind = was.replace(/ .*/, '');
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (was !== should)
      wrong.push(`${new Date(at).toISOString()} ${JSON.stringify(situation)} ${should} but was ${was}`);
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  return kinds;
}

function expected(slow: DutyByTheMinute, minute: number, situation: Situation, people: Person[]): string {
  const first = slow.firstAt(minute, situation);
  if (first) return first.endsWith('!') ? `woken ${first.slice(0, -1)}` : `in-hours ${first}`;
  if (people.some(({ name }) => situation.tried?.includes(name))) return 'exhausted';
  const next = slow.nextAt(minute);
  if (!next) return 'nobody';
  const [name, start = ''] = next.split(' ');
  return `wait ${name} ${Date.parse(start)}`;
}

function chosen(people: Person[], overrides: Override[], at: number, situation: Situation): string {
  const { severity, tried, onCall, pages, signs } = situation;
  const choice = chooseNext({
    roster: roster(people, overrides),
    people,
    ...(severity ? { severity } : {}),
    now: new Date(at),
    tried: tried ?? [],
    ...(onCall ? { onCall } : {}),
    ...(pages ? { pagesInLast7Days: pages } : {}),
    ...(signs ? { withSigns: signs } : {}),
  });
  if (choice.kind === 'page') return `${choice.basis} ${choice.person.name}`;
  if (choice.kind === 'wait') return `wait ${choice.person.name} ${choice.from.getTime()}`;
  return choice.kind;
}
