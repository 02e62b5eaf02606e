import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Effect } from '../../src/domain/decision.ts';
import type { NewFact } from '../../src/domain/facts.ts';
import { foldIncident, type Incident } from '../../src/domain/incident.ts';
import {
  followClock,
  nextUpdateDue,
  reminderWords,
  remindOfUpdate,
  snoozeUpdate,
  whomToRemind,
} from '../../src/domain/update-clock.ts';
import { SEVERITIES, type SeverityName } from '../../src/domain/words.ts';
import { testTeam } from '../harness/team.ts';
import { BEN, DECLARED, ID, NOW, numbered } from './given.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ben's day is London's, Ana's Bucharest's, Chitra's California's. NOW is 17:00 in London. */
const TEAM = testTeam(`
team: { name: Test, timezone: Europe/London }
people:
  - { name: Ben, slack: U0BEN, timezone: Europe/London, hours: ["09:00-17:30"] }
  - { name: Ana, slack: U0ANA, timezone: Europe/Bucharest, hours: ["09:00-17:30"] }
  - { name: Chitra, slack: U0CHI, timezone: America/Los_Angeles, hours: ["09:00-17:30"] }
severities:
  sev1: { first_update: 15m, update_every: 2h }
  sev2: { first_update: 30m, update_every: 4h }
  sev3: { first_update: 2h, update_every: 8h }
  sev4: { first_update: 8h, update_every: 1d }
`);
const FIRST = { sev1: 15 * MINUTE, sev2: 30 * MINUTE, sev3: 2 * HOUR, sev4: 8 * HOUR };
const EVERY = { sev1: 2 * HOUR, sev2: 4 * HOUR, sev3: 8 * HOUR, sev4: 24 * HOUR };

function incidentOf(severity: SeverityName, ...facts: NewFact[]): Incident {
  return foldIncident(ID, numbered([{ ...DECLARED, severity } as NewFact, ...facts]));
}

function update(at: number, nextAt?: number): NewFact {
  const promise = nextAt === undefined ? {} : { nextAt };
  return {
    type: 'update-written',
    update: `${at}`,
    entry: `update-${at}`,
    words: { state: 'x' },
    ...promise,
    targets: [],
    by: BEN,
    at,
  };
}

const assigned = (person: string): NewFact => ({
  type: 'role-assigned',
  role: 'communications',
  person,
  by: BEN,
  at: NOW,
});

describe('when the next word is due', () => {
  test.each(
    SEVERITIES.flatMap((severity) =>
      [undefined, 20 * MINUTE, 3 * HOUR].flatMap((promised) =>
        [false, true].map((told) => ({ severity, promised, told })),
      ),
    ),
  )('$severity, told: $told, promised: $promised', ({ severity, promised, told }) => {
    const at = NOW + 10 * MINUTE;
    const nextAt = promised === undefined ? undefined : at + promised;
    const due = nextUpdateDue(incidentOf(severity, ...(told ? [update(at, nextAt)] : [])), TEAM);
    const expected = !told ? NOW + FIRST[severity] : (nextAt ?? at + EVERY[severity]);
    expect(due?.dueAt).toBe(expected);
    expect(due?.kind).toBe(!told ? 'first' : nextAt === undefined ? 'rhythm' : 'promised');
  });

  test.each(['resolved', 'closed', 'cancelled', 'merged'] as const)('never while it is %s', (to) => {
    const over: NewFact = { type: 'status-changed', from: 'investigating', to, by: BEN, at: NOW + MINUTE };
    const incident = incidentOf('sev1', update(NOW, NOW + HOUR), over);
    expect(nextUpdateDue(incident, TEAM)).toBeUndefined();
    const again: NewFact = { type: 'status-changed', from: to, to: 'investigating', by: BEN, at: NOW + HOUR };
    const reopened = incidentOf('sev1', update(NOW, NOW + HOUR), over, again);
    expect(nextUpdateDue(reopened, TEAM)).toEqual({ dueAt: NOW + HOUR + FIRST.sev1, kind: 'first' });
  });

  test('a message marked as an update counts, and is later than what was promised before it', () => {
    const marked: NewFact = {
      type: 'entry-recorded',
      entry: 'm1',
      origin: 'reaction',
      content: { kind: 'update', text: 'I told them' },
      moment: { at: NOW + 30 * MINUTE },
      by: BEN,
      at: NOW + 31 * MINUTE,
    };
    expect(nextUpdateDue(incidentOf('sev1', update(NOW, NOW + HOUR), marked), TEAM)?.dueAt).toBe(
      NOW + 30 * MINUTE + EVERY.sev1,
    );
  });

  test('of a private incident only what was promised', () => {
    const hidden = (...facts: NewFact[]) =>
      foldIncident(ID, numbered([{ ...DECLARED, private: true } as NewFact, ...facts]));
    expect(nextUpdateDue(hidden(), TEAM)).toBeUndefined();
    expect(nextUpdateDue(hidden(update(NOW)), TEAM)).toBeUndefined();
    expect(nextUpdateDue(hidden(update(NOW, NOW + HOUR)), TEAM)?.dueAt).toBe(NOW + HOUR);
  });
});

describe('who is reminded', () => {
  const hours = (clock: string) => Date.parse(`2025-08-12T${clock}:00+01:00`);
  test.each([
    ['the holder, in hours', [assigned('U0BEN')], '17:10', 'U0BEN'],
    ['the holder asleep, the responder awake', [assigned('U0ANA')], '17:10', 'U0BEN'],
    ['both asleep, another of the team awake', [assigned('U0ANA')], '17:40', 'U0CHI'],
    ['nobody holds it, the responder awake', [], '17:10', 'U0BEN'],
    ['nobody awake anywhere', [assigned('U0BEN')], '03:00', undefined],
    ['a holder whom the file does not know', [assigned('U0SAR')], '03:00', 'U0SAR'],
    ['a holder without an account', [assigned('name:Zoe')], '17:10', 'U0BEN'],
  ] as const)('%s', (_, facts, clock, person) => {
    expect(whomToRemind(incidentOf('sev1', ...facts), TEAM, hours(clock))).toBe(person);
  });

  test('of a private incident nobody who is not in it', () => {
    const incident = { ...incidentOf('sev1', assigned('U0ANA')), private: true };
    expect(whomToRemind(incident, TEAM, hours('17:40'))).toBeUndefined();
  });
});

/** Lives through hours with a bot that may be away: its jobs come when they are due and it is there, or late. */
function live(
  severity: SeverityName,
  holder: string,
  happenings: readonly { at: number; fact: (now: number) => NewFact }[],
  away: readonly [number, number][],
) {
  const declared = numbered([{ ...DECLARED, severity } as NewFact, assigned(holder)]);
  let facts = declared;
  let incident = foldIncident(ID, facts);
  let jobs = followClock(undefined, incident, TEAM);
  const said: { at: number; dueAt: number; stage: string; person?: string }[] = [];
  const add = (added: readonly NewFact[], effects: readonly Effect[], now: number) => {
    const before = incident;
    facts = [...facts, ...numbered(added, incident.seq)];
    incident = foldIncident(ID, facts);
    jobs = [...jobs, ...effects, ...followClock(before, incident, TEAM)];
    for (const fact of added) {
      if (fact.type !== 'update-reminded') continue;
      const { dueAt, stage, person } = fact;
      said.push({ at: now, dueAt, stage, ...(person === undefined ? {} : { person }) });
    }
  };
  for (let now = NOW; now <= NOW + 12 * HOUR; now += MINUTE) {
    for (const { at, fact } of happenings) if (at === now) add([fact(now)], [], now);
    if (away.some(([from, to]) => now >= from && now < to)) continue;
    const due = jobs.filter((job) => job.do === 'remind-of-update' && job.at <= now);
    jobs = jobs.filter((job) => !due.includes(job));
    for (const job of due) {
      if (job.do !== 'remind-of-update') continue;
      // A job whose process died after the commit is done again.
      for (const _ of [1, 2]) {
        const changes = remindOfUpdate(incident, TEAM, job, now);
        add(changes.facts, changes.effects, now);
      }
    }
  }
  return { said, incident };
}

describe('the reminder table: severity × promised time × who is awake × restart', () => {
  const table = SEVERITIES.slice(0, 3).flatMap((severity) =>
    [undefined, 40 * MINUTE].flatMap((promised) =>
      ['U0BEN', 'U0ANA', 'U0CHI'].flatMap((holder) =>
        ([[], [[NOW + 12 * MINUTE, NOW + 3 * HOUR]]] as [number, number][][]).map((away) => ({
          severity,
          promised,
          holder,
          away,
        })),
      ),
    ),
  );
  test.each(table)('$severity, promised $promised, $holder holds, away $away', (row) => {
    const { severity, promised, holder, away } = row;
    const told =
      promised === undefined
        ? []
        : [{ at: NOW + 5 * MINUTE, fact: (at: number) => update(at, at + promised) }];
    const { said } = live(severity, holder, told, away);
    const begin = promised === undefined ? NOW : NOW + 5 * MINUTE;
    const dueAt = promised === undefined ? NOW + FIRST[severity] : begin + promised;
    const soonAt = dueAt - Math.min(10 * MINUTE, (dueAt - begin) / 3);
    const back = (at: number) =>
      Math.max(at, ...away.filter(([from, to]) => at >= from && at < to).map(([, to]) => to));
    const expected = [];
    // Told beforehand is who is awake then, if anybody is and the bot is there before it is due.
    if (back(soonAt) < dueAt) {
      const person = whomToRemind(incidentOf(severity, assigned(holder)), TEAM, back(soonAt));
      if (person !== undefined) expected.push({ at: back(soonAt), dueAt, stage: 'soon', person });
    }
    const caller = whomToRemind(incidentOf(severity, assigned(holder)), TEAM, back(dueAt + MINUTE));
    expected.push({
      at: back(dueAt + MINUTE),
      dueAt,
      stage: 'late',
      ...(caller === undefined ? {} : { person: caller }),
    });
    expect(said).toEqual(expected);
  });

  test('snoozed, it comes once half an hour later, in the channel', () => {
    const at = NOW + 12 * MINUTE;
    const { said } = live(
      'sev1',
      'U0BEN',
      [
        {
          at,
          fact: (now) => {
            const decided = snoozeUpdate(incidentOf('sev1', assigned('U0BEN')), TEAM, 'U0BEN', now);
            const [fact] = decided.facts;
            if (!fact) throw new Error('nothing was put off');
            return fact;
          },
        },
      ],
      [],
    );
    expect(said.map(({ stage, at: when }) => [stage, (when - NOW) / MINUTE])).toEqual([
      ['soon', 10],
      ['late', 46],
    ]);
  });

  test('whatever happens, never twice for a due time, and never after it was met', () => {
    const happening = fc.record({
      minute: fc.integer({ min: 1, max: 600 }),
      what: fc.constantFrom('update', 'promise', 'sev1', 'sev3', 'resolved', 'reopened'),
    });
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 8 }),
        fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 300 })),
        (happenings, [from, long]) => {
          const facts = happenings.map(({ minute, what }) => ({
            at: NOW + minute * MINUTE,
            fact: (at: number): NewFact => {
              if (what === 'update') return update(at);
              if (what === 'promise') return update(at, at + 45 * MINUTE);
              if (what === 'resolved' || what === 'reopened') {
                const to = what === 'resolved' ? 'resolved' : 'investigating';
                const was = what === 'resolved' ? 'investigating' : 'resolved';
                return { type: 'status-changed', from: was, to, by: BEN, at };
              }
              return { type: 'severity-changed', from: 'sev2', to: what as SeverityName, by: BEN, at };
            },
          }));
          const { said } = live('sev1', 'U0BEN', facts, [
            [NOW + from * MINUTE, NOW + (from + long) * MINUTE],
          ]);
          const keys = said.map(({ dueAt, stage }) => `${dueAt} ${stage}`);
          expect(new Set(keys).size).toBe(keys.length);
          for (const { stage, at, dueAt } of said) {
            if (stage === 'late') expect(at).toBeGreaterThan(dueAt);
            else expect(at).toBeLessThan(dueAt);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('a reminder whose update went out says so, and calls nobody any more', () => {
  const dueAt = NOW + 15 * MINUTE;
  const reminder = (...facts: NewFact[]) =>
    reminderWords(incidentOf('sev1', ...facts), TEAM, { dueAt, stage: 'late' });
  expect(reminder()).toContain('nothing has gone out since it was declared 15 min before');
  expect(reminder(update(NOW + 16 * MINUTE))).toBe(
    '📣 An update was due at **17:15 BST**; one went out at 17:16 BST.',
  );
});
