import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRelayedGroup } from '../../src/alertmanager/relayed-text.ts';
import { parseAlertmanager } from '../../src/alertmanager/webhook.ts';
import type { IncomingAlert } from '../../src/domain/alert.ts';
import { soundAlert } from '../../src/domain/sound-alert.ts';
import { parseRelayedAlert } from '../../src/google-monitoring/relayed-text.ts';
import { parseGoogleNotification } from '../../src/google-monitoring/webhook.ts';
import { notificationBody, relayedText } from '../../src/stand-ins/google/notification.ts';
import { spoiling, spoilt } from '../harness/odd.ts';

const AT = new Date('2025-08-12T16:32:00Z');
const ALERT = {
  incidentId: '0.nvvomvjf6yo2',
  state: 'closed',
  project: 'two-eye-two-see',
  host: 'leap.2i2c.cloud',
  cluster: 'leap',
  startedAt: AT,
  endedAt: new Date('2025-08-12T17:10:00Z'),
  durationSeconds: 1860,
  severity: 'Critical',
} as const;
const GROUP = {
  version: '4',
  status: 'firing',
  groupLabels: { alertname: 'Down' },
  commonLabels: { alertname: 'Down' },
  externalURL: 'http://alertmanager.example.org',
  alerts: [
    {
      status: 'resolved',
      labels: { alertname: 'Down', host: 'h' },
      annotations: { summary: 'It is down' },
      startsAt: '2025-08-12T16:32:00Z',
      endsAt: '2025-08-12T17:10:00Z',
      fingerprint: 'abc',
    },
  ],
};

/** What the database and people are given of it. */
function isSound(alert: IncomingAlert): boolean {
  const sound = soundAlert(alert);
  const instants = [sound.startedAt, sound.endedAt ?? sound.startedAt];
  return (
    instants.every((at) => !Number.isNaN(at.getTime())) &&
    sound.title !== '' &&
    sound.raw.length <= 4_000 &&
    JSON.stringify(sound).length < 100_000 &&
    !JSON.stringify(sound).includes('\\u0000')
  );
}

test('whatever is odd in a notification of Google, it is read or refused, and what is read is sound', () => {
  let read = 0;
  fc.assert(
    fc.property(spoiling, ([turns, value]) => {
      const parsed = parseGoogleNotification(spoilt(notificationBody(ALERT), turns, value), AT);
      if (parsed.kind !== 'alert') return;
      read += 1;
      expect(isSound(parsed.alert)).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(50);
});

test('whatever is odd in a group of Alertmanager, the others in it are read', () => {
  const good = { ...GROUP.alerts[0], fingerprint: 'good' };
  fc.assert(
    fc.property(spoiling, ([turns, value]) => {
      const bad = spoilt(GROUP.alerts[0], turns, value);
      const parsed = parseAlertmanager({ ...GROUP, alerts: [bad, good] }, AT);
      expect(parsed?.alerts.some(({ series }) => series === 'alertmanager:good')).toBe(true);
      expect(parsed?.alerts.every(isSound)).toBe(true);
      parseAlertmanager(spoilt(GROUP, turns, value), AT);
    }),
    { numRuns: 500 },
  );
});

test('a relayed text that was cut or mixed up anywhere is an alert or none, quickly', () => {
  const whole = relayedText(ALERT);
  fc.assert(
    fc.property(
      fc.nat({ max: whole.length }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      (cut, noise) => {
        for (const text of [
          whole.slice(0, cut),
          whole.slice(cut),
          `${whole.slice(0, cut)}${noise}${whole.slice(cut)}`,
        ]) {
          const alert = parseRelayedAlert(text, AT);
          if (alert) expect(isSound(alert)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('no run of blanks, brackets or labels makes a relayed text slow to read', () => {
  const link = 'https://console.cloud.google.com/monitoring/alerting/alerts/0.a';
  const quickest = (read: (text: string) => unknown, text: string) => {
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      read(text);
      return performance.now() - began;
    });
    return Math.min(...times);
  };
  for (const piece of [' ', '\n', '(', ')', '( ', 'a= ', ' a=b', ' |', '() ', '{a=b,', '(View Message']) {
    const run = piece.repeat(7_800 / piece.length);
    for (const text of [`${link}${run}x`, `${run} ${link}`, `[FIRING:1] ${run}x`, `[FIRING:1] (${run}`]) {
      expect(quickest(parseRelayedAlert, text), text.slice(0, 90)).toBeLessThan(40);
      expect(quickest(parseRelayedGroup, text), text.slice(0, 90)).toBeLessThan(40);
    }
  }
});

test('a text that would be slow to search is none; one in a notification is read all the same', () => {
  for (const bomb of [' | ', '{a=b,', ' ', 'View Message'])
    expect(parseRelayedAlert(`${relayedText(ALERT)}${bomb.repeat(100_000)}`, AT)).toBeUndefined();
  const { incident } = notificationBody(ALERT) as { incident: object };
  const resource_name = `{host=${' '.repeat(300_000)}x, cluster=leap}`;
  const parsed = parseGoogleNotification(
    { version: '1.2', incident: { ...incident, resource: {}, resource_name } },
    AT,
  );
  expect(parsed).toMatchObject({ kind: 'alert', alert: { labels: { host: 'x', cluster: 'leap' } } });
});
