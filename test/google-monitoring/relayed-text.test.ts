import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRelayedAlert } from '../../src/google-monitoring/relayed-text.ts';
import { relayedText } from '../../src/stand-ins/google/notification.ts';

const NOW = new Date('2025-08-12T17:00:00Z');
const LINK =
  'https://console.cloud.google.com/monitoring/alerting/alerts/0.nvvomvjf6yo2?channelType=pagerduty&project=two-eye-two-see';

function relayed({
  time = 'Aug 12, 2025 at 4:32PM UTC',
  link = LINK,
  ago = ' (less than 1 sec ago)',
} = {}): string {
  return `An uptime check on p Uptime Check URL labels {project_id=p, host=leap.2i2c.cloud} is failing. | Violation started: ${time}${ago} | Policy: leap.2i2c.cloud on leap | Condition: Simple Health Check Endpoint | View incident: ${link}`;
}

describe('Google’s alert in the words of others', () => {
  it('is the same alert as Google’s own', () => {
    expect(parseRelayedAlert(relayed(), NOW)).toEqual({
      source: 'google',
      fingerprint: 'google:0.nvvomvjf6yo2',
      series: expect.stringMatching(/^google:/),
      state: 'open',
      startedAt: new Date('2025-08-12T16:32:00Z'),
      title: 'Uptime check for leap.2i2c.cloud is failing',
      labels: {
        project_id: 'p',
        host: 'leap.2i2c.cloud',
        cluster: 'leap',
        policy: 'leap.2i2c.cloud on leap',
        condition: 'Simple Health Check Endpoint',
      },
      raw: relayed(),
      link: LINK,
    });
  });

  it.each([
    ['Aug 12, 2025 at 4:32PM UTC', '2025-08-12T16:32:00.000Z'],
    ['August 12, 2025 at 12:05AM UTC', '2025-08-12T00:05:00.000Z'],
    ['July 1, 2024 at 12:00PM UTC', '2024-07-01T12:00:00.000Z'],
    ['March 31, 2024 at 11:59PM UTC', '2024-03-31T23:59:00.000Z'],
    ['the other day', NOW.toISOString()],
  ])('began %s', (time, expected) => {
    expect(parseRelayedAlert(relayed({ time }), NOW)?.startedAt.toISOString()).toBe(expected);
  });

  it.each([
    ['broken over lines', `${LINK.slice(0, 70)}\n${LINK.slice(70)}`],
    ['followed by noise', `${LINK} (View Message)`],
    ['in Slack’s brackets', `<${LINK}|View>`],
  ])('is known by a link %s', (_, link) => {
    expect(parseRelayedAlert(relayed({ link }), NOW)).toMatchObject({
      fingerprint: 'google:0.nvvomvjf6yo2',
      link: LINK,
    });
  });

  it.each([
    'has returned to a normal state.',
    'has returned to normal with a value of 0.000.',
    'returned to normal',
  ])('says that it is over by “%s”', (words) => {
    const over = relayed()
      .replace('An uptime check on', 'The uptime check for')
      .replace('is failing.', words);
    expect(over).toContain(words);
    expect(parseRelayedAlert(over, NOW)).toMatchObject({
      state: 'closed',
      fingerprint: 'google:0.nvvomvjf6yo2',
      title: 'Uptime check for leap.2i2c.cloud is failing',
    });
  });

  it.each([
    '',
    'Disk full',
    'see https://example.org/monitoring/alerting/alerts/0.abc',
    'https://console.cloud.google.com/monitoring/alerting/',
  ])('does not take %j for one', (text) => {
    expect(parseRelayedAlert(text, NOW)).toBeUndefined();
  });

  it('reads back every minute of every year as it was written', () => {
    const minutes = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2050, 0) / 60_000 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const startedAt = new Date(minute * 60_000);
        const text = relayedText({
          incidentId: '0.abc',
          state: 'open',
          project: 'p',
          host: 'h.example.org',
          cluster: 'c',
          startedAt,
          durationSeconds: 1860,
          severity: 'No severity',
        });
        expect(parseRelayedAlert(text, NOW)?.startedAt).toEqual(startedAt);
      }),
    );
  });
});
