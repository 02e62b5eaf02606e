import { describe, expect, test } from 'vitest';
import type { IncomingAlert } from '../../src/domain/alert.ts';
import { belongsTo, entryOfAlert, joinAlert, serviceNamed } from '../../src/domain/alerts.ts';
import { entriesOf, given, NOW } from './given.ts';

const OPENED: IncomingAlert = {
  source: 'google',
  fingerprint: 'google:0.1',
  state: 'open',
  startedAt: new Date(NOW + 31 * 60_000),
  title: 'Uptime check for leap.2i2c.cloud is failing',
  labels: { host: 'leap.2i2c.cloud', cluster: 'leap' },
  raw: 'raw words',
  delaySeconds: 1860,
};
const CLOSED: IncomingAlert = { ...OPENED, state: 'closed', endedAt: new Date(NOW + 40 * 60_000) };
const ENTRY = entryOfAlert(OPENED);

function join(alert: IncomingAlert) {
  return (
    incident: Parameters<typeof joinAlert>[0],
    entry: (id: string) => Parameters<typeof joinAlert>[1],
  ) => joinAlert(incident, entry(ENTRY), alert, NOW);
}

describe('an alert', () => {
  test('is one line at its start, whoever tells of it and however often', () => {
    const story = given().when(join(OPENED)).next();
    expect(entriesOf(story.facts)).toMatchObject([
      { id: ENTRY, kind: 'alert', moment: { at: NOW + 31 * 60_000 }, content: { raw: 'raw words' } },
    ]);
    story.when(join(OPENED)).addsNothing();
    story.when(join({ ...OPENED, source: 'pagerduty' })).addsNothing();
  });

  test('its end completes the line, also when it is told first', () => {
    for (const order of [
      [OPENED, CLOSED],
      [CLOSED, OPENED],
      [CLOSED, CLOSED],
    ]) {
      let story = given();
      for (const alert of order) story = story.when(join(alert)).next();
      expect(entriesOf(story.facts)).toMatchObject([
        { moment: { at: NOW + 31 * 60_000 }, endedAt: NOW + 40 * 60_000 },
      ]);
      expect(entriesOf(story.facts)).toHaveLength(1);
    }
  });
});

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
    expect(belongsTo(incident, OPENED, services)).toBe(belongs);
  });

  test('a label that speaks against the service decides', () => {
    const elsewhere = { ...OPENED, labels: { host: 'leap.2i2c.cloud', cluster: 'other' } };
    expect(belongsTo({ title: 'x', service: 'LEAP hub' }, elsewhere, services)).toBe(false);
  });

  test('where no service is configured, the host in the title decides', () => {
    expect(belongsTo({ title: 'leap.2i2c.cloud is down' }, OPENED, [])).toBe(true);
    expect(belongsTo({ title: 'something is down' }, OPENED, [])).toBe(false);
  });

  test('a title names its service by name, host or cluster', () => {
    expect(serviceNamed('The LEAP HUB is down', services)?.name).toBe('LEAP hub');
    expect(serviceNamed('binder pods', services)?.name).toBe('Binder');
    expect(serviceNamed('Mail is late', services)).toBeUndefined();
  });
});
