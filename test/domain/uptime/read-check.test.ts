import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../src/domain/facts.ts';
import { checkedHost, checkRead, checkWindow } from '../../../src/domain/uptime/read-check.ts';
import { BEN, given, NOW } from '../given.ts';

const MINUTE = 60_000;
const SERVICES = [
  { name: 'LEAP hub', match: { host: 'leap.2i2c.cloud' }, communities: [] },
  { name: 'Docs', match: { team: 'docs' }, communities: [] },
];
const RESOLVED: NewFact = {
  type: 'status-changed',
  from: 'investigating',
  to: 'resolved',
  by: BEN,
  at: NOW + 71 * MINUTE,
};
const SERIES = {
  host: 'leap.2i2c.cloud',
  check: 'c',
  from: NOW - 60 * MINUTE,
  to: NOW + 71 * MINUTE,
  periodMs: 15 * MINUTE,
  places: [],
};
const OUTAGE = {
  lastPass: NOW - 4 * MINUTE,
  firstFailure: NOW + 50_000,
  recovery: NOW + 69 * MINUTE + 20_000,
};

function read(reading: Parameters<typeof checkRead>[1], now = NOW + 72 * MINUTE) {
  return (incident: Parameters<typeof checkRead>[0]) => checkRead(incident, reading, 'Europe/London', now);
}

describe('whose check tells of an incident', () => {
  test.each([
    [
      'that of the alert that joined it',
      [{ policy: 'p' }, { host: 'a.org', check_id: 'x' }, { host: 'b.org' }],
      { host: 'a.org', check: 'x' },
    ],
    ['its service’s, when no alert names a host', [{ policy: 'p' }], { host: 'leap.2i2c.cloud' }],
  ])('%s', (_, alerts, expected) => {
    const { incident } = given();
    expect(checkedHost({ ...incident, service: 'LEAP hub' }, alerts, SERVICES)).toEqual(expected);
    expect(checkedHost(incident, alerts, [])).toEqual(alerts.length > 1 ? expected : undefined);
  });

  test('nobody’s where the service is known by no host', () => {
    expect(checkedHost({ title: 'Docs are down', service: 'Docs' }, [], SERVICES)).toBeUndefined();
  });
});

test('an hour before and after is looked at, from the impact on, and never what has not happened', () => {
  const impact: NewFact = {
    type: 'impact-set',
    edge: 'start',
    moment: { at: NOW - 31 * MINUTE },
    by: BEN,
    at: NOW,
  };
  const { incident } = given(impact, RESOLVED);
  expect(checkWindow(incident, NOW + 75 * MINUTE)).toEqual({
    incident: { from: NOW - 31 * MINUTE, to: NOW + 71 * MINUTE },
    from: NOW - 91 * MINUTE,
    to: NOW + 75 * MINUTE,
  });
  expect(checkWindow(incident, NOW + 500 * MINUTE).to).toBe(NOW + 131 * MINUTE);
});

describe('what was read', () => {
  const proposed = (edge: 'start' | 'end', at: number, because: string) => ({
    type: 'impact-proposed',
    proposal: `check-${edge}`,
    edge,
    moment: { at },
    because,
  });
  const START = proposed(
    'start',
    OUTAGE.firstFailure,
    'The uptime check of leap\\.2i2c\\.cloud first failed at 17:00:50 BST; it had last passed at 16:56 BST.',
  );
  const END = proposed(
    'end',
    OUTAGE.recovery,
    'The uptime check of leap\\.2i2c\\.cloud passed again at 18:09:20 BST.',
  );
  const CHECK = { type: 'check-read', series: SERIES, outage: OUTAGE };

  const REPORTED: NewFact = {
    type: 'report-made',
    file: 'inc-1.md',
    by: { kind: 'daywatch' },
    at: NOW + 71 * MINUTE,
  };

  test('before the report stands it is kept, and the chart waits for the report to name it', () => {
    given(RESOLVED)
      .when(read({ series: SERIES }))
      .adds([{ type: 'check-read', series: SERIES }], []);
  });

  test('is kept and shown, and both its edges are offered; the same again offers and posts nothing', () => {
    given(RESOLVED, REPORTED)
      .when(read({ series: SERIES, outage: OUTAGE }))
      .adds(
        [CHECK, START, END],
        [
          { do: 'share-chart' },
          { do: 'show', message: 'proposal:check-start' },
          { do: 'show', message: 'proposal:check-end' },
        ],
      )
      .when(read({ series: SERIES, outage: OUTAGE }))
      .adds([CHECK], []);
  });

  test('offers no edge that a person has set, and no end while it fails', () => {
    const set: NewFact = { type: 'impact-set', edge: 'start', moment: { at: NOW }, by: BEN, at: NOW };
    given(set, RESOLVED, REPORTED)
      .when(read({ series: SERIES, outage: OUTAGE }))
      .adds([CHECK, END], [{ do: 'share-chart' }, { do: 'show', message: 'proposal:check-end' }]);
    const { recovery: _, ...failing } = OUTAGE;
    given(RESOLVED, REPORTED)
      .when(read({ series: SERIES, outage: failing }))
      .adds(
        [{ ...CHECK, outage: failing }, START],
        [{ do: 'share-chart' }, { do: 'show', message: 'proposal:check-start' }],
      );
  });

  test('of a check that did not fail offers nothing, and of a reopened incident says nothing', () => {
    given(RESOLVED, REPORTED)
      .when(read({ series: SERIES }))
      .adds([{ type: 'check-read', series: SERIES }], [{ do: 'share-chart' }]);
    const reopened: NewFact = { ...RESOLVED, from: 'resolved', to: 'investigating' };
    given(RESOLVED, reopened)
      .when(read({ series: SERIES, outage: OUTAGE }))
      .addsNothing();
  });
});
