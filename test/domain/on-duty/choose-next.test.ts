import { describe, expect, test } from 'vitest';
import { type ChoiceInput, chooseNext } from '../../../src/domain/on-duty/choose-next.ts';
import { dutySpans, inHours } from '../../../src/domain/on-duty/duty.ts';
import type { Override, Person } from '../../../src/domain/team.ts';
import { hours, override, person, roster } from './people.ts';

const ana = person('Ana', { timezone: 'Europe/Bucharest' });
const ben = person('Ben');
const chitra = person('Chitra', { timezone: 'America/Los_Angeles' });
const THREE = [ana, ben, chitra];

function choose(
  people: Person[],
  now: string,
  rest: Partial<ChoiceInput> = {},
  overrides: readonly Override[] = [],
): string {
  const choice = chooseNext({
    roster: roster(people, overrides),
    people,
    severity: 'sev1',
    now: new Date(now),
    tried: [],
    ...rest,
  });
  if (choice.kind === 'page') return `${choice.person.name} at ${choice.localTime}: ${choice.reason}`;
  return choice.kind === 'wait' ? `wait for ${choice.person.name} ${choice.from.toISOString()}` : choice.kind;
}

describe('given people in hours', () => {
  test('those with at least 30 minutes left come before those with less', () => {
    expect(choose(THREE, '2025-08-12T14:00:00Z')).toBe(
      'Ana at 17:00 EEST: in hours in Bucharest until 17:30 EEST, first in the roster',
    );
    expect(choose(THREE, '2025-08-12T14:00:01Z')).toBe(
      'Ben at 15:00 BST: in hours in London until 17:30 BST, the others are nearly off',
    );
  });

  test('somebody who is nearly off is better than nobody', () => {
    expect(choose([ana, chitra], '2025-08-12T14:20:00Z')).toBe(
      'Ana at 17:20 EEST: in hours in Bucharest for another 10 min, until 17:30 EEST, nobody else is',
    );
  });

  test('windows that touch count as one when the time left is judged', () => {
    const split = person('Ana', { hours: [hours('09:00-12:00'), hours('12:00-17:00')] });
    expect(choose([split, ben], '2025-08-12T10:50:00Z')).toContain('Ana at 11:50 BST');
  });

  test('who is on call by PagerDuty comes first, but not before those with time left', () => {
    expect(choose(THREE, '2025-08-12T11:00:00Z', { onCall: ['Ben'] })).toBe(
      'Ben at 12:00 BST: in hours in London until 17:30 BST, on call by PagerDuty',
    );
    expect(choose(THREE, '2025-08-12T14:10:00Z', { onCall: ['Ana'] })).toContain('Ben at');
  });

  test('then who was paged least in the last 7 days, then roster order', () => {
    expect(choose(THREE, '2025-08-12T11:00:00Z', { pagesInLast7Days: { Ana: 2, Ben: 1 } })).toBe(
      'Ben at 12:00 BST: in hours in London until 17:30 BST, paged least in the last 7 days',
    );
    expect(choose(THREE, '2025-08-12T11:00:00Z', { pagesInLast7Days: { Ana: 1, Ben: 1 } })).toContain(
      'Ana at',
    );
    expect(choose([ben, ana], '2025-08-12T11:00:00Z')).toContain('Ben at');
  });

  test('of two that are equal, who shows a sign of being away comes after who does not', () => {
    const morning = '2025-08-12T11:00:00Z';
    expect(choose(THREE, morning, { withSigns: ['Ana'] })).toBe(
      'Ben at 12:00 BST: in hours in London until 17:30 BST, shows no sign of being away in Slack',
    );
    expect(choose(THREE, morning, { withSigns: ['Ana', 'Ben'] })).toContain('Ana at');
    expect(choose(THREE, morning, { withSigns: ['Ana'], pagesInLast7Days: { Ben: 1 } })).toContain('Ana at');
    expect(choose(THREE, morning, { withSigns: ['Ana'], onCall: ['Ana'] })).toContain('Ana at');
    expect(choose([ana], morning, { withSigns: ['Ana'] })).toContain('Ana at');
  });

  test('whom the channel was told to come on first is asked first, while they are in hours', () => {
    const rivals = { onCall: ['Ana'], pagesInLast7Days: { Ben: 3 }, awaited: 'Ben' };
    expect(choose(THREE, '2025-08-12T11:00:00Z', rivals)).toBe(
      'Ben at 12:00 BST: in hours in London until 17:30 BST, first to come on, as the channel was told',
    );
    expect(choose([ana, ben], '2025-08-12T16:20:00Z', rivals)).toContain('nobody else is');
    expect(choose(THREE, '2025-08-12T16:20:00Z', rivals)).toContain('Ben at 17:20 BST');
    expect(choose(THREE, '2025-08-12T17:00:00Z', rivals)).toContain('Chitra at');
    expect(choose(THREE, '2025-08-12T11:00:00Z', { ...rivals, tried: ['Ben'] })).toContain('Ana at');
  });

  test('who was asked already is passed over', () => {
    expect(choose(THREE, '2025-08-12T11:00:00Z', { tried: ['Ana'] })).toBe(
      'Ben at 12:00 BST: in hours in London until 17:30 BST, not asked yet',
    );
  });
});

describe('given nobody in hours', () => {
  const night = '2025-08-13T04:40:00Z';
  const willing = [
    person('Ben', { nights: 'sev1' }),
    person('Chitra', { ...chitra, name: 'Chitra', nights: 'always' }),
  ];

  test('those who agreed are woken, the least unsocial local time first', () => {
    // 05:40 in London is 200 minutes before nine, 21:40 in Los Angeles 250 after half past five.
    expect(choose(willing, night)).toBe(
      'Ben at 05:40 BST: agreed to be woken for sev1; 05:40 in London is the least unsocial time',
    );
    expect(choose(willing, '2025-08-13T02:00:00Z')).toBe(
      'Chitra at 19:00 PDT: agreed to be woken at any time; 19:00 in Los Angeles is the least unsocial time',
    );
  });

  test('equally unsocial times go by roster order', () => {
    const twins = [person('Zoe', { nights: 'sev1' }), person('Abe', { nights: 'sev1' })];
    expect(choose(twins, night)).toContain('Zoe at');
    expect(choose(twins, night, { withSigns: ['Zoe'] })).toContain('Abe at');
    expect(choose(twins, night, { withSigns: ['Zoe', 'Abe'] })).toContain('Zoe at');
  });

  test('who has not worked for weeks is near too, by when they did or will', () => {
    const off = (...days: string[]) => ({ dates: days.map((day) => `2025-08-${day}`) });
    const fortnight = ['06', '07', '08', '11', '12', '13', '14', '15', '18', '19', '20'];
    const abe = person('Abe', { nights: 'sev1', holidays: off(...fortnight) });
    const zoe = person('Zoe', { nights: 'sev1', holidays: off('01', '04', '05', ...fortnight, '21', '22') });
    expect(choose([zoe, abe], night)).toContain('Abe at');
    expect(choose([person('Kim', { nights: 'sev1', days: [] }), zoe], night)).toContain('Zoe at');
  });

  test('a window that a holiday took away is not near', () => {
    const early = person('Ana', { nights: 'sev1', holidays: { dates: ['2025-08-13'] } });
    expect(choose([early, willing[1] ?? ben], night)).toContain('Chitra at');
  });

  test('nights: sev1 is for sev1 only, always for any severity', () => {
    expect(choose(willing, night, { severity: 'sev2' })).toContain('Chitra at');
    expect(choose([person('Ben', { nights: 'sev1' })], night, { severity: 'sev2' })).toBe(
      'wait for Ben 2025-08-13T08:00:00.000Z',
    );
  });

  test('without a severity nobody is woken, whatever they agreed to', () => {
    const severe = { roster: roster(willing), people: willing, now: new Date(night), tried: [] };
    expect(chooseNext(severe)).toMatchObject({ kind: 'wait' });
    expect(chooseNext({ ...severe, severity: 'sev1' })).toMatchObject({ kind: 'page', basis: 'woken' });
    const day = { ...severe, now: new Date('2025-08-13T10:00:00Z') };
    expect(chooseNext(day)).toMatchObject({ kind: 'page', basis: 'in-hours' });
  });

  test('somebody of the roster who is no longer among the people is passed over', () => {
    const left = { ...roster([person('Lea'), ...willing]), members: ['Lea', 'Ben'] };
    const choice = chooseNext({
      roster: left,
      people: willing,
      now: new Date(night),
      tried: [],
      severity: 'sev1',
    });
    expect(choice).toMatchObject({ kind: 'page', person: { name: 'Ben' } });
  });

  test('nobody is woken who did not agree', () => {
    expect(choose(THREE, '2025-08-13T04:40:00Z')).toBe('wait for Ana 2025-08-13T06:00:00.000Z');
  });

  test('nobody is woken whom an override took away', () => {
    const away = [override('Ben', 'off', '2025-08-13T00:00:00Z', '2025-08-13T08:30:00Z')];
    expect(choose(willing, night, {}, away)).toContain('Chitra at');
    expect(choose(willing.slice(0, 1), night, {}, away)).toBe('wait for Ben 2025-08-13T08:30:00.000Z');
  });

  test('next to come on is whose time starts soonest, ties by roster order', () => {
    expect(choose([chitra, ben, person('Eve')], '2025-08-16T12:00:00Z')).toBe(
      'wait for Ben 2025-08-18T08:00:00.000Z',
    );
  });

  test('who never works is never waited for', () => {
    expect(choose([person('Ana', { days: [] })], night)).toBe('nobody');
    expect(choose([], night)).toBe('nobody');
  });
});

describe('given that people were asked', () => {
  const willing = person('Dan', { timezone: 'America/New_York', nights: 'sev1' });

  test('those who agreed to be woken follow those in hours', () => {
    expect(choose([ana, willing], '2025-08-12T11:00:00Z', { tried: ['Ana'] })).toBe(
      'Dan at 07:00 EDT: agreed to be woken for sev1; it is 07:00 in New York',
    );
  });

  test('when everybody who may be asked was asked, the ladder is exhausted', () => {
    expect(choose([ana, chitra], '2025-08-12T11:00:00Z', { tried: ['Ana'] })).toBe('exhausted');
    expect(choose([ana, willing], '2025-08-12T11:00:00Z', { tried: ['Dan', 'Ana'] })).toBe('exhausted');
  });
});

describe('in hours', () => {
  test('a window belongs to the day on which it starts', () => {
    const nightly = person('Ana', { hours: [hours('22:00-06:00')], days: ['fri'] });
    expect(inHours(nightly, new Date('2025-08-16T04:59:59Z'))).toBe(true);
    expect(inHours(nightly, new Date('2025-08-16T05:00:00Z'))).toBe(false);
    expect(inHours(nightly, new Date('2025-08-16T21:30:00Z'))).toBe(false);
  });

  test('a holiday takes away the windows that start on it and leaves the night before', () => {
    const nightly = person('Ana', { hours: [hours('22:00-06:00')], holidays: { dates: ['2025-08-14'] } });
    expect(inHours(nightly, new Date('2025-08-14T03:00:00Z'))).toBe(true);
    expect(inHours(nightly, new Date('2025-08-14T22:00:00Z'))).toBe(false);
    expect(inHours(nightly, new Date('2025-08-15T03:00:00Z'))).toBe(false);
  });

  test('the public holidays of a country, or a part of one, are free', () => {
    const romanian = { ...ana, holidays: { country: 'RO' } };
    expect(inHours(romanian, new Date('2025-08-15T10:00:00Z'))).toBe(false);
    expect(inHours(ana, new Date('2025-08-15T10:00:00Z'))).toBe(true);
    const english = { ...ben, holidays: { country: 'GB-ENG' } };
    expect(inHours(english, new Date('2025-08-25T10:00:00Z'))).toBe(false);
    expect(inHours(english, new Date('2026-12-28T10:00:00Z'))).toBe(false);
  });

  test('taken off wins over put on, and neither touches other people', () => {
    const overrides = [
      override('Ben', 'on', '2025-08-16T10:00:00Z', '2025-08-16T12:00:00Z'),
      override('Ben', 'off', '2025-08-16T11:00:00Z', '2025-08-16T11:30:00Z'),
    ];
    const saturday = [new Date('2025-08-16T00:00:00Z'), new Date('2025-08-17T00:00:00Z')] as const;
    expect(dutySpans(ben, ...saturday, overrides)).toEqual([
      { from: new Date('2025-08-16T10:00:00Z'), to: new Date('2025-08-16T11:00:00Z') },
      { from: new Date('2025-08-16T11:30:00Z'), to: new Date('2025-08-16T12:00:00Z') },
    ]);
    expect(dutySpans(ana, ...saturday, overrides)).toEqual([]);
  });

  test('the wall clock decides when an hour is left out or comes twice', () => {
    const early = person('Ben', { hours: [hours('01:30-03:00')], days: ['sun'] });
    const spans = (day: string) =>
      dutySpans(early, new Date(`${day}T00:00:00Z`), new Date(`${day}T12:00:00Z`)).map(
        ({ from, to }) => `${from.toISOString().slice(11, 16)}-${to.toISOString().slice(11, 16)}`,
      );
    expect(spans('2025-03-30')).toEqual(['01:00-02:00']);
    expect(spans('2025-10-26')).toEqual(['00:30-01:00', '01:30-03:00']);
  });

  test('where clocks change by half an hour, in the middle of one of UTC’s, no more than that is left out', () => {
    const early = person('Lou', {
      timezone: 'Australia/Lord_Howe',
      hours: [hours('01:00-02:15'), hours('02:40-03:00')],
      days: ['sun'],
    });
    const night = [new Date('2025-10-04T12:00:00Z'), new Date('2025-10-05T00:00:00Z')] as const;
    expect(dutySpans(early, ...night)).toEqual([
      { from: new Date('2025-10-04T14:30:00Z'), to: new Date('2025-10-04T15:30:00Z') },
      { from: new Date('2025-10-04T15:40:00Z'), to: new Date('2025-10-04T16:00:00Z') },
    ]);
  });
});
