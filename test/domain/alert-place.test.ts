import { describe, expect, test } from 'vitest';
import { sourceActor } from '../../src/domain/alert.ts';
import { mergeAlert, viewAlert } from '../../src/domain/alert-merge.ts';
import {
  belongedBefore,
  DECLARED_MOST,
  DECLARED_WITHIN_MS,
  type KnownIncident,
  placeAlert,
  type Sibling,
} from '../../src/domain/alert-place.ts';

const NOW = Date.parse('2025-08-12T16:32:00Z');
const MINUTE = 60_000;
const TEAM = {
  alerts: [{ match: { severity: 'critical' }, do: 'declare', severity: 'sev2' }],
  services: [],
} as const;

function alert(labels: Record<string, string>, startedAt = NOW) {
  return viewAlert(
    mergeAlert(undefined, {
      source: 'google',
      fingerprint: 'google:a',
      state: 'open',
      startedAt: new Date(startedAt),
      title: 'It is down',
      labels,
      raw: '',
    }),
  );
}

function declaredByAlert(number: number, declaredAt: number): KnownIncident {
  return {
    number,
    title: `Hub ${number}`,
    status: 'investigating',
    private: false,
    declaredAt,
    declaredBy: sourceActor('google'),
    impact: {},
  };
}

const many = (declaredAt = NOW - MINUTE) =>
  Array.from({ length: DECLARED_MOST }, (_, index) => declaredByAlert(index + 1, declaredAt));

describe('an alert that a rule declares for', () => {
  const critical = alert({ severity: 'critical' });

  test('declares, until alerts have declared enough of late', () => {
    expect(placeAlert(critical, undefined, TEAM, many().slice(1), NOW)).toMatchObject({ kind: 'declare' });
    expect(placeAlert(critical, undefined, TEAM, many(), NOW)).toEqual({ kind: 'too-many' });
  });

  test('declares again when that is a while ago, and whatever people and programs declare', () => {
    const before = many(NOW - DECLARED_WITHIN_MS);
    expect(placeAlert(critical, undefined, TEAM, before, NOW)).toMatchObject({ kind: 'declare' });
    const by = { kind: 'service', name: 'API' } as const;
    const others = many().map((incident) => ({ ...incident, declaredBy: by }));
    expect(placeAlert(critical, undefined, TEAM, others, NOW)).toMatchObject({ kind: 'declare' });
  });

  test('joins its own incident all the same', () => {
    const own = alert({ severity: 'critical', host: 'hub 3' });
    expect(placeAlert(own, undefined, TEAM, many(), NOW)).toMatchObject({ kind: 'join', incident: 3 });
  });

  test('declares nothing when it comes from the future', () => {
    const odd = alert({ severity: 'critical' }, NOW + 31 * MINUTE);
    expect(placeAlert(odd, undefined, TEAM, [], NOW)).toMatchObject({ kind: 'keep' });
  });
});

describe('what opens again', () => {
  const HOUR = 60 * MINUTE;
  type Known = Omit<Sibling, 'startedAt'> & { startedAt?: number };
  const place = (sibling: Known, incidents: readonly KnownIncident[] = [], of = alert({})) =>
    placeAlert(of, { startedAt: NOW - 2 * HOUR, ...sibling }, TEAM, incidents, NOW).kind;
  const soon = { endedAt: NOW - 30 * MINUTE };
  const late = { endedAt: NOW - 31 * MINUTE };

  test.each<[string, Known, string]>([
    ['ignored, and lasting', { standing: 'ignored', undecided: false }, 'as-before'],
    [
      'ignored, and lasting for a day',
      { standing: 'ignored', undecided: false, startedAt: NOW - 24 * HOUR },
      'offer',
    ],
    ['ignored, over for half an hour', { standing: 'ignored', undecided: false, ...soon }, 'as-before'],
    ['ignored, over for longer', { standing: 'ignored', undecided: false, ...late }, 'offer'],
    ['offered, nobody has decided', { standing: 'offered', undecided: true, ...soon }, 'as-before'],
    ['offered, and lasting', { standing: 'offered', undecided: true }, 'as-before'],
    [
      'offered, and lasting for a day',
      { standing: 'offered', undecided: true, startedAt: NOW - 24 * HOUR },
      'offer',
    ],
    ['offered, and decided', { standing: 'offered', undecided: false, ...soon }, 'offer'],
    ['kept', { standing: 'kept', undecided: false, ...soon }, 'offer'],
  ])('after one that was %s', (_, sibling, kind) => {
    expect(place(sibling)).toBe(kind);
  });

  test('goes to the incident of the one before while that is at work', () => {
    const joined = { standing: 'joined', undecided: false, incident: 1, ...soon } as const;
    const home = declaredByAlert(1, NOW - 60 * MINUTE);
    expect(place(joined, [home])).toBe('as-before');
    expect(place(joined, [{ ...home, status: 'resolved', resolvedAt: NOW - MINUTE }])).toBe('offer');
    expect(place(joined)).toBe('offer');
    expect(place({ ...joined, ...late }, [home])).toBe('offer');
    const lasting = {
      standing: 'joined',
      undecided: false,
      incident: 1,
      startedAt: NOW - 48 * HOUR,
    } as const;
    expect(place(lasting, [home])).toBe('as-before');
  });

  test('after what only relays it, it is judged by its own words', () => {
    const relayed = { undecided: true, relays: true } as const;
    const critical = alert({ severity: 'critical' });
    expect(place({ ...relayed, standing: 'offered' }, [], critical)).toBe('declare');
    expect(place({ ...relayed, standing: 'offered' })).toBe('as-before');
    const ignored = { standing: 'ignored', undecided: false } as const;
    expect(place({ ...ignored, relays: true }, [], critical)).toBe('declare');
    expect(place(ignored, [], critical)).toBe('as-before');
  });
});

describe('an alert that came before its incident', () => {
  const DAY = 24 * 60 * MINUTE;
  const services = [{ name: 'LEAP hub', match: { cluster: 'leap' }, communities: [] }];
  const incident = { ...declaredByAlert(1, NOW), title: 'Users cannot log in', service: 'LEAP hub' };
  const belongs = (of: ReturnType<typeof alert>, rule?: 'ignore' | 'offer' | 'attach' | 'declare') =>
    belongedBefore(of, { alerts: rule ? [{ match: {}, do: rule }] : [], services }, incident);

  test('belongs to it when it is about its service, and no rule leaves it to people', () => {
    const own = alert({ cluster: 'leap' }, NOW - 28 * MINUTE);
    expect(
      [undefined, 'attach', 'declare', 'offer', 'ignore'].map((rule) => belongs(own, rule as 'attach')),
    ).toEqual([true, true, true, false, false]);
    expect(belongs(alert({ cluster: 'other' }, NOW - 28 * MINUTE))).toBe(false);
  });

  test('does not when it is said to last for a day', () => {
    expect(belongs(alert({ cluster: 'leap' }, NOW - DAY + 1))).toBe(true);
    expect(belongs(alert({ cluster: 'leap' }, NOW - DAY))).toBe(false);
  });
});
