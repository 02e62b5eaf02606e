import { describe, expect, test } from 'vitest';
import {
  type Candidate,
  destinationOf,
  isAbout,
  type Judged,
  serviceNamed,
} from '../../src/domain/alert-rules.ts';

const OPENED = { labels: { host: 'leap.2i2c.cloud', cluster: 'leap' } };

describe('which incident an alert belongs to', () => {
  const services = [
    { name: 'LEAP hub', match: { host: 'leap.2i2c.cloud', cluster: 'leap' } },
    { name: 'Binder', match: { cluster: 'binder' } },
  ];

  test.each([
    [{ title: 'x', service: 'LEAP hub' }, true],
    [{ title: 'the leap hub is slow' }, true],
    [{ title: 'x', service: 'Binder' }, false],
    [{ title: 'Mail is late' }, false],
  ])('%o: %s', (incident, belongs) => {
    expect(isAbout(incident, OPENED, services)).toBe(belongs);
  });

  test('a label that speaks against the service decides', () => {
    const elsewhere = { ...OPENED, labels: { host: 'leap.2i2c.cloud', cluster: 'other' } };
    expect(isAbout({ title: 'x', service: 'LEAP hub' }, elsewhere, services)).toBe(false);
  });

  test('where no service is configured, the host in the title decides', () => {
    expect(isAbout({ title: 'leap.2i2c.cloud is down' }, OPENED, [])).toBe(true);
    expect(isAbout({ title: 'something is down' }, OPENED, [])).toBe(false);
  });

  test.each([
    ['Uptime check for hub.example.org is failing', 'c', false],
    ['A pod on b is down', 'b', false],
    ['The cluster c is away', 'c', false],
    ['Uptime check is failing', 'time', false],
    ['leap.2i2c.cloud is down', '2i2c', false],
    ['2i2c-aws-us is down', '2i2c', false],
    ['homes of pre-prod are full', 'prod', false],
    ['leap.2i2c.cloud is down', 'leap', true],
    ['(leap) hub is slow', 'leap', true],
    ['Everything in LEAP', 'leap', true],
    ['2i2c-aws-us: 2i2c is down', '2i2c', true],
    ['homes of 2i2c-aws-us are full', '2i2c-aws-us', true],
  ])('“%s” and the cluster %s: %s', (title, cluster, belongs) => {
    expect(isAbout({ title }, { labels: { cluster } }, [])).toBe(belongs);
    expect(serviceNamed(title, [{ name: 'none such', match: { cluster } }]) !== undefined).toBe(belongs);
  });

  test('a host is no other host that ends or begins with it', () => {
    const about = (title: string, host: string) => isAbout({ title }, { labels: { host } }, []);
    expect(about('staging.leap.2i2c.cloud is down', 'leap.2i2c.cloud')).toBe(false);
    expect(about('leap.2i2c.cloud is down', '2i2c.cloud')).toBe(false);
    expect(about('See https://leap.2i2c.cloud/hub', 'leap.2i2c.cloud')).toBe(true);
  });

  test('a title names its service by name, host or cluster', () => {
    expect(serviceNamed('The LEAP HUB is down', services)?.name).toBe('LEAP hub');
    expect(serviceNamed('binder pods', services)?.name).toBe('Binder');
    expect(serviceNamed('Mail is late', services)).toBeUndefined();
  });
});

describe('when an alert belongs to an incident of its service', () => {
  const DECLARED = Date.parse('2025-08-12T16:00:00Z');
  const RESOLVED = DECLARED + 60 * 60_000;
  const at = (minutes: number) => DECLARED + minutes * 60_000;
  const open: Candidate = {
    number: 7,
    title: 'leap is down',
    status: 'investigating',
    private: false,
    declaredAt: DECLARED,
    impact: {},
  };
  const resolved: Candidate = { ...open, status: 'resolved', resolvedAt: RESOLVED };

  function joins(incident: Candidate, startedAt: number, endedAt?: number): boolean {
    const alert: Judged = {
      title: 'It is down',
      labels: { cluster: 'leap' },
      source: 'google',
      open: endedAt === undefined,
      startedAt,
      ...(endedAt === undefined ? {} : { endedAt }),
    };
    return destinationOf(alert, [], [], [incident]).kind === 'join';
  }

  test.each<[string, Candidate, number, number | undefined, boolean]>([
    ['began while it was open', resolved, 30, undefined, true],
    ['began and ended while it was open', resolved, 30, 40, true],
    ['began as it was resolved', resolved, 60, undefined, true],
    ['began a minute after it was resolved', resolved, 61, undefined, false],
    ['began before it and ended in it', resolved, -600, 5, true],
    ['began long before it and is not over', open, -10 * 24 * 60, undefined, true],
    ['ended two hours before it', open, -180, -120, true],
    ['ended earlier than two hours before it', open, -180, -121, false],
    [
      'ended shortly before the impact that began it',
      { ...open, impact: { start: { at: at(-60) } } },
      -180,
      -170,
      true,
    ],
    [
      'began later than an impact set after the declaration',
      { ...open, impact: { start: { at: at(90) } } },
      -200,
      -119,
      true,
    ],
    ['began after one that is open was declared', open, 600, undefined, true],
    ['began while it was open, which says no end', { ...open, status: 'resolved' }, 30, undefined, false],
  ])('one that %s', (_, incident, began, ended, belongs) => {
    expect(joins(incident, at(began), ended === undefined ? undefined : at(ended))).toBe(belongs);
  });
});
