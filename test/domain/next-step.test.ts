import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../src/domain/facts.ts';
import { type DutyKnowledge, directStep, nextStepOf } from '../../src/domain/next-step.ts';
import { needsStep } from '../../src/domain/paging.ts';
import type { Person, Roster } from '../../src/domain/team.ts';
import type { Actor, SeverityName } from '../../src/domain/words.ts';
import { testTeam } from '../harness/team.ts';
import { BEN, given, NOW } from './given.ts';
import { override, person } from './on-duty/people.ts';

const DAYWATCH: Actor = { kind: 'daywatch' };
const ANA = person('Ana', { slack: 'U0ANA', timezone: 'Europe/Bucharest' });
const EVE = person('Eve');
const CHI = person('Chi', { slack: 'U0CHI', timezone: 'America/Los_Angeles' });
const NOBODY_PAGED: DutyKnowledge = { pages: {} };
const NOON = '2025-08-12T11:00:00Z';
const EVENING = '2025-08-12T17:00:00Z';
const NIGHT = '2025-08-13T02:00:00Z';

function rosterOf(members: readonly Person[], changes: Partial<Roster> = {}): Roster {
  return {
    name: 'tech-lead',
    members: members.map(({ name }) => name),
    overrides: [],
    rounds: 1,
    ...changes,
  };
}

/** These were paged on the ladder, each in a round. */
function asked(...pages: [id: string, round?: number][]): NewFact[] {
  return pages.map(([id, round], index) => ({
    type: 'paged',
    ladder: '1',
    page: `${index + 1}`,
    person: id,
    localTime: '',
    reason: '',
    ...(round === undefined ? {} : { round }),
    by: DAYWATCH,
    at: NOW,
  }));
}

interface Circumstances {
  people?: Person[];
  roster?: Partial<Roster>;
  known?: DutyKnowledge;
  before?: NewFact[];
  ladder?: string;
  severity?: SeverityName;
}

function next(now: string, { people = [ANA, EVE, CHI], ...rest }: Circumstances = {}) {
  const severity: NewFact[] = rest.severity
    ? [{ type: 'severity-changed', from: 'sev1', to: rest.severity, by: BEN, at: NOW }]
    : [];
  const { incident } = given(
    { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW },
    ...severity,
    ...(rest.before ?? []),
  );
  const ladder = incident.ladders[rest.ladder ?? '1'];
  if (!ladder) throw new Error('there is no ladder');
  const team = { ...testTeam(), people };
  const roster = rosterOf(people, rest.roster);
  return nextStepOf(team, incident, ladder, roster, rest.known ?? NOBODY_PAGED, new Date(now));
}

describe('somebody to page', () => {
  test('is named as the incident knows them, with the reason and their time', () => {
    expect(next(NOON)).toEqual({
      kind: 'page',
      person: 'U0ANA',
      localTime: '14:00 EEST',
      reason: 'in hours in Bucharest until 17:30 EEST, first in the roster',
    });
  });

  test('is who was not asked on this ladder, a leaver among those asked or not', () => {
    expect(next(NOON, { before: asked(['U0GONE'], ['U0ANA']) })).toMatchObject({ person: 'name:Eve' });
  });

  test('is whom PagerDuty has on call, with the age of that knowledge', () => {
    const known = { ...NOBODY_PAGED, onCall: ['Eve'], staleness: 'as PagerDuty said at 14:02' };
    expect(next(NOON, { known })).toMatchObject({
      person: 'name:Eve',
      reason: 'in hours in London until 17:30 BST, on call by PagerDuty (as PagerDuty said at 14:02)',
    });
  });

  test('is who was paged least, whatever the incident calls them', () => {
    expect(next(NOON, { known: { pages: { U0ANA: 1 } } })).toMatchObject({ person: 'name:Eve' });
    const known = { pages: { U0ANA: 1, 'name:Eve': 2 } };
    expect(next(NOON, { known })).toMatchObject({ person: 'U0ANA' });
  });

  test('is told with what Slack shows of them, which sets apart those who are equal', () => {
    const signs = { U0ANA: '🔕 do not disturb until 18:00' };
    expect(next(NOON, { known: { pages: {}, signs } })).toMatchObject({ person: 'name:Eve' });
    expect(next(NOON, { known: { pages: {}, signs } })).not.toHaveProperty('sign');
    expect(next(NOON, { known: { pages: { 'name:Eve': 1 }, signs } })).toMatchObject({
      person: 'U0ANA',
      sign: '🔕 do not disturb until 18:00',
    });
    expect(next(NIGHT, { known: { pages: {}, signs } })).toMatchObject({ kind: 'wait', sign: signs.U0ANA });
  });

  test('is not somebody who has left, which is said', () => {
    expect(next(NOON, { known: { pages: {}, gone: ['U0ANA', 'U0CHI'] } })).toMatchObject({
      person: 'name:Eve',
      reason:
        'in hours in London until 17:30 BST, nobody else is ([U0ANA](person:U0ANA) and [U0CHI](person:U0CHI), whose Slack accounts are closed, are passed over)',
    });
    expect(next(NIGHT, { known: { pages: {}, gone: ['U0ANA'] } })).toMatchObject({
      kind: 'wait',
      person: 'name:Eve',
      reason: expect.stringContaining(
        'paged then ([U0ANA](person:U0ANA), whose Slack account is closed, is passed over)',
      ),
    });
    const everybody = { pages: {}, gone: ['U0ANA', 'U0CHI', 'name:Eve'] };
    expect(next(NOON, { known: everybody })).toMatchObject({ kind: 'exhausted' });
  });

  test('may be woken for the severity that the incident has now', () => {
    const people = [ANA, { ...EVE, nights: 'sev1' as const }];
    expect(next(NIGHT, { people })).toMatchObject({ kind: 'page', person: 'name:Eve' });
    expect(next(NIGHT, { people, severity: 'sev2' })).toMatchObject({ kind: 'wait', person: 'U0ANA' });
  });
});

describe('somebody to wait for', () => {
  test('is told in their own time and in the team’s', () => {
    expect(next(NIGHT)).toEqual({
      kind: 'wait',
      person: 'U0ANA',
      from: Date.parse('2025-08-13T06:00:00Z'),
      reason:
        'Nobody is in hours until 09:00 EEST, [U0ANA](person:U0ANA) (tech\\-lead; Wed 13 Aug, 07:00 BST for the team), who is paged then',
    });
  });

  test('is told once where both are the same', () => {
    expect(next(NIGHT, { people: [EVE] })).toMatchObject({
      reason:
        'Nobody is in hours until 09:00 BST, [Eve](person:name%3AEve) (tech\\-lead; Wed 13 Aug), who is paged then',
    });
  });
});

describe('whoever was awaited', () => {
  const MORNING = '2025-08-13T08:00:00Z';
  const people = [person('Fay'), EVE];
  const waits: NewFact = {
    type: 'ladder-waits',
    ladder: '1',
    person: 'name:Fay',
    from: Date.parse(MORNING),
    reason: '',
    by: DAYWATCH,
    at: NOW,
  };
  const known = { pages: { 'name:Fay': 2 }, onCall: ['Eve'] };

  test('is paged as their day starts, whoever else comes on then', () => {
    expect(next(NIGHT, { people, known })).toMatchObject({ kind: 'wait', person: 'name:Fay' });
    expect(next(MORNING, { people, known, before: [waits] })).toMatchObject({
      person: 'name:Fay',
      reason: 'in hours in London until 17:30 BST, first to come on, as the channel was told',
    });
    const again: NewFact = {
      type: 'ladder-exhausted',
      ladder: '1',
      reason: '',
      later: { person: 'name:Fay', from: Date.parse(MORNING) },
      by: DAYWATCH,
      at: NOW,
    };
    expect(next(MORNING, { people, known, before: [again] })).toMatchObject({ person: 'name:Fay' });
  });

  test('is not known where the sum of the facts was stored before it was kept: the rule chooses when it is time', () => {
    const { incident } = given(
      { type: 'page-asked', ladder: '1', roster: 'tech-lead', by: BEN, at: NOW },
      waits,
    );
    const { 1: folded } = incident.ladders;
    if (!folded) throw new Error('there is no ladder');
    expect(folded.awaited).toBe('name:Fay');
    const { awaited: _, ...stored } = folded;
    const at = Date.parse(MORNING);
    expect(needsStep(incident, stored, at - 1)).toBe(false);
    expect(needsStep(incident, stored, at)).toBe(true);
    const team = { ...testTeam(), people };
    expect(nextStepOf(team, incident, stored, rosterOf(people), known, new Date(at))).toMatchObject({
      kind: 'page',
      person: 'name:Eve',
    });
  });

  test('is forgotten with the wait', () => {
    const before = [waits, ...asked(['name:Eve'])];
    expect(
      given({ type: 'page-asked', ladder: '1', by: BEN, at: NOW }, ...before).incident.ladders[1],
    ).toEqual(expect.not.objectContaining({ awaited: 'name:Fay' }));
  });

  test('is nobody who said “not me” while somebody else comes on as early', () => {
    const declined: NewFact[] = [
      ...asked(['name:Fay']),
      { type: 'page-declined', page: '1', by: { kind: 'person', id: 'name:Fay' }, at: NOW },
      { type: 'page-asked', ladder: '2', roster: 'tech-lead', by: BEN, at: NOW },
    ];
    expect(next(NIGHT, { people, before: declined, ladder: '2' })).toMatchObject({
      kind: 'wait',
      person: 'name:Eve',
    });
  });
});

describe('nobody to page', () => {
  test('for ever, where nobody has hours', () => {
    expect(next(NOON, { people: [person('Eve', { days: [] })] })).toEqual({
      kind: 'exhausted',
      reason: 'Nobody of the tech\\-lead roster has any hours to come',
    });
  });

  test('now: who was not asked is asked at the start of their day', () => {
    expect(next(NOON, { before: asked(['U0ANA'], ['name:Eve']) })).toEqual({
      kind: 'exhausted',
      reason:
        'Everybody of the tech\\-lead roster who may be asked now was asked; [U0CHI](person:U0CHI) is paged at the start of their day, Tue 12 Aug 09:00 PDT, Tue 12 Aug 17:00 BST for the team, if nobody has it by then',
      later: { person: 'U0CHI', from: Date.parse('2025-08-12T16:00:00Z') },
    });
  });

  test('later neither, where all were asked', () => {
    expect(next(NOON, { before: asked(['U0ANA'], ['name:Eve'], ['U0CHI']) })).toEqual({
      kind: 'exhausted',
      reason: 'Everybody of the tech\\-lead roster who may be asked now was asked',
    });
  });

  test('later as the overrides have it', () => {
    const overrides = [override('Chi', 'off', '2025-08-12T16:00:00Z', '2025-08-12T18:00:00Z')];
    const before = asked(['U0ANA'], ['name:Eve']);
    expect(next(NOON, { before, roster: { overrides } })).toMatchObject({
      later: { from: Date.parse('2025-08-12T18:00:00Z') },
    });
  });
});

describe('a ladder that goes round three times', () => {
  const roster = { rounds: 3 };

  test('begins again when everybody who may be asked was asked', () => {
    expect(next(NOON, { roster, before: asked(['U0ANA'], ['name:Eve']) })).toEqual({
      kind: 'page',
      person: 'U0ANA',
      localTime: '14:00 EEST',
      round: 2,
      reason: 'asked again, round 2 of 3: in hours in Bucharest until 17:30 EEST, first in the roster',
    });
  });

  test('goes on in its round with those not asked in it', () => {
    const before = asked(['U0ANA'], ['name:Eve'], ['U0ANA', 2]);
    expect(next(NOON, { roster, before })).toMatchObject({
      person: 'name:Eve',
      round: 2,
      reason: 'asked again, round 2 of 3: in hours in London until 17:30 BST, not asked yet',
    });
  });

  test('takes who has come on meanwhile before it begins again', () => {
    expect(next(EVENING, { roster, before: asked(['U0ANA'], ['name:Eve']) })).toEqual({
      kind: 'page',
      person: 'U0CHI',
      localTime: '10:00 PDT',
      reason: 'in hours in Los Angeles until 17:30 PDT, not asked yet',
    });
  });

  test('is over after the third', () => {
    const third = asked(['U0ANA', 3], ['name:Eve', 3]);
    expect(next(NOON, { roster, before: third })).toMatchObject({ kind: 'exhausted' });
    expect(next(NOON, { roster: { rounds: 4 }, before: third })).toMatchObject({ kind: 'page', round: 4 });
  });

  test('does not go round where nobody is in hours any more', () => {
    expect(next(NIGHT, { roster, before: asked(['U0ANA'], ['name:Eve']) })).toMatchObject({
      kind: 'exhausted',
      later: { person: 'U0CHI' },
    });
  });
});

describe('“not me”', () => {
  const roster = { rounds: 2 };
  const declines = (page: string, by: string): NewFact => ({
    type: 'page-declined',
    page,
    by: { kind: 'person', id: by },
    at: NOW,
  });
  const again: NewFact = { type: 'page-asked', ladder: '2', roster: 'tech-lead', by: BEN, at: NOW };

  test('holds for the incident: the next round asks the others first', () => {
    const before = [...asked(['U0ANA']), declines('1', 'U0ANA'), ...asked(['U0ANA'], ['name:Eve']).slice(1)];
    expect(next(NOON, { roster, before })).toMatchObject({
      person: 'name:Eve',
      round: 2,
      reason: 'asked again, round 2 of 2: in hours in London until 17:30 BST, not asked yet',
    });
  });

  test('holds when somebody asks for the roster anew, and not for another roster', () => {
    const before = [...asked(['U0ANA']), declines('1', 'U0ANA')];
    expect(next(NOON, { before: [...before, again], ladder: '2' })).toMatchObject({ person: 'name:Eve' });
    const other: NewFact = { ...again, roster: 'comms' };
    expect(next(NOON, { before: [...before, other], ladder: '2' })).toMatchObject({ person: 'U0ANA' });
  });

  test('of somebody who has left since keeps nobody from being asked', () => {
    const before = [...asked(['U0GONE']), declines('1', 'U0GONE')];
    expect(next(NOON, { before })).toMatchObject({ person: 'U0ANA' });
  });

  test('is asked about again when nobody else is left', () => {
    const all = [...asked(['U0ANA'], ['name:Eve']), declines('1', 'U0ANA'), declines('2', 'name:Eve')];
    expect(next(NOON, { roster, before: all })).toEqual({
      kind: 'page',
      person: 'U0ANA',
      localTime: '14:00 EEST',
      round: 2,
      reason:
        'asked again, round 2 of 2: said “not me” before, but nobody else is left; in hours in Bucharest until 17:30 EEST, first in the roster',
    });
  });
});

describe('somebody asked for by name', () => {
  function step(by: Actor, ...before: NewFact[]) {
    const { incident } = given({ type: 'page-asked', ladder: '1', person: 'U0CHI', by, at: NOW }, ...before);
    const { 1: ladder } = incident.ladders;
    if (!ladder) throw new Error('there is no ladder');
    return directStep(incident, { ...ladder, person: 'U0CHI' }, '04:00 PDT');
  }

  test('is told with what Slack shows of them', () => {
    const { incident } = given({ type: 'page-asked', ladder: '1', person: 'U0CHI', by: BEN, at: NOW });
    const { 1: ladder } = incident.ladders;
    if (!ladder) throw new Error('there is no ladder');
    const signs = { U0CHI: '🔕 do not disturb until 08:00' };
    const direct = { ...ladder, person: 'U0CHI' };
    expect(directStep(incident, direct, '', signs)).toMatchObject({ sign: signs.U0CHI });
    expect(directStep(incident, direct, '', {})).not.toHaveProperty('sign');
  });

  test('is paged whatever the hour, and only once', () => {
    expect(step(BEN)).toEqual({
      kind: 'page',
      person: 'U0CHI',
      localTime: '04:00 PDT',
      reason: 'asked for by [U0BEN](person:U0BEN)',
    });
    expect(step(DAYWATCH)).toMatchObject({ kind: 'page', reason: 'asked for by name' });
    expect(step(BEN, ...asked(['U0CHI']))).toEqual({
      kind: 'exhausted',
      reason: 'Only [U0CHI](person:U0CHI) was asked',
    });
  });
});
